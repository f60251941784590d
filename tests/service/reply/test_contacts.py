"""What proposers say of a talk decides whether it counts; the office sees who denies one."""

import asyncio
from typing import Any

from shared.contracts.event import SYSTEM
from shared.contracts.intake import ProposalDesignatedKey
from tests.service.reply.longhua import (
    FUTIAN,
    HETAO,
    LONGHUA,
    MONDAY,
    PARKS,
    assigned,
    hand_over,
    issue,
    listed,
    merged,
    paper,
    prepare,
    rules,
    scan,
    seen,
    signed,
    submitted,
    talk,
    task,
    write,
)
from tests.world import Answer, World

LEAD = task(LONGHUA)


async def say(
    room: World, verb: str, *, proposer: str = "王志毅", contact: str = "D09.1.c1", **more: Any
) -> Answer:
    """A proposer says something of a contact."""
    path = f"/proposals/{HETAO}/contacts/{contact}/{verb}"
    body = {"proposer": proposer, **more}
    return await room.tell("reply", path, body, post="proposer", person=proposer)


async def waive(room: World, proposer: str = "王志毅") -> Answer:
    path = f"/proposals/{HETAO}/tasks/{LEAD.task_id}/waive-contact"
    return await room.tell("reply", path, {"proposer": proposer}, post="proposer", person=proposer)


async def test_a_denied_talk_does_not_count_until_it_is_confirmed(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await prepare(room, HETAO)

    denied = await say(room, "deny", says="没有来过")
    blocked = await issue(room, HETAO)
    [row] = await listed(room, "denials")
    confirmed = await say(room, "confirm")
    issued = await issue(room, HETAO)

    assert denied.told == ["ContactDenied"]
    assert blocked.code == "no-contact-yet"
    assert (row["proposer"], row["says"], row["unit"]) == ("王志毅", "没有来过", LONGHUA)
    assert confirmed.told == ["ContactConfirmed"]
    assert issued.status == 200
    assert await listed(room, "denials") == []
    [contact] = (await seen(room, HETAO))["contacts"]
    assert (contact["confirmed_by"], contact["denied_by"]) == (["王志毅"], [])


async def test_one_who_denies_it_outweighs_one_who_confirms_it(room: World) -> None:
    await room.hears(
        "reply", submitted(HETAO, "王志毅", "李娜"), assigned(HETAO, LEAD), signed(HETAO, LEAD)
    )
    await prepare(room, HETAO)

    answers = await asyncio.gather(
        say(room, "confirm"), say(room, "deny", proposer="李娜", says="没有来过")
    )

    assert [answer.status for answer in answers] == [200, 200]
    assert (await issue(room, HETAO)).code == "no-contact-yet"


async def test_pressing_twice_says_it_once(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await talk(room, HETAO)

    answers = await asyncio.gather(say(room, "confirm"), say(room, "confirm"))

    assert sorted(answer.status for answer in answers) == [200, 409]
    assert {one.code for one in answers if one.status == 409} == {"already-said-so"}


async def test_the_committee_enters_from_a_paper(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await talk(room, HETAO)
    path = f"/proposals/{HETAO}/contacts/D09.1.c1/confirm"
    body = {"proposer": "王志毅"}

    bare = await room.tell("reply", path, body, post="committee")
    shown = await room.tell("reply", path, {**body, "paper": paper("王志毅")}, post="committee")
    unknown = await say(room, "confirm", contact="D09.1.c9")

    assert (bare.status, bare.code) == (422, "needs-paper")
    assert shown.body["events"][0]["data"]["paper"]["scan"]["digest"] == "0a" * 32
    assert (unknown.status, unknown.code) == (404, "unknown-contact")


async def test_a_member_of_the_group_speaks_of_the_groups_talks(room: World) -> None:
    await room.hears(
        "reply",
        submitted(HETAO, "王志毅"),
        submitted(PARKS, "吴联喜"),
        *merged(HETAO, PARKS),
        assigned(HETAO, LEAD),
        signed(HETAO, LEAD),
    )
    await talk(room, HETAO)

    assert (await say(room, "confirm", proposer="吴联喜")).status == 200
    assert (await say(room, "confirm", proposer="赵强")).code == "not-proposer"


async def test_the_first_proposer_needs_no_talk(room: World) -> None:
    await room.hears(
        "reply", submitted(HETAO, "王志毅", "李娜"), assigned(HETAO, LEAD), signed(HETAO, LEAD)
    )
    await prepare_without_talk(room)

    await waive(room, "李娜")
    still_blocked = await issue(room, HETAO)
    waived = await waive(room)
    again = await waive(room)

    assert still_blocked.code == "no-contact-yet", "the first proposer speaks for the proposal"
    assert waived.told == ["ContactWaived"]
    assert again.code == "already-said-so"
    assert (await issue(room, HETAO)).status == 200


async def prepare_without_talk(room: World) -> None:
    await write(room, HETAO)
    path = f"/proposals/{HETAO}/tasks/{LEAD.task_id}/approve"
    assert (await room.tell("reply", path, {"draft": 1}, post="head", unit=LONGHUA)).status == 200


async def test_of_a_key_proposal_nothing_is_written_before_a_talk(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await room.hears(
        "reply",
        rules(policies={"contact.before:key": "draft"}),
        ProposalDesignatedKey(
            proposal_id=HETAO, by=SYSTEM, on=MONDAY, leader="李副市长", supervised_by=FUTIAN
        ),
    )

    early = await write(room, HETAO)
    await talk(room, HETAO)

    assert early.code == "talk-first"
    assert (await write(room, HETAO)).status == 200


async def test_a_talk_keeps_its_day_stage_and_papers(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    path = f"/proposals/{HETAO}/tasks/{LEAD.task_id}/contacts"
    body = {"kind": "call", "people": ["王志毅"], "summary": "电话沟通"}
    late = {**body, "talked_on": "2024-01-19", "attachments": [scan("记录.pdf")]}

    await room.tell("reply", path, late, post="officer", unit=LONGHUA)
    await write(room, HETAO)
    await room.tell("reply", path, body, post="officer", unit=LONGHUA)
    too_soon = await room.tell(
        "reply", path, {**body, "talked_on": "2024-01-23"}, post="officer", unit=LONGHUA
    )

    second, first = (await seen(room, HETAO))["contacts"]
    assert (first["contact_id"], first["talked_on"], first["stage"]) == (
        "D09.1.c1",
        "2024-01-19",
        "before",
    )
    assert first["attachments"][0]["name"] == "记录.pdf"
    assert (second["contact_id"], second["stage"]) == ("D09.1.c2", "during")
    assert (too_soon.status, too_soon.code) == (422, "talks-in-the-future")
