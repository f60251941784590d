"""Approving: a second person answers for the newest draft, or sends it back (审签、退改).

In a district, its leaders approve what the place holds to be important (区级审定).
"""

from datetime import date

from services.reply.domain.demands import chosen
from services.reply.domain.handling import Handling
from services.reply.domain.refusals import (
    AlreadyApproved,
    AlreadyEndorsed,
    ApprovesOwnDraft,
    NoDistrict,
    NotApproved,
)
from services.reply.domain.wording import keep_within
from shared.contracts.event import Actor, TaskId
from shared.contracts.registry import RulesPublished, UnitLevel
from shared.contracts.reply import DraftSentBack, ReplyApproved, ReplyEndorsed


def approve_draft(
    handling: Handling, *, task_id: TaskId, draft: int, by: Actor, on: date
) -> ReplyApproved:
    """Four eyes: persons are compared, not posts, for one person may hold several."""
    task = handling.task_of(by.unit, task_id=task_id)
    round = task.open_round
    newest = round.current(draft)
    if newest.approved_by is not None:
        raise AlreadyApproved(draft=draft)
    if by.is_also(newest.drafted_by):
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


def send_draft_back(
    handling: Handling,
    *,
    task_id: TaskId,
    draft: int,
    why: str,
    by: Actor,
    on: date,
    rules: RulesPublished,
) -> DraftSentBack:
    """At any step before it is issued; open requests to countersign it end with it."""
    task = handling.task_of(by.unit, task_id=task_id)
    round = task.open_round
    round.current(draft)
    keep_within(rules, reason=why)
    return DraftSentBack(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        task_id=task_id,
        unit=task.unit,
        round=round.number,
        draft=draft,
        why=why,
    )


def endorse_draft(
    handling: Handling, *, task_id: TaskId, draft: int, level: UnitLevel, by: Actor, on: date
) -> ReplyEndorsed:
    """A district's leaders approve what was checked; never what they wrote themselves."""
    task = handling.task_of(by.unit, task_id=task_id)
    round = task.open_round
    newest = round.current(draft)
    if level is not UnitLevel.DISTRICT:
        raise NoDistrict
    if newest.approved_by is None:
        raise NotApproved(draft=draft)
    if newest.endorsed:
        raise AlreadyEndorsed(draft=draft)
    if by.is_also(newest.drafted_by):
        raise ApprovesOwnDraft
    return ReplyEndorsed(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        task_id=task_id,
        unit=task.unit,
        round=round.number,
        draft=draft,
    )


def must_be_endorsed(handling: Handling, *, level: UnitLevel, rules: RulesPublished) -> bool:
    """Whether the leaders of the answering unit's district have to approve this reply."""
    return (
        level is UnitLevel.DISTRICT
        and chosen(rules, "endorse", kinds=handling.kinds, otherwise="none") == "district"
    )
