"""A unit names who handles its task, and says how far it has come."""

from dataclasses import replace

import pytest

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.refusals import (
    ForReferenceOnly,
    NotOfUnit,
    NotSigned,
    NotYourTask,
    ReassignedAlready,
)
from services.assignment.domain.reporting_progress import name_officer, report_progress
from shared.contracts.assignment import OfficerNamed, ProgressReported, Role
from shared.contracts.event import PersonId, TaskId, UnitCode
from shared.refusals import Refusal
from tests.domain.assignment.office import (
    LONGHUA,
    LONGHUA_SCHOOLS,
    MONDAY,
    PEOPLE,
    PROPOSAL,
    officer_of,
)

DISTRICT = Task(TaskId("D09.1"), LONGHUA, Role.LEAD, TaskState.SIGNED)
SCHOOLS = Task(
    TaskId("S003.1"), LONGHUA_SCHOOLS, Role.LEAD, TaskState.SIGNED, parent=DISTRICT.task_id
)
READER = replace(DISTRICT, role=Role.REFERENCE, state=TaskState.NOTED)


def named(task: Task = SCHOOLS, *, officer: str = "officer.S003") -> OfficerNamed:
    return name_officer(
        Assignment(PROPOSAL, "20240080", tasks=(DISTRICT, task)),
        task_id=task.task_id,
        officer=PersonId(officer),
        section="规划科",
        people=PEOPLE,
        by=officer_of(task.unit),
        on=MONDAY,
    )


def reported(task: Task = SCHOOLS, *, by: UnitCode | None = None) -> ProgressReported:
    return report_progress(
        Assignment(PROPOSAL, "20240080", tasks=(DISTRICT, task)),
        task_id=task.task_id,
        stage="方案已定",
        says="已完成选址",
        by=officer_of(by or task.unit),
        on=MONDAY,
    )


def test_a_unit_names_its_officer_and_section() -> None:
    event = named()

    assert (event.officer.name, event.section) == ("区教育局经办人", "规划科")


def test_before_signing_too() -> None:
    assert named(replace(SCHOOLS, state=TaskState.UNSIGNED)).unit == LONGHUA_SCHOOLS


@pytest.mark.parametrize("officer", ["officer.D09", "somebody"])
def test_the_officer_is_one_of_the_unit(officer: str) -> None:
    with pytest.raises(NotOfUnit):
        named(officer=officer)


def test_a_unit_says_stage_by_stage_how_far_it_has_come() -> None:
    assert (reported().stage, reported().says) == ("方案已定", "已完成选址")


def test_nobody_above_writes_it_for_those_below() -> None:
    with pytest.raises(NotYourTask):
        reported(by=LONGHUA)


@pytest.mark.parametrize(
    ("task", "refusal"),
    [
        (replace(SCHOOLS, state=TaskState.UNSIGNED), NotSigned),
        (replace(SCHOOLS, state=TaskState.ENDED), ReassignedAlready),
        (replace(SCHOOLS, role=Role.REFERENCE, state=TaskState.NOTED), ForReferenceOnly),
    ],
)
def test_only_who_is_at_it_reports(task: Task, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        reported(task)


def test_who_takes_note_names_nobody() -> None:
    with pytest.raises(ForReferenceOnly):
        named(replace(SCHOOLS, role=Role.REFERENCE, state=TaskState.NOTED))
