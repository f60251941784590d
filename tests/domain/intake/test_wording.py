"""A title is compared by what it is about, however it is framed and written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.wording import (
    canonical,
    grams,
    matter,
    other_words,
    pairs,
    plain,
    sought,
    terms_of,
)

CHINESE = st.text("关于加强推进老旧小区装电梯安全的提案建议，《》 ＡＢ１0电梯區", max_size=30)
SYNONYMS = (("既有住宅", "老旧小区", "老旧住宅"), ("电动自行车", "电动单车"))


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("关于加快推进老旧住宅加装电梯的建议", "老旧住宅加装电梯"),
        ("關於加裝電梯的提案", "加装电梯"),
        ("关于“四点半课堂”的几点建议", "四点半课堂"),
        ("切实加强监管，确保食品安全", "监管确保食品安全"),
        ("建议设立深港自由贸易区", "设立深港自由贸易区"),
        ("关于ＡＩ＋政务的提案", "ai政务"),
        ("维护海外华侨权益案", "维护海外华侨权益案"),
        ("关于推进落实工作的提案", "推进落实工作"),
        ("？？", "??"),
        ("", ""),
    ],
)
def test_what_a_title_is_about(title: str, about: str) -> None:
    assert matter(title) == about


@given(CHINESE)
def test_no_title_is_about_nothing_but_the_empty_one(title: str) -> None:
    assert bool(matter(title)) == bool(plain(title).strip())


@given(CHINESE)
def test_the_same_title_in_traditional_or_wide_characters_is_the_same(title: str) -> None:
    assert matter(plain(title)) == matter(title)


def test_pieces_are_characters_and_pairs_and_reach_over_no_blank() -> None:
    assert grams("加装 电梯") == ["加", "装", "加装", "电", "梯", "电梯"]
    assert pairs("加装电") == ["加装", "装电"]


@given(CHINESE, CHINESE)
def test_whatever_holds_a_word_has_its_terms(title: str, word: str) -> None:
    words, terms = sought(word)
    whole = f"{title}{word}"

    if words and " " not in words and words in plain(whole):
        assert set(terms) <= set(terms_of(title=whole))


@given(CHINESE)
def test_terms_hold_what_is_compared_and_what_is_written(title: str) -> None:
    found = set(terms_of("20240001", "王志毅", title=title))

    assert set(grams(matter(title))) <= found
    assert {"志毅", "20", "01"} <= found


@pytest.mark.parametrize(
    ("q", "words", "terms"),
    [
        ("电梯", "电梯", ["电梯"]),
        ("電", "电", ["电"]),
        ("50%绿", "50%绿", ["50", "0%", "%绿"]),
        (" 加装  电梯 ", "加装 电梯", ["加装", "电梯"]),
        ("%", "%", ["%"]),
    ],
)
def test_what_is_sought(q: str, words: str, terms: list[str]) -> None:
    assert sought(q) == (words, terms)


def test_words_that_mean_the_same_are_one() -> None:
    here = canonical("老旧小区电动单车", synonyms=SYNONYMS)

    assert here == canonical("既有住宅电动自行车", synonyms=SYNONYMS) == "既有住宅电动自行车"


def test_the_others_of_a_class_are_looked_for_too() -> None:
    assert set(other_words("老旧小区加装电梯", synonyms=SYNONYMS)) == {"既有住宅", "老旧住宅"}
    assert list(other_words("公交", synonyms=SYNONYMS)) == []
