"""Approving: a second person answers for the newest draft (审签)."""

from datetime import date

from services.reply.domain.handling import Handling
from services.reply.domain.refusals import AlreadyApproved, ApprovesOwnDraft
from shared.contracts.event import Actor, TaskId
from shared.contracts.reply import ReplyApproved


def approve_draft(
    handling: Handling, *, task_id: TaskId, draft: int, by: Actor, on: date
) -> ReplyApproved:
    """Four eyes: persons are compared, not posts, for one person may hold several."""
    task = handling.task_of(by.unit, task_id=task_id)
    round = task.open_round
    newest = round.current(draft)
    if newest.approved:
        raise AlreadyApproved(draft=draft)
    if newest.drafted_by == by.person:
        raise ApprovesOwnDraft
    return ReplyApproved(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        task_id=task_id,
        unit=task.unit,
        round=round.number,
        draft=draft,
    )
