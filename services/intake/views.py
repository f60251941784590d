"""What intake shows: proposals, drafts, similar cases, lists on their way in."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel

from shared.contracts.event import ProposalId
from shared.contracts.intake import Attachment, Origin, ProposalKind, Proposer, ProposerType


class ProposalLine(BaseModel):
    """A proposal in a list. ``main`` is the main proposal of its group, if it was merged."""

    proposal_id: ProposalId
    number: str | None
    year: int
    title: str
    kind: ProposalKind
    proposers: list[Proposer]
    category: str | None
    state: str
    key: bool
    main: ProposalId | None
    origin: Origin
    submitted_on: date
    session: str | None
    review_group: str | None
    handed_over: bool
    answered: bool


class ProposalList(BaseModel):
    """A part of the list; ``next`` is what to give as ``after`` to see on."""

    proposals: list[ProposalLine]
    next: ProposalId | None


class GroupMember(BaseModel):
    """One of the proposals that are handled together."""

    proposal_id: ProposalId
    number: str
    title: str


class LinkView(BaseModel):
    """A proposal that has to do with this one."""

    proposal_id: ProposalId
    number: str | None
    year: int
    title: str
    why: str
    linked_on: date


class ObjectionView(BaseModel):
    """An author's objection to the merger, and what the committee answered."""

    name: str
    why: str
    objected_on: date
    refused_on: date | None
    refused_because: str | None


class AdviceView(BaseModel):
    """What a group of the committee said."""

    review_group: str
    advice: str
    why: str
    by_name: str
    given_on: date


class EarlierReply(BaseModel):
    """What a proposal was answered."""

    unit: str
    result_class: str | None
    says: str | None
    summary: str | None
    issued_on: date | None


class ProposalView(ProposalLine):
    """A proposal, whole."""

    text: str
    suggested_units: list[str]
    wants_publication: bool
    source: str | None
    reviewed_on: date | None
    reason_code: str | None
    reason: str | None
    merged_on: date | None
    merged_because: str | None
    object_by: date | None
    leader: str | None
    supervised_by: str | None
    put_by: ProposerType
    body: str | None
    convenor: str | None
    sealed: bool
    session_serial: str | None
    category_serial: str | None
    attachments: list[Attachment]
    revision: int
    sent_back_on: date | None
    sent_back_because: str | None
    turned_into: str | None
    ended_on: date | None
    ended_because: str | None
    leads: list[str]
    co_handlers: list[str]
    group: list[GroupMember]
    links: list[LinkView]
    objections: list[ObjectionView]
    advice: list[AdviceView]
    replies: list[EarlierReply]


class SignatureView(BaseModel):
    """A request to sign a draft, and what came of it."""

    person: str
    name: str
    until: datetime
    answer: Literal["signed", "declined"] | None
    why: str | None
    answered_on: date | None
    wording_changed: bool


class DraftLine(BaseModel):
    """A draft in a list; ``until`` is when the request to sign it ends."""

    draft_id: ProposalId
    owner_name: str
    version: int
    title: str
    kind: ProposalKind
    saved_on: date
    until: datetime | None = None


class DraftList(BaseModel):
    """A part of the list."""

    drafts: list[DraftLine]
    next: ProposalId | None


class DraftView(BaseModel):
    """A draft, whole."""

    draft_id: ProposalId
    owner: str
    owner_name: str
    version: int
    saved_on: date
    title: str
    text: str
    kind: ProposalKind
    put_by: ProposerType
    body: str | None
    convenor: str | None
    sealed: bool
    joint: list[Proposer]
    category: str | None
    suggested_units: list[str]
    wants_publication: bool
    attachments: list[Attachment]
    signatures: list[SignatureView]


class SimilarCase(BaseModel):
    """A proposal that may ask the same, and why one should think so."""

    proposal_id: ProposalId
    number: str | None
    year: int
    session: str | None
    title: str
    state: str
    main: ProposalId | None
    same_year: bool
    score: float
    why: str
    common: list[str]
    grams: list[str]
    only_here: list[str]
    only_there: list[str]
    places_here: list[str]
    places_there: list[str]
    same_words: list[tuple[str, str]]
    units: list[str]
    replies: list[EarlierReply]
    answer: str | None


class SimilarCases(BaseModel):
    """Candidates, those of the same year first. The system proposes; a person decides."""

    cases: list[SimilarCase]


class Measured(BaseModel):
    """How well the suggestions do on pairs that people have judged."""

    of: str
    pairs: int
    asked: int
    hit_at_1: float
    hit_at_5: float
    recall_at_10: float
    precision_at_cut: float
    useful_at_cut: float
    recall_at_cut: float


class Evaluation(BaseModel):
    """The measure on the pairs that come with the program, and on the answers kept here."""

    cut: float
    wording: int
    measured: list[Measured]


class FindingView(BaseModel):
    """What is to be said of a row."""

    row: int
    column: str
    level: Literal["fault", "hint"]
    code: str
    says: str


class ImportView(BaseModel):
    """How far a list is. ``done`` counts the rows taken over while it is being confirmed."""

    import_id: str
    kind: Literal["hand_over", "archive"]
    file_name: str
    digest: str
    total: int
    checked: int
    done: int
    faults: int
    hints: int
    notes: list[str]
    confirmed_on: date | None
    findings: list[FindingView]
    next_row: int | None


class HandOverItem(BaseModel):
    """A row as the assignment service takes it."""

    proposal_id: ProposalId
    lead: str | None
    split: list[str]
    co_handlers: list[str]
    reference: list[str]


class HandOverList(BaseModel):
    """The list as it can be handed over, as soon as it was taken over here."""

    items: list[HandOverItem]
