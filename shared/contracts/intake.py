"""What intake tells: how a proposal comes in, and what the committee makes of it."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.event import (
    Due,
    Open,
    PersonId,
    ProposalEvent,
    ProposalId,
    UnitCode,
    Value,
    Word,
)


class ProposalKind(Word):
    """By how many hands a proposal is put: one member, several jointly, or a body."""

    SINGLE = "single"
    JOINT = "joint"
    COLLECTIVE = "collective"
    UNKNOWN = "unknown"


class ProposerType(Word):
    """Who puts a proposal; rules and windows may differ by it."""

    MEMBER = "member"  # 委员
    PARTY = "party"  # 党派
    BODY = "body"  # 人民团体
    COMMITTEE = "committee"  # 专委会
    SECTOR = "sector"  # 界别：in session only
    GROUP = "group"  # 委员小组：in session only
    UNKNOWN = "unknown"


class Origin(Word):
    """Whether a record is one that a source names, or was composed to show the system."""

    REAL = "real"
    COMPOSED = "composed"
    UNKNOWN = "unknown"


class Proposer(Value):
    """Someone who puts the proposal; the first one named is the first proposer (第一提案人)."""

    name: str
    person: PersonId | None = None


class Attachment(Value):
    """A file that goes with a proposal. Its content is kept by its digest (SHA-256), not told."""

    name: str
    kind: str
    size: int
    digest: str


class LeftOut(Value):
    """A joint proposer who was asked to sign and is not among the proposers, and why."""

    name: str
    person: PersonId | None = None
    why: Annotated[Literal["declined", "expired", "unknown"], Open()]


class JointSignatureAsked(ProposalEvent):
    """The first proposer asked others to sign a draft (邀请联名), until a moment on this clock."""

    title: str
    asked: tuple[Proposer, ...] = Field(min_length=1)
    until: datetime
    session: str | None = None


class JointSignatureGiven(ProposalEvent):
    """A joint proposer signed the draft, themselves (联名签署)."""

    signer: Proposer


class JointSignatureDeclined(ProposalEvent):
    """A joint proposer does not sign the draft (不同意联名)."""

    signer: Proposer
    why: str = ""


class ProposalSubmitted(ProposalEvent):
    """A proposal was handed in (提交).

    A collective one names its ``body``, and the convenor who signs for it or that it is sealed.
    ``left_out`` are those who were asked to sign and did not; ``review_group`` is the group of the
    committee that looks at it first.
    """

    year: int
    title: str
    text: str
    kind: ProposalKind
    proposers: tuple[Proposer, ...] = Field(min_length=1)
    category: str | None = None
    suggested_units: tuple[UnitCode, ...] = ()
    wants_publication: bool = True
    origin: Origin = Origin.REAL
    source: str | None = None
    put_by: ProposerType = ProposerType.MEMBER
    body: str | None = None
    session: str | None = None
    convenor: str | None = None
    sealed: bool = False
    attachments: tuple[Attachment, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    review_group: str | None = None


class ProposalCategorised(ProposalEvent):
    """The committee put it into a category, and so before the group that reviews it (归类)."""

    category: str
    review_group: str | None = None


class ReviewAdvised(ProposalEvent):
    """A group of the committee said what should become of it (小组初审意见)."""

    review_group: str
    advice: Annotated[Literal["accept", "decline", "turn", "send_back", "merge", "unknown"], Open()]
    why: str


class ProposalSentBack(ProposalEvent):
    """The committee gave it back to be revised (退回修改)."""

    why: str


class ProposalRevised(ProposalEvent):
    """It was handed in again, revised (修改后重新提交); told whole, as it now stands."""

    revision: int
    title: str
    text: str
    suggested_units: tuple[UnitCode, ...] = ()
    wants_publication: bool = True
    attachments: tuple[Attachment, ...] = ()
    proposers: tuple[Proposer, ...] = ()


class ProposalTurned(ProposalEvent):
    """It is no proposal but goes on as something else (转办), such as 社情民意."""

    into: str
    says: str
    why: str


class ProposalAccepted(ProposalEvent):
    """The committee filed it (立案) under a number: the year and four digits.

    By filing it the committee has found that it treats one matter. In its session and in its
    category it has a serial of its own.
    """

    number: str
    one_matter: bool = True
    category: str | None = None
    session: str | None = None
    session_serial: str | None = None
    category_serial: str | None = None


class ProposalDeclined(ProposalEvent):
    """The committee did not file it (不立案), for a coded reason."""

    reason_code: str
    reason: str


class ProposalsMerged(ProposalEvent):
    """Several filed proposals are handled as one group (并案); told once to each member.

    Each member keeps its number, proposers, text, and gets its own reply and rating. Whoever joins
    later is told of to all members once more. Until the end of ``object_by`` authors may object.
    """

    main: ProposalId
    members: tuple[ProposalId, ...]
    why: str
    after_hand_over: bool = False
    object_by: Due | None = None


class MergeObjected(ProposalEvent):
    """One of a member's authors does not want it merged (对并案提出异议)."""

    main: ProposalId
    why: str


class MergeObjectionRefused(ProposalEvent):
    """The committee heard the objection and leaves the proposals merged (异议不成立)."""

    main: ProposalId
    why: str


class MergeUndone(ProposalEvent):
    """A group, or this member's place in it, was undone (拆分); told once to each that leaves.

    ``members`` is the group as it was. The main one does not leave: alone, it is a group no more.
    After the hand-over the parting member is handled on its own by the units that handled the
    group; ``policy`` says whether their clocks start anew or stay as they are.
    """

    main: ProposalId
    members: tuple[ProposalId, ...]
    why: str
    after_hand_over: bool = False
    policy: Annotated[Literal["restart", "keep", "unknown"], Open()] = "restart"


class ProposalWithdrawn(ProposalEvent):
    """Its proposers took it back (撤案); whatever was under way for it ends."""

    why: str
    after_filing: bool = False


class ProposalsLinked(ProposalEvent):
    """Two proposals have to do with one another and stay apart (关联); told to both."""

    linked: ProposalId
    why: str


class SimilarJudged(ProposalEvent):
    """The committee said whether a candidate asks the same (并案、关联、不是)."""

    other: ProposalId
    verdict: Annotated[Literal["merge", "link", "neither", "unknown"], Open()]
    score: float | None = None


class ProposalDesignatedKey(ProposalEvent):
    """The committee made it a key proposal (重点提案), led by a leader."""

    leader: str
    supervised_by: UnitCode


class KeyDesignationTakenBack(ProposalEvent):
    """It is a key proposal no more (取消重点)."""

    why: str


class ArchivedReply(Value):
    """What an archived proposal was answered, as far as the archive knows."""

    unit: str
    code: UnitCode | None = None
    result_class: str | None = None
    says: str = ""
    summary: str = ""
    on: date | None = None


class ProposalArchived(ProposalEvent):
    """A proposal of an earlier year was taken into the archive (往年提案), closed, with its reply.

    Units stand there under the names that they bore; ``code`` is given where a name is known.
    """

    number: str
    year: int
    title: str
    text: str = ""
    proposers: tuple[Proposer, ...] = ()
    kind: ProposalKind = ProposalKind.SINGLE
    category: str | None = None
    session: str | None = None
    leads: tuple[str, ...] = ()
    co_handlers: tuple[str, ...] = ()
    replies: tuple[ArchivedReply, ...] = ()
    source: str
