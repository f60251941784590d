"""A filed proposal becomes a key one, once."""

from dataclasses import replace

import pytest

from services.intake.domain.designating import designate_key
from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import AlreadyKey, NotFiled
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
