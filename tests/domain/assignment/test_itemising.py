"""A proposal is broken into items; its numbered suggestions are found in its text."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.itemising import (
    Row,
    Standing,
    complete_item,
    drop_item,
    plan_items,
    progress_item,
    suggestions_in,
)
from services.assignment.domain.refusals import (
    FaultyList,
    ItemClosed,
    MilestoneReached,
    NoSuchItem,
    NoSuchMilestone,
    NotHandedOver,
    NotPlanner,
    NotYourItem,
)
from shared.contracts.assignment import (
    AdviceFollowed,
    ItemProgressed,
    ItemsPlanned,
    ItemsRolledUp,
    Milestone,
    Role,
)
from shared.contracts.event import Actor, TaskId, UnitCode
from tests.domain.assignment.office import (
    EDUCATION,
    LONGHUA,
    LONGHUA_SCHOOLS,
    MONDAY,
    OFFICE,
    PROPOSAL,
    UNITS,
    officer_of,
)

LEAD = Task(TaskId("D09.1"), LONGHUA, Role.LEAD, TaskState.SIGNED)
CO_HANDLER = Task(TaskId("C021.1"), EDUCATION, Role.CO_HANDLE, TaskState.SIGNED)
ASSIGNMENT = Assignment(PROPOSAL, "20240080", tasks=(LEAD, CO_HANDLER))
JUNE, JULY = date(2024, 6, 28), date(2024, 7, 31)
STEPS = (Milestone(says="定方案", due_on=JUNE), Milestone(says="开工", due_on=JULY))
ROW = Row("新增学位", "区教育局", STEPS, "李老师")


def planned(
    *rows: Row, by: Actor = OFFICE, assignment: Assignment = ASSIGNMENT, before: int = 0
) -> tuple[ItemsPlanned | AdviceFollowed, ...]:
    return plan_items(assignment, rows=rows, planned=before, units=UNITS, by=by, on=MONDAY)


def findings(*rows: Row) -> list[tuple[int, str, str]]:
    with pytest.raises(FaultyList) as refused:
        planned(*rows)
    found: Any = refused.value.facts["findings"]
    return [(one["row"], one["column"], one["code"]) for one in found]


def test_all_items_are_planned_in_one_act_each_under_the_nearest_task() -> None:
    [event] = planned(ROW, Row("课程建设", "市教育局", STEPS), before=2)

    assert isinstance(event, ItemsPlanned)
    assert [(item.item_id, item.unit, item.task_id, item.officer) for item in event.items] == [
        ("i3", LONGHUA_SCHOOLS, "D09.1", "李老师"),
        ("i4", EDUCATION, "C021.1", ""),
    ]


def test_the_office_plans_or_a_unit_that_answers() -> None:
    assert planned(ROW, by=officer_of(LONGHUA))

    with pytest.raises(NotPlanner):
        planned(ROW, by=officer_of(EDUCATION))


def test_there_must_be_handlers() -> None:
    with pytest.raises(NotHandedOver):
        planned(ROW, assignment=Assignment(PROPOSAL, "20240080"))


def test_each_fault_of_each_row_is_named_and_nothing_is_planned() -> None:
    yesterday = (Milestone(says="昨天", due_on=MONDAY - timedelta(days=1)),)

    assert findings(
        ROW,
        Row("别处的事", "福田区", STEPS),
        Row("没有的单位", "省教育厅", STEPS),
        Row("过去的事", "龙华区", yesterday),
        Row("倒着来", "龙华区", STEPS[::-1]),
    ) == [
        (2, "unit", "has-no-part"),
        (3, "unit", "unknown-unit"),
        (4, "milestones", "milestone-passed"),
        (5, "milestones", "milestones-out-of-order"),
    ]


def test_a_milestone_may_be_today() -> None:
    assert planned(replace(ROW, milestones=(Milestone(says="今天", due_on=MONDAY),)))


def test_what_was_advised_for_an_item_is_told() -> None:
    _, advice = planned(replace(ROW, advised=("龙华区", "区教育局")))

    assert isinstance(advice, AdviceFollowed)
    assert (advice.item_id, advice.chosen, advice.rank) == ("i1", LONGHUA_SCHOOLS, 2)


ITEM = Standing("i1", LONGHUA_SCHOOLS, LEAD.task_id, milestones=2)
OTHER = Standing("i2", EDUCATION, CO_HANDLER.task_id, milestones=1)


def progressed(
    item: Standing = ITEM, *, milestone: int | None = 1, by: UnitCode = LONGHUA_SCHOOLS
) -> ItemProgressed:
    return progress_item(
        ASSIGNMENT,
        items=[item, OTHER],
        item_id="i1",
        says="方案已定",
        milestone=milestone,
        by=officer_of(by),
        on=MONDAY,
    )


def closed(items: Sequence[Standing], *, drop: bool = False) -> list[str]:
    if drop:
        events: Sequence[object] = drop_item(
            ASSIGNMENT, items=items, item_id="i1", why="并入他项", by=OFFICE, on=MONDAY
        )
    else:
        events = complete_item(
            ASSIGNMENT,
            items=items,
            item_id="i1",
            result="新增学位900个",
            by=officer_of(LONGHUA_SCHOOLS),
            on=MONDAY,
        )
    return [
        f"{event.completed}/{event.dropped}"
        if isinstance(event, ItemsRolledUp)
        else type(event).__name__
        for event in events
    ]


def test_a_unit_reports_on_its_item_and_a_milestone() -> None:
    assert progressed().milestone == 1
    assert progressed(milestone=None).milestone is None


def test_a_milestone_is_one_of_the_item_and_reached_once() -> None:
    assert progressed(milestone=2).milestone == 2
    for nowhere in (0, 3):
        with pytest.raises(NoSuchMilestone):
            progressed(milestone=nowhere)
    with pytest.raises(MilestoneReached):
        progressed(replace(ITEM, reached=frozenset({1})))


def test_nobody_reports_on_another_units_item_or_a_closed_one() -> None:
    with pytest.raises(NotYourItem):
        progressed(by=LONGHUA)
    with pytest.raises(ItemClosed):
        progressed(replace(ITEM, completed=True))
    with pytest.raises(ItemClosed):
        progressed(replace(ITEM, dropped=True))
    with pytest.raises(NoSuchItem):
        progress_item(
            ASSIGNMENT,
            items=[],
            item_id="i9",
            says="",
            milestone=None,
            by=officer_of(LONGHUA),
            on=MONDAY,
        )


def test_with_the_last_item_all_are_rolled_up() -> None:
    assert closed([ITEM, OTHER]) == ["ItemCompleted"]
    assert closed([ITEM, replace(OTHER, completed=True)]) == ["ItemCompleted", "2/0"]
    assert closed([ITEM, replace(OTHER, dropped=True)]) == ["ItemCompleted", "1/1"]


def test_dropping_the_last_one_rolls_up_what_was_finished() -> None:
    assert closed([ITEM, replace(OTHER, completed=True)], drop=True) == ["ItemDropped", "1/1"]
    assert closed([ITEM, replace(OTHER, dropped=True)], drop=True) == ["ItemDropped"]


def test_who_may_plan_may_drop() -> None:
    with pytest.raises(NotPlanner):
        drop_item(
            ASSIGNMENT,
            items=[ITEM],
            item_id="i1",
            why="不办",
            by=officer_of(LONGHUA_SCHOOLS),
            on=MONDAY,
        )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "近年学位紧张。为此建议：\n一、新增学位。尽快选址。\n二、优化学区划分。\n三、加强师资。",
            ("新增学位", "优化学区划分", "加强师资"),
        ),
        (
            "一、存在问题\n（一）学位不足。\n（二）师资不足。\n"
            "二、对策建议\n（一）加快建校。按期完工。\n（二）引进教师。",
            ("加快建校", "引进教师"),
        ),
        (
            "建议如下：1.加装电梯；2.简化审批，缩短时限；3.补贴资金",
            ("加装电梯", "简化审批，缩短时限", "补贴资金"),
        ),
        ("建议：1、增设班次 2、延长时间", ("增设班次", "延长时间")),
        ("一是统一规划布局，二是分步实施改造。", ("统一规划布局，", "分步实施改造")),
        ("（1）完善充电设施。（2）规范停放管理。", ("完善充电设施", "规范停放管理")),
        ("增长1.5倍，2.3万人受益，没有编号的建议。", ()),
        ("一、只有一条建议。", ()),
        ("", ()),
    ],
)
def test_numbered_suggestions_are_found(text: str, found: tuple[str, ...]) -> None:
    assert suggestions_in(text) == found


def test_ten_and_more_are_counted() -> None:
    numbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    text = "\n".join(f"{number}、第{number}项具体建议。" for number in numbers)

    assert len(suggestions_in(text)) == 12


@given(st.text(alphabet="一二三、。；\n（）()1234.是建议学位0", max_size=80))
def test_whatever_the_text_no_suggestion_is_invented(text: str) -> None:
    assert all(one in text and len(one) >= 4 for one in suggestions_in(text))
