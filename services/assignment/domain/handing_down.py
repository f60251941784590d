"""Handing down: a unit that signed gives its work to units under it, each with an earlier date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.refusals import (
    FaultyList,
    Finding,
    HandlesAlready,
    InnerDayOutside,
    NamedTwice,
    NotUnderYou,
)
from services.assignment.domain.terms import Terms, Units, task_id_of
from shared.contracts import assignment as told
from shared.contracts.assignment import Person
from shared.contracts.event import Actor, Due, TaskId
from shared.contracts.registry import UnitRegistered
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Work:
    """One row of the list: a unit as the caller wrote it, what it is to do, and by which day.

    Without a day of its own it is due as early as the rules want inner work to be.
    """

    unit: str
    duty: str = ""
    until: date | None = None


def hand_down(
    assignment: Assignment,
    *,
    task_id: TaskId,
    work: Sequence[Work],
    meeting: str | None,
    deployed_by: Person | None = None,
    arranged_by: Person | None = None,
    units: Units,
    terms: Terms,
    by: Actor,
    on: date,
) -> told.WorkHandedDown:
    """Every row is handed down, or none: then each faulty one is named.

    The unit's head deploys the work and a deputy arranges it, where that is said.
    """
    giver = assignment.held_task(task_id, by=by, state=TaskState.SIGNED)
    takers = _find_takers(assignment, giver=giver, work=work, units=units, terms=terms, on=on)
    return told.WorkHandedDown(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        parent=giver.task_id,
        meeting=meeting,
        deployed_by=deployed_by,
        arranged_by=arranged_by,
        tasks=tuple(
            _task_below(giver, assignment=assignment, taker=taker, row=row, terms=terms, on=on)
            for taker, row in zip(takers, work, strict=True)
        ),
    )


def _find_takers(
    assignment: Assignment,
    *,
    giver: Task,
    work: Sequence[Work],
    units: Units,
    terms: Terms,
    on: date,
) -> list[UnitRegistered]:
    takers: list[UnitRegistered] = []
    findings: list[Finding] = []
    for n, row in enumerate(work, start=1):
        column = "unit"
        try:
            taker = units.unit(row.unit)
            if not units.is_under(taker.code, giver.unit):
                raise NotUnderYou(unit=taker.name)
            if assignment.open_task_of(taker.code):
                raise HandlesAlready(unit=taker.name)
            if taker in takers:
                raise NamedTwice(unit=taker.name)
            takers.append(taker)
            column = "until"
            _must_be_inside(row, giver=giver, terms=terms, on=on)
        except Refusal as fault:
            findings.append(
                Finding.of(
                    fault,
                    row=n,
                    column=column,
                    proposal_id=assignment.proposal_id,
                    number=assignment.number,
                )
            )
    if findings:
        raise FaultyList(findings)
    return takers


def _task_below(
    giver: Task,
    *,
    assignment: Assignment,
    taker: UnitRegistered,
    row: Work,
    terms: Terms,
    on: date,
) -> told.Task:
    """A part in the giver's role and generation; a unit that had its turn before gets the next."""
    generation = max(giver.generation, assignment.next_generation_of(taker.code))
    return told.Task(
        task_id=task_id_of(taker.code, generation=generation),
        unit=taker.code,
        role=giver.role,
        generation=generation,
        parent=giver.task_id,
        duty=row.duty,
        sign=terms.due("sign", starts_on=on),
        answer=_inner(giver.answer, row=row, terms=terms, on=on) if giver.answer else None,
    )


def _inner(outer: Due, *, row: Work, terms: Terms, on: date) -> Due:
    inner = terms.inner_due(outer, starts_on=on)
    if row.until is None:
        return inner
    return terms.set_due(
        inner,
        until=row.until,
        on=on,
        says="本单位确定的内部期限",
        by_rule="内部期限",
        source=None,
    )


def _must_be_inside(row: Work, *, giver: Task, terms: Terms, on: date) -> None:
    """A day of its own lies ahead, and leaves the giver the time that the rules want left."""
    if row.until is None or giver.answer is None:
        return
    last = terms.inner_due(giver.answer, starts_on=on).on
    if not on < row.until <= last:
        raise InnerDayOutside(until=row.until, last_day=last)
