"""What reply tells: contacts, opinions, replies, ratings and promises."""

from datetime import date

from shared.contracts.event import Due, ProposalEvent, ProposalId, TaskId, UnitCode, Word


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


class ReplyRated(ProposalEvent):
    """A proposer rated process and result, each on its own (评价)."""

    reply_id: str
    round: int
    proposer: str
    process: Rating
    result: Rating
    comment: str = ""


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


class PromiseKept(ProposalEvent):
    """A promise was found kept, with its evidence."""

    promise_id: str
    unit: UnitCode
    evidence: str
