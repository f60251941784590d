"""Designating: a filed proposal becomes a key one, led by a leader (重点提案)."""

from datetime import date

from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import AlreadyKey, NotKey
from shared.contracts.event import Actor, UnitCode
from shared.contracts.intake import KeyDesignationTakenBack, ProposalDesignatedKey


def designate_key(
    proposal: Proposal, *, leader: str, supervised_by: UnitCode, by: Actor, on: date
) -> ProposalDesignatedKey:
    proposal.must_be_filed()
    if proposal.key:
        raise AlreadyKey(proposal=proposal.called)
    return ProposalDesignatedKey(
        proposal_id=proposal.proposal_id,
        leader=leader,
        supervised_by=supervised_by,
        by=by,
        on=on,
    )


def take_back_key(proposal: Proposal, *, why: str, by: Actor, on: date) -> KeyDesignationTakenBack:
    """It is handled like any other from now on."""
    if not proposal.key:
        raise NotKey(proposal=proposal.called)
    return KeyDesignationTakenBack(proposal_id=proposal.proposal_id, why=why, by=by, on=on)
