"""Turning: what is no proposal goes on as something else, such as 社情民意 (转办)."""

from collections.abc import Sequence
from datetime import date

from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import UnknownTurn
from shared.contracts.event import Actor
from shared.contracts.intake import ProposalTurned
from shared.contracts.registry import Reason


def turn_proposal(
    proposal: Proposal, *, into: str, ways: Sequence[Reason], why: str, by: Actor, on: date
) -> ProposalTurned:
    """End its review by passing it on in one of the ways of the rule set."""
    proposal.must_be_undecided()
    for way in ways:
        if way.code == into:
            return ProposalTurned(
                proposal_id=proposal.proposal_id, into=into, says=way.says, why=why, by=by, on=on
            )
    raise UnknownTurn(into=into, known="、".join(f"{way.code}（{way.says}）" for way in ways))
