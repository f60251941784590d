"""A proposal is taken back: before it is filed by its first proposer, then by the committee."""

from dataclasses import replace

import pytest

from services.intake.domain.proposal import Proposal, Review
from services.intake.domain.refusals import (
    AnsweredAlready,
    AskCommitteeToWithdraw,
    CannotWithdraw,
    MergedCannotWithdraw,
    NotYourProposal,
    OnlyFirstProposer,
)
from services.intake.domain.withdrawing import withdraw_proposal
from shared.contracts.event import Actor
from shared.contracts.intake import ProposalWithdrawn
from tests.domain.intake.desk import BUS, COMMITTEE, FILED, FOR_WANG, LI, MONDAY, WANG, WU


def withdrawn(proposal: Proposal, by: Actor) -> ProposalWithdrawn:
    return withdraw_proposal(proposal, why="已经解决", by=by, on=MONDAY)


@pytest.mark.parametrize("by", [WANG, FOR_WANG, COMMITTEE])
@pytest.mark.parametrize("proposal", [BUS, replace(BUS, state="sent_back")])
def test_before_it_is_filed_its_first_proposer_takes_it_back(proposal: Proposal, by: Actor) -> None:
    assert withdrawn(proposal, by) == ProposalWithdrawn(
        proposal_id=BUS.proposal_id, why="已经解决", by=by, on=MONDAY
    )


def test_not_the_second_one_and_nobody_else() -> None:
    with pytest.raises(OnlyFirstProposer, match="第一提案人王志毅"):
        withdrawn(BUS, WU)
    with pytest.raises(NotYourProposal):
        withdrawn(BUS, LI)


def test_once_it_is_filed_the_committee_does() -> None:
    assert withdrawn(FILED, COMMITTEE).after_filing
    with pytest.raises(AskCommitteeToWithdraw):
        withdrawn(FILED, WANG)


@pytest.mark.parametrize("state", ["declined", "turned", "withdrawn", "archived"])
def test_what_has_ended_otherwise_is_not_withdrawn(state: Review) -> None:
    for by in (WANG, COMMITTEE):
        with pytest.raises(CannotWithdraw):
            withdrawn(replace(BUS, state=state), by)


def test_what_is_merged_is_separated_first() -> None:
    with pytest.raises(MergedCannotWithdraw):
        withdrawn(replace(FILED, group=FILED.proposal_id), COMMITTEE)


def test_what_is_answered_stays() -> None:
    with pytest.raises(AnsweredAlready):
        withdrawn(replace(FILED, answered=True), COMMITTEE)
