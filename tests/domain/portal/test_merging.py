"""Two people write at once: each one's changes, and both where they cross."""

from hypothesis import given
from hypothesis import strategies as st

from services.portal.domain.merging import merged, merged_text

PARTS = st.lists(st.sampled_from("甲乙丙丁戊己"), max_size=8)
BASE = "一、现状。\n二、措施。\n三、安排。"


def test_changes_in_different_paragraphs_are_both_kept() -> None:
    found = merged_text(
        BASE,
        theirs="一、现状和问题。\n二、措施。\n三、安排。",
        mine="一、现状。\n二、措施。\n三、六月底前完成。",
    )

    assert found.whole == ("一、现状和问题。", "二、措施。", "三、六月底前完成。")
    assert found.crossed == ()


def test_where_both_changed_the_same_paragraph_both_stand_one_after_the_other() -> None:
    found = merged_text(
        BASE,
        theirs="一、现状。\n二、由区里出资。\n三、安排。",
        mine="一、现状。\n二、由市里出资。\n三、安排。",
    )

    assert found.whole == ("一、现状。", "二、由区里出资。", "二、由市里出资。", "三、安排。")
    assert found.crossed == ((("二、由区里出资。",), ("二、由市里出资。",)),)


def test_neighbouring_paragraphs_are_places_of_their_own() -> None:
    found = merged_text(
        BASE,
        theirs="一、现状。\n二、新措施。\n三、安排。",
        mine="一、现状。\n二、措施。\n三、新安排。",
    )

    assert found.whole == ("一、现状。", "二、新措施。", "三、新安排。")
    assert found.crossed == ()


def test_what_one_took_out_and_the_other_left_alone_is_gone() -> None:
    found = merged_text(BASE, theirs="一、现状。\n三、安排。", mine=BASE)

    assert found.whole == ("一、现状。", "三、安排。")


def test_the_same_change_by_both_is_one() -> None:
    changed = "一、现状。\n二、新措施。\n三、安排。"

    found = merged_text(BASE, theirs=changed, mine=changed)

    assert "\n".join(found.whole) == changed
    assert found.crossed == ()


@given(was=PARTS, now=PARTS)
def test_who_changed_alone_gets_their_own(was: list[str], now: list[str]) -> None:
    assert list(merged(was, theirs=now, mine=was).whole) == now
    assert list(merged(was, theirs=was, mine=now).whole) == now


@given(was=PARTS, theirs=PARTS, mine=PARTS)
def test_nothing_that_somebody_added_is_lost(
    was: list[str], theirs: list[str], mine: list[str]
) -> None:
    whole = merged(was, theirs=theirs, mine=mine).whole

    assert {*theirs, *mine} - {*was} <= {*whole}
