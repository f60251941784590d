"""A unit that is no more hands its open work on to the one that took over from it."""

from dataclasses import replace
from datetime import date

import pytest

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.reassigning import Reassigned
from services.assignment.domain.succeeding import hand_on, heir_of, heirs_among, want_heir
from shared.contracts.assignment import AssignmentSigned, HandlersReassigned, Role
from shared.contracts.event import TaskId, UnitCode
from shared.contracts.registry import UnitSucceeded
from tests.domain.assignment.office import (
    EDUCATION,
    FUTIAN,
    LONGHUA,
    LONGHUA_SCHOOLS,
    MONDAY,
    PLANNING,
    PROPOSAL,
    REPLY_BY,
    TERMS,
    UNITS,
)

LATER = date(2024, 4, 8)
SUCCESSION = UnitSucceeded(
    old_name="市教育局",
    old_code=EDUCATION,
    successors=(PLANNING,),
    year=2024,
    source="机构改革方案",
    how="merged",
    on=LATER,
)
OLD = Task(
    TaskId("C021.1"),
    EDUCATION,
    Role.LEAD,
    TaskState.SIGNED,
    given_on=MONDAY,
    answer=TERMS.due("reply", starts_on=MONDAY),
)
OTHER = Task(TaskId("D01.1"), FUTIAN, Role.CO_HANDLE, TaskState.SIGNED)


def handed_on(*tasks: Task) -> tuple[Reassigned, ...]:
    return hand_on(
        Assignment(PROPOSAL, "20240080", tasks=tasks),
        old=EDUCATION,
        heir=PLANNING,
        succession=SUCCESSION,
        units=UNITS,
        terms=TERMS,
        on=LATER,
    )


def test_the_heir_goes_on_with_the_clock_as_it_was_and_need_not_sign_again() -> None:
    event, signed = handed_on(OLD, OTHER)

    assert isinstance(event, HandlersReassigned)
    [task] = event.tasks
    assert (event.ended, event.policy, event.by.person) == (("C021.1",), "keep", "system")
    assert event.why == "机构调整：市教育局的职责由市规划和自然资源局承接"
    assert (task.task_id, task.role, task.sign) == ("C030.2", Role.LEAD, None)
    assert task.answer is not None
    assert task.answer.on == REPLY_BY
    assert isinstance(signed, AssignmentSigned)
    assert signed.carried_from == "C021.1"


def test_what_had_not_been_signed_for_is_signed_by_the_heir() -> None:
    [event] = handed_on(replace(OLD, state=TaskState.UNSIGNED))

    assert isinstance(event, HandlersReassigned)
    assert event.tasks[0].sign is not None


def test_work_handed_down_stays_below_the_one_who_gave_it() -> None:
    lead = Task(TaskId("D09.1"), LONGHUA, Role.LEAD, TaskState.SIGNED)
    below = replace(OLD, parent=lead.task_id, answer=None)

    event, _ = handed_on(lead, below)

    assert isinstance(event, HandlersReassigned)
    assert (event.tasks[0].task_id, event.tasks[0].parent) == ("C030.2", "D09.1")


def test_an_heir_with_a_lighter_part_rises_to_the_weightier_one() -> None:
    own = Task(TaskId("C030.1"), PLANNING, Role.CO_HANDLE, TaskState.SIGNED)

    event = handed_on(OLD, own)[0]

    assert isinstance(event, HandlersReassigned)
    assert event.ended == ("C021.1", "C030.1")
    assert [(task.unit, task.role) for task in event.tasks] == [(PLANNING, Role.LEAD)]


def test_an_heir_that_answers_itself_keeps_its_own_part() -> None:
    own = Task(TaskId("C030.1"), PLANNING, Role.SPLIT, TaskState.SIGNED)

    [event] = handed_on(replace(OLD, role=Role.SPLIT), own)

    assert isinstance(event, HandlersReassigned)
    assert (event.ended, event.tasks) == (("C021.1",), ())


def test_a_unit_without_open_work_hands_nothing_on() -> None:
    assert handed_on(OTHER) == ()
    assert handed_on(replace(OLD, state=TaskState.ENDED), OTHER) == ()


@pytest.mark.parametrize(
    ("change", "heir"),
    [
        ({}, (EDUCATION, PLANNING)),
        ({"successors": (PLANNING, LONGHUA_SCHOOLS)}, None),  # the office says whose each task is
        ({"successors": ()}, None),
        ({"successors": (EDUCATION,)}, None),  # a new name only
        ({"old_code": None}, None),
    ],
)
def test_work_goes_to_a_single_heir(
    change: dict[str, object], heir: tuple[UnitCode, UnitCode] | None
) -> None:
    assert heir_of(SUCCESSION.model_copy(update=change)) == heir


@pytest.mark.parametrize(
    ("successors", "among"),
    [
        ((PLANNING, LONGHUA), (EDUCATION, (PLANNING, LONGHUA))),
        ((), (EDUCATION, ())),
        ((PLANNING,), None),
        ((EDUCATION, PLANNING), None),
    ],
)
def test_several_heirs_or_none_are_no_heir(
    successors: tuple[UnitCode, ...], among: tuple[UnitCode, tuple[UnitCode, ...]] | None
) -> None:
    split = SUCCESSION.model_copy(update={"successors": successors})

    assert heirs_among(split) == among
    assert heirs_among(split.model_copy(update={"old_code": None})) is None


def wanted(*tasks: Task, successors: tuple[UnitCode, ...] = (PLANNING, LONGHUA)) -> str | None:
    told = want_heir(
        Assignment(PROPOSAL, "20240080", tasks=tasks),
        old=EDUCATION,
        succession=SUCCESSION.model_copy(update={"successors": successors}),
        units=UNITS,
        on=LATER,
    )
    return told.why if told is not None else None


def test_the_office_is_told_once_whose_work_has_no_one_heir() -> None:
    names = "、".join(UNITS.name(one) for one in (PLANNING, LONGHUA))
    assert wanted(OLD) == f"机构调整：市教育局的职责由{names}分别承接，须由交办机关改派"
    assert wanted(OLD, successors=()) == "机构调整：市教育局的职责没有承接单位，须由交办机关改派"
    assert wanted(replace(OLD, heir_wanted=True)) is None
    assert wanted(replace(OLD, state=TaskState.ENDED)) is None
    assert wanted(OTHER) is None
