"""What intake tells: how a proposal comes in, and what the committee makes of it."""

from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.event import (
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


class ProposalSubmitted(ProposalEvent):
    """A proposal was handed in (提交)."""

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


class ProposalAccepted(ProposalEvent):
    """The committee filed it (立案) under a number: the year and four digits."""

    number: str


class ProposalDeclined(ProposalEvent):
    """The committee did not file it (不立案), for a coded reason."""

    reason_code: str
    reason: str


class ProposalsMerged(ProposalEvent):
    """Several filed proposals are handled as one group (并案); told once to each member.

    Each member keeps its number, proposers, text, and gets its own reply and rating.
    """

    main: ProposalId
    members: tuple[ProposalId, ...]
    why: str
    after_hand_over: bool = False


class MergeUndone(ProposalEvent):
    """A group, or this member's place in it, was undone (拆分); told once to each that leaves.

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


class ProposalDesignatedKey(ProposalEvent):
    """The committee made it a key proposal (重点提案), led by a leader."""

    leader: str
    supervised_by: UnitCode
