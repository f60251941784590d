"""A filed proposal becomes a key one, once."""

from dataclasses import replace

import pytest

from services.intake.domain.designating import designate_key, take_back_key
from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import AlreadyKey, NotFiled, NotKey
from shared.contracts.event import UnitCode
from shared.contracts.intake import ProposalDesignatedKey
from tests.domain.intake.desk import BUS, COMMITTEE, DECLINED, FILED, MONDAY


def designated(proposal: Proposal) -> ProposalDesignatedKey:
    return designate_key(
        proposal, leader="陈副市长", supervised_by=UnitCode("C004"), by=COMMITTEE, on=MONDAY
    )


def test_a_filed_proposal_becomes_key() -> None:
    assert designated(FILED) == ProposalDesignatedKey(
        proposal_id=FILED.proposal_id,
        leader="陈副市长",
        supervised_by=UnitCode("C004"),
        by=COMMITTEE,
        on=MONDAY,
    )


def test_once() -> None:
    with pytest.raises(AlreadyKey, match="第20240007号提案已经是重点提案"):
        designated(replace(FILED, key=True))


@pytest.mark.parametrize("proposal", [BUS, DECLINED])
def test_only_a_filed_proposal_becomes_key(proposal: Proposal) -> None:
    with pytest.raises(NotFiled):
        designated(proposal)


def test_it_may_be_key_no_more() -> None:
    event = take_back_key(replace(FILED, key=True), why="计划调整", by=COMMITTEE, on=MONDAY)

    assert (event.proposal_id, event.why) == (FILED.proposal_id, "计划调整")
    with pytest.raises(NotKey, match="第20240007号提案不是重点提案"):
        take_back_key(FILED, why="计划调整", by=COMMITTEE, on=MONDAY)
