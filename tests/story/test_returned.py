"""Returned: a unit says that a proposal is another's, and the office decides."""

from datetime import date

import pytest

from tests.story.answering import opine, reply
from tests.story.office import (
    FUTIAN,
    LONGHUA,
    MARKET,
    PLANNING,
    Refused,
    decide_return,
    filed,
    hand_over,
    return_task,
    row,
    sign,
)
from tests.story.seeing import case_page, clocks, figures, handling, page, standing, told
from tests.story.watching import mornings_until
from tests.world import World


async def test_an_upheld_return_gives_another_unit_a_new_clock(world: World) -> None:
    case = await filed(world, "老旧小区加装电梯")
    await hand_over(world, row(case, lead=MARKET, co_handlers=[FUTIAN]))
    world.days_pass(2)
    await return_task(world, case, MARKET, proposed=PLANNING)
    assert "退办待审1" in await page(world, f"/units/{MARKET}")
    assert "市市场监管局建议改由市规划资源局办理" in await page(world, "/units/C007")

    world.days_pass(6)
    answer = await decide_return(world, case, MARKET, upheld=True)
    assert answer.told == ["ReturnDecided", "HandlersReassigned"]

    tasks = await handling(world, case)
    assert {task_id: task["state"] for task_id, task in tasks.items()} == {
        "C032.1": "ended",
        "D01.1": "unsigned",
        "C025.2": "unsigned",
    }
    assert (tasks["C032.1"]["answer"]["on"], tasks["C025.2"]["answer"]["on"]) == (
        "2024-04-22",
        "2024-04-30",
    )
    assert await clocks(world, case) == {
        "C032.1/sign": "dead",
        "C032.1/contact": "dead",
        "C032.1/reply": "dead",
        "C032.1/decide_return": "stopped",
        "D01.1/sign": "red",
        "D01.1/opinion": "green",
        "C025.2/sign": "green",
        "C025.2/contact": "green",
        "C025.2/reply": "green",
    }

    await sign(world, case, PLANNING, generation=2)
    await sign(world, case, FUTIAN)
    await opine(world, case, FUTIAN)
    await reply(world, case, PLANNING, generation=2)
    assert await standing(world, case) == "已答复"
    assert (await figures(world, MARKET))["received"] == 0
    assert (await figures(world, MARKET))["returned"] == 1
    assert "改派：市规划和自然资源局主办，时限自当日重新计算" in await case_page(world, case)


async def test_the_unit_that_returned_it_has_no_say_any_more(world: World) -> None:
    case = await filed(world, "老旧小区加装电梯")
    await hand_over(world, row(case, lead=MARKET))
    await return_task(world, case, MARKET, proposed=PLANNING)
    await decide_return(world, case, MARKET, upheld=True)

    with pytest.raises(Refused, match="409 reassigned-already 这项任务已经改派"):
        await sign(world, case, MARKET)


async def test_after_a_refused_return_the_unit_goes_on(world: World) -> None:
    case = await filed(world, "老旧小区加装电梯")
    await hand_over(world, row(case, lead=MARKET))
    world.days_pass(1)
    await return_task(world, case, MARKET, proposed=PLANNING)
    with pytest.raises(Refused, match="409 return-pending 这项任务已申请退办，请等待办公厅决定"):
        await sign(world, case, MARKET)

    world.days_pass(6)
    answer = await decide_return(world, case, MARKET, upheld=False)
    assert answer.told == ["ReturnDecided"]
    signing = (await handling(world, case))["C032.1"]["sign"]
    assert signing["on"] == "2024-01-31"
    assert "自2024-01-23起停止计时，余2个工作日" in [step["says"] for step in signing["steps"]]
    assert "2024-01-31余2个工作日" in await page(world, f"/units/{MARKET}")
    assert await clocks(world, case) == {
        "C032.1/sign": "green",
        "C032.1/contact": "green",
        "C032.1/reply": "green",
        "C032.1/decide_return": "stopped",
    }

    await mornings_until(world, date(2024, 2, 1))
    [missed] = await told(world, "escalation", case, "DeadlineMissed")
    assert (missed["clock_id"], missed["due_on"]) == ("C032.1/sign", "2024-01-31")
    await sign(world, case, MARKET)
    await reply(world, case, MARKET)
    assert await standing(world, case) == "已答复"
    assert "由市市场监督管理局继续办理" in await case_page(world, case)


async def test_the_last_day_to_return_is_the_tenth(world: World) -> None:
    early, late = await filed(world, "加装电梯"), await filed(world, "加装扶手")
    await hand_over(world, row(early, lead=MARKET), row(late, lead=MARKET))

    world.today = date(2024, 2, 1)
    await return_task(world, early, MARKET, proposed=PLANNING)

    world.today = date(2024, 2, 2)
    with pytest.raises(Refused, match="409 too-late-to-return 退办期限已于2024-02-01届满"):
        await return_task(world, late, MARKET, proposed=PLANNING)
    await sign(world, late, MARKET)
    assert (await handling(world, late))["C032.1"]["state"] == "signed"


async def test_a_signed_task_is_not_returned(world: World) -> None:
    case = await filed(world, "老旧小区加装电梯")
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)

    with pytest.raises(Refused, match="409 signed-already"):
        await return_task(world, case, LONGHUA, proposed=PLANNING)
