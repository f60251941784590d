"""A task that went to another unit takes no further act; the successor begins anew."""

from typing import Any

from shared.contracts.assignment import Role
from tests.service.reply.longhua import (
    FUTIAN,
    HETAO,
    INDUSTRY,
    LONGHUA,
    MARCH_22,
    act,
    hand_over,
    issue,
    prepare,
    rate,
    reassigned,
    seen,
    signed,
    talk,
    task,
    write,
)
from tests.world import World

LEAD, CO_HANDLER = task(LONGHUA), task(FUTIAN, Role.CO_HANDLE, by=MARCH_22)
SUCCESSOR = task(INDUSTRY, generation=2)
SUCCEEDS: dict[str, Any] = {"unit": INDUSTRY, "generation": 2}


async def test_the_old_lead_takes_no_further_act(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await prepare(room, HETAO)
    await room.hears("reply", reassigned(HETAO, SUCCESSOR, ended=["D09.1"]))

    refusals = [await talk(room, HETAO), await write(room, HETAO), await issue(room, HETAO)]

    assert [answer.code for answer in refusals] == ["task-ended"] * 3


async def test_the_new_lead_signs_talks_and_writes_for_itself(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)
    await act(room, HETAO, "opinion", {"opinion": "无不同意见"}, unit=FUTIAN)
    await prepare(room, HETAO)
    await room.hears("reply", reassigned(HETAO, SUCCESSOR, ended=["D09.1"]))

    unsigned = await write(room, HETAO, **SUCCEEDS)
    await room.hears("reply", signed(HETAO, SUCCESSOR))
    await prepare(room, HETAO, **SUCCEEDS)
    issued = await issue(room, HETAO, **SUCCEEDS)

    assert unsigned.code == "not-signed-yet"
    assert issued.body["events"][0]["data"]["reply_id"] == "C019.r1"
    assert issued.body["events"][0]["data"]["without_opinions"] == [], "given before, still good"


async def test_a_co_handler_asked_anew_owes_a_new_opinion(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)
    await act(room, HETAO, "opinion", {"opinion": "无不同意见"}, unit=FUTIAN)
    again = task(FUTIAN, Role.CO_HANDLE, generation=2, by=MARCH_22)
    await room.hears("reply", reassigned(HETAO, again, ended=["D01.1"]), signed(HETAO, again))
    await prepare(room, HETAO)

    waiting = await issue(room, HETAO)
    opinion = await act(room, HETAO, "opinion", {"opinion": "建议共建"}, unit=FUTIAN, generation=2)
    issued = await issue(room, HETAO)

    assert waiting.code == "opinions-still-due"
    assert opinion.status == 200
    assert issued.status == 200


async def test_a_reply_of_a_unit_that_handles_it_no_more_is_rated_but_not_redone(
    room: World,
) -> None:
    await hand_over(room, HETAO, LEAD)
    await prepare(room, HETAO)
    await issue(room, HETAO)
    await room.hears("reply", reassigned(HETAO, SUCCESSOR, ended=["D09.1"]))

    rated = await rate(room, HETAO, "D09.r1", result="dissatisfied")

    assert rated.told == ["ReplyRated"], "the successor owes a reply anyway"


async def test_a_unit_that_gets_it_back_counts_its_replies_on(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await prepare(room, HETAO)
    await issue(room, HETAO)
    back = task(LONGHUA, generation=2)
    await room.hears("reply", reassigned(HETAO, back, ended=["D09.1"]), signed(HETAO, back))
    await prepare(room, HETAO, generation=2)

    issued = await issue(room, HETAO, generation=2)

    assert issued.body["events"][0]["data"]["reply_id"] == "D09.r2"
    assert [one["redo"] for one in (await seen(room, HETAO))["rounds"]] == [False, False]


async def test_work_below_that_moves_along_owes_nothing_here(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    below = task(FUTIAN, generation=2).model_copy(update={"parent": SUCCESSOR.task_id})
    moved = reassigned(HETAO, SUCCESSOR, below, ended=[LEAD.task_id])

    await room.hears("reply", moved, signed(HETAO, SUCCESSOR), signed(HETAO, below))

    tasks = await room.rows("reply", "SELECT unit FROM tasks WHERE ended_on IS NULL")
    owed = await room.rows("reply", "SELECT task_id FROM rounds WHERE task_id LIKE '%.2'")
    assert [one["unit"] for one in tasks] == [INDUSTRY]
    assert [one["task_id"] for one in owed] == [SUCCESSOR.task_id]
    assert (
        await room.ask("reply", f"/proposals/{HETAO}", post="officer", unit=FUTIAN)
    ).status == 200
