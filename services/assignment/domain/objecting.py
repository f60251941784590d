"""Objecting: after a refused return the head of a unit objects once more, and climbs the ladder.

First the office brings the units together and keeps the minutes; then a leader decides, for good.
"""

from collections.abc import Sequence
from datetime import date

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.deciding_returns import sign_by
from services.assignment.domain.reassigning import Part, Reassigned, may_take_over, move
from services.assignment.domain.refusals import (
    DecidedForGood,
    MeetingHeldAlready,
    MeetingInTheFuture,
    NoMeetingYet,
    NoObjectionPending,
    NothingToObjectTo,
    ProposesItself,
    RefusedYetMoved,
    TooLateToObject,
)
from services.assignment.domain.terms import Clock, Terms, Units
from shared.contracts.assignment import (
    ObjectionDecided,
    ObjectionMeetingHeld,
    ObjectionRaised,
)
from shared.contracts.event import Actor, TaskId, UnitCode


def raise_objection(
    assignment: Assignment,
    *,
    task_id: TaskId,
    reason: str,
    proposed_unit: UnitCode,
    terms: Terms,
    by: Actor,
    on: date,
) -> ObjectionRaised:
    """The head signs in person. The duty stays with the unit until the leader has decided."""
    task = assignment.held_task(task_id, by=by, state=TaskState.UNSIGNED)
    if task.bound:
        raise DecidedForGood
    if task.object_by is None:
        raise NothingToObjectTo
    if on > task.object_by.on:
        raise TooLateToObject(last_day=task.object_by.on)
    if proposed_unit == task.unit:
        raise ProposesItself
    return ObjectionRaised(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        task_id=task.task_id,
        unit=task.unit,
        reason=reason,
        proposed_unit=proposed_unit,
        decide=terms.due("decide_objection", starts_on=on),
    )


def hold_meeting(
    assignment: Assignment,
    *,
    task_id: TaskId,
    held_on: date,
    present: Sequence[str],
    minutes: str,
    units: Units,
    by: Actor,
    on: date,
) -> ObjectionMeetingHeld:
    """The office brought the units together; its minutes are what the leader decides upon."""
    task = _pending(assignment, task_id)
    if task.meeting_held:
        raise MeetingHeldAlready
    if held_on > on:
        raise MeetingInTheFuture(on=held_on)
    return ObjectionMeetingHeld(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        task_id=task.task_id,
        unit=task.unit,
        held_on=held_on,
        present=tuple(dict.fromkeys(units.unit(text).code for text in present)),
        minutes=minutes,
    )


def decide_objection(
    assignment: Assignment,
    *,
    task_id: TaskId,
    upheld: bool,
    why: str,
    new_unit: str | None,
    clock: Clock | None = None,
    units: Units,
    terms: Terms,
    by: Actor,
    on: date,
) -> tuple[ObjectionDecided | Reassigned, ...]:
    """A leader decides after the meeting, and it binds whoever has the task from now on."""
    task = _pending(assignment, task_id)
    if not task.meeting_held:
        raise NoMeetingYet
    if not upheld and new_unit is not None:
        raise RefusedYetMoved
    sign, left = (None, None) if upheld else sign_by(task, terms=terms, on=on)
    decided = ObjectionDecided(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        task_id=task.task_id,
        unit=task.unit,
        upheld=upheld,
        why=why,
        sign=sign,
        sign_left=left,
    )
    if not upheld or task.proposed_unit is None:
        return (decided,)
    heir = units.unit(new_unit or task.proposed_unit)
    may_take_over(assignment, task=task, heir=heir)
    return decided, *move(
        assignment,
        ended={task.task_id},
        parts=[Part(heir.code, task.role, task.duty, instead_of=task)],
        policy=terms.clock_policy("reassign", said=clock),
        why=why,
        binding=True,
        units=units,
        terms=terms,
        by=by,
        on=on,
    )


def _pending(assignment: Assignment, task_id: TaskId) -> Task:
    task = assignment.task(task_id)
    if task.state is not TaskState.OBJECTED:
        raise NoObjectionPending
    return task
