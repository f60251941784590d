"""What assignment, intake and registry tell moves dates, ends drafts, parts groups."""

import asyncio
from datetime import date
from typing import Any

from pydantic_core import from_json

from shared.contracts.assignment import (
    ClockPaused,
    ClockResumed,
    DueDatesMoved,
    ExtensionGranted,
    MovedDue,
    Role,
    Task,
    WorkHandedDown,
)
from shared.contracts.event import SYSTEM, Due, ProposalId, TaskId, UnitCode
from shared.contracts.intake import (
    KeyDesignationTakenBack,
    MergeUndone,
    ProposalDesignatedKey,
    ProposalRevised,
    ProposalWithdrawn,
)
from shared.contracts.registry import CalendarDay, CalendarYearAnnounced
from tests.service.reply.longhua import (
    APRIL_22,
    FUTIAN,
    HETAO,
    LONGHUA,
    MARCH_22,
    MONDAY,
    PARKS,
    PRIVATE_FIRMS,
    act,
    approve,
    assigned,
    group_of_two,
    hand_over,
    issue,
    listed,
    merged,
    prepare,
    rate,
    reassigned,
    seen,
    signed,
    submitted,
    talk,
    task,
    write,
)
from tests.world import World

LEAD, CO_HANDLER = task(LONGHUA), task(FUTIAN, Role.CO_HANDLE, by=MARCH_22)
MAY_22 = date(2024, 5, 22)


def due(on: date) -> Due:
    return Due(
        on=on, starts_on=MONDAY, clock="reply", rule="试用", source=None, calendar="试", steps=()
    )


def moved(on: date, *, clock: str = "answer") -> MovedDue:
    return MovedDue(
        task_id=LEAD.task_id,
        unit=LONGHUA,
        clock=clock,  # type: ignore[arg-type]
        before=APRIL_22,
        due=due(on),
    )


def withdrawn(proposal: ProposalId) -> ProposalWithdrawn:
    return ProposalWithdrawn(proposal_id=proposal, by=SYSTEM, on=MONDAY, why="情况变化")


async def late_on(room: World, day: date) -> int:
    """How late the reply is when it goes out on a day."""
    room.today = day
    issued = await issue(room, HETAO)
    days: int = issued.body["events"][0]["data"]["days_late"]
    return days


async def test_an_extension_moves_the_day_from_which_one_is_late(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await prepare(room, HETAO)
    await room.hears(
        "reply",
        ExtensionGranted(
            proposal_id=HETAO,
            by=SYSTEM,
            on=MONDAY,
            task_id=LEAD.task_id,
            unit=LONGHUA,
            why="需要会商",
            moved=(moved(MAY_22),),
        ),
    )

    assert await late_on(room, date(2024, 5, 23)) == 1
    assert (await seen(room, HETAO))["tasks"][0]["answer_by"] == "2024-05-22"


async def test_a_new_calendar_moves_it_too_and_other_clocks_are_none_of_ours(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await prepare(room, HETAO)
    await room.hears(
        "reply",
        DueDatesMoved(
            proposal_id=HETAO,
            by=SYSTEM,
            on=MONDAY,
            calendar="CN-2024@2",
            moved=(moved(MAY_22), moved(MONDAY, clock="contact")),
        ),
    )

    assert await late_on(room, MAY_22) == 0


async def test_while_the_clock_stands_still_nobody_becomes_late(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await prepare(room, HETAO)
    await room.hears(
        "reply",
        ClockPaused(
            proposal_id=HETAO,
            by=SYSTEM,
            on=date(2024, 4, 15),
            task_id=LEAD.task_id,
            unit=LONGHUA,
            why="等待上级批复",
        ),
    )

    assert await late_on(room, MAY_22) == 0


async def test_resumed_it_goes_on_to_a_new_day(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await prepare(room, HETAO)
    stands = {"proposal_id": HETAO, "by": SYSTEM, "task_id": LEAD.task_id, "unit": LONGHUA}
    await room.hears(
        "reply",
        ClockPaused.model_validate({**stands, "on": date(2024, 4, 15), "why": "等待批复"}),
        ClockResumed.model_validate(
            {**stands, "on": date(2024, 5, 6), "why": "已批复", "answer": due(date(2024, 5, 13))}
        ),
    )

    assert (await seen(room, HETAO))["tasks"][0]["paused_on"] is None
    assert await late_on(room, date(2024, 5, 14)) == 1


async def test_a_redo_keeps_its_own_day_whatever_moves(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await prepare(room, HETAO)
    await issue(room, HETAO)
    await rate(room, HETAO, "D09.r1", result="dissatisfied")
    await room.hears(
        "reply",
        DueDatesMoved(
            proposal_id=HETAO, by=SYSTEM, on=MONDAY, calendar="x", moved=(moved(MAY_22),)
        ),
    )

    assert [one["answer_by"] for one in (await seen(room, HETAO))["rounds"]] == [
        "2024-04-22",
        "2024-04-22",
    ]


async def test_a_task_that_was_handed_on_with_its_clock_kept_is_late_by_the_old_day(
    room: World,
) -> None:
    await hand_over(room, HETAO, LEAD)
    kept = task(LONGHUA, generation=2)
    passed_on = reassigned(HETAO, kept, ended=["D09.1"]).model_copy(update={"policy": "keep"})
    await room.hears("reply", passed_on, signed(HETAO, kept))
    await prepare(room, HETAO, generation=2)
    room.today = date(2024, 4, 23)

    issued = await issue(room, HETAO, generation=2)

    assert issued.body["events"][0]["data"]["days_late"] == 1


async def test_what_its_proposers_took_back_takes_no_further_act(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)
    await act(room, HETAO, "opinion", {"opinion": "同意"}, unit=FUTIAN)
    await prepare(room, HETAO)
    await act(room, HETAO, "ask-to-countersign", {"draft": 1})

    await room.hears("reply", withdrawn(HETAO))

    for refused in (
        await talk(room, HETAO),
        await write(room, HETAO),
        await approve(room, HETAO),
        await issue(room, HETAO),
    ):
        assert refused.code == "proposal-taken-back"
    assert await listed(room, "drafts") == []
    assert await listed(room, "to-countersign") == []
    assert await listed(room, "opinions", state="given") == []
    assert (await seen(room, HETAO))["taken_back_on"] == "2024-01-22"


async def test_issuing_while_it_is_taken_back(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await prepare(room, HETAO)

    issued, _ = await asyncio.gather(issue(room, HETAO), room.hears("reply", withdrawn(HETAO)))

    assert issued.status == 200 or issued.code == "proposal-taken-back"
    replies = (await seen(room, HETAO))["replies"]
    assert len(replies) == (1 if issued.status == 200 else 0)


async def test_a_member_that_was_taken_back_gets_no_letter(room: World) -> None:
    await group_of_two(room)
    await prepare(room, HETAO)
    await room.hears("reply", withdrawn(PARKS))

    issued = await issue(room, HETAO)

    assert [event["key"] for event in issued.body["events"]] == [HETAO]


async def test_a_member_that_parted_is_answered_by_its_own_handlers(room: World) -> None:
    await group_of_two(room)
    await prepare(room, HETAO)
    parted = MergeUndone(
        proposal_id=PARKS,
        by=SYSTEM,
        on=MONDAY,
        main=HETAO,
        members=(PARKS,),
        why="诉求不同",
        after_hand_over=True,
    )
    own = task(LONGHUA, generation=2)
    await room.hears("reply", parted, reassigned(PARKS, own, ended=[]), signed(PARKS, own))

    issued = await issue(room, HETAO)
    await prepare(room, PARKS, generation=2)
    theirs = await issue(room, PARKS, generation=2)

    assert [event["key"] for event in issued.body["events"]] == [HETAO]
    assert [event["key"] for event in theirs.body["events"]] == [PARKS]
    assert (await seen(room, PARKS))["home"] == PARKS
    assert (await seen(room, HETAO))["group"] == [HETAO]


async def test_a_proposal_that_joined_after_the_hand_over_is_handled_with_the_main_one(
    room: World,
) -> None:
    await hand_over(room, HETAO, LEAD)
    await hand_over(room, PARKS, task(LONGHUA), to="吴联喜")
    await prepare(room, HETAO)
    await room.hears("reply", *merged(HETAO, PARKS), reassigned(PARKS, ended=["D09.1"]))

    refused = await talk(room, PARKS)
    issued = await issue(room, HETAO)

    assert refused.code == "handled-with-main"
    assert [event["key"] for event in issued.body["events"]] == [HETAO, PARKS]


async def test_progress_is_told_to_everybody_in_few_words(room: World) -> None:
    async def word() -> str:
        answer = await room.ask("reply", f"/proposals/{HETAO}/progress", post="proposer")
        return str(answer.body["word"])

    nowhere = await room.ask("reply", "/proposals/nowhere/progress", post="proposer")
    assert (nowhere.status, nowhere.code) == (404, "unknown-proposal")
    await room.hears("reply", submitted(HETAO))
    assert await word() == "waiting"
    await room.hears("reply", assigned(HETAO, LEAD), signed(HETAO, LEAD))
    assert await word() == "handling"
    await talk(room, HETAO)
    assert await word() == "talking"
    await prepare(room, HETAO, result_class="B")
    await issue(room, HETAO, promises=[{"text": "建园区", "due_on": "2024-06-28"}])
    assert await word() == "keeping"
    keep = f"/proposals/{HETAO}/promises/D09.r1.p1/keep"
    await room.tell("reply", keep, {"evidence": "照片"}, post="officer", unit=LONGHUA)
    assert await word() == "kept"
    await rate(room, HETAO, "D09.r1", result="dissatisfied")
    assert await word() == "again"
    await room.hears("reply", withdrawn(HETAO))
    assert await word() == "taken_back"


async def test_a_proposal_is_shown_to_whom_it_concerns_and_unknown_to_others(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)

    async def status(**who: str) -> int:
        return (await room.ask("reply", f"/proposals/{HETAO}", **who)).status

    assert await status(post="officer", unit=LONGHUA) == 200
    assert await status(post="officer", unit=FUTIAN) == 200
    assert await status(post="officer", unit="D05") == 404
    assert await status(post="proposer", person="王志毅") == 200
    assert await status(post="proposer", person="赵强") == 404
    for post in ("office", "committee", "leader", "supervision"):
        assert await status(post=post) == 200


async def test_what_units_say_to_one_another_is_not_for_proposers(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)
    await act(room, HETAO, "opinion", {"opinion": "同意"}, unit=FUTIAN)
    await prepare(room, HETAO)

    answer = await room.ask("reply", f"/proposals/{HETAO}", post="proposer", person="王志毅")

    assert (answer.body["opinions"], answer.body["drafts"]) == ([], [])
    assert len(answer.body["contacts"]) == 1


async def test_drafts_wait_for_somebody(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)
    await talk(room, HETAO)

    async def waits(**asked: str) -> list[str]:
        return [row["waits_for"] for row in await listed(room, "drafts", **asked)]

    await write(room, HETAO)
    assert await waits() == await waits(post="officer", unit=LONGHUA) == ["check"]
    await approve(room, HETAO)
    assert await waits() == ["issue"]
    await act(room, HETAO, "ask-to-countersign", {"draft": 1})
    assert await waits() == await waits(waits_for="countersign") == ["countersign"]
    assert await waits(post="officer", unit=FUTIAN) == []
    assert await waits(waits_for="check") == []


async def test_a_proposal_that_was_answered_before_it_joined_is_not_answered_again(
    room: World,
) -> None:
    await hand_over(room, HETAO, LEAD)
    await hand_over(room, PARKS, task(LONGHUA), to="吴联喜")
    await prepare(room, PARKS)
    await issue(room, PARKS)
    await room.hears("reply", *merged(HETAO, PARKS), reassigned(PARKS, ended=["D09.1"]))
    await prepare(room, HETAO)

    issued = await issue(room, HETAO)

    assert [event["key"] for event in issued.body["events"]] == [HETAO]


async def told_moved(room: World, proposal: ProposalId) -> list[tuple[str, str, str]]:
    """Which dates of a proposal's replies moved, from which day to which."""
    rows = await room.rows(
        "reply",
        "SELECT convert_from(payload, 'UTF8')::json AS told FROM events"
        " WHERE aggregateid = $1 AND type = 'huiban.reply.DatesMoved.v1' ORDER BY seq",
        proposal,
    )
    return [
        (one["clock"], one["before"], one["due"]["on"])
        for row in rows
        for one in from_json(row["told"])["moved"]
    ]


def free_days(*days: date, edition: int = 2) -> CalendarYearAnnounced:
    return CalendarYearAnnounced(
        year=2024,
        edition=edition,
        source="试用",
        provisional=False,
        days=tuple(CalendarDay(day=day, works=False, name="台风停工") for day in days),
        entered_on=MONDAY,
    )


async def test_a_new_calendar_moves_what_is_waited_for(room: World) -> None:
    await group_of_two(room)
    await prepare(room, HETAO)
    await issue(room, HETAO)
    await rate(room, PARKS, "D09.r1", proposer="吴联喜", result="dissatisfied")
    before = {one["reply_id"]: one for one in (await seen(room, HETAO))["replies"]}["D09.r1"]
    rate_by = date.fromisoformat(before["rate_by"])

    await room.hears("reply", free_days(date(2024, 1, 24)))
    await room.hears("reply", free_days(date(2024, 1, 24), edition=3))

    [(clock, was, now)] = await told_moved(room, HETAO)
    assert (clock, was) == ("rate", str(rate_by))
    after = {one["reply_id"]: one for one in (await seen(room, HETAO))["replies"]}["D09.r1"]
    assert after["rate_by"] == now > was
    assert [one for one, _, _ in await told_moved(room, PARKS)] == ["rate"]


async def test_what_is_waited_for_no_more_moves_no_more(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await prepare(room, HETAO)
    await issue(room, HETAO)
    await rate(room, HETAO, "D09.r1")
    close = f"/proposals/{HETAO}/replies/D09.r1/close-ratings"
    closed = await room.tell("reply", close, post="committee", unit="C004")
    assert closed.status == 200

    await room.hears("reply", free_days(date(2024, 1, 24)))

    assert await told_moved(room, HETAO) == []


async def test_a_redo_moves_when_it_is_the_one_that_is_meant(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await prepare(room, HETAO)
    await issue(room, HETAO)
    await rate(room, HETAO, "D09.r1", result="dissatisfied")
    of_redo = moved(MAY_22).model_copy(update={"round": 2})
    await room.hears(
        "reply",
        DueDatesMoved(proposal_id=HETAO, by=SYSTEM, on=MONDAY, calendar="x", moved=(of_redo,)),
    )

    assert [one["answer_by"] for one in (await seen(room, HETAO))["rounds"]] == [
        "2024-05-22",
        "2024-04-22",
    ]


async def test_a_merger_told_again_when_one_joins_changes_nothing_else(room: World) -> None:
    await group_of_two(room)
    await room.hears("reply", submitted(PRIVATE_FIRMS, "林海"))
    for one in merged(HETAO, PARKS, PRIVATE_FIRMS):
        await room.hears("reply", one)
        await room.hears("reply", one)

    assert (await seen(room, HETAO))["group"] == [HETAO, PARKS, PRIVATE_FIRMS]


async def test_who_has_left_is_not_brought_back_by_what_is_told_of_the_main_one_late(
    room: World,
) -> None:
    await hand_over(room, HETAO, LEAD)
    await room.hears("reply", submitted(PARKS, "吴联喜"))
    of_main, of_member = merged(HETAO, PARKS)
    parted = MergeUndone(
        proposal_id=PARKS, by=SYSTEM, on=MONDAY, main=HETAO, members=(HETAO, PARKS), why="诉求不同"
    )

    await room.hears("reply", of_member, parted, of_main)

    assert (await seen(room, HETAO))["group"] == [HETAO]
    await room.hears("reply", of_member)
    assert (await seen(room, HETAO))["group"] == [HETAO, PARKS]


async def test_a_revised_proposal_bears_its_new_title(room: World) -> None:
    await room.hears("reply", submitted(HETAO))
    revised = ProposalRevised(
        proposal_id=HETAO,
        by=SYSTEM,
        on=MONDAY,
        revision=1,
        title="关于河套园区的提案",
        text="一、建园区。\n二、通公交。",
    )
    await room.hears("reply", revised)
    await room.hears("reply", assigned(HETAO, LEAD), signed(HETAO, LEAD))

    found = await seen(room, HETAO)
    assert found["title"] == "关于河套园区的提案"
    assert len(found["points"]) == 2


async def test_what_is_key_no_more_is_asked_no_more_of_than_others(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    key: dict[str, Any] = {"proposal_id": HETAO, "by": SYSTEM, "on": MONDAY}
    await room.hears("reply", ProposalDesignatedKey(**key, leader="王", supervised_by=LONGHUA))
    [before] = await room.rows("reply", "SELECT is_key FROM proposals")
    await room.hears("reply", KeyDesignationTakenBack(**key, why="调整"))
    [after] = await room.rows("reply", "SELECT is_key FROM proposals")

    assert (before["is_key"], after["is_key"]) == (True, False)


async def test_a_task_that_comes_unsigned_and_is_signed_by_what_was_signed_before(
    room: World,
) -> None:
    await hand_over(room, HETAO, LEAD)
    kept = task(LONGHUA, generation=2).model_copy(update={"sign": None})
    await room.hears("reply", reassigned(HETAO, kept, ended=["D09.1"]))
    early = await talk(room, HETAO, generation=2)

    carried = signed(HETAO, kept).model_copy(update={"carried_from": LEAD.task_id})
    await room.hears("reply", carried)

    assert (early.status, early.code) == (409, "not-signed-yet")
    assert (await talk(room, HETAO, generation=2)).status == 200


async def test_a_unit_to_which_work_was_handed_down_reads_what_is_said(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    below = Task(
        task_id=TaskId("S001.1"),
        unit=UnitCode("S001"),
        role=Role.SPLIT,
        generation=1,
        parent=LEAD.task_id,
    )
    who: dict[str, Any] = {"post": "officer", "unit": "S001"}
    before = await room.ask("reply", f"/proposals/{HETAO}", **who)

    handed_down = WorkHandedDown(
        proposal_id=HETAO, by=SYSTEM, on=MONDAY, parent=LEAD.task_id, tasks=(below,)
    )
    await room.hears("reply", handed_down)

    assert before.status == 404
    assert (await room.ask("reply", f"/proposals/{HETAO}", **who)).status == 200
