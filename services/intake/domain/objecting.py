"""Objecting: an author does not want their proposal merged; the committee answers (异议)."""

from collections.abc import Collection
from datetime import date

from services.intake.domain.proposal import Proposal, acting_for
from services.intake.domain.refusals import (
    NoObjection,
    NotMerged,
    ObjectedAlready,
    TooLateToObject,
)
from shared.contracts.event import Actor, PersonId
from shared.contracts.intake import MergeObjected, MergeObjectionRefused


def object_to_merge(
    proposal: Proposal, *, objected: Collection[PersonId], why: str, by: Actor, on: date
) -> MergeObjected:
    """One of its authors objects, once and inside the window; the merger stands meanwhile."""
    proposal.author(by)
    if proposal.group is None:
        raise NotMerged
    if proposal.object_by is not None and on > proposal.object_by:
        raise TooLateToObject(until=proposal.object_by)
    if acting_for(by) in objected:
        raise ObjectedAlready
    return MergeObjected(
        proposal_id=proposal.proposal_id, main=proposal.group, why=why, by=by, on=on
    )


def refuse_objection(
    proposal: Proposal, *, open_objections: int, why: str, by: Actor, on: date
) -> MergeObjectionRefused:
    """The proposals stay merged. To give in, the committee separates them."""
    if proposal.group is None:
        raise NotMerged
    if not open_objections:
        raise NoObjection
    return MergeObjectionRefused(
        proposal_id=proposal.proposal_id, main=proposal.group, why=why, by=by, on=on
    )
