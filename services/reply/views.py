"""What the reply room shows of proposals to those who may read it."""

from datetime import date

from pydantic import BaseModel, Json

from shared.contracts.event import ProposalId, TaskId, UnitCode
from shared.contracts.intake import Proposer
from shared.contracts.reply import Attachment, Paper


class TaskView(BaseModel):
    """A unit's part, as it was handed over."""

    task_id: TaskId
    unit: UnitCode
    role: str
    answer_by: date | None
    paused_on: date | None
    signed_on: date | None
    ended_on: date | None


class RoundView(BaseModel):
    """A reply that is owed, or was given; ``redo`` where a dissatisfied rating asked for it."""

    task_id: TaskId
    round: int
    answer_by: date | None
    redo: bool
    because: str
    issued_on: date | None


class ContactView(BaseModel):
    """When and how a unit talked with the proposers. A co-handler's contact has no round.

    A talk that somebody denies does not count.
    """

    contact_id: str
    task_id: TaskId
    unit: UnitCode
    round: int | None
    kind: str
    stage: str
    people: list[str]
    summary: str
    talked_on: date
    noted_by: str
    attachments: Json[list[Attachment]]
    confirmed_by: list[str]
    denied_by: list[str]


class OpinionView(BaseModel):
    """A co-handler's opinion."""

    letter_id: str
    task_id: TaskId
    unit: UnitCode
    lead: UnitCode
    document_number: str | None
    opinion: str
    contradicts: str | None
    days_late: int
    given_on: date
    given_by: str
    withdrawn_on: date | None
    withdrawn_why: str | None
    attachments: Json[list[Attachment]]
    paper: Json[Paper] | None


class OpinionDraftView(BaseModel):
    """A version of an opinion, for the unit that writes it."""

    task_id: TaskId
    draft: int
    text: str
    contradicts: str | None
    drafted_on: date
    drafter: str
    checked_on: date | None
    checker: str | None
    sent_back_on: date | None
    sent_back_by: str | None
    sent_back_why: str | None


class DisagreementView(BaseModel):
    """What a co-handler and the lead cannot agree on, how far up it has gone, how it ended."""

    disagreement_id: str
    task_id: TaskId
    unit: UnitCode
    lead: UnitCode
    about: str
    level: str
    opened_on: date
    raised_why: str | None
    settled_on: date | None
    outcome: str | None


class PointView(BaseModel):
    """A point of the proposal, and what the newest draft of each unit says to it."""

    position: int
    says: str


class DraftView(BaseModel):
    """A version of a reply; its text is shown to the unit that writes it, and to whom it asked."""

    task_id: TaskId
    unit: UnitCode
    round: int
    draft: int
    result_class: str
    drafted_on: date
    drafter: str
    approved_on: date | None
    approver: str | None
    endorsed_on: date | None
    endorser: str | None
    sent_back_on: date | None
    sent_back_by: str | None
    sent_back_why: str | None
    unanswered: list[str]
    text: str | None


class CountersignView(BaseModel):
    """Whom the lead asked to countersign which version, and the answer."""

    task_id: TaskId
    round: int
    draft: int
    unit: UnitCode
    state: str
    asked_on: date
    answered_on: date | None
    answered_by: str | None
    why: str | None
    paper: Json[Paper] | None


class ReplyView(BaseModel):
    """A reply that went to this proposal's proposers."""

    reply_id: str
    task_id: TaskId
    unit: UnitCode
    round: int
    document_number: str
    result_class: str
    class_before: str | None
    class_why: str | None
    meaning: str
    summary: str
    reason: str | None
    evidence: str | None
    handled_in: ProposalId
    without_opinions: list[UnitCode]
    without_opinions_because: str | None
    unanswered: list[str]
    unanswered_because: str | None
    days_late: int
    rate_by: date
    publish_by: date | None
    issued_on: date
    issued_by: str
    attachments: Json[list[Attachment]]
    paper: Json[Paper] | None
    accepted_on: date | None
    void_on: date | None
    void_why: str | None
    asked_on: date | None
    reminders: int
    closed_on: date | None
    silent: list[str]
    meeting_ordered_on: date | None
    meet_by: date | None
    met_on: date | None
    meeting_result: str | None
    meeting_outcome: str | None
    second_on: date | None
    second_number: str | None
    second_summary: str | None


class RatingView(BaseModel):
    """What one proposer said of one reply. The units that handle it see it after the closing."""

    reply_id: str
    proposer: str
    process: str
    result: str
    comment: str
    rated_on: date
    entered_by: str
    paper: Json[Paper] | None


class PublicationView(BaseModel):
    """How a letter stands in public."""

    letter_id: str
    kind: str
    unit: UnitCode
    sent_on: date
    proposed: str | None
    proposed_reason: str | None
    decided: str | None
    form: str
    decided_on: date | None
    decided_reason: str | None
    released_on: date | None
    title: str | None
    text: str | None
    withdrawn_on: date | None
    withdrawn_why: str | None
    void_on: date | None


class PromiseView(BaseModel):
    """What a reply promised, who keeps it now, and how it stands."""

    promise_id: str
    reply_id: str
    unit: UnitCode
    promised_by: UnitCode | None
    text: str
    owner: str
    shown_by: str
    due_on: date
    first_due_on: date | None
    made_on: date
    reported_on: date | None
    reported: str | None
    refused_why: str | None
    wanted_text: str | None
    wanted_due_on: date | None
    wanted_why: str | None
    changed_on: date | None
    kept_on: date | None
    evidence: str | None
    broken_on: date | None
    broken_why: str | None
    void_on: date | None


class NoteView(BaseModel):
    """How far a promise had come on a day."""

    promise_id: str
    progress: str
    noted_on: date
    noted_by: str


class ProposalView(BaseModel):
    """Everything the reply room knows of one proposal; the long lists newest first, in pages."""

    proposal_id: ProposalId
    title: str | None
    taken_back_on: date | None
    proposers: list[Proposer]
    home: ProposalId
    group: list[ProposalId]
    tasks: list[TaskView]
    points: list[PointView]
    points_stand: str
    rounds: list[RoundView]
    contacts: list[ContactView]
    opinions: list[OpinionView]
    opinion_drafts: list[OpinionDraftView]
    disagreements: list[DisagreementView]
    drafts: list[DraftView]
    countersigns: list[CountersignView]
    replies: list[ReplyView]
    ratings: list[RatingView]
    publications: list[PublicationView]
    promises: list[PromiseView]
    notes: list[NoteView]


class LetterView(BaseModel):
    """The words of a letter that went out."""

    letter_id: str
    unit: UnitCode
    kind: str
    text: str


class ChangedView(BaseModel):
    """A paragraph of a draft beside the version before."""

    what: str
    text: str


class AnswerView(BaseModel):
    """A point of the proposal and what a version of the reply answers; None where it does not."""

    point: str
    answer: str | None


class DraftChangesView(BaseModel):
    """A version of a reply, what changed since the one before, and its answers point by point."""

    draft: int
    since: int | None
    changes: list[ChangedView]
    points: list[AnswerView]


class MaskingView(BaseModel):
    """A part of a text that seems to be personal data."""

    start: int
    end: int
    kind: str
    text: str


class MaskedView(BaseModel):
    """The text that would be released, and what a person is asked to confirm in it."""

    letter_id: str
    form: str
    title: str
    text: str
    proposed: list[MaskingView]


class ProgressView(BaseModel):
    """How far a proposal has come, in the words that everybody reads."""

    proposal_id: ProposalId
    word: str
    says: str
    contacts: int
    replies: int
    promises: int
    kept: int


class LetterRow(BaseModel):
    """A reply in a list."""

    proposal_id: ProposalId
    title: str | None
    reply_id: str
    unit: UnitCode
    round: int
    document_number: str
    result_class: str
    issued_on: date
    days_late: int
    accepted_on: date | None
    void_on: date | None
    closed_on: date | None
    on_paper: bool


class DraftRow(BaseModel):
    """A draft that waits for somebody: a check, signatures, the district, or to be issued."""

    proposal_id: ProposalId
    title: str | None
    task_id: TaskId
    unit: UnitCode
    round: int
    draft: int
    result_class: str
    drafter: str
    drafted_on: date
    answer_by: date | None
    waits_for: str


class CountersignRow(BaseModel):
    """A draft that a co-handler was asked to put its name to."""

    proposal_id: ProposalId
    title: str | None
    task_id: TaskId
    lead: UnitCode
    round: int
    draft: int
    unit: UnitCode
    asked_on: date


class OpinionRow(BaseModel):
    """An opinion that the lead waits for, got late, or lost again."""

    proposal_id: ProposalId
    title: str | None
    task_id: TaskId
    unit: UnitCode
    lead: UnitCode | None
    state: str
    answer_by: date | None
    given_on: date | None
    days_late: int | None
    why: str | None


class DenialRow(BaseModel):
    """A talk that a proposer denies."""

    proposal_id: ProposalId
    title: str | None
    contact_id: str
    unit: UnitCode
    summary: str
    talked_on: date
    proposer: str
    says: str
    said_on: date


class DisagreementRow(DisagreementView):
    """An open disagreement in a list."""

    proposal_id: ProposalId
    title: str | None


class RateRow(BaseModel):
    """A reply whose rating is open: who is still silent, and whether they may be closed."""

    proposal_id: ProposalId
    title: str | None
    reply_id: str
    unit: UnitCode
    document_number: str
    issued_on: date
    rate_by: date
    asked_on: date | None
    reminders: int
    silent: list[str]


class MeetingRow(BaseModel):
    """A meeting that has to be held."""

    proposal_id: ProposalId
    title: str | None
    reply_id: str
    unit: UnitCode
    ordered_on: date
    meet_by: date | None


class DisclosureRow(BaseModel):
    """A letter on its way to the public, and what it waits for."""

    proposal_id: ProposalId
    title: str | None
    letter_id: str
    kind: str
    unit: UnitCode
    sent_on: date
    publish_by: date | None
    wished: bool
    proposed: str | None
    decided: str | None
    form: str
    waits_for: str


class PromiseRow(BaseModel):
    """A promise in a list."""

    proposal_id: ProposalId
    title: str | None
    promise_id: str
    unit: UnitCode
    text: str
    owner: str
    due_on: date
    state: str


class LookBackRow(BaseModel):
    """An item of a look-back."""

    proposal_id: ProposalId
    title: str | None
    look_back: str
    item: str
    kind: str
    unit: UnitCode
    seed: str
    found: str | None
    says: str | None
    found_on: date | None


class ConversionRow(BaseModel):
    """How many promises of a unit, year or category were kept."""

    of: str
    made: int
    kept: int
    broken: int
    open: int
    rate: float


class ConversionView(BaseModel):
    """The conversion rate, with the rule by which it counts."""

    rule: str
    rows: list[ConversionRow]
