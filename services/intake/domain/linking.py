"""Linking: two proposals have to do with one another and stay apart (关联)."""

from collections.abc import Collection
from datetime import date
from typing import Literal

from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import LinkedAlready, NotWithItself
from shared.contracts.event import Actor, ProposalId
from shared.contracts.intake import ProposalsLinked, SimilarJudged

Answer = Literal["merge", "link", "neither"]


def link_proposals(
    one: Proposal, other: Proposal, *, linked: Collection[ProposalId], why: str, by: Actor, on: date
) -> tuple[ProposalsLinked, ProposalsLinked]:
    """Told to both. An earlier year's may be linked as well: that is what look-backs begin with."""
    if one.proposal_id == other.proposal_id:
        raise NotWithItself
    if other.proposal_id in linked:
        raise LinkedAlready(one=one.called, other=other.called)
    return (
        ProposalsLinked(
            proposal_id=one.proposal_id, linked=other.proposal_id, why=why, by=by, on=on
        ),
        ProposalsLinked(
            proposal_id=other.proposal_id, linked=one.proposal_id, why=why, by=by, on=on
        ),
    )


def judge_similar(
    one: Proposal, other: Proposal, *, answer: Answer, score: float | None, by: Actor, on: date
) -> SimilarJudged:
    """Keep what the committee said of a candidate; merging and linking are acts of their own."""
    if one.proposal_id == other.proposal_id:
        raise NotWithItself
    return SimilarJudged(
        proposal_id=one.proposal_id,
        other=other.proposal_id,
        verdict=answer,
        score=score,
        by=by,
        on=on,
    )
