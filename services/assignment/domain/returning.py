"""Returning: a unit says, in time and with a reason, that a task is another unit's."""

from datetime import date

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.consenting import consent_for
from services.assignment.domain.refusals import (
    DecidedForGood,
    ProposesItself,
    RefusedBefore,
    ReturnNotToOffice,
    TooLateToReturn,
    TooManyReturns,
    UnknownReason,
)
from services.assignment.domain.terms import Terms
from shared.contracts.assignment import AssignmentReturned, Consent
from shared.contracts.event import Actor, TaskId, UnitCode
from shared.rules import number


def return_task(
    assignment: Assignment,
    *,
    task_id: TaskId,
    reason_code: str,
    reason: str,
    proposed_unit: UnitCode,
    paper: Consent | None = None,
    terms: Terms,
    by: Actor,
    on: date,
) -> AssignmentReturned:
    """The duty stays with the unit until the office decides, by a date of its own.

    Its head must agree; ``paper`` is a consent in writing. A proposal does not go round for ever.
    """
    task = returnable(
        assignment,
        task_id=task_id,
        reason_code=reason_code,
        proposed_unit=proposed_unit,
        terms=terms,
        by=by,
        on=on,
    )
    return AssignmentReturned(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        task_id=task.task_id,
        unit=task.unit,
        reason_code=reason_code,
        reason=reason,
        proposed_unit=proposed_unit,
        decide=terms.due("decide_return", starts_on=on),
        consent=consent_for(task, on_paper=paper, rules=terms.rules, by=by, on=on),
    )


def returnable(
    assignment: Assignment,
    *,
    task_id: TaskId,
    reason_code: str,
    proposed_unit: UnitCode,
    terms: Terms,
    by: Actor,
    on: date,
) -> Task:
    """The unit's own task, if it may be returned for this reason as that unit's."""
    task = assignment.held_task(task_id, by=by, state=TaskState.UNSIGNED)
    if task.parent is not None:
        raise ReturnNotToOffice
    if task.bound:
        raise DecidedForGood
    if task.object_by is not None:
        raise RefusedBefore
    if task.return_by is not None and on > task.return_by.on:
        raise TooLateToReturn(last_day=task.return_by.on)
    if assignment.returns >= number(terms.rules, "returns.max"):
        raise TooManyReturns(count=assignment.returns)
    known = {known.code: known.says for known in terms.rules.return_reasons}
    if reason_code not in known:
        raise UnknownReason(code=reason_code, known="、".join(known))
    if proposed_unit == task.unit:
        raise ProposesItself
    return task
