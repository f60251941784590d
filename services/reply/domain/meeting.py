"""Meeting: after the last round unit and proposers meet, and what comes of it ends them (面商)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.reply.domain.refusals import AlreadyMet, MetInTheFuture, NoMeetingOrdered
from services.reply.domain.wording import keep_within
from shared.contracts.event import Actor, ProposalId, TaskId, UnitCode
from shared.contracts.registry import RulesPublished
from shared.contracts.reply import Attachment, FaceToFaceHeld


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that a last dissatisfied rating asks for."""

    proposal_id: ProposalId
    reply_id: str
    task_id: TaskId
    unit: UnitCode
    round: int
    ordered: bool
    held: bool = False


def hold_meeting(
    meeting: Meeting,
    *,
    held_on: date,
    people: tuple[str, ...],
    result: Literal["agreed", "differs"],
    outcome: str,
    by: Actor,
    on: date,
    rules: RulesPublished,
    attachments: tuple[Attachment, ...] = (),
) -> FaceToFaceHeld:
    """Recorded by whoever organised it, the office or the committee, and not by the unit."""
    if not meeting.ordered:
        raise NoMeetingOrdered
    if meeting.held:
        raise AlreadyMet
    if held_on > on:
        raise MetInTheFuture(day=held_on)
    keep_within(rules, account=outcome)
    return FaceToFaceHeld(
        proposal_id=meeting.proposal_id,
        by=by,
        on=on,
        reply_id=meeting.reply_id,
        task_id=meeting.task_id,
        unit=meeting.unit,
        round=meeting.round,
        held_on=held_on,
        people=people,
        result=result,
        outcome=outcome,
        attachments=attachments,
    )
