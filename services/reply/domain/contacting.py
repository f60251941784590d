"""Contacting: a unit talked with the proposers, and says when, how and about what (沟通)."""

from datetime import date
from typing import Literal

from services.reply.domain.handling import Handling, Task
from services.reply.domain.refusals import OnlyTakesNote, TalksInTheFuture, UnclearContact
from services.reply.domain.wording import keep_within
from shared.contracts.assignment import Role
from shared.contracts.event import Actor, TaskId
from shared.contracts.registry import RulesPublished
from shared.contracts.reply import Attachment, ContactKind, ContactRecorded


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
    talked_on: date | None = None,
    attachments: tuple[Attachment, ...] = (),
) -> ContactRecorded:
    """A contact of a unit that handles the proposal; co-handlers may talk to its proposers too."""
    task = handling.task_of(by.unit, task_id=task_id)
    if not (task.role.answers_proposer or task.role is Role.CO_HANDLE):
        raise OnlyTakesNote
    if kind is ContactKind.UNKNOWN:
        raise UnclearContact
    if talked_on is not None and talked_on > on:
        raise TalksInTheFuture(day=talked_on)
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
        contact_id=f"{task_id}.c{task.contacts + 1}",
        stage=_stage(task),
        talked_on=talked_on or on,
        attachments=attachments,
    )


def _stage(task: Task) -> Literal["before", "during", "after"]:
    """Before anything is written, while it is being written, or after the answer."""
    if task.round is None:
        return "after" if task.opinion_given else "before"
    if task.round.issued:
        return "after"
    return "during" if task.round.newest else "before"
