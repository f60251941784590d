"""A unit may return its task: in time, for a coded reason, unsigned, naming another unit."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.refusals import (
    ForReferenceOnly,
    NotYourTask,
    ProposesItself,
    ReturnNotToOffice,
    ReturnPending,
    SignedAlready,
    TooLateToReturn,
    UnknownReason,
)
from services.assignment.domain.returning import return_task
from shared.contracts.assignment import AssignmentReturned, Role
from shared.contracts.event import TaskId, UnitCode
from shared.refusals import Refusal
from tests.domain.assignment.office import (
    DECIDE_BY,
    EDUCATION,
    FUTIAN,
    LONGHUA,
    MONDAY,
    PROPOSAL,
    RETURN_BY,
    TERMS,
    officer_of,
)

TASK = Task(TaskId("D09.1"), LONGHUA, Role.LEAD, return_by=RETURN_BY)


def returned(
    task: Task = TASK,
    *,
    by: UnitCode = LONGHUA,
    reason_code: str = "not-ours",
    proposed_unit: UnitCode = EDUCATION,
    on: date = MONDAY,
) -> AssignmentReturned:
    return return_task(
        Assignment(PROPOSAL, "20240080", tasks=(task,)),
        task_id=task.task_id,
        reason_code=reason_code,
        reason="属全市统筹事项。",
        proposed_unit=proposed_unit,
        terms=TERMS,
        by=officer_of(by),
        on=on,
    )


def test_a_unit_returns_a_task_and_names_another_unit() -> None:
    event = returned()

    assert (event.task_id, event.unit, event.proposed_unit) == ("D09.1", LONGHUA, EDUCATION)
    assert (event.reason_code, event.reason) == ("not-ours", "属全市统筹事项。")


def test_the_office_has_its_own_date_to_decide() -> None:
    event = returned(on=MONDAY)

    assert (event.decide.on, event.decide.source) == (DECIDE_BY, "广州规定")


def test_a_task_may_be_returned_on_the_last_day() -> None:
    assert returned(on=RETURN_BY).on == RETURN_BY


def test_the_day_after_is_too_late() -> None:
    with pytest.raises(TooLateToReturn, match="退办期限已于2024-03-21届满"):
        returned(on=RETURN_BY + timedelta(days=1))


def test_a_reason_is_one_of_the_rules() -> None:
    assert returned(reason_code="moved").reason_code == "moved"

    with pytest.raises(UnknownReason, match="not-ours、moved"):
        returned(reason_code="too-much-work")


def test_a_unit_cannot_propose_itself() -> None:
    with pytest.raises(ProposesItself):
        returned(proposed_unit=LONGHUA)


def test_nobody_returns_another_units_task() -> None:
    with pytest.raises(NotYourTask):
        returned(by=FUTIAN)


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (TaskState.SIGNED, SignedAlready),
        (TaskState.RETURNED, ReturnPending),
        (TaskState.NOTED, ForReferenceOnly),
    ],
)
def test_only_a_task_that_was_not_taken_on_is_returned(
    state: TaskState, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        returned(replace(TASK, state=state))


def test_work_handed_down_is_not_returned_to_the_office() -> None:
    with pytest.raises(ReturnNotToOffice, match="请与上级承办单位商定"):
        returned(replace(TASK, parent=TaskId("C001.1")))
