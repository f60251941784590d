"""Asking for consent: somebody of a unit asks its head to let a task be returned (请示退办)."""

from datetime import date

from services.assignment.domain.assignment import Assignment
from services.assignment.domain.refusals import ConsentGiven
from services.assignment.domain.returning import returnable
from services.assignment.domain.terms import Terms
from shared.contracts.assignment import ReturnConsentAsked
from shared.contracts.event import Actor, TaskId, UnitCode


def ask_consent(
    assignment: Assignment,
    *,
    task_id: TaskId,
    reason_code: str,
    reason: str,
    proposed_unit: UnitCode,
    terms: Terms,
    by: Actor,
    on: date,
) -> ReturnConsentAsked:
    """Only what could be returned: why, and whose it is, as the return would say it."""
    task = returnable(
        assignment,
        task_id=task_id,
        reason_code=reason_code,
        proposed_unit=proposed_unit,
        terms=terms,
        by=by,
        on=on,
    )
    if task.consent is not None:
        raise ConsentGiven
    return ReturnConsentAsked(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        task_id=task.task_id,
        unit=task.unit,
        reason_code=reason_code,
        reason=reason,
        proposed_unit=proposed_unit,
    )
