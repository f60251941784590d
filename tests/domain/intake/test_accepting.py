"""A proposal is filed under a number of its year: the one given, or the next free one."""

import pytest

from services.intake.domain.accepting import YearRegister, accept_proposal
from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import (
    AlreadyReviewed,
    NumberMalformed,
    NumberTaken,
    YearFull,
)
from shared.contracts.intake import ProposalAccepted
from tests.domain.intake.desk import BUS, COMMITTEE, DECLINED, FILED, MONDAY

REGISTER = YearRegister(2024, next_free=8, taken=frozenset({"20240007"}))


def accepted(
    proposal: Proposal = BUS, *, number: str | None = None, register: YearRegister = REGISTER
) -> ProposalAccepted:
    return accept_proposal(proposal, number=number, register=register, by=COMMITTEE, on=MONDAY)


def test_without_a_number_it_gets_the_next_free_one() -> None:
    assert accepted() == ProposalAccepted(
        proposal_id=BUS.proposal_id, number="20240008", by=COMMITTEE, on=MONDAY
    )


def test_it_may_be_given_a_number() -> None:
    assert accepted(number="20240498").number == "20240498"


@pytest.mark.parametrize("number", ["20240001", "20249999"])
def test_the_first_and_the_last_number_of_the_year_may_be_given(number: str) -> None:
    assert accepted(number=number).number == number


@pytest.mark.parametrize(
    "number",
    ["20240000", "20230498", "2024498", "202404980", "2024 498", "2024０498", "20240498\n"],
)
def test_a_number_is_the_year_and_four_digits(number: str) -> None:
    with pytest.raises(NumberMalformed, match="2024年的案号应为2024加四位数字"):
        accepted(number=number)


def test_a_number_is_given_once() -> None:
    with pytest.raises(NumberTaken, match="20240007"):
        accepted(number="20240007")


def test_the_year_s_last_number_is_allotted() -> None:
    assert accepted(register=YearRegister(2024, next_free=9999)).number == "20249999"


def test_after_it_the_year_is_full() -> None:
    with pytest.raises(YearFull):
        accepted(register=YearRegister(2024, next_free=10_000))


@pytest.mark.parametrize(
    ("proposal", "sentence"),
    [(FILED, "第20240007号提案已立案"), (DECLINED, "提案《关于我家门前的路》不予立案")],
)
def test_a_proposal_is_reviewed_once(proposal: Proposal, sentence: str) -> None:
    with pytest.raises(AlreadyReviewed, match=f"{sentence}，不能再次审查"):
        accepted(proposal)
