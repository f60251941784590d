"""Nobody wants it: a proposal that comes back twice becomes a matter for the city."""

import pytest

from tests.story.answering import reply
from tests.story.office import (
    HOUSING,
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
from tests.story.seeing import case_page, clocks, handling, matters, page, standing
from tests.story.watching import decide_matter
from tests.world import World


async def returned_twice(world: World) -> str:
    """Markets and planning both say that it is another's; the second return waits."""
    case = await filed(world, "老旧小区加装电梯")
    await hand_over(world, row(case, lead=MARKET))
    await return_task(world, case, MARKET, proposed=PLANNING)
    world.days_pass(1)
    await decide_return(world, case, MARKET, upheld=True)
    assert await matters(world, case) == []
    world.days_pass(1)
    await return_task(world, case, PLANNING, proposed=HOUSING, generation=2)
    return case


async def test_the_second_return_is_flagged_and_a_leader_names_the_lead(world: World) -> None:
    case = await returned_twice(world)
    [matter] = await matters(world, case)
    assert (matter["rule"], matter["state"]) == ("repeated-returns", "open")
    assert matter["parties"] == [MARKET, PLANNING, HOUSING]
    assert matter["evidence"].startswith("本案已被退办2次：2024-01-22市市场监管局退办")
    assert "本案已被退办2次" in await page(world, "/")

    world.days_pass(1)
    await decide_matter(world, case, lead=HOUSING)
    tasks = await handling(world, case)
    assert {task_id: task["state"] for task_id, task in tasks.items()} == {
        "C032.1": "ended",
        "C025.2": "ended",
        "C027.3": "unsigned",
    }
    assert {
        clock_id: light
        for clock_id, light in (await clocks(world, case)).items()
        if light not in ("stopped", "dead")
    } == {"C027.3/sign": "green", "C027.3/contact": "green", "C027.3/reply": "green"}

    await sign(world, case, HOUSING, generation=3)
    await reply(world, case, HOUSING, generation=3)
    assert await standing(world, case) == "已答复"
    assert "市级协调决定：改由市住房和建设局主办" in await case_page(world, case)


async def test_a_leaders_decision_settles_the_return_that_was_pending(world: World) -> None:
    case = await returned_twice(world)

    await decide_matter(world, case, lead=PLANNING)

    assert (await handling(world, case))["C025.3"]["state"] == "unsigned"
    assert (await clocks(world, case))["C025.2/decide_return"] == "dead"
    with pytest.raises(Refused, match="409 no-return-pending"):
        await decide_return(world, case, PLANNING, upheld=False, generation=2)


async def test_what_the_city_gave_is_not_returned_any_more(world: World) -> None:
    case = await returned_twice(world)
    await decide_matter(world, case, lead=HOUSING)

    with pytest.raises(Refused, match="409 decided-for-good 这项任务由领导裁定，裁定具有约束力"):
        await return_task(world, case, HOUSING, proposed=MARKET, generation=3)


async def test_the_office_may_refuse_the_second_return_and_the_city_leave_it_so(
    world: World,
) -> None:
    case = await filed(world, "老旧小区加装电梯")
    await hand_over(world, row(case, lead=MARKET))
    await return_task(world, case, MARKET, proposed=PLANNING)
    await decide_return(world, case, MARKET, upheld=True)
    await return_task(world, case, PLANNING, proposed=MARKET, generation=2)
    await decide_return(world, case, PLANNING, upheld=False, generation=2)
    assert [matter["state"] for matter in await matters(world, case)] == ["open"]

    await decide_matter(world, case)

    assert [matter["state"] for matter in await matters(world, case)] == ["decided"]
    assert [task["state"] for task in (await handling(world, case)).values()] == [
        "ended",
        "unsigned",
    ]
    await sign(world, case, PLANNING, generation=2)
    await reply(world, case, PLANNING, generation=2)
    assert await standing(world, case) == "已答复"
