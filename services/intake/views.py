"""What intake shows of a proposal."""

from datetime import date

from pydantic import BaseModel

from shared.contracts.event import ProposalId
from shared.contracts.intake import Origin, ProposalKind, Proposer


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


class ProposalList(BaseModel):
    """A part of the list; ``next`` is what to give as ``after`` to see on."""

    proposals: list[ProposalLine]
    next: ProposalId | None


class GroupMember(BaseModel):
    """One of the proposals that are handled together."""

    proposal_id: ProposalId
    number: str
    title: str


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
    leader: str | None
    supervised_by: str | None
    group: list[GroupMember]
