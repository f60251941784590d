"""Merging: filed proposals that ask the same are handled as one group (并案).

Nobody loses anything by it: each member keeps its number, proposers and text, and gets a reply
and a rating of its own.
"""

from collections.abc import Sequence
from datetime import date

from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import (
    AlreadyMerged,
    MainNotMember,
    NotOfOneYear,
    TooFewToMerge,
)
from shared.contracts.event import Actor, ProposalId
from shared.contracts.intake import ProposalsMerged


def merge_proposals(
    proposals: Sequence[Proposal], *, main: ProposalId, why: str, by: Actor, on: date
) -> tuple[ProposalsMerged, ...]:
    """The same fact once for each member: it happens to every one of them."""
    members = {proposal.proposal_id: proposal for proposal in proposals}
    if len(members) < 2:
        raise TooFewToMerge(count=len(members))
    if main not in members:
        raise MainNotMember
    for proposal in members.values():
        _must_fit(proposal, main=members[main])
    ids = (main, *sorted(members.keys() - {main}))
    return tuple(
        ProposalsMerged(proposal_id=member, main=main, members=ids, why=why, by=by, on=on)
        for member in ids
    )


def _must_fit(proposal: Proposal, *, main: Proposal) -> None:
    proposal.must_be_filed()
    if proposal.group is not None:
        raise AlreadyMerged(proposal=proposal.called)
    if proposal.year != main.year:
        raise NotOfOneYear(proposal=proposal.called, year=proposal.year, main_year=main.year)
