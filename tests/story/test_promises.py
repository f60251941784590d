"""Promises: what a reply of class B promises is watched until it is kept, and counted."""

from datetime import date

import pytest

from tests.story.answering import answered_with_promises, keep_promise, rate, reply
from tests.story.office import FUTIAN, LONGHUA, TRANSPORT, Refused, act, filed, hand_over, row, sign
from tests.story.seeing import case_page, clocks, figures, page, told
from tests.story.watching import mornings_until
from tests.world import World

ROUTE = {"text": "开通微循环线路三条", "due_on": "2024-05-10"}
YESTERDAYS = {"text": "开通线路", "due_on": "2024-01-21"}
STOPS = {"text": "新建站台五处", "due_on": "2024-06-28"}


async def promised(world: World) -> str:
    """Longhua has promised a route for May and stops for June."""
    case = await answered_with_promises(world, ROUTE, STOPS)
    await rate(world, case, "D07.r1")
    return case


async def test_two_promises_kept_and_one_open(world: World) -> None:
    case = await promised(world)
    other = await filed(world, "增设长椅")
    await hand_over(world, row(other, lead=LONGHUA))
    await sign(world, other, LONGHUA)
    await reply(world, other, LONGHUA, result_class="B", promises=[STOPS])

    world.today = date(2024, 5, 10)
    await keep_promise(world, case, "D07.r1.p1")
    await keep_promise(world, other, "D07.r1.p1")

    counted = await figures(world, LONGHUA)
    assert (counted["promises_made"], counted["promises_kept"]) == (3, 2)
    assert counted["conversion_rate"] == 0.6667
    assert (await clocks(world, case))["D07.r1.p2/promise"] == "green"
    assert "承诺待兑现1" in await page(world, f"/units/{LONGHUA}")
    assert "2024-05-10兑现：现场照片" in await case_page(world, case)


async def test_a_promise_not_kept_is_missed_the_day_after_and_may_be_kept_late(
    world: World,
) -> None:
    case = await promised(world)
    world.today = date(2024, 5, 9)

    await mornings_until(world, date(2024, 5, 11))
    missed = await told(world, "escalation", case, "DeadlineMissed")
    assert [
        (one["clock_id"], one["on"]) for one in missed if one["clock_id"] != "D07.r1/publish"
    ] == [("D07.r1.p1/promise", "2024-05-11")]

    await keep_promise(world, case, "D07.r1.p1")
    assert (await clocks(world, case))["D07.r1.p1/promise"] == "stopped"


async def test_class_b_needs_a_promise_and_class_c_a_reason(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)

    with pytest.raises(Refused, match="409 needs-promise B类（正在解决或者已列入计划）答复须至少"):
        await reply(world, case, LONGHUA, result_class="B")
    with pytest.raises(Refused, match="409 needs-reason C类"):
        await reply(world, case, LONGHUA, result_class="C")
    with pytest.raises(Refused, match="409 promised-in-the-past 承诺的完成日期2024-01-21已经过去"):
        await reply(world, case, LONGHUA, result_class="B", promises=[YESTERDAYS])


async def test_a_promise_is_kept_once_and_by_who_made_it(world: World) -> None:
    case = await promised(world)
    at = f"/proposals/{case}/promises/D07.r1.p1"

    for verb in ("report", "keep"):
        for unit in (FUTIAN, TRANSPORT):
            with pytest.raises(Refused, match="403 not-your-promise 这项承诺由其他单位作出"):
                await act(
                    world,
                    "reply",
                    f"{at}/{verb}",
                    {"evidence": "照片"},
                    post="officer",
                    unit=unit,
                )
    with pytest.raises(Refused, match="403 checks-own-promise 承诺是否兑现由交办机关核实"):
        await act(world, "reply", f"{at}/keep", {"evidence": "照片"}, post="head", unit=LONGHUA)
    await keep_promise(world, case, "D07.r1.p1")
    with pytest.raises(Refused, match="409 already-kept 这项承诺已经登记落实"):
        await keep_promise(world, case, "D07.r1.p1")
