"""A proposal is not filed for one of the reasons that the rule set names."""

import pytest

from services.intake.domain.declining import decline_proposal
from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import AlreadyReviewed, UnknownDeclineReason
from shared.contracts.intake import ProposalDeclined
from shared.contracts.registry import Reason
from tests.domain.intake.desk import BUS, COMMITTEE, DECLINED, FILED, MONDAY

REASONS = (
    Reason(code="personal", says="为本人或者亲属解决个人问题"),
    Reason(code="empty", says="内容空泛，没有具体建议"),
)


def declined(proposal: Proposal, reason_code: str) -> ProposalDeclined:
    return decline_proposal(
        proposal, reason_code=reason_code, reasons=REASONS, by=COMMITTEE, on=MONDAY
    )


def test_the_reason_is_told_in_the_words_of_the_rule_set() -> None:
    assert declined(BUS, "empty") == ProposalDeclined(
        proposal_id=BUS.proposal_id,
        reason_code="empty",
        reason="内容空泛，没有具体建议",
        by=COMMITTEE,
        on=MONDAY,
    )


def test_another_reason_is_none() -> None:
    with pytest.raises(UnknownDeclineReason, match="personal（为本人或者亲属解决个人问题）、empty"):
        declined(BUS, "boring")


@pytest.mark.parametrize("proposal", [FILED, DECLINED])
def test_a_proposal_is_reviewed_once(proposal: Proposal) -> None:
    with pytest.raises(AlreadyReviewed):
        declined(proposal, "empty")
