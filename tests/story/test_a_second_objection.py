"""A second objection: the office refused, the head signs once more, and a leader decides."""

from typing import Any

import pytest

from tests.story.answering import reply
from tests.story.assigning import (
    assignment,
    by_unit,
    decide_objection,
    hold_meeting,
    object_once_more,
)
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
from tests.story.seeing import case_page, handling, page, standing
from tests.world import World


async def refused_once(world: World) -> str:
    """Markets returned the lifts and was refused."""
    case = await filed(world, "老旧小区加装电梯")
    await hand_over(world, row(case, lead=MARKET))
    await return_task(world, case, MARKET, proposed=PLANNING)
    world.days_pass(1)
    await decide_return(world, case, MARKET, upheld=False)
    return case


async def test_a_leader_gives_it_to_another_unit_for_good(world: World) -> None:
    case = await refused_once(world)
    await object_once_more(world, case, MARKET, proposed=HOUSING)
    assert "异议待裁定" in await page(world, f"/units/{MARKET}")
    assert "异议裁定" in await case_page(world, case)
    with pytest.raises(Refused, match="409 no-meeting-yet 裁定之前须先召开协调会"):
        await decide_objection(world, case, MARKET, upheld=True)

    world.days_pass(2)
    await hold_meeting(world, case, MARKET, PLANNING, HOUSING)
    decided = await decide_objection(world, case, MARKET, upheld=True)

    assert decided.told == ["ObjectionDecided", "HandlersReassigned"]
    with pytest.raises(Refused, match="409 decided-for-good 这项任务由领导裁定"):
        await return_task(world, case, HOUSING, proposed=MARKET, generation=2)
    await sign(world, case, HOUSING, generation=2)
    await reply(world, case, HOUSING, generation=2)
    assert await standing(world, case) == "已答复"
    shown = await case_page(world, case)
    assert "市市场监督管理局提出二次异议，建议改由市住房和建设局办理" in shown
    assert "双方各陈意见，报请市领导裁定" in shown
    assert "领导裁定：市市场监督管理局的异议成立" in shown


async def test_a_leader_leaves_it_where_it_is_and_the_unit_goes_on(world: World) -> None:
    case = await refused_once(world)
    await object_once_more(world, case, MARKET, proposed=HOUSING)
    with pytest.raises(Refused, match="409 objection-pending"):
        await sign(world, case, MARKET)

    await hold_meeting(world, case, MARKET, HOUSING)
    await decide_objection(world, case, MARKET, upheld=False)

    with pytest.raises(Refused, match="409 decided-for-good"):
        await object_once_more(world, case, MARKET, proposed=PLANNING)
    assert (await handling(world, case))["C032.1"]["bound"]
    await sign(world, case, MARKET)
    await reply(world, case, MARKET)
    assert await standing(world, case) == "已答复"
    assert "领导裁定：由市市场监督管理局继续办理" in await case_page(world, case)


async def test_an_officer_returns_only_with_the_heads_consent(world: World) -> None:
    case = await filed(world, "老旧小区加装电梯")
    await hand_over(world, row(case, lead=MARKET))
    wish: dict[str, Any] = {
        "reason_code": "not-our-duty",
        "reason": "属规划职责",
        "proposed_unit": PLANNING,
    }
    with pytest.raises(Refused, match="409 consent-missing 退办须经单位负责人同意"):
        await by_unit(world, case, MARKET, "return", **wish)

    await by_unit(world, case, MARKET, "consent-to-return", post="head")
    await by_unit(world, case, MARKET, "return", **wish)

    [found] = (await assignment(world, case))["returns"]
    assert found["consent"]["person"] == f"head.{MARKET}"


async def test_only_the_head_signs_a_second_objection_and_in_time(world: World) -> None:
    case = await refused_once(world)
    wish: dict[str, Any] = {"reason": "仍不属于本单位职责", "proposed_unit": HOUSING}
    with pytest.raises(Refused, match="403 post-may-not"):
        await by_unit(world, case, MARKET, "object", **wish)

    world.days_pass(8)
    with pytest.raises(
        Refused, match="409 too-late-to-object 提出二次异议的期限已于2024-01-30届满"
    ):
        await object_once_more(world, case, MARKET, proposed=HOUSING)
    await sign(world, case, MARKET)
