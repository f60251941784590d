"""What reply tells: contacts, opinions, replies, ratings, disclosure and promises."""

from datetime import date
from typing import Annotated, Literal

from shared.contracts.event import (
    Due,
    Open,
    ProposalEvent,
    ProposalId,
    TaskId,
    UnitCode,
    Value,
    Word,
)

Level = Annotated[Literal["heads", "office", "leader", "unknown"], Open()]
Attribute = Annotated[Literal["open", "on_request", "closed", "unknown"], Open()]
Form = Annotated[Literal["full", "summary", "unknown"], Open()]


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


class Attachment(Value):
    """A paper that belongs to an act: its name, kind and size, and the digest of its bytes."""

    name: str
    kind: str
    size: int
    digest: str


class Paper(Value):
    """What was done on paper and is recorded here: who signed it, on which day, and its scan."""

    signed_by: str
    signed_on: date
    scan: Attachment


class ContactRecorded(ProposalEvent):
    """A unit talked with the proposer (沟通, 面商)."""

    task_id: TaskId
    unit: UnitCode
    kind: ContactKind
    people: tuple[str, ...]
    summary: str
    contact_id: str | None = None
    stage: Annotated[Literal["before", "during", "after", "unknown"], Open()] = "unknown"
    talked_on: date | None = None
    attachments: tuple[Attachment, ...] = ()


class ContactWaived(ProposalEvent):
    """The proposer says that no talk is needed before the reply (无需面商)."""

    task_id: TaskId
    unit: UnitCode
    proposer: str
    paper: Paper | None = None


class ContactConfirmed(ProposalEvent):
    """A proposer confirms that a recorded talk took place (属实)."""

    contact_id: str
    task_id: TaskId
    unit: UnitCode
    proposer: str
    paper: Paper | None = None


class ContactDenied(ProposalEvent):
    """A proposer says that a recorded talk did not take place (不属实); the claim is blocked."""

    contact_id: str
    task_id: TaskId
    unit: UnitCode
    proposer: str
    says: str
    paper: Paper | None = None


class OpinionDrafted(ProposalEvent):
    """A version of a co-handler's opinion was written (会办意见拟稿)."""

    task_id: TaskId
    unit: UnitCode
    draft: int


class OpinionChecked(ProposalEvent):
    """A second person of the co-handler checked the draft of its opinion (会办意见核稿)."""

    task_id: TaskId
    unit: UnitCode
    draft: int


class OpinionSentBack(ProposalEvent):
    """Whoever checks or issues a co-handler's opinion sent its draft back (会办意见退改)."""

    task_id: TaskId
    unit: UnitCode
    draft: int
    why: str


class OpinionGiven(ProposalEvent):
    """A co-handler gave the lead its opinion (会办意见). ``days_late`` counts working days."""

    task_id: TaskId
    unit: UnitCode
    lead: UnitCode
    opinion: str
    days_late: int = 0
    letter_id: str | None = None
    document_number: str | None = None
    contradicts: str | None = None
    attachments: tuple[Attachment, ...] = ()
    paper: Paper | None = None


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
    level: Level = "heads"


class DisagreementRaised(ProposalEvent):
    """It could not be settled where it was, and goes one level up (提级协商)."""

    disagreement_id: str
    task_id: TaskId
    unit: UnitCode
    lead: UnitCode
    level: Level
    why: str


class DisagreementSettled(ProposalEvent):
    """The units agree, or whoever they went up to has decided (分歧已协商一致)."""

    disagreement_id: str
    task_id: TaskId
    unit: UnitCode
    lead: UnitCode
    outcome: str


class PointsListed(ProposalEvent):
    """The points that the replies to a proposal must answer, in the answering unit's reading."""

    task_id: TaskId
    unit: UnitCode
    points: tuple[str, ...]


class ReplyDrafted(ProposalEvent):
    """A version of a reply was written (拟稿). ``unanswered`` are the points it passes over."""

    task_id: TaskId
    unit: UnitCode
    round: int
    draft: int
    result_class: str
    unanswered: tuple[str, ...] = ()


class ReplyApproved(ProposalEvent):
    """A second person approved the draft (审签)."""

    task_id: TaskId
    unit: UnitCode
    round: int
    draft: int


class DraftSentBack(ProposalEvent):
    """Whoever checks, endorses or issues a draft sent it back with a reason (退改)."""

    task_id: TaskId
    unit: UnitCode
    round: int
    draft: int
    why: str


class CountersignAsked(ProposalEvent):
    """The lead asked the co-handlers to countersign one draft (送会签)."""

    task_id: TaskId
    unit: UnitCode
    round: int
    draft: int
    asked: tuple[UnitCode, ...]


class ReplyCountersigned(ProposalEvent):
    """A co-handler countersigned the draft that it was asked about (会签)."""

    task_id: TaskId
    unit: UnitCode
    lead: UnitCode
    round: int
    draft: int
    paper: Paper | None = None


class CountersignRefused(ProposalEvent):
    """A co-handler sent the draft back (会签退回); the others' open requests ended with it."""

    task_id: TaskId
    unit: UnitCode
    lead: UnitCode
    round: int
    draft: int
    why: str
    ended: tuple[UnitCode, ...] = ()


class ReplyEndorsed(ProposalEvent):
    """The leaders of a district approved its reply (区级审定)."""

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
    evidence: str | None = None
    unanswered: tuple[str, ...] = ()
    unanswered_because: str | None = None
    attachments: tuple[Attachment, ...] = ()
    paper: Paper | None = None


class ReplyAccepted(ProposalEvent):
    """The office checked an issued reply and took it as it is (审核通过)."""

    reply_id: str
    unit: UnitCode


class ReplySentBack(ProposalEvent):
    """The office sent an issued reply back (审核退回): it is void, and what it promised with it.

    The unit answers again in the next round, which ``RedoOrdered`` opens.
    """

    reply_id: str
    task_id: TaskId
    unit: UnitCode
    round: int
    why: str
    promises: tuple[str, ...] = ()


class ClassChanged(ProposalEvent):
    """The office changed the class of an issued reply (调整办理结果类别)."""

    reply_id: str
    unit: UnitCode
    before: str
    result_class: str
    meaning: str
    why: str


class RatingAsked(ProposalEvent):
    """The committee asked the proposers to rate a reply, by a day (征询意见)."""

    reply_id: str
    round: int
    unit: UnitCode
    rate: Due


class RatingReminded(ProposalEvent):
    """The committee reminded those proposers who have not rated a reply yet (催评)."""

    reply_id: str
    round: int
    unit: UnitCode
    proposers: tuple[str, ...]


class ReplyRated(ProposalEvent):
    """A proposer rated process and result, each on its own (评价).

    With ``paper``, the committee entered what stands on a form that the proposer signed.
    """

    reply_id: str
    round: int
    proposer: str
    process: Rating
    result: Rating
    comment: str = ""
    paper: Paper | None = None


class RatingClosed(ProposalEvent):
    """The committee closed the asking for a reply's ratings (评价截止); the unit sees them now.

    ``unanswered`` proposers gave no answer: that is never a satisfied one.
    """

    reply_id: str
    round: int
    unit: UnitCode
    unanswered: tuple[str, ...] = ()


class RedoOrdered(ProposalEvent):
    """The next round opened, with a clock of its own (重新办理).

    Because a result was rated dissatisfied, or because the office sent the reply back.
    """

    reply_id: str
    task_id: TaskId
    unit: UnitCode
    round: int
    answer: Due
    because: Annotated[Literal["dissatisfied", "sent_back", "unknown"], Open()] = "dissatisfied"


class FaceToFaceOrdered(ProposalEvent):
    """The rounds are used up and a proposer is still not satisfied: they must meet (面商)."""

    reply_id: str
    task_id: TaskId
    unit: UnitCode
    round: int
    meet: Due | None = None


class FaceToFaceHeld(ProposalEvent):
    """Unit and proposers met face to face; what came of it ends the rounds (面商结果)."""

    reply_id: str
    task_id: TaskId
    unit: UnitCode
    round: int
    held_on: date
    people: tuple[str, ...]
    result: Annotated[Literal["agreed", "differs", "unknown"], Open()]
    outcome: str
    attachments: tuple[Attachment, ...] = ()


class MovedDate(Value):
    """A date of a reply that moved: of which clock, from which day, to which explained day.

    Of a redo, ``reply_id`` is the reply that would not do, and ``round`` the one that is owed.
    """

    reply_id: str
    task_id: TaskId
    unit: UnitCode
    clock: Annotated[Literal["rate", "publish", "redo", "meet", "unknown"], Open()]
    round: int
    before: date
    due: Due


class DatesMoved(ProposalEvent):
    """A new edition of the calendar moved open dates of replies; the old and new ones are told.

    Those of tasks are moved by ``DueDatesMoved``.
    """

    calendar: str
    moved: tuple[MovedDate, ...]


class PromiseMade(ProposalEvent):
    """A reply promised something by a day (承诺事项), with who sees to it and what will show it."""

    promise_id: str
    reply_id: str
    unit: UnitCode
    text: str
    due_on: date
    owner: str = ""
    shown_by: str = ""


class PromiseProgressed(ProposalEvent):
    """A unit says how far a promise has come (落实进展)."""

    promise_id: str
    unit: UnitCode
    progress: str


class PromiseReported(ProposalEvent):
    """A unit reports a promise as kept, with evidence (申报兑现); the office is to check it."""

    promise_id: str
    unit: UnitCode
    evidence: str
    attachments: tuple[Attachment, ...] = ()


class PromiseReportRefused(ProposalEvent):
    """The office checked a report and found the promise not kept yet (核实不通过)."""

    promise_id: str
    unit: UnitCode
    why: str


class PromiseChangeAsked(ProposalEvent):
    """The head of a unit asks to change a promise (申请变更承诺)."""

    promise_id: str
    unit: UnitCode
    text: str
    due_on: date
    why: str


class PromiseChangeRefused(ProposalEvent):
    """The office does not let a promise be changed (不同意变更承诺)."""

    promise_id: str
    unit: UnitCode
    why: str


class PromiseChanged(ProposalEvent):
    """A promise was changed with approval (变更承诺); the proposers are told by this event."""

    promise_id: str
    unit: UnitCode
    text: str
    due_on: date
    before_on: date
    why: str


class PromiseKept(ProposalEvent):
    """A promise was found kept, with its evidence."""

    promise_id: str
    unit: UnitCode
    evidence: str


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


class LookBackOpened(ProposalEvent):
    """A year's look-back takes up an open promise, or a reply that says all is done (回头看).

    ``item`` is a promise of class B, or a reply of class A that was drawn by lot with ``seed``.
    """

    look_back: str
    item: str
    kind: Annotated[Literal["promise", "reply", "unknown"], Open()]
    unit: UnitCode
    seed: str


class LookedBack(ProposalEvent):
    """The office looked at an item of a look-back and says how it stands (回头看结果)."""

    look_back: str
    item: str
    kind: Annotated[Literal["promise", "reply", "unknown"], Open()]
    unit: UnitCode
    found: Annotated[Literal["solved", "under_way", "not_solved", "unknown"], Open()]
    says: str


class SecondAnswerIssued(ProposalEvent):
    """What a reply had promised is solved, and its proposers are told so (再次答复，B转A)."""

    reply_id: str
    unit: UnitCode
    document_number: str
    result_class: str
    meaning: str
    summary: str


class PublicationProposed(ProposalEvent):
    """A unit proposes how its letter is published, with a coded reason if not openly (公开属性)."""

    reply_id: str
    unit: UnitCode
    attribute: Attribute
    reason_code: str | None = None
    reason: str | None = None


class PublicationDecided(ProposalEvent):
    """The office decided whether and how a letter is published (公开审定).

    ``attribute``: open, on request, or not. It is released only by ``ReplyReleased``.
    """

    reply_id: str
    unit: UnitCode
    attribute: Attribute
    form: Form = "full"
    reason: str | None = None


class ReplyReleased(ProposalEvent):
    """The text of a letter was released to the public, personal data masked (公开)."""

    reply_id: str
    unit: UnitCode
    kind: Annotated[Literal["reply", "opinion", "unknown"], Open()]
    form: Form
    title: str
    text: str


class ReleaseWithdrawn(ProposalEvent):
    """A released letter is public no more (撤回公开)."""

    reply_id: str
    unit: UnitCode
    why: str
