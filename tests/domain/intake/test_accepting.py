"""A proposal is filed under a number of its year: the one given, or the next free one."""

from dataclasses import replace

import pytest

from services.intake.domain.accepting import (
    SerialBook,
    Serials,
    YearRegister,
    accept_proposal,
    category_book,
    session_book,
)
from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import (
    AlreadyReviewed,
    NotOneMatter,
    NumberMalformed,
    NumberTaken,
    SerialPatternBroken,
    YearFull,
)
from shared.contracts.intake import ProposalAccepted
from tests.domain.intake.desk import BUS, COMMITTEE, DECLINED, FILED, MONDAY, RULES

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


def test_by_filing_it_the_committee_confirms_that_it_is_one_matter() -> None:
    assert accepted().one_matter

    with pytest.raises(NotOneMatter, match="请退回修改或者不予立案"):
        accept_proposal(
            BUS, number=None, register=REGISTER, one_matter=False, by=COMMITTEE, on=MONDAY
        )


def test_it_gets_the_serials_that_were_next_and_the_committee_s_category() -> None:
    event = accept_proposal(
        replace(BUS, session="七届四次", category="社会"),
        number=None,
        register=REGISTER,
        category="经济",
        serials=Serials("七届四次第0001号", "经济类001号"),
        by=COMMITTEE,
        on=MONDAY,
    )

    assert (event.category, event.session) == ("经济", "七届四次")
    assert (event.session_serial, event.category_serial) == ("七届四次第0001号", "经济类001号")


def test_sessions_years_between_them_and_categories_have_series_of_their_own() -> None:
    in_session = session_book(replace(BUS, session="七届四次"), rules=RULES)
    off_session = session_book(BUS, rules=RULES)
    category = category_book(BUS, category="社会", rules=RULES)

    assert in_session is not None
    assert off_session is not None
    assert category is not None
    books = (in_session, off_session, category)
    assert [book.name for book in books] == ["session/七届四次", "off/2024", "category/2024/社会"]
    assert [book.written(7) for book in books] == [
        "七届四次第0007号",
        "2024年平时第0007号",
        "社会类007号",
    ]


def test_without_a_series_or_a_category_there_is_no_serial() -> None:
    bare = RULES.model_copy(update={"series": {}})

    assert session_book(BUS, rules=bare) is None
    assert category_book(BUS, category="社会", rules=bare) is None
    assert category_book(BUS, category=None, rules=RULES) is None


@pytest.mark.parametrize("pattern", ["{place}第{n}号", "{n:04", "{n.x}", "{0}", "{n:x04q}"])
def test_a_pattern_that_cannot_be_filled_in_is_a_refusal(pattern: str) -> None:
    with pytest.raises(SerialPatternBroken):
        SerialBook("off/2024", pattern, (("year", 2024),)).written(1)
