"""A unit takes its own task on, once."""

import pytest

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.refusals import (
    CompletedAlready,
    ForReferenceOnly,
    NoSuchTask,
    NotYourTask,
    ReassignedAlready,
    ReturnPending,
    SignedAlready,
)
from services.assignment.domain.signing import sign_task
from shared.contracts.assignment import AssignmentSigned, Role
from shared.contracts.event import TaskId
from shared.refusals import Refusal
from tests.domain.assignment.office import FUTIAN, LONGHUA, MONDAY, PROPOSAL, officer_of

TASK = TaskId("D09.1")


def with_task_in(state: TaskState) -> Assignment:
    return Assignment(PROPOSAL, "20240080", tasks=(Task(TASK, LONGHUA, Role.LEAD, state),))


UNSIGNED = with_task_in(TaskState.UNSIGNED)


def test_a_unit_signs_for_its_task() -> None:
    event = sign_task(UNSIGNED, task_id=TASK, by=officer_of(LONGHUA), on=MONDAY)

    assert event == AssignmentSigned(
        proposal_id=PROPOSAL, by=officer_of(LONGHUA), on=MONDAY, task_id=TASK, unit=LONGHUA
    )


def test_nobody_signs_for_another_unit() -> None:
    with pytest.raises(NotYourTask):
        sign_task(UNSIGNED, task_id=TASK, by=officer_of(FUTIAN), on=MONDAY)


def test_a_task_that_the_proposal_does_not_have_cannot_be_signed() -> None:
    with pytest.raises(NoSuchTask, match=r"D09\.2"):
        sign_task(UNSIGNED, task_id=TaskId("D09.2"), by=officer_of(LONGHUA), on=MONDAY)


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (TaskState.SIGNED, SignedAlready),
        (TaskState.RETURNED, ReturnPending),
        (TaskState.COMPLETED, CompletedAlready),
        (TaskState.ENDED, ReassignedAlready),
        (TaskState.NOTED, ForReferenceOnly),
    ],
)
def test_only_a_task_that_waits_for_it_is_signed(state: TaskState, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        sign_task(with_task_in(state), task_id=TASK, by=officer_of(LONGHUA), on=MONDAY)


def test_a_unit_that_only_takes_note_has_nothing_to_sign() -> None:
    assert TaskState.at_first(Role.REFERENCE) is TaskState.NOTED
    assert {TaskState.at_first(role) for role in (Role.LEAD, Role.SPLIT, Role.CO_HANDLE)} == {
        TaskState.UNSIGNED
    }
