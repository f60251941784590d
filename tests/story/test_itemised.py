"""Itemised: a key proposal becomes a list of items, each with an owner and days, rolled up."""

import pytest

from tests.story.assigning import assignment, item, on_item, on_proposal
from tests.story.office import (
    EDUCATION,
    LONGHUA,
    LONGHUA_EDUCATION,
    TRANSPORT,
    Refused,
    accept,
    act,
    designate_key,
    hand_over,
    row,
    sign,
    submit,
)
from tests.story.seeing import case_page
from tests.world import World

TEXT = "学位紧张。为此建议：\n一、加快新建学校。\n二、优化学区划分。\n三、引进优秀教师。"


async def a_key_case(world: World) -> str:
    case = await submit(world, "新增学位", text=TEXT)
    await accept(world, case)
    await designate_key(world, case, leader="李副市长", supervised_by="市政协提案委")
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[EDUCATION]))
    await sign(world, case, LONGHUA, EDUCATION)
    return case


async def test_a_key_proposal_is_itemised_from_its_suggestions_and_rolled_up(
    world: World,
) -> None:
    case = await a_key_case(world)
    proposed = await world.ask(
        "assignment", f"/proposals/{case}/items/proposed", post="officer", unit=LONGHUA
    )
    says = [one["says"] for one in proposed.body["items"]]
    assert says == ["加快新建学校", "优化学区划分", "引进优秀教师"]

    plan = [
        item(LONGHUA_EDUCATION, says[0], "2024-04-30", "2024-09-01"),
        item(LONGHUA, says[1], "2024-05-31"),
        item(EDUCATION, says[2], "2024-08-31"),
    ]
    planned = await act(
        world,
        "assignment",
        f"/proposals/{case}/items",
        {"items": plan},
        post="officer",
        unit=LONGHUA,
    )
    assert planned.told == ["ItemsPlanned"]

    await on_item(world, case, "i1", "progress", LONGHUA_EDUCATION, says="用地已落实", milestone=1)
    await on_item(world, case, "i1", "complete", LONGHUA_EDUCATION, result="新增学位900个")
    await on_proposal(world, case, "items/i2/drop", why="学区今年不作调整")
    last = await on_item(world, case, "i3", "complete", EDUCATION, result="引进30人")

    assert last.told == ["ItemCompleted", "ItemsRolledUp"]
    found = (await assignment(world, case))["items"]
    assert (found["planned"], found["completed"], found["dropped"]) == (3, 2, 1)
    shown = await case_page(world, case)
    assert "分解为3个工作项目" in shown
    assert "龙华区教育局报告项目i1进展，完成第1个节点" in shown
    assert "工作项目全部办结：完成2项，取消1项" in shown
    assert [
        (one["item_id"], one["completed_on"] is not None, one["dropped_on"] is not None)
        for one in await world.rows("portal", "SELECT * FROM items ORDER BY item_id")
    ] == [("i1", True, False), ("i2", False, True), ("i3", True, False)]


async def test_an_item_goes_to_who_has_a_part_and_only_its_owner_reports(world: World) -> None:
    case = await a_key_case(world)
    with pytest.raises(Refused) as refused:
        await on_proposal(
            world,
            case,
            "items",
            items=[item(TRANSPORT, "增开校车", "2024-05-01"), item(LONGHUA, "旧事", "2024-01-01")],
        )
    assert [one["code"] for one in refused.value.answer.body["findings"]] == [
        "has-no-part",
        "milestone-passed",
    ]

    await on_proposal(world, case, "items", items=[item(LONGHUA, "新建学校", "2024-05-01")])
    with pytest.raises(Refused, match="403 not-your-item"):
        await on_item(world, case, "i1", "complete", EDUCATION, result="已完成")


async def test_items_follow_the_task_to_its_new_unit(world: World) -> None:
    case = await a_key_case(world)
    await on_proposal(world, case, "items", items=[item(LONGHUA, "新建学校", "2024-05-01")])

    await on_proposal(world, case, f"tasks/{LONGHUA}.1/reassign", unit=TRANSPORT, why="统筹")

    [found] = (await assignment(world, case))["items"]["items"]
    assert (found["unit"], found["task_id"], found["state"]) == (TRANSPORT, "C028.2", "open")
    await sign(world, case, TRANSPORT, generation=2)
    await on_item(world, case, "i1", "complete", TRANSPORT, result="已开工")
