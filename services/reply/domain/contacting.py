"""Contacting: a unit talked with the proposers, and says when, how and about what (沟通)."""

from datetime import date

from services.reply.domain.handling import Handling
from services.reply.domain.refusals import OnlyTakesNote, UnclearContact
from services.reply.domain.wording import keep_within
from shared.contracts.assignment import Role
from shared.contracts.event import Actor, TaskId
from shared.contracts.registry import RulesPublished
from shared.contracts.reply import ContactKind, ContactRecorded


def record_contact(
    handling: Handling,
    *,
    task_id: TaskId,
    kind: ContactKind,
    people: tuple[str, ...],
    summary: str,
    by: Actor,
    on: date,
    rules: RulesPublished,
) -> ContactRecorded:
    """A contact of a unit that handles the proposal; co-handlers may talk to its proposers too."""
    task = handling.task_of(by.unit, task_id=task_id)
    if not (task.role.answers_proposer or task.role is Role.CO_HANDLE):
        raise OnlyTakesNote
    if kind is ContactKind.UNKNOWN:
        raise UnclearContact
    keep_within(rules, summary=summary)
    return ContactRecorded(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        task_id=task_id,
        unit=task.unit,
        kind=kind,
        people=people,
        summary=summary,
    )
