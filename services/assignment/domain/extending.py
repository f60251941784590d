"""Extending: a unit asks for more time before its date, and the office says yes or no."""

from collections.abc import Iterator
from datetime import date

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.refusals import (
    AnsweredAlready,
    ClockStandsStill,
    CoHandlersAfterLead,
    ExtendedTooLong,
    ExtendedTooOften,
    ExtensionFromGiver,
    ExtensionPending,
    NoDateToMove,
    NoExtensionPending,
    NotLater,
    RefusedYetExtended,
    TooLateToExtend,
)
from services.assignment.domain.terms import Terms, Units
from shared.contracts.assignment import (
    ExtensionAsked,
    ExtensionGranted,
    ExtensionRefused,
    MovedDue,
    Role,
)
from shared.contracts.event import Actor, Due, TaskId
from shared.deadlines import UnknownClock, shift
from shared.rules import clock_for, name_of, number

MAX = "extension_max"


def ask_extension(
    assignment: Assignment,
    *,
    task_id: TaskId,
    until: date,
    reason: str,
    units: Units,
    terms: Terms,
    by: Actor,
    on: date,
) -> ExtensionAsked:
    """Before the date, with a reason, and not beyond what the rules allow in all."""
    task = assignment.held_task(task_id, by=by, state=TaskState.SIGNED)
    if task.parent is not None:
        raise ExtensionFromGiver
    answer = _running(task, units=units)
    if task.wanted_until is not None:
        raise ExtensionPending
    if on > answer.on:
        raise TooLateToExtend(last_day=answer.on)
    if task.extended >= number(terms.rules, "extensions.max"):
        raise ExtendedTooOften(count=task.extended)
    _must_be_allowed(task, answer, until=until, terms=terms)
    return ExtensionAsked(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        task_id=task.task_id,
        unit=task.unit,
        until=until,
        reason=reason,
    )


def decide_extension(
    assignment: Assignment,
    *,
    task_id: TaskId,
    granted: bool,
    why: str,
    until: date | None,
    co_handlers_until: date | None,
    with_work: bool,
    units: Units,
    terms: Terms,
    by: Actor,
    on: date,
) -> ExtensionGranted | ExtensionRefused:
    """The office may grant another day than the one asked for.

    Co-handlers' dates move only if it says to which day, those of work below only if it says so.
    """
    task = assignment.task(task_id)
    if not task.open or task.wanted_until is None:
        raise NoExtensionPending
    answer = _running(task, units=units)
    if not granted:
        if until is not None or co_handlers_until is not None or with_work:
            raise RefusedYetExtended
        return ExtensionRefused(
            proposal_id=assignment.proposal_id,
            by=by,
            on=on,
            task_id=task.task_id,
            unit=task.unit,
            why=why,
        )
    last_day = until or task.wanted_until
    _must_be_allowed(task, answer, until=last_day, terms=terms)
    extended = _moved(task, answer, until=last_day, terms=terms, on=on)
    moved = [extended]
    if with_work:
        moved += _work_below(assignment, task, outer=extended.due, terms=terms, on=on)
    if co_handlers_until is not None:
        if co_handlers_until > extended.due.on:
            raise CoHandlersAfterLead(until=co_handlers_until, last_day=extended.due.on)
        moved += _co_handlers(assignment, task, until=co_handlers_until, terms=terms, on=on)
    return ExtensionGranted(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        task_id=task.task_id,
        unit=task.unit,
        why=why,
        moved=tuple(moved),
    )


def _running(task: Task, *, units: Units) -> Due:
    if task.answer is None:
        raise NoDateToMove
    if task.answered_on is not None:
        raise AnsweredAlready(unit=units.name(task.unit))
    if task.paused_on is not None:
        raise ClockStandsStill
    return task.answer


def _must_be_allowed(task: Task, answer: Due, *, until: date, terms: Terms) -> None:
    if until <= answer.on:
        raise NotLater(until=until, last_day=answer.on)
    name = clock_for(terms.rules, MAX, answer.clock)
    longest = terms.rules.deadlines.get(name)
    if longest is None:
        raise UnknownClock(clock=name, rules=name_of(terms.rules))
    began_on = _began_on(task, answer)
    reached = shift(began_on, count=longest.count, unit=longest.unit, calendar=terms.calendar)
    last_day = terms.calendar.next_working_day(reached)
    if until > last_day:
        rule = f"{name_of(terms.rules)} {name}"
        raise ExtendedTooLong(last_day=last_day, rule=rule, until=until)


def _began_on(task: Task, answer: Due) -> date:
    """When the work began: a clock that stood still does not begin anew, that of a redo does."""
    if answer.clock == "redo" or task.given_on is None:
        return answer.starts_on
    return min(task.given_on, answer.starts_on)


def _moved(task: Task, answer: Due, *, until: date, terms: Terms, on: date) -> MovedDue:
    name = clock_for(terms.rules, MAX, answer.clock)
    due = terms.set_due(
        answer,
        until=until,
        on=on,
        says="经批准延期",
        by_rule=name,
        source=terms.rules.deadlines[name].source if name in terms.rules.deadlines else None,
    )
    return MovedDue(
        task_id=task.task_id,
        unit=task.unit,
        clock="answer",
        before=answer.on,
        due=due,
        round=task.redo,
    )


def _co_handlers(
    assignment: Assignment, asked: Task, *, until: date, terms: Terms, on: date
) -> Iterator[MovedDue]:
    """The co-handlers that still owe their opinion and have an earlier date."""
    for task in assignment.from_office:
        if task.task_id == asked.task_id or task.role is not Role.CO_HANDLE:
            continue
        if task.answer is None or task.answered_on is not None or task.paused_on is not None:
            continue
        if task.answer.on < until:
            yield _moved(task, task.answer, until=until, terms=terms, on=on)


def _work_below(
    assignment: Assignment, giver: Task, *, outer: Due, terms: Terms, on: date
) -> Iterator[MovedDue]:
    """What was handed down gets the new date less the margin, level by level."""
    for task in assignment.handed_down_from(giver.task_id):
        if not task.open or task.answer is None:
            continue
        due = terms.inner_due(outer, starts_on=on)
        if due.on > task.answer.on:
            yield MovedDue(
                task_id=task.task_id,
                unit=task.unit,
                clock="answer",
                before=task.answer.on,
                due=due,
            )
            yield from _work_below(assignment, task, outer=due, terms=terms, on=on)
