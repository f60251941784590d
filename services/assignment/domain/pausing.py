"""Pausing: the office lets a unit's clock stand still for a reason, and lets it go on."""

from datetime import date

from services.assignment.domain.assignment import Assignment
from services.assignment.domain.refusals import (
    AnsweredAlready,
    ClockRuns,
    ClockStandsStill,
    ExtensionPending,
    NoDateToMove,
    TooLateToPause,
)
from services.assignment.domain.terms import Terms, Units
from shared.contracts.assignment import ClockPaused, ClockResumed
from shared.contracts.event import Actor, TaskId


def pause_clock(
    assignment: Assignment, *, task_id: TaskId, why: str, units: Units, by: Actor, on: date
) -> ClockPaused:
    """Only a clock that has not run out yet stands still: who is late stays late."""
    task = assignment.task(task_id)
    assignment.must_be_held(task)
    if task.answer is None:
        raise NoDateToMove
    if task.answered_on is not None:
        raise AnsweredAlready(unit=units.name(task.unit))
    if task.paused_on is not None:
        raise ClockStandsStill
    if task.wanted_until is not None:
        raise ExtensionPending
    if on > task.answer.on:
        raise TooLateToPause(last_day=task.answer.on)
    return ClockPaused(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        task_id=task.task_id,
        unit=task.unit,
        why=why,
        round=task.redo,
    )


def resume_clock(
    assignment: Assignment, *, task_id: TaskId, why: str, terms: Terms, by: Actor, on: date
) -> ClockResumed:
    """It goes on with the working days that it had left."""
    task = assignment.task(task_id)
    assignment.must_be_held(task)
    if task.paused_on is None or task.answer is None:
        raise ClockRuns
    return ClockResumed(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        task_id=task.task_id,
        unit=task.unit,
        why=why,
        answer=terms.resumed_due(task.answer, paused_on=task.paused_on, starts_on=on),
        left=terms.days_left(task.answer, paused_on=task.paused_on),
        round=task.redo,
    )
