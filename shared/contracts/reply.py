"""What reply tells: contacts, opinions, replies, ratings and promises."""

from datetime import date
from typing import Annotated, Literal

from shared.contracts.event import Due, Open, ProposalEvent, ProposalId, TaskId, UnitCode, Word


class ContactKind(Word):
    """How the unit and the proposer talked."""

    VISIT = "visit"
    CALL = "call"
    MEETING = "meeting"
    LETTER = "letter"
    MESSAGE = "message"
    UNKNOWN = "unknown"


class Rating(Word):
    """What a proposer says of the work or of its result."""

    SATISFIED = "satisfied"
    BASICALLY = "basically"
    DISSATISFIED = "dissatisfied"
    UNKNOWN = "unknown"


class ContactRecorded(ProposalEvent):
    """A unit talked with the proposer (沟通, 面商)."""

    task_id: TaskId
    unit: UnitCode
    kind: ContactKind
    people: tuple[str, ...]
    summary: str
    contact_id: str | None = None
    stage: Annotated[Literal["before", "during", "after", "unknown"], Open()] = "unknown"


class ContactWaived(ProposalEvent):
    """The proposer says that no talk is needed before the reply (无需面商)."""

    task_id: TaskId
    unit: UnitCode
    proposer: str


class ContactConfirmed(ProposalEvent):
    """A proposer confirms that a recorded talk took place (属实)."""

    contact_id: str
    task_id: TaskId
    unit: UnitCode
    proposer: str


class ContactDenied(ProposalEvent):
    """A proposer says that a recorded talk did not take place (不属实); the claim is blocked."""

    contact_id: str
    task_id: TaskId
    unit: UnitCode
    proposer: str
    says: str


class OpinionWithdrawn(ProposalEvent):
    """A co-handler took its opinion back; it owes one again, by the same date (撤回会办意见)."""

    task_id: TaskId
    unit: UnitCode
    why: str


class DisagreementOpened(ProposalEvent):
    """A co-handler's opinion contradicts the lead's plan (意见分歧); the heads must settle it."""

    disagreement_id: str
    task_id: TaskId
    unit: UnitCode
    lead: UnitCode
    about: str
    level: Annotated[Literal["heads", "office", "leader", "unknown"], Open()] = "heads"


class DisagreementRaised(ProposalEvent):
    """It could not be settled where it was, and goes one level up (提级协商)."""

    disagreement_id: str
    task_id: TaskId
    unit: UnitCode
    lead: UnitCode
    level: Annotated[Literal["heads", "office", "leader", "unknown"], Open()]
    why: str


class DisagreementSettled(ProposalEvent):
    """The units agree, or whoever they went up to has decided (分歧已协商一致)."""

    disagreement_id: str
    task_id: TaskId
    unit: UnitCode
    lead: UnitCode
    outcome: str


class OpinionGiven(ProposalEvent):
    """A co-handler gave the lead its opinion (会办意见). ``days_late`` counts working days."""

    task_id: TaskId
    unit: UnitCode
    lead: UnitCode
    opinion: str
    days_late: int = 0


class ReplyDrafted(ProposalEvent):
    """A version of a reply was written (拟稿)."""

    task_id: TaskId
    unit: UnitCode
    round: int
    draft: int
    result_class: str


class ReplyApproved(ProposalEvent):
    """A second person approved the draft (审签)."""

    task_id: TaskId
    unit: UnitCode
    round: int
    draft: int


class ReplyIssued(ProposalEvent):
    """A reply went to the proposers (答复). In a merged group each proposal gets one of its own.

    ``handled_in`` names the main proposal of the group in which it was handled.
    ``days_late`` counts working days after the due date; 0 is in time.
    """

    reply_id: str
    task_id: TaskId
    unit: UnitCode
    round: int
    document_number: str
    result_class: str
    meaning: str
    summary: str
    reason: str | None = None
    handled_in: ProposalId
    without_opinions: tuple[UnitCode, ...] = ()
    without_opinions_because: str | None = None
    days_late: int = 0
    rate: Due
    publish: Due | None = None


class ReplyRated(ProposalEvent):
    """A proposer rated process and result, each on its own (评价)."""

    reply_id: str
    round: int
    proposer: str
    process: Rating
    result: Rating
    comment: str = ""


class RatingClosed(ProposalEvent):
    """The committee closed the asking for a reply's ratings (评价截止); the unit sees them now.

    ``unanswered`` proposers gave no answer: that is never a satisfied one.
    """

    reply_id: str
    round: int
    unit: UnitCode
    unanswered: tuple[str, ...] = ()


class RedoOrdered(ProposalEvent):
    """A dissatisfied rating opened the next round, with a clock of its own (重新办理)."""

    reply_id: str
    task_id: TaskId
    unit: UnitCode
    round: int
    answer: Due


class PromiseMade(ProposalEvent):
    """A reply promised something by a day (承诺事项)."""

    promise_id: str
    reply_id: str
    unit: UnitCode
    text: str
    due_on: date


class PromiseChanged(ProposalEvent):
    """A promise was changed with approval (变更承诺); the proposers are told by this event."""

    promise_id: str
    unit: UnitCode
    text: str
    due_on: date
    before_on: date
    why: str


class PromiseBroken(ProposalEvent):
    """The office found that a promise was not kept and will not be (未兑现)."""

    promise_id: str
    unit: UnitCode
    why: str


class PromiseInherited(ProposalEvent):
    """A promise went to the unit that took over the work of the one that made it (承接)."""

    promise_id: str
    unit: UnitCode
    before: UnitCode
    why: str


class PublicationDecided(ProposalEvent):
    """The office decided whether and how a letter is published (公开审定).

    ``attribute``: open, on request, or not. It is released only by ``ReplyReleased``.
    """

    reply_id: str
    unit: UnitCode
    attribute: Annotated[Literal["open", "on_request", "closed", "unknown"], Open()]
    form: Annotated[Literal["full", "summary", "unknown"], Open()] = "full"
    reason: str | None = None


class ReplyReleased(ProposalEvent):
    """The text of a letter was released to the public, personal data masked (公开)."""

    reply_id: str
    unit: UnitCode
    kind: Annotated[Literal["reply", "opinion", "unknown"], Open()]
    form: Annotated[Literal["full", "summary", "unknown"], Open()]
    title: str
    text: str


class ReleaseWithdrawn(ProposalEvent):
    """A released letter is public no more (撤回公开)."""

    reply_id: str
    unit: UnitCode
    why: str


class PromiseKept(ProposalEvent):
    """A promise was found kept, with its evidence."""

    promise_id: str
    unit: UnitCode
    evidence: str
