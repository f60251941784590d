"""The ledger's filters live in its address."""

import pytest

from services.portal.domain.ledger import Filters, UnknownChoice, by_proposal, filter_says
from services.portal.domain.terms import plain, terms_of

CHOSEN = Filters(year="2024", unit="D07", light="red", page=3)


def test_the_address_holds_what_is_chosen_and_nothing_else() -> None:
    assert CHOSEN.address == "/ledger?year=2024&unit=D07&light=red&page=3"
    assert Filters().address == "/ledger"


def test_dropping_a_filter_goes_back_to_the_first_page() -> None:
    assert CHOSEN.without("light").address == "/ledger?year=2024&unit=D07"


def test_turning_the_page_keeps_the_filters() -> None:
    assert CHOSEN.on_page(1).address == "/ledger?year=2024&unit=D07&light=red"


def test_words_that_are_searched_for_are_escaped() -> None:
    assert Filters(q="电梯 & 加装").address == (
        "/ledger?q=%E7%94%B5%E6%A2%AF+%26+%E5%8A%A0%E8%A3%85"
    )


@pytest.mark.parametrize(
    "filters",
    [
        Filters(light="blue"),
        Filters(state="lost"),
        Filters(role="boss"),
        Filters(kind="none"),
        Filters(key="maybe"),
        Filters(origin="invented"),
        Filters(year="20244"),
        Filters(year="二零二四"),
    ],
)
def test_what_cannot_be_chosen_is_refused(filters: Filters) -> None:
    with pytest.raises(UnknownChoice, match=r"没有“.+”这一项"):
        filters.checked()


def test_what_can_be_chosen_is_not() -> None:
    assert CHOSEN.checked() is CHOSEN


def test_a_filter_is_read_out_for_people() -> None:
    def said(name: str, value: str) -> str:
        return filter_says(name, value, unit={"D07": "龙华区"}.__getitem__)

    assert said("unit", "D07") == "龙华区"
    assert said("light", "red") == "已逾期"
    assert said("q", "电梯") == "含“电梯”"
    assert said("category", "经济") == "经济"
    assert said("year", "2024") == "2024年"


def test_rows_are_sorted_by_their_proposal() -> None:
    first, second = {"proposal_id": "p-1"}, {"proposal_id": "p-2"}

    assert by_proposal([first, second, first]) == {"p-1": [first, first], "p-2": [second]}


def test_terms_are_pairs_of_neighbours_within_a_word() -> None:
    assert terms_of(plain("加装电梯，ＡＩ")) == ["加装", "装电", "电梯", "ai"]
    assert terms_of("梯") == []
