"""The office takes a reply, sends it back for everybody who got it, or changes its class."""

import asyncio
from typing import Any

from shared.contracts.registry import Deadline
from tests.service.reply.longhua import (
    HETAO,
    LONGHUA,
    PARKS,
    assigned,
    hand_over,
    issue,
    listed,
    merged,
    office,
    prepare,
    rate,
    rules,
    seen,
    signed,
    submitted,
    task,
    write,
)
from tests.world import World

LEAD = task(LONGHUA)
PROMISE = [{"text": "建成园区", "due_on": "2024-06-28", "owner": "区工信局", "shown_by": "公告"}]
BACK = {"why": "遗漏要点"}


async def replied(room: World, **letter: Any) -> None:
    """Longhua has replied to one proposal, with a promise."""
    await hand_over(room, HETAO, LEAD)
    await prepare(room, HETAO, result_class="B")
    await issue(room, HETAO, promises=PROMISE, **letter)


async def test_a_reply_is_accepted_once(room: World) -> None:
    await replied(room)
    [unchecked] = await listed(room, "letters", unchecked=True)

    accepted = await office(room, HETAO, "replies/D09.r1/accept")
    again = await office(room, HETAO, "replies/D09.r1/accept")

    assert unchecked["document_number"] == "龙华区函〔2024〕1号"
    assert accepted.told == ["ReplyAccepted"]
    assert again.code == "already-checked"
    assert await listed(room, "letters", unchecked=True) == []
    assert (await office(room, HETAO, "replies/D09.r9/accept")).code == "unknown-reply"


async def test_what_is_sent_back_is_void_with_its_promises_and_answered_again(
    room: World,
) -> None:
    await replied(room)
    ten_days = Deadline(count=10, unit="working_days", source=None)
    known = rules()
    await room.hears(
        "reply",
        known.model_copy(update={"deadlines": {**known.deadlines, "redo:sent_back": ten_days}}),
    )

    back = await office(room, HETAO, "replies/D09.r1/send-back", BACK)
    rated = await rate(room, HETAO, "D09.r1")
    kept = await room.tell(
        "reply",
        f"/proposals/{HETAO}/promises/D09.r1.p1/keep",
        {"evidence": "照片"},
        post="officer",
        unit=LONGHUA,
    )
    checked = await office(room, HETAO, "replies/D09.r1/accept")
    unwritten = await issue(room, HETAO)
    await write(room, HETAO)
    path = f"/proposals/{HETAO}/tasks/{LEAD.task_id}/approve"
    await room.tell("reply", path, {"draft": 1}, post="head", unit=LONGHUA)
    again = await issue(room, HETAO)

    assert back.told == ["ReplySentBack", "RedoOrdered"]
    redo = back.body["events"][1]["data"]
    assert (redo["round"], redo["because"], redo["answer"]["on"]) == (
        2,
        "sent_back",
        "2024-02-05",
    )
    assert rated.code == checked.code == "letter-void"
    assert kept.code == "promise-is-void"
    assert unwritten.code == "unknown-draft"
    assert again.status == 200, "the talk of the round that went back still counts"
    data = again.body["events"][0]["data"]
    assert (data["reply_id"], data["document_number"]) == ("D09.r2", "龙华区函〔2024〕2号")
    newest, first = (await seen(room, HETAO))["replies"]
    assert (newest["void_on"], first["void_why"]) == (None, "遗漏要点")
    [promise] = await listed(room, "promises", state="void")
    assert promise["promise_id"] == "D09.r1.p1"


async def test_rounds_of_the_office_do_not_use_up_those_of_the_proposers(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await prepare(room, HETAO)
    await issue(room, HETAO)
    await room.hears("reply", rules(numbers={"rounds.max": 2}))
    await office(room, HETAO, "replies/D09.r1/send-back", BACK)
    await prepare(room, HETAO)
    await issue(room, HETAO)

    redo = await rate(room, HETAO, "D09.r2", result="dissatisfied")

    assert redo.told == ["ReplyRated", "RedoOrdered"]
    assert redo.body["events"][1]["data"]["round"] == 3


async def test_a_groups_replies_go_back_and_are_answered_together(room: World) -> None:
    await room.hears(
        "reply",
        submitted(HETAO, "王志毅"),
        submitted(PARKS, "吴联喜"),
        *merged(HETAO, PARKS),
        assigned(HETAO, LEAD),
        signed(HETAO, LEAD),
    )
    await prepare(room, HETAO, result_class="B")
    await issue(room, HETAO, promises=PROMISE)

    back = await office(room, PARKS, "replies/D09.r1/send-back", BACK)
    await prepare(room, HETAO)
    again = await issue(room, HETAO)
    rated = await rate(room, PARKS, "D09.r2", proposer="吴联喜")

    assert [(event["key"], event["type"].split(".")[2]) for event in back.body["events"]] == [
        (HETAO, "ReplySentBack"),
        (HETAO, "RedoOrdered"),
        (PARKS, "ReplySentBack"),
        (PARKS, "RedoOrdered"),
    ]
    assert back.body["events"][0]["data"]["promises"] == ["D09.r1.p1"]
    assert [event["key"] for event in again.body["events"]] == [HETAO, PARKS]
    assert rated.status == 200


async def test_once_somebody_is_answered_again_the_first_letter_is_past_checking(
    room: World,
) -> None:
    await replied(room)
    await rate(room, HETAO, "D09.r1", result="dissatisfied")

    back = await office(room, HETAO, "replies/D09.r1/send-back", BACK)

    assert back.code == "overtaken"


async def test_the_office_changes_the_class_and_says_why(room: World) -> None:
    await replied(room)
    change = {"result_class": "C", "why": "尚无条件"}

    changed = await office(room, HETAO, "replies/D09.r1/change-class", change)
    same = await office(room, HETAO, "replies/D09.r1/change-class", change)
    back_to_b = await office(
        room, HETAO, "replies/D09.r1/change-class", {"result_class": "B", "why": "承诺仍在"}
    )

    assert changed.told == ["ClassChanged"]
    assert same.code == "same-class"
    assert back_to_b.status == 200
    [reply] = (await seen(room, HETAO))["replies"]
    assert (reply["result_class"], reply["class_before"], reply["class_why"]) == (
        "B",
        "C",
        "承诺仍在",
    )


async def test_a_reply_is_either_accepted_or_sent_back_or_both_in_this_order(
    room: World,
) -> None:
    await replied(room)

    accepted, back = await asyncio.gather(
        office(room, HETAO, "replies/D09.r1/accept"),
        office(room, HETAO, "replies/D09.r1/send-back", BACK),
    )

    assert back.status == 200
    assert accepted.status == 200 or accepted.code == "letter-void"


async def test_a_rating_and_the_offices_check_at_once(room: World) -> None:
    await replied(room)

    rated, back = await asyncio.gather(
        rate(room, HETAO, "D09.r1", result="dissatisfied"),
        office(room, HETAO, "replies/D09.r1/send-back", BACK),
    )

    assert sorted([rated.status, back.status]) == [200, 409]
    assert {one.code for one in (rated, back) if one.status == 409} <= {"letter-void", "overtaken"}
    assert [one["round"] for one in (await seen(room, HETAO))["rounds"]] == [2, 1]


async def test_letters_are_listed_as_far_as_one_may_see(room: World) -> None:
    await replied(room)
    await hand_over(room, PARKS, LEAD, to="吴联喜")
    await prepare(room, PARKS)
    await issue(room, PARKS)

    assert len(await listed(room, "letters")) == 2
    assert len(await listed(room, "letters", limit=1)) == 1
    assert len(await listed(room, "letters", result_class="B")) == 1
    assert len(await listed(room, f"letters?unit={LONGHUA}", post="head", unit=LONGHUA)) == 2
    assert await listed(room, "letters", post="officer", unit="D05") == []
    own = await listed(room, "letters", post="proposer", person="吴联喜")
    assert [row["proposal_id"] for row in own] == [PARKS]
