"""Items over HTTP: planned in one act, reported on, rolled up, listed."""

from typing import Any

import pytest

from tests.domain.assignment.office import PROPOSAL
from tests.service.assignment.acts import act, hand_over, office, page
from tests.service.assignment.conftest import submitted
from tests.world import Answer, World

TEXT = "近年学位紧张。为此建议：\n一、加快新建学校。\n二、优化学区划分。\n三、引进优秀教师。"


def row(unit: str, says: str = "新建学校", *days: str) -> dict[str, Any]:
    return {
        "says": says,
        "unit": unit,
        "officer": "李老师",
        "milestones": [
            {"says": f"第{n}步", "due_on": day}
            for n, day in enumerate(days or ("2024-05-01", "2024-08-01"), start=1)
        ],
    }


@pytest.fixture
async def planned(desk: World) -> World:
    """Longhua leads; two items are planned, one for its bureau."""
    await hand_over(desk)
    await office(desk, "items", items=[row("区教育局"), row("市教育局", "引进教师")])
    return desk


async def on_item(world: World, item_id: str, verb: str, *, unit: str, **body: Any) -> Answer:
    return await world.tell(
        "assignment",
        f"/proposals/{PROPOSAL}/items/{item_id}/{verb}",
        body,
        post="officer",
        unit=unit,
    )


async def test_items_are_planned_in_one_act(planned: World) -> None:
    found = (await page(planned))["items"]

    assert (found["planned"], found["open"], found["completed"]) == (2, 2, 0)
    first = found["items"][0]
    assert (first["unit_name"], first["task_id"], first["officer"]) == (
        "龙华区教育局",
        "D09.1",
        "李老师",
    )
    assert [one["due_on"] for one in first["milestones"]] == ["2024-05-01", "2024-08-01"]
    assert await planned.told_by("assignment") == ["HandlersAssigned", "ItemsPlanned"]


async def test_a_faulty_plan_names_each_fault_and_plans_nothing(desk: World) -> None:
    await hand_over(desk)

    answer = await office(
        desk, "items", items=[row("D09"), row("福田区"), row("D09", "旧事", "2024-03-01")]
    )

    assert (answer.status, answer.code) == (409, "faulty-list")
    assert [(one["row"], one["code"]) for one in answer.body["findings"]] == [
        (2, "has-no-part"),
        (3, "milestone-passed"),
    ]
    assert (await page(desk))["items"]["planned"] == 0


async def test_progress_completion_and_roll_up(planned: World) -> None:
    reached = await on_item(planned, "i1", "progress", unit="S003", says="选址已定", milestone=1)
    twice = await on_item(planned, "i1", "progress", unit="S003", says="又定", milestone=1)
    foreign = await on_item(planned, "i1", "progress", unit="D09", says="代报")
    first = await on_item(planned, "i1", "complete", unit="S003", result="新增学位900个")
    last = await on_item(planned, "i2", "complete", unit="C021", result="引进30人")
    closed = await on_item(planned, "i2", "complete", unit="C021", result="引进30人")

    assert (reached.told, first.told) == (["ItemProgressed"], ["ItemCompleted"])
    assert last.told == ["ItemCompleted", "ItemsRolledUp"]
    assert (twice.code, foreign.code, closed.code) == (
        "milestone-reached",
        "not-your-item",
        "item-closed",
    )
    found = (await page(planned))["items"]
    assert found["completed"] == 2
    assert found["items"][0]["milestones"][0]["reached_on"] == "2024-03-11"
    assert found["items"][0]["reports"] == [
        {"on": "2024-03-11", "says": "选址已定", "milestone": 1}
    ]


async def test_an_item_is_dropped_by_who_may_plan(planned: World) -> None:
    denied = await on_item(planned, "i2", "drop", unit="C021", why="不办")
    dropped = await on_item(planned, "i2", "drop", unit="D09", why="并入他项")
    unknown = await on_item(planned, "i9", "drop", unit="D09", why="并入他项")

    assert (denied.status, denied.code) == (403, "not-planner")
    assert dropped.told == ["ItemDropped"]
    assert (unknown.status, unknown.code) == (404, "no-such-item")


async def test_items_of_a_unit_that_is_called_away_are_dropped(planned: World) -> None:
    await act(planned, "C021.1", "withdraw", unit="C007", post="office", why="不再涉及")

    found = (await page(planned))["items"]["items"][1]
    assert (found["state"], found["closed_says"]) == ("dropped", "不再涉及")


async def test_items_are_listed_by_unit_and_state_part_by_part(planned: World) -> None:
    first = await planned.ask("assignment", "/items?limit=1")
    second = await planned.ask("assignment", f"/items?limit=1&after={first.body['next']}")
    own = await planned.ask("assignment", "/items?unit=S003&state=open")
    done = await planned.ask("assignment", "/items?state=completed")

    assert [one["item_id"] for one in first.body["items"]] == ["i1"]
    assert [one["item_id"] for one in second.body["items"]] == ["i2"]
    assert second.body["next"] is None
    assert [(one["item_id"], one["next_due_on"]) for one in own.body["items"]] == [
        ("i1", "2024-05-01")
    ]
    assert done.body["items"] == []


async def test_a_unit_sees_its_own_items_and_those_below(planned: World) -> None:
    district = await planned.ask("assignment", "/items", post="officer", unit="D09")
    bureau = await planned.ask("assignment", "/items", post="officer", unit="C021")

    assert [one["item_id"] for one in district.body["items"]] == ["i1"]
    assert [one["item_id"] for one in bureau.body["items"]] == ["i2"]


async def test_numbered_suggestions_are_proposed_as_items(desk: World) -> None:
    await desk.hears("assignment", submitted(PROPOSAL, "新增学位", text=TEXT))

    answer = await desk.ask(
        "assignment", f"/proposals/{PROPOSAL}/items/proposed", post="office", unit="C007"
    )

    assert [one["says"] for one in answer.body["items"]] == [
        "加快新建学校",
        "优化学区划分",
        "引进优秀教师",
    ]
