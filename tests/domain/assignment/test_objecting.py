"""A second objection climbs the ladder: the head signs, a meeting is held, a leader decides."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.objecting import decide_objection, hold_meeting, raise_objection
from services.assignment.domain.reassigning import Reassigned
from services.assignment.domain.refusals import (
    BackToItself,
    DecidedForGood,
    MeetingHeldAlready,
    MeetingInTheFuture,
    NoMeetingYet,
    NoObjectionPending,
    NothingToObjectTo,
    NotYourTask,
    ObjectionPending,
    ProposesItself,
    RefusedYetMoved,
    TooLateToObject,
)
from shared.contracts.assignment import (
    HandlersReassigned,
    ObjectionDecided,
    ObjectionMeetingHeld,
    ObjectionRaised,
    Role,
)
from shared.contracts.event import TaskId, UnitCode
from tests.domain.assignment.office import (
    EDUCATION,
    FUTIAN,
    LEADER,
    LONGHUA,
    MONDAY,
    OBJECT_BY,
    OFFICE,
    PROPOSAL,
    REPLY_BY,
    TERMS,
    UNITS,
    head_of,
)

REFUSED = Task(
    TaskId("D09.1"),
    LONGHUA,
    Role.LEAD,
    answer=TERMS.due("reply", starts_on=MONDAY),
    sign=TERMS.due("sign", starts_on=MONDAY),
    object_by=TERMS.due("object", starts_on=MONDAY),
)
OBJECTED = replace(REFUSED, state=TaskState.OBJECTED, proposed_unit=EDUCATION, returned_on=MONDAY)
MET = replace(OBJECTED, meeting_held=True)


def of(task: Task) -> Assignment:
    return Assignment(PROPOSAL, "20240080", tasks=(task,))


def objected(
    task: Task = REFUSED,
    *,
    by: UnitCode = LONGHUA,
    proposed: UnitCode = EDUCATION,
    on: date = MONDAY,
) -> ObjectionRaised:
    return raise_objection(
        of(task),
        task_id=task.task_id,
        reason="仍属全市统筹事项",
        proposed_unit=proposed,
        terms=TERMS,
        by=head_of(by),
        on=on,
    )


def met(task: Task = OBJECTED, *, held_on: date = MONDAY) -> ObjectionMeetingHeld:
    return hold_meeting(
        of(task),
        task_id=task.task_id,
        held_on=held_on,
        present=["龙华区", "市教育局", "D09"],
        minutes="双方各陈意见",
        units=UNITS,
        by=OFFICE,
        on=MONDAY,
    )


def decided(
    task: Task = MET, *, upheld: bool = True, new_unit: str | None = None, on: date = MONDAY
) -> tuple[ObjectionDecided | Reassigned, ...]:
    return decide_objection(
        of(task),
        task_id=task.task_id,
        upheld=upheld,
        why="由市教育局统筹",
        new_unit=new_unit,
        units=UNITS,
        terms=TERMS,
        by=LEADER,
        on=on,
    )


def test_the_head_objects_in_person_and_the_leader_has_a_date() -> None:
    event = objected()

    assert (event.by.post, event.proposed_unit) == ("head", EDUCATION)
    assert (event.decide.clock, event.decide.on) == ("decide_objection", date(2024, 3, 25))


def test_one_may_object_up_to_the_last_day() -> None:
    assert objected(on=OBJECT_BY).on == OBJECT_BY

    with pytest.raises(TooLateToObject, match="已于2024-03-18届满"):
        objected(on=OBJECT_BY + timedelta(days=1))


def test_there_is_nothing_to_object_to_before_a_return_was_refused() -> None:
    with pytest.raises(NothingToObjectTo):
        objected(replace(REFUSED, object_by=None))


def test_nobody_objects_for_another_unit_or_proposes_itself() -> None:
    with pytest.raises(NotYourTask):
        objected(by=FUTIAN)
    with pytest.raises(ProposesItself):
        objected(proposed=LONGHUA)


def test_one_objects_once_at_a_time_and_never_after_the_decision() -> None:
    with pytest.raises(ObjectionPending):
        objected(OBJECTED)
    with pytest.raises(DecidedForGood):
        objected(replace(REFUSED, bound=True))


def test_the_meeting_keeps_who_was_there_and_the_minutes() -> None:
    event = met()

    assert (event.present, event.minutes) == ((LONGHUA, EDUCATION), "双方各陈意见")


def test_a_meeting_is_recorded_once_it_was_held_and_only_once() -> None:
    with pytest.raises(MeetingInTheFuture):
        met(held_on=MONDAY + timedelta(days=1))
    with pytest.raises(MeetingHeldAlready):
        met(MET)
    with pytest.raises(NoObjectionPending):
        met(REFUSED)


def test_a_leader_decides_only_after_the_meeting() -> None:
    with pytest.raises(NoMeetingYet):
        decided(OBJECTED)
    with pytest.raises(NoObjectionPending):
        decided(REFUSED)


def test_upheld_the_task_goes_to_another_unit_for_good() -> None:
    verdict, moved = decided()

    assert isinstance(verdict, ObjectionDecided)
    assert isinstance(moved, HandlersReassigned)
    [task] = moved.tasks
    assert (task.unit, task.role, task.binding, task.instead_of) == (
        EDUCATION,
        Role.LEAD,
        True,
        "D09.1",
    )
    assert task.answer is not None
    assert task.answer.on == REPLY_BY


def test_the_leader_may_name_a_third_unit_but_not_the_same_one() -> None:
    _, moved = decided(new_unit="福田区")

    assert isinstance(moved, HandlersReassigned)
    assert moved.tasks[0].unit == FUTIAN
    with pytest.raises(BackToItself):
        decided(new_unit="龙华区")


def test_refused_the_unit_goes_on_with_the_days_that_it_had_left_to_sign() -> None:
    [verdict] = decided(upheld=False, on=date(2024, 3, 25))

    assert isinstance(verdict, ObjectionDecided)
    assert not verdict.upheld
    assert verdict.sign is not None
    assert (verdict.sign.on, verdict.sign_left) == (date(2024, 3, 28), 3)


def test_a_refused_objection_moves_nothing() -> None:
    with pytest.raises(RefusedYetMoved):
        decided(upheld=False, new_unit="福田区")
