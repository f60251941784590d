"""Merged late: a proposal joins a group, or leaves it, when it has been handed over already."""

from datetime import date
from typing import Literal

import pytest

from tests.simulation.books import disagreements
from tests.story.answering import rate, reply
from tests.story.office import (
    LI,
    LONGHUA,
    TRANSPORT,
    WANG,
    ZHAO,
    Refused,
    filed,
    hand_over,
    row,
    sign,
)
from tests.story.proposing import merge_by_office, upon_group
from tests.story.seeing import case_page, clocks, handling, said, standing
from tests.world import World


async def both_handed_over(world: World) -> tuple[str, str]:
    main, other = await filed(world, "增开巴士", WANG), await filed(world, "开通微循环", LI)
    await hand_over(world, row(main, lead=LONGHUA), row(other, lead=TRANSPORT))
    await sign(world, main, LONGHUA)
    await sign(world, other, TRANSPORT)
    world.days_pass(7)
    return main, other


async def test_the_members_own_tasks_end_and_its_alarms_die(world: World) -> None:
    main, other = await both_handed_over(world)

    await merge_by_office(world, main, other)

    assert (await handling(world, other))["C028.1"]["state"] == "ended"
    assert (await clocks(world, other))["C028.1/reply"] == "dead"
    assert (await handling(world, main))["D07.1"]["answer"]["on"] == "2024-04-22"
    with pytest.raises(Refused, match="409 merged-elsewhere 这件提案已并入第20240001号"):
        await sign(world, other, TRANSPORT)
    assert "任务终止，不再由原承办单位办理" in await case_page(world, other)


@pytest.mark.parametrize(
    ("policy", "starts_on"), [("keep", "2024-01-22"), ("restart", "2024-02-01")]
)
async def test_who_leaves_again_is_handled_by_the_units_of_the_group(
    world: World, policy: Literal["restart", "keep"], starts_on: str
) -> None:
    main, other = await both_handed_over(world)
    await merge_by_office(world, main, other)
    world.today = date(2024, 2, 1)

    await upon_group(world, main, "undo", by_office=True, members=[other], policy=policy)

    tasks = await handling(world, other)
    assert {task_id: task["state"] for task_id, task in tasks.items()} == {
        "C028.1": "ended",
        "D07.2": "signed",
    }
    assert tasks["D07.2"]["answer"]["starts_on"] == starts_on
    assert (await handling(world, main))["D07.1"]["state"] == "signed"


async def test_each_gets_a_reply_of_its_own_from_the_unit_that_handles_the_group(
    world: World,
) -> None:
    main, other = await both_handed_over(world)
    third = await filed(world, "开通夜间巴士", ZHAO)
    await hand_over(world, row(third, lead=TRANSPORT))
    await merge_by_office(world, main, other)
    await upon_group(world, main, "members", by_office=True, members=[third])

    await reply(world, main, LONGHUA)

    for case, nth in ((main, 1), (other, 2), (third, 3)):
        [letter] = (await said(world, case))["replies"]
        assert letter["document_number"] == f"龙华区函〔2024〕{nth}号"
        assert await standing(world, case) == "已答复"
    await rate(world, third, "D07.r1", ZHAO)
    assert await standing(world, third) == "已评价"
    assert await standing(world, main) == "已答复"
    assert await disagreements(world) == {}
