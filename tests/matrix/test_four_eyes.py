"""Four eyes: whoever did the first of two acts is refused the second; the log names both people.

An event says who told it. Of an act that takes two, either it names the first as well, or the
first told an event of their own about the very same thing.
"""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from pydantic_core import from_json

from tests.matrix.living import (
    CITY_OFFICE,
    DRAFT,
    FIRST,
    OPINION,
    SENT,
    TALK,
    Step,
    Who,
    in_hand,
    lived,
    meanwhile,
    takes,
    task,
)
from tests.story.office import LONGHUA, TRANSPORT
from tests.world import World

CHEN, LUO, SUN = "陈主任", "罗主任", "孙主任"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two acts upon the same thing, which one and the same person must not do."""

    before: tuple[Step, ...]
    first: Step
    second: Step
    code: str
    told: tuple[str, str]  # what each of them told


def by(person: str, step: Step) -> Step:
    """The same step, taken by this person."""
    return replace(step, by=replace(step.by, person=person))


WRITES, APPROVES = (
    task(LONGHUA, "drafts", DRAFT, post="head"),
    task(LONGHUA, "approve", FIRST, post="head"),
)
ISSUES = task(LONGHUA, "issue", {**SENT, **FIRST}, post="head")
OPINES, CHECKS = (
    task(TRANSPORT, "opinion/drafts", OPINION, post="head"),
    task(TRANSPORT, "opinion/check", FIRST, post="head"),
)
TALKED = (*in_hand(TRANSPORT), *meanwhile(task(LONGHUA, "contacts", TALK)))
PAIRS = (
    Pair(TALKED, WRITES, APPROVES, "approves-own-draft", ("ReplyDrafted", "ReplyApproved")),
    Pair(
        TALKED,
        OPINES,
        CHECKS,
        "approves-own-draft",
        ("OpinionDrafted", "OpinionChecked"),
    ),
)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.told[1])
async def test_who_did_the_first_is_refused_the_second_and_both_are_named(
    world: World, pair: Pair
) -> None:
    assert await lived(world, (*pair.before, *meanwhile(by(CHEN, pair.first)))) == []

    refused = await takes(world, pair.second, Who("head", pair.second.by.unit, CHEN))
    assert (refused.status, refused.code) == (409, pair.code)
    assert await lived(world, meanwhile(by(LUO, pair.second))) == []

    assert [(await _last(world, one))["by"]["name"] for one in pair.told] == [CHEN, LUO]


async def test_whoever_wrote_a_reply_does_not_issue_it_and_all_are_named(world: World) -> None:
    before = (*in_hand(), *meanwhile(task(LONGHUA, "contacts", TALK)))
    written = meanwhile(by(CHEN, WRITES), by(LUO, APPROVES))
    assert await lived(world, (*before, *written)) == []

    refused = await takes(world, ISSUES, Who("head", LONGHUA, CHEN))
    assert (refused.status, refused.code) == (409, "issues-own-draft")
    assert await lived(world, meanwhile(by(SUN, ISSUES))) == []

    told = ("ReplyDrafted", "ReplyApproved", "ReplyIssued")
    assert [(await _last(world, one))["by"]["name"] for one in told] == [CHEN, LUO, SUN]


async def test_what_one_enters_of_the_calendar_another_confirms_and_both_are_named(
    world: World,
) -> None:
    body = {"days": [{"day": "2024-03-04", "works": False, "name": "台风"}], "why": "台风"}
    proposes = _calendar("propose-exception", body)
    proposed = await takes(world, proposes, replace(CITY_OFFICE, person=CHEN))
    seen = {"proposal": proposed.body["events"][0]["data"]["proposal"]}
    confirms = _calendar("confirm", seen)

    refused = await takes(world, confirms, replace(CITY_OFFICE, person=CHEN))
    assert (refused.status, refused.code) == (409, "same-person-confirms")
    confirmed = await takes(world, confirms, replace(CITY_OFFICE, person=LUO))

    told = confirmed.body["events"][0]["data"]
    assert (told["proposed_by"]["name"], told["by"]["name"]) == (CHEN, LUO)


def _calendar(verb: str, body: Any) -> Step:
    way = f"POST /calendars/{{year}}/{verb}"
    return Step(CITY_OFFICE, "registry", way, body, at={"year": "2024"})


async def _last(world: World, kind: str) -> dict[str, Any]:
    """The newest event of a kind that the reply room told."""
    [*_, newest] = await world.rows(
        "reply",
        "SELECT payload FROM events WHERE type = $1 ORDER BY seq",
        f"huiban.reply.{kind}.v1",
    )
    found: dict[str, Any] = from_json(newest["payload"])
    return found
