"""The ledger's filters live in its address."""

import pytest

from services.portal.domain.ledger import (
    LONGEST_NAME,
    USUAL,
    Filters,
    UnknownChoice,
    ViewUnnamed,
    by_proposal,
    filter_says,
    filters_of,
    name_for_a_view,
)
from services.portal.domain.terms import asked_of, plain, terms_of

CHOSEN = Filters(year="2024", unit="D07", light="red", after="p-9")


def test_the_address_holds_what_is_chosen_and_nothing_else() -> None:
    assert CHOSEN.address == "/ledger?year=2024&unit=D07&light=red&after=p-9"
    assert Filters().address == "/ledger"


def test_dropping_a_filter_goes_back_to_the_first_page() -> None:
    assert CHOSEN.without("light").address == "/ledger?year=2024&unit=D07"


def test_turning_the_page_keeps_the_filters() -> None:
    assert CHOSEN.beyond(before="p-1").address == "/ledger?year=2024&unit=D07&light=red&before=p-1"
    assert CHOSEN.from_the_start.address == "/ledger?year=2024&unit=D07&light=red"


def test_another_order_begins_at_the_first_page() -> None:
    assert CHOSEN.ordered("oldest").address == ("/ledger?year=2024&unit=D07&light=red&order=oldest")


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
        Filters(order="biggest"),
        Filters(cols="number,secret"),
        Filters(timely="soon"),
        Filters(rating="great"),
        Filters(process="great"),
        Filters(merged="maybe"),
        Filters(result_class="A类以上"),
        Filters(handed="2024-13"),
        Filters(replied="二〇二四"),
    ],
)
def test_what_cannot_be_chosen_is_refused(filters: Filters) -> None:
    with pytest.raises(UnknownChoice, match=r"没有“.+”这一项"):
        filters.checked()


def test_what_can_be_chosen_is_not() -> None:
    assert CHOSEN.checked() == CHOSEN


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


def test_a_row_always_says_what_it_is_about() -> None:
    assert Filters().columns == USUAL
    assert Filters(cols="kind").checked().columns == ("number", "title", "kind")


def test_columns_are_written_in_one_way_only() -> None:
    assert Filters(cols="year,number,title").checked() == Filters(cols="title,year").checked()
    assert Filters(cols=",".join(reversed(USUAL))).checked() == Filters()


def test_a_saved_view_begins_at_its_first_page_and_drops_what_is_unknown() -> None:
    assert filters_of("year=2024&unit=D07&light=red&after=p-9&colour=blue") == (
        CHOSEN.from_the_start
    )


@pytest.mark.parametrize("name", ["", "  ", "名" * (LONGEST_NAME + 1)])
def test_a_view_needs_a_name_that_a_list_has_room_for(name: str) -> None:
    with pytest.raises(ViewUnnamed):
        name_for_a_view(name)


def test_a_views_name_is_tidied() -> None:
    assert name_for_a_view(" 龙华  红灯 ") == "龙华 红灯"


def test_a_text_is_found_by_pairs_and_its_heading_by_single_characters() -> None:
    assert terms_of(heading="装梯，ＡＩ".lower(), body="好的") == [
        *("装梯", "ａｉ", "好的"),
        *("装", "梯", "ａ", "ｉ"),
    ]
    assert terms_of(heading=plain("ＡＩ")) == ["ai", "a", "i"]


def test_a_number_is_found_whole() -> None:
    kept = terms_of(heading=plain("面向２０３５年"), body="投入12000万元、3项")

    for number in ("2035", "12000", "12"):
        assert set(asked_of(number)) <= set(kept), number
    assert asked_of("203") == ["203"]
    assert "203" not in kept, "the pairs in it stand in nearly every text"


def test_traditional_and_simplified_are_one() -> None:
    assert plain("關於加裝電梯的提案") == plain("关于加装电梯的提案")


def test_what_is_asked_is_found_in_what_is_kept() -> None:
    kept = terms_of(heading=plain("關於加裝電梯"), body=plain("社區巴士"))

    for word in ("电梯", "電梯", "梯", "加装电梯", "巴士"):
        assert set(asked_of(plain(word))) <= set(kept), word
    assert not set(asked_of("士")) <= set(kept), "single characters find headings only"
    assert asked_of("%") == []


@pytest.mark.parametrize(
    ("filters", "counts"),
    [
        (Filters(year="2024", unit="D07", light="red"), ""),
        (Filters(role="split"), "parts"),
        (Filters(timely="late", unit="D07"), "parts"),
        (Filters(result_class="A", role="split"), "replies"),
        (Filters(replied="2024-03"), "replies"),
        (Filters(rating="satisfied", result_class="A"), "forms"),
    ],
)
def test_what_is_counted_besides_is_the_narrowest_thing_spoken_of(
    filters: Filters, counts: str
) -> None:
    assert filters.counts_besides == counts


def test_a_filter_says_of_what_it_speaks() -> None:
    said = {
        name: filter_says(name, value, unit={"D07": "龙华区"}.__getitem__)
        for name, value in (
            ("district", "D07"), ("timely", "late"), ("result_class", "A"),
            ("rating", "satisfied"), ("process", "dissatisfied"), ("handed", "2024-03"),
        )
    }  # fmt: skip

    assert list(said.values()) == [
        "龙华区各单位", "答复和意见逾期提交", "答复A类", "对办理结果满意", "对办理过程不满意",
        "2024-03交办",
    ]  # fmt: skip
