"""What the reply room shows of a proposal to those who may read it."""

from datetime import date

from pydantic import BaseModel

from shared.contracts.event import ProposalId, TaskId, UnitCode
from shared.contracts.intake import Proposer


class TaskView(BaseModel):
    """A unit's part, as it was handed over."""

    task_id: TaskId
    unit: UnitCode
    role: str
    answer_by: date | None
    signed_on: date | None
    ended_on: date | None


class RoundView(BaseModel):
    """A reply that is owed, or was given; ``redo`` where a dissatisfied rating asked for it."""

    task_id: TaskId
    round: int
    answer_by: date | None
    redo: bool
    issued_on: date | None


class ContactView(BaseModel):
    """When and how a unit talked with the proposers. A co-handler's contact has no round."""

    task_id: TaskId
    unit: UnitCode
    round: int | None
    kind: str
    people: list[str]
    summary: str
    talked_on: date
    noted_by: str


class OpinionView(BaseModel):
    """A co-handler's opinion."""

    task_id: TaskId
    unit: UnitCode
    lead: UnitCode
    opinion: str
    days_late: int
    given_on: date
    given_by: str


class DraftView(BaseModel):
    """A version of a reply; its text is shown to the unit that writes it, and to no other."""

    task_id: TaskId
    unit: UnitCode
    round: int
    draft: int
    result_class: str
    drafted_on: date
    drafter: str
    approved_on: date | None
    approver: str | None
    text: str | None


class ReplyView(BaseModel):
    """A reply that went to this proposal's proposers."""

    reply_id: str
    task_id: TaskId
    unit: UnitCode
    round: int
    document_number: str
    result_class: str
    meaning: str
    summary: str
    reason: str | None
    handled_in: ProposalId
    without_opinions: list[UnitCode]
    without_opinions_because: str | None
    days_late: int
    rate_by: date
    issued_on: date
    issued_by: str


class RatingView(BaseModel):
    """What one proposer said of one reply."""

    reply_id: str
    proposer: str
    process: str
    result: str
    comment: str
    rated_on: date
    entered_by: str


class PromiseView(BaseModel):
    """What a reply promised, and whether it was found kept."""

    promise_id: str
    reply_id: str
    unit: UnitCode
    text: str
    due_on: date
    made_on: date
    kept_on: date | None
    evidence: str | None


class ProposalView(BaseModel):
    """Everything the reply room knows of one proposal; the long lists newest first, in pages."""

    proposal_id: ProposalId
    title: str | None
    proposers: list[Proposer]
    home: ProposalId
    group: list[ProposalId]
    tasks: list[TaskView]
    rounds: list[RoundView]
    contacts: list[ContactView]
    opinions: list[OpinionView]
    drafts: list[DraftView]
    replies: list[ReplyView]
    ratings: list[RatingView]
    promises: list[PromiseView]
