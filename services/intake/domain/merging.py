"""Merging: filed proposals that ask the same are handled as one group (并案).

Nobody loses anything by it: each member keeps its number, proposers and text, and gets a reply
and a rating of its own. Until the hand-over the committee merges and separates; afterwards units
are at work, and only the office that gave it to them does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import (
    AlreadyMerged,
    AnsweredAlready,
    MainNotHandedOver,
    MainNotMember,
    NotMerged,
    NotOfOneYear,
    OnlyCommitteeBeforeHandOver,
    OnlyOfficeAfterHandOver,
    TooFewToMerge,
)
from shared.contracts.event import Actor, Due, ProposalId
from shared.contracts.intake import ProposalsMerged
from shared.contracts.registry import Post


@dataclass(frozen=True, slots=True)
class Merging:
    """What is said of a merger: which proposal is the main one, why, and until when to object."""

    main: ProposalId
    why: str
    object_by: Due | None = None


def merge_proposals(
    proposals: Sequence[Proposal], *, merging: Merging, by: Actor, on: date
) -> tuple[ProposalsMerged, ...]:
    """The same fact once for each member: it happens to every one of them."""
    members = {proposal.proposal_id: proposal for proposal in proposals}
    if len(members) < 2:
        raise TooFewToMerge(count=len(members))
    if merging.main not in members:
        raise MainNotMember
    for proposal in members.values():
        _must_fit(proposal, main=members[merging.main])
    return _told(members, (), merging=merging, by=by, on=on)


def join_group(
    group: Sequence[Proposal], joining: Sequence[Proposal], *, merging: Merging, by: Actor, on: date
) -> tuple[ProposalsMerged, ...]:
    """More proposals join a group that stands; all its members are told of them."""
    members = {proposal.proposal_id: proposal for proposal in group}
    if merging.main not in members:
        raise NotMerged
    if not joining:
        raise TooFewToMerge(count=len(members))
    for proposal in joining:
        _must_fit(proposal, main=members[merging.main])
    joined = {proposal.proposal_id: proposal for proposal in joining}
    return _told(joined, tuple(members.values()), merging=merging, by=by, on=on)


def _told(
    members: dict[ProposalId, Proposal],
    before: Sequence[Proposal],
    *,
    merging: Merging,
    by: Actor,
    on: date,
) -> tuple[ProposalsMerged, ...]:
    everyone = {**{one.proposal_id: one for one in before}, **members}
    after_hand_over = must_be_merged_by(everyone.values(), by=by)
    if after_hand_over and not everyone[merging.main].handed_over:
        raise MainNotHandedOver(proposal=everyone[merging.main].called)
    for proposal in everyone.values():
        if proposal.answered:
            raise AnsweredAlready(proposal=proposal.called)
    ids = (merging.main, *sorted(everyone.keys() - {merging.main}))
    return tuple(
        ProposalsMerged(
            proposal_id=member,
            main=merging.main,
            members=ids,
            why=merging.why,
            after_hand_over=after_hand_over,
            object_by=merging.object_by,
            by=by,
            on=on,
        )
        for member in ids
    )


def must_be_merged_by(proposals: Iterable[Proposal], *, by: Actor) -> bool:
    """Whether one of them was handed over already, which decides who merges and separates.

    Raises:
        OnlyOfficeAfterHandOver: units are at work; the committee does not take it from them.
        OnlyCommitteeBeforeHandOver: nobody is at work yet; it is the committee's review still.
    """
    handed_over = next((one for one in proposals if one.handed_over), None)
    if handed_over is not None and by.post != Post.OFFICE:
        raise OnlyOfficeAfterHandOver(proposal=handed_over.called)
    if handed_over is None and by.post != Post.COMMITTEE:
        raise OnlyCommitteeBeforeHandOver
    return handed_over is not None


def _must_fit(proposal: Proposal, *, main: Proposal) -> None:
    proposal.must_be_filed()
    if proposal.group is not None:
        raise AlreadyMerged(proposal=proposal.called)
    if proposal.year != main.year:
        raise NotOfOneYear(proposal=proposal.called, year=proposal.year, main_year=main.year)
