"""A unit that signed hands its work down to units under it, each with an earlier date."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.handing_down import Work, hand_down
from services.assignment.domain.refusals import (
    CompletedAlready,
    FaultyList,
    ForReferenceOnly,
    NotSigned,
    NotYourTask,
    ReassignedAlready,
    ReturnPending,
)
from shared.contracts.assignment import Role, WorkHandedDown
from shared.contracts.event import TaskId, UnitCode
from shared.refusals import Refusal
from tests.domain.assignment.office import (
    CITY,
    FUTIAN,
    INNER_REPLY_BY,
    LONGHUA,
    LONGHUA_HOUSING,
    LONGHUA_SCHOOLS,
    MINZHI_STREET,
    MONDAY,
    PROPOSAL,
    REPLY_BY,
    SIGN_BY,
    TERMS,
    UNITS,
    officer_of,
)

REPLY = TERMS.due("reply", starts_on=MONDAY)
SIGNED = Task(TaskId("D09.1"), LONGHUA, Role.LEAD, TaskState.SIGNED, answer=REPLY)


def handed_down(
    *work: Work, tasks: tuple[Task, ...] = (SIGNED,), by: UnitCode = LONGHUA, on: date = MONDAY
) -> WorkHandedDown:
    return hand_down(
        Assignment(PROPOSAL, "20240080", tasks=tasks),
        task_id=tasks[0].task_id,
        work=work,
        meeting="区部署会",
        units=UNITS,
        terms=TERMS,
        by=officer_of(by),
        on=on,
    )


def findings_of(*work: Work, tasks: tuple[Task, ...] = (SIGNED,)) -> list[tuple[int, str]]:
    """Row and code of each fault."""
    with pytest.raises(FaultyList) as refused:
        handed_down(*work, tasks=tasks)
    findings: Any = refused.value.facts["findings"]
    return [(finding["row"], finding["code"]) for finding in findings]


def test_a_district_hands_its_work_down_to_a_bureau_and_a_street() -> None:
    event = handed_down(Work("区教育局", "学位建设"), Work("民治街道", "选址协调"))

    assert (event.parent, event.meeting) == ("D09.1", "区部署会")
    assert [(task.task_id, task.unit, task.duty) for task in event.tasks] == [
        ("S003.1", LONGHUA_SCHOOLS, "学位建设"),
        ("T044.1", MINZHI_STREET, "选址协调"),
    ]
    assert {(task.parent, task.role) for task in event.tasks} == {("D09.1", Role.LEAD)}


def test_inner_work_is_due_before_the_district_has_to_answer() -> None:
    [task] = handed_down(Work("区教育局")).tasks

    assert (task.sign and task.sign.on, task.answer and task.answer.on) == (
        SIGN_BY,
        INNER_REPLY_BY,
    )
    assert INNER_REPLY_BY < REPLY_BY


def test_work_handed_down_late_is_still_due_before_the_outer_date() -> None:
    [task] = handed_down(Work("区教育局"), on=REPLY_BY - timedelta(days=4)).tasks

    assert task.answer is not None
    assert task.answer.on < REPLY_BY


@pytest.mark.parametrize("on", [REPLY_BY - timedelta(days=1), REPLY_BY])
def test_in_the_last_days_the_inner_date_is_at_least_not_after_the_outer_one(on: date) -> None:
    [task] = handed_down(Work("区教育局"), on=on).tasks

    assert task.answer is not None
    assert task.answer.on == REPLY_BY


def test_work_handed_down_is_not_returned_to_the_office() -> None:
    [task] = handed_down(Work("区教育局")).tasks

    assert task.return_by is None


def test_a_city_bureaus_branch_in_the_district_is_not_the_districts() -> None:
    assert findings_of(Work("市规划资源局龙华管理局")) == [(1, "not-under-you")]


@pytest.mark.parametrize("text", ["福田区", "深圳市人民政府", "龙华区"])
def test_neither_neighbours_nor_superiors_nor_oneself_are_under_a_district(text: str) -> None:
    assert findings_of(Work(text)) == [(1, "not-under-you")]


def test_a_unit_is_given_one_part() -> None:
    assert findings_of(Work("S003"), Work("龙华区教育局")) == [(2, "named-twice")]


def test_a_unit_that_has_a_part_in_the_proposal_gets_no_second_one() -> None:
    co_handler = Task(TaskId("S003.1"), LONGHUA_SCHOOLS, Role.CO_HANDLE)

    assert findings_of(Work("S003"), tasks=(SIGNED, co_handler)) == [(1, "handles-already")]


def test_every_faulty_row_is_named() -> None:
    work = Work("区教育局"), Work("没有这个局"), Work("福田区")

    assert findings_of(*work) == [(2, "unknown-unit"), (3, "not-under-you")]


def test_a_unit_that_finished_its_part_may_be_given_more() -> None:
    finished = Task(
        TaskId("S003.1"),
        LONGHUA_SCHOOLS,
        Role.LEAD,
        TaskState.COMPLETED,
        parent=SIGNED.task_id,
    )

    [task] = handed_down(Work("S003"), tasks=(SIGNED, finished)).tasks

    assert (task.task_id, task.generation) == ("S003.2", 2)


def test_work_below_a_reassigned_task_is_of_its_generation() -> None:
    second = Task(TaskId("D09.2"), LONGHUA, Role.LEAD, TaskState.SIGNED, generation=2, answer=REPLY)

    [task] = handed_down(Work("S003"), tasks=(second,)).tasks

    assert (task.task_id, task.generation) == ("S003.2", 2)


def test_what_was_handed_down_may_be_handed_down_further_with_a_still_earlier_date() -> None:
    city = Task(TaskId("C001.1"), CITY, Role.LEAD, TaskState.SIGNED, answer=REPLY)
    district = Task(
        TaskId("D09.1"),
        LONGHUA,
        Role.LEAD,
        TaskState.SIGNED,
        parent=city.task_id,
        answer=TERMS.inner_due(REPLY, starts_on=MONDAY),
    )

    [task] = handed_down(Work("区住建局"), tasks=(district, city)).tasks

    assert (task.unit, task.parent) == (LONGHUA_HOUSING, "D09.1")
    assert task.answer is not None
    assert task.answer.on < INNER_REPLY_BY


def test_only_the_unit_whose_task_it_is_hands_it_down() -> None:
    with pytest.raises(NotYourTask):
        handed_down(Work("S003"), by=FUTIAN)


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (TaskState.UNSIGNED, NotSigned),
        (TaskState.RETURNED, ReturnPending),
        (TaskState.COMPLETED, CompletedAlready),
        (TaskState.ENDED, ReassignedAlready),
        (TaskState.NOTED, ForReferenceOnly),
    ],
)
def test_only_a_task_that_was_taken_on_is_handed_down(
    state: TaskState, refusal: type[Refusal]
) -> None:
    task = Task(TaskId("D09.1"), LONGHUA, Role.LEAD, state, answer=REPLY)

    with pytest.raises(refusal):
        handed_down(Work("S003"), tasks=(task,))


def test_a_unit_may_set_an_earlier_day_for_work_below() -> None:
    day = INNER_REPLY_BY - timedelta(days=7)

    early, usual = handed_down(Work("区教育局", until=day), Work("民治街道")).tasks

    assert early.answer is not None
    assert usual.answer is not None
    assert (early.answer.on, usual.answer.on) == (day, INNER_REPLY_BY)
    assert any("本单位确定的内部期限" in step.says for step in early.answer.steps)


def test_to_the_last_day_that_the_rules_leave_and_no_longer() -> None:
    [task] = handed_down(Work("区教育局", until=INNER_REPLY_BY)).tasks
    assert task.answer is not None
    assert task.answer.on == INNER_REPLY_BY

    late, today = INNER_REPLY_BY + timedelta(days=1), MONDAY
    assert findings_of(Work("区教育局", until=late), Work("民治街道", until=today)) == [
        *((1, "inner-day-outside"), (2, "inner-day-outside")),
    ]
