"""Filed proposals of one year become a group; each keeps what it has."""

from dataclasses import replace

import pytest

from services.intake.domain.merging import Merging, merge_proposals
from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import (
    AlreadyMerged,
    MainNotMember,
    NotFiled,
    NotOfOneYear,
    TooFewToMerge,
)
from shared.contracts.event import ProposalId
from shared.contracts.intake import ProposalsMerged
from tests.domain.intake.desk import BUS, COMMITTEE, DECLINED, FILED, MONDAY

LIFT = replace(FILED, proposal_id=ProposalId("l"), number="20240021")
LIFTS = replace(FILED, proposal_id=ProposalId("k"), number="20240022")


def merged(*proposals: Proposal, main: Proposal) -> tuple[ProposalsMerged, ...]:
    merging = Merging(main.proposal_id, "均建议加装电梯")
    return merge_proposals(proposals, merging=merging, by=COMMITTEE, on=MONDAY)


def test_the_merge_is_told_to_each_member_the_main_one_first() -> None:
    events = merged(FILED, LIFT, LIFTS, main=LIFT)

    assert [event.proposal_id for event in events] == ["l", "b", "k"]
    assert all(event.members == ("l", "b", "k") for event in events)
    assert all(event.main == LIFT.proposal_id for event in events)
    assert all(event.why == "均建议加装电梯" for event in events)


def test_two_are_enough() -> None:
    assert len(merged(LIFT, LIFTS, main=LIFTS)) == 2


@pytest.mark.parametrize("proposals", [(LIFT,), (LIFT, LIFT)])
def test_one_is_not(proposals: tuple[Proposal, ...]) -> None:
    with pytest.raises(TooFewToMerge, match="现只有1件"):
        merged(*proposals, main=LIFT)


def test_the_main_proposal_is_a_member() -> None:
    with pytest.raises(MainNotMember):
        merged(LIFT, LIFTS, main=FILED)


@pytest.mark.parametrize("proposal", [BUS, DECLINED])
def test_only_filed_proposals_are_merged(proposal: Proposal) -> None:
    with pytest.raises(NotFiled, match="只有已立案的提案"):
        merged(LIFT, proposal, main=LIFT)


def test_a_proposal_belongs_to_one_group() -> None:
    grouped = replace(LIFTS, group=FILED.proposal_id)

    with pytest.raises(AlreadyMerged, match="第20240022号提案已经并案办理"):
        merged(LIFT, grouped, main=LIFT)


def test_the_head_of_a_group_is_in_it_too() -> None:
    head = replace(LIFT, group=LIFT.proposal_id)

    with pytest.raises(AlreadyMerged):
        merged(head, LIFTS, main=head)


def test_a_group_is_of_one_year() -> None:
    last_year = replace(LIFTS, year=2023, number="20230022")

    with pytest.raises(NotOfOneYear, match="第20230022号提案属于2023年，主提案属于2024年"):
        merged(LIFT, last_year, main=LIFT)
