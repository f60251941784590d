"""What intake tells: how a proposal comes in, and what the committee makes of it."""

from pydantic import Field

from shared.contracts.event import PersonId, ProposalEvent, ProposalId, UnitCode, Value, Word


class ProposalKind(Word):
    """By how many hands a proposal is put: one member, several jointly, or a body."""

    SINGLE = "single"
    JOINT = "joint"
    COLLECTIVE = "collective"
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


class ProposalDesignatedKey(ProposalEvent):
    """The committee made it a key proposal (重点提案), led by a leader."""

    leader: str
    supervised_by: UnitCode
