"""Changing handlers: after the hand-over a unit joins, leaves, or gets another role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.assignment.domain.assignment import Assignment, Task
from services.assignment.domain.reassigning import Part, Reassigned, move
from services.assignment.domain.refusals import (
    AnsweredAlready,
    HandledNotByUnit,
    HandlesAlready,
    LeadAlready,
    LeadAndSplit,
    NamedTwice,
    NobodyAnswers,
    NotYourTask,
    SameRole,
    WithdrawnByGiver,
)
from services.assignment.domain.terms import Clock, Terms, Units
from shared.contracts.assignment import Role
from shared.contracts.event import Actor, TaskId
from shared.contracts.registry import Post


@dataclass(frozen=True, slots=True)
class Change:
    """A unit as the office wrote it, and the role that it is to have from now on."""

    unit: str
    role: Role


def add_handler(
    assignment: Assignment,
    *,
    unit: str,
    role: Role,
    duty: str,
    why: str,
    units: Units,
    terms: Terms,
    by: Actor,
    on: date,
) -> tuple[Reassigned, ...]:
    """A unit joins, be it after others have answered; its clocks start today."""
    assignment.must_be_handed_over()
    joins = units.unit(unit)
    held = assignment.open_task_of(joins.code)
    if held is not None and held.parent is None:
        raise HandlesAlready(unit=joins.name)
    _must_make_sense([*_roles(assignment), (joins.name, role)], units=units)
    return move(
        assignment,
        ended=set(),
        parts=[Part(joins.code, role, duty)],
        policy="restart",
        why=why,
        units=units,
        terms=terms,
        by=by,
        on=on,
    )


def withdraw_handler(
    assignment: Assignment,
    *,
    task_id: TaskId,
    why: str,
    units: Units,
    terms: Terms,
    by: Actor,
    on: date,
) -> tuple[Reassigned, ...]:
    """Whoever gave a task takes it back, and with it all that was handed down from it.

    Somebody must go on answering the proposer; the rest may be complete by this.
    """
    task = assignment.task(task_id)
    assignment.must_be_held(task)
    _must_have_given(assignment, task=task, by=by)
    if task.answered_on is not None:
        raise AnsweredAlready(unit=units.name(task.unit))
    if task.answers_proposer and len(assignment.answering) == 1:
        raise NobodyAnswers
    return move(
        assignment,
        ended={task.task_id},
        policy="keep",
        why=why,
        units=units,
        terms=terms,
        by=by,
        on=on,
    )


def _must_have_given(assignment: Assignment, *, task: Task, by: Actor) -> None:
    if task.parent is None:
        if by.post != Post.OFFICE:
            raise NotYourTask
    elif assignment.task(task.parent).unit != by.unit:
        raise WithdrawnByGiver


def change_roles(
    assignment: Assignment,
    *,
    changes: Sequence[Change],
    why: str,
    clock: Clock | None,
    with_work: bool,
    units: Units,
    terms: Terms,
    by: Actor,
    on: date,
) -> tuple[Reassigned, ...]:
    """Units get other roles in one act, so that a lead and a co-handler can change places."""
    assignment.must_be_handed_over()
    parts: list[Part] = []
    for change in changes:
        unit = units.unit(change.unit)
        if any(part.unit == unit.code for part in parts):
            raise NamedTwice(unit=unit.name)
        before = assignment.open_task_of(unit.code)
        if before is None or before.parent is not None:
            raise HandledNotByUnit(unit=unit.name)
        if before.role is change.role:
            raise SameRole(unit=unit.name)
        if before.answered_on is not None:
            raise AnsweredAlready(unit=unit.name)
        parts.append(Part(unit.code, change.role, before.duty, instead_of=before, same_body=True))
    new = {part.unit: part.role for part in parts}
    roles = [
        (units.name(task.unit), new.get(task.unit, task.role)) for task in assignment.from_office
    ]
    _must_make_sense(roles, units=units)
    return move(
        assignment,
        ended=set(),
        parts=parts,
        policy=terms.clock_policy("role", said=clock),
        why=why,
        with_work=with_work,
        units=units,
        terms=terms,
        by=by,
        on=on,
    )


def _roles(assignment: Assignment) -> list[tuple[str, Role]]:
    return [(task.unit, task.role) for task in assignment.from_office]


def _must_make_sense(roles: Sequence[tuple[str, Role]], *, units: Units) -> None:
    """One lead, or units that each answer for their own part; never both, never neither."""
    leads = [unit for unit, role in roles if role is Role.LEAD]
    splits = [unit for unit, role in roles if role is Role.SPLIT]
    if len(leads) > 1:
        raise LeadAlready(unit=units.unit(leads[0]).name)
    if leads and splits:
        raise LeadAndSplit
    if not leads and not splits:
        raise NobodyAnswers
