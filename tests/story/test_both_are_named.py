"""Both are named: where an act needs a second person, the log names the first one and the second.

Four eyes are asked for wherever two persons are compared; each such place has its way here.
"""

import ast
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import from_json

import services
from tests.story.answering import paper, talk
from tests.story.office import LONGHUA, TRANSPORT, act, filed, hand_over, row, sign
from tests.story.registering import WU, ZHOU, except_days
from tests.world import World

DOMAINS = Path(services.__file__).parent
CHEN, LUO, SUN, TANG = "陈主任", "罗主任", "孙科长", "唐局长"
Names = list[str]


async def step(world: World, case: str, verb: str, body: Any, *, unit: str, person: str) -> None:
    """A head of a unit does something with its task; one person may hold several posts."""
    at = f"/proposals/{case}/tasks/{unit}.1/{verb}"
    await act(world, "reply", at, body, post="head", unit=unit, person=person)


async def in_hand(world: World) -> str:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await talk(world, case, LONGHUA)
    return case


async def names_in(world: World, service: str, *kinds: str) -> Names:
    """The persons of these events, each event's own person first, then others that it names."""
    found: Names = []
    for kind in kinds:
        [*_, newest] = await world.rows(
            service,
            "SELECT payload FROM events WHERE type = $1 ORDER BY seq",
            f"huiban.{service}.{kind}.v1",
        )
        event = from_json(newest["payload"])
        signed = event.get("paper")
        proposed = event.get("proposed_by")
        found += [signed["signed_by"]] if signed else []
        found += [proposed["person"]] if proposed else []
        found.append(event["by"]["person"])
    return found


async def a_draft_is_approved(world: World) -> Names:
    case = await in_hand(world)
    body = {"text": "答复如下。", "result_class": "A"}
    await step(world, case, "drafts", body, unit=LONGHUA, person=CHEN)
    await step(world, case, "approve", {"draft": 1}, unit=LONGHUA, person=LUO)
    return await names_in(world, "reply", "ReplyDrafted", "ReplyApproved")


async def a_draft_is_endorsed(world: World) -> Names:
    case = await in_hand(world)
    body = {"text": "答复如下。", "result_class": "A"}
    await step(world, case, "drafts", body, unit=LONGHUA, person=CHEN)
    await step(world, case, "approve", {"draft": 1}, unit=LONGHUA, person=LUO)
    await step(world, case, "endorse", {"draft": 1}, unit=LONGHUA, person=TANG)
    return await names_in(world, "reply", "ReplyDrafted", "ReplyApproved", "ReplyEndorsed")


async def _issued(world: World, **more: Any) -> Names:
    case = await in_hand(world)
    for verb, body, person in (
        ("opinion/drafts", {"opinion": "同意"}, SUN),
        ("opinion/check", {"draft": 1}, LUO),
        ("opinion/issue", {"draft": 1}, TANG),
    ):
        await step(world, case, verb, body, unit=TRANSPORT, person=person)
    await step(
        world,
        case,
        "drafts",
        {"text": "答复如下。", "result_class": "A"},
        unit=LONGHUA,
        person=CHEN,
    )
    await step(world, case, "approve", {"draft": 1}, unit=LONGHUA, person=LUO)
    letter = {"draft": 1, "summary": "已经办好", "evidence": "验收记录", **more}
    await step(world, case, "issue", letter, unit=LONGHUA, person=TANG)
    return await names_in(world, "reply", "ReplyDrafted", "ReplyApproved", "ReplyIssued")


async def a_reply_is_issued(world: World) -> Names:
    return await _issued(world)


async def a_reply_was_signed_on_paper(world: World) -> Names:
    return await _issued(world, paper=paper(SUN))


async def _opinion(world: World, *kinds: str, **more: Any) -> Names:
    case = await in_hand(world)
    await step(world, case, "opinion/drafts", {"opinion": "同意"}, unit=TRANSPORT, person=CHEN)
    await step(world, case, "opinion/check", {"draft": 1}, unit=TRANSPORT, person=LUO)
    body = {"draft": 1, **more}
    await step(world, case, "opinion/issue", body, unit=TRANSPORT, person=TANG)
    return await names_in(world, "reply", *kinds)


async def an_opinion_is_checked(world: World) -> Names:
    return await _opinion(world, "OpinionDrafted", "OpinionChecked")


async def an_opinion_is_issued(world: World) -> Names:
    return await _opinion(world, "OpinionDrafted", "OpinionChecked", "OpinionGiven")


async def an_opinion_was_signed_on_paper(world: World) -> Names:
    kinds = ("OpinionDrafted", "OpinionChecked", "OpinionGiven")
    return await _opinion(world, *kinds, paper=paper(SUN))


async def days_are_confirmed(world: World) -> Names:
    await except_days(world, ("2024-02-20", False), why="台风")
    return await names_in(world, "registry", "CalendarYearAnnounced")


Way = Callable[[World], Awaitable[Names]]
# Each place that compares persons: the ways by which it is passed, and whom the log names then.
FOUR_EYES: dict[str, dict[Way, Names]] = {
    "reply/approving.approve_draft": {a_draft_is_approved: [CHEN, LUO]},
    "reply/approving.endorse_draft": {a_draft_is_endorsed: [CHEN, LUO, TANG]},
    "reply/issuing._must_be_signed": {
        a_reply_is_issued: [CHEN, LUO, TANG],
        a_reply_was_signed_on_paper: [CHEN, LUO, SUN, TANG],
    },
    "reply/giving_opinions.check_opinion": {an_opinion_is_checked: [CHEN, LUO]},
    "reply/giving_opinions.issue_opinion": {
        an_opinion_is_issued: [CHEN, LUO, TANG],
        an_opinion_was_signed_on_paper: [CHEN, LUO, SUN, TANG],
    },
    "registry/proposing_years.confirm_year": {days_are_confirmed: [ZHOU, WU]},
}


def test_each_place_that_compares_persons_has_its_way_here() -> None:
    places = set()
    for file in DOMAINS.glob("*/domain/*.py"):
        for function in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef) and _compares_persons(function):
                places.add(f"{file.parts[-3]}/{file.stem}.{function.name}")

    assert places == FOUR_EYES.keys()


def _compares_persons(function: ast.FunctionDef) -> bool:
    for node in ast.walk(function):
        match node:
            case ast.Call(func=ast.Attribute(attr="is_also")):
                return True
            case ast.Compare(left=ast.Attribute(attr="signed_by")):
                return True
    return False


@pytest.mark.parametrize(
    ("way", "named"), [one for ways in FOUR_EYES.values() for one in ways.items()]
)
async def test_the_log_names_the_first_and_the_second(world: World, way: Way, named: Names) -> None:
    assert await way(world) == named
    assert len(set(named)) == len(named)
