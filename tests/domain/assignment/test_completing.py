"""Work handed down is reported as finished; with the last of it, the whole is rolled up once."""

from dataclasses import replace

import pytest

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.completing import complete_task
from services.assignment.domain.refusals import (
    CompletedAlready,
    NotHandedDown,
    NotSigned,
    NotYourTask,
    ReassignedAlready,
    WorkBelowOpen,
)
from shared.contracts.assignment import Role, WorkCompleted, WorkRolledUp
from shared.contracts.event import TaskId, UnitCode
from shared.refusals import Refusal
from tests.domain.assignment.office import (
    CITY,
    LONGHUA,
    LONGHUA_HOUSING,
    LONGHUA_SCHOOLS,
    MINZHI_STREET,
    MONDAY,
    PROPOSAL,
    officer_of,
)

DISTRICT = Task(TaskId("D09.1"), LONGHUA, Role.LEAD, TaskState.SIGNED)
SCHOOLS = Task(
    TaskId("S003.1"), LONGHUA_SCHOOLS, Role.LEAD, TaskState.SIGNED, parent=DISTRICT.task_id
)
HOUSING = Task(
    TaskId("S006.1"), LONGHUA_HOUSING, Role.LEAD, TaskState.SIGNED, parent=DISTRICT.task_id
)
DONE = replace(HOUSING, state=TaskState.COMPLETED)


def completed(
    task: Task, *others: Task, by: UnitCode | None = None
) -> tuple[WorkCompleted | WorkRolledUp, ...]:
    return complete_task(
        Assignment(PROPOSAL, "20240080", tasks=(*others, task)),
        task_id=task.task_id,
        summary="已新增学位900个。",
        by=officer_of(by or task.unit),
        on=MONDAY,
    )


def test_a_unit_reports_its_work_finished() -> None:
    assert completed(SCHOOLS, DISTRICT, HOUSING) == (
        WorkCompleted(
            proposal_id=PROPOSAL,
            by=officer_of(LONGHUA_SCHOOLS),
            on=MONDAY,
            task_id=SCHOOLS.task_id,
            unit=LONGHUA_SCHOOLS,
            summary="已新增学位900个。",
        ),
    )


def test_the_last_one_to_finish_rolls_the_work_up() -> None:
    _, rolled_up = completed(SCHOOLS, DISTRICT, DONE)

    assert rolled_up == WorkRolledUp(
        proposal_id=PROPOSAL,
        by=officer_of(LONGHUA_SCHOOLS),
        on=MONDAY,
        task_id=DISTRICT.task_id,
        unit=LONGHUA,
        completed=(HOUSING.task_id, SCHOOLS.task_id),
    )


def test_whoever_did_the_work_alone_rolls_it_up_alone() -> None:
    _, rolled_up = completed(SCHOOLS, DISTRICT)

    assert isinstance(rolled_up, WorkRolledUp)
    assert rolled_up.completed == (SCHOOLS.task_id,)


@pytest.mark.parametrize("state", [TaskState.UNSIGNED, TaskState.SIGNED])
def test_as_long_as_somebody_is_still_at_it_nothing_is_rolled_up(state: TaskState) -> None:
    events = completed(SCHOOLS, DISTRICT, replace(HOUSING, state=state))

    assert [type(event) for event in events] == [WorkCompleted]


def test_a_task_that_ended_by_reassignment_is_not_waited_for() -> None:
    _, rolled_up = completed(SCHOOLS, DISTRICT, replace(HOUSING, state=TaskState.ENDED))

    assert isinstance(rolled_up, WorkRolledUp)
    assert rolled_up.completed == (SCHOOLS.task_id,)


def test_work_under_another_task_is_not_waited_for() -> None:
    elsewhere = replace(HOUSING, parent=TaskId("C001.1"))

    _, rolled_up = completed(SCHOOLS, DISTRICT, elsewhere)

    assert isinstance(rolled_up, WorkRolledUp)


def test_what_the_office_gave_is_answered_and_not_reported_finished() -> None:
    with pytest.raises(NotHandedDown, match="以答复或者会办意见完成"):
        completed(DISTRICT)


def test_a_unit_that_handed_work_further_down_waits_for_it() -> None:
    district = replace(DISTRICT, parent=TaskId("C001.1"))
    city = Task(TaskId("C001.1"), CITY, Role.LEAD, TaskState.SIGNED)
    street = Task(
        TaskId("T044.1"), MINZHI_STREET, Role.LEAD, TaskState.COMPLETED, parent=DISTRICT.task_id
    )

    with pytest.raises(WorkBelowOpen, match="还有1项"):
        completed(district, city, street, SCHOOLS)

    assert len(completed(district, city, street)) == 2


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (TaskState.UNSIGNED, NotSigned),
        (TaskState.COMPLETED, CompletedAlready),
        (TaskState.ENDED, ReassignedAlready),
    ],
)
def test_only_work_that_was_taken_on_is_finished(state: TaskState, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        completed(replace(SCHOOLS, state=state), DISTRICT)


def test_nobody_finishes_another_units_work() -> None:
    with pytest.raises(NotYourTask):
        completed(SCHOOLS, DISTRICT, by=LONGHUA)
