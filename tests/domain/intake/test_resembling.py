"""Candidates come with a score and with the reason why, and people decide."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.measuring import Graded, measure
from services.intake.domain.resembling import (
    OPENING,
    Likeness,
    Shares,
    Title,
    most_alike,
    why_alike,
)
from services.intake.domain.wording import grams, matter, said_in
from services.intake.judged_pairs import PAIRS, judged_pairs, other_titles
from shared.contracts.event import ProposalId

PLACES = ("龙华", "罗湖")
RULES = Path(__file__).parents[3] / "services/registry/data/rules/shenzhen-2024/intake.json"
SYNONYMS = tuple(map(tuple, json.loads(RULES.read_text("utf-8"))["synonyms"]))
TITLES = st.text("加装电梯老旧小区食品安全龙华罗湖公交", min_size=1, max_size=15)


def title(text: str, *, id: str = "x", year: int = 2024) -> Title:
    return Title(ProposalId(id), text, year)


def alike(one: str, other: str, *, synonyms: tuple[tuple[str, ...], ...] = ()) -> Likeness:
    [found] = most_alike(
        one, [title(other)], shares=Shares(), synonyms=synonyms, places=PLACES, limit=1
    )
    return found


def test_the_reason_names_what_is_common_and_which_places_differ() -> None:
    found = alike("关于推进龙华老旧小区加装电梯的提案", "关于罗湖旧楼加装电梯工作的建议")

    assert "加装电梯" in found.common
    assert (found.places_here, found.places_there) == (("龙华",), ("罗湖",))
    assert why_alike(found) == "同有“加装电梯”；地点不同：龙华／罗湖；不同：老旧小区／旧楼"


def test_where_no_place_differs_it_names_the_words_that_do() -> None:
    found = alike("关于龙华食品安全的提案", "关于龙华交通安全的提案")

    assert why_alike(found) == "同有“龙华”、“安全”；不同：食品／交通"


def test_our_city_names_no_matter() -> None:
    found = alike("关于完善我市养老体系的建议", "关于完善我区养老体系的建议")

    assert (found.score, why_alike(found)) == (1.0, "同有“养老体系”")


def test_words_that_mean_the_same_are_named_as_they_are_written() -> None:
    homes = ("既有住宅", "老旧小区", "旧住宅")

    found = alike("老旧小区加装电梯", "旧住宅加装电梯", synonyms=(homes,))

    assert found.same_words == (("老旧小区", "旧住宅"),)
    assert why_alike(found) == "同有“老旧小区加装电梯”；“老旧小区”与“旧住宅”同义"


def test_what_only_one_title_says_and_the_others_text_says_too_is_a_second_reason() -> None:
    found = alike("关于小区电梯改造的提案", "关于小区物业收费的提案")

    one_way = why_alike(found, other_text="老楼没有電梯，居民要求进行电梯改造。")
    both_ways = why_alike(found, text="物业收费不透明。", other_text="电梯改造。")
    silent = why_alike(found, text="绿化不足。", other_text="绿化不足。")

    assert one_way == "同有“小区”；不同：电梯改造／物业收费；对方正文也写到“电梯改造”"
    assert both_ways == f"{one_way}；本件正文也写到“物业收费”"
    assert silent == "同有“小区”；不同：电梯改造／物业收费"


def test_a_reason_is_looked_for_in_the_opening_of_a_text_alone() -> None:
    found = alike("关于小区电梯改造的提案", "关于小区物业收费的提案")

    assert "正文" not in why_alike(found, other_text="一" * OPENING + "电梯改造")


@pytest.mark.parametrize(
    ("text", "piece", "said"),
    [
        ("加装电梯", "电梯", ("电梯",)),
        ("老人小孩下楼", "解决老人小孩下楼难", ("老人小孩下楼",)),
        ("老人多", "解决老人小孩", ()),
        ("", "电梯", ()),
    ],
)
def test_a_text_says_a_piece_whole_or_a_part_that_is_long_enough(
    text: str, piece: str, said: tuple[str, ...]
) -> None:
    assert said_in(text, [piece]) == said


def test_the_same_matter_is_wholly_alike() -> None:
    found = alike("关于加装电梯的提案", "關於加快加裝電梯的建議")

    assert found.score == 1.0
    assert why_alike(found) == "同有“加装电梯”"


def test_words_that_mean_the_same_count_as_the_same() -> None:
    synonyms = (("既有住宅", "老旧小区"),)

    plainly = alike("老旧小区加装电梯", "既有住宅加装电梯")
    knowing = alike("老旧小区加装电梯", "既有住宅加装电梯", synonyms=synonyms)

    assert plainly.score < knowing.score == 1.0


def test_what_shares_nothing_is_not_shown() -> None:
    found = most_alike("海洋牧场", [title("加装电梯")], shares=Shares(), synonyms=(), limit=5)

    assert found == []


def test_rare_pieces_weigh_more() -> None:
    common = Shares(1000, dict.fromkeys(grams("龙华加强"), 0.5))
    others = [title("龙华公园", id="place"), title("罗湖电梯", id="subject")]

    found = most_alike("龙华电梯", others, shares=common, synonyms=(), limit=2)

    assert [one.other.proposal_id for one in found] == ["subject", "place"]


def test_of_equals_the_newer_comes_first_and_no_more_than_were_asked_for() -> None:
    others = [title("加装电梯", id=str(year), year=year) for year in (2021, 2023, 2022)]

    found = most_alike("加装电梯", others, shares=Shares(), synonyms=(), limit=2)

    assert [one.other.year for one in found] == [2023, 2022]


@given(TITLES, TITLES)
def test_likeness_has_no_direction_and_stays_between_none_and_whole(one: str, other: str) -> None:
    there, back = (
        most_alike(a, [title(b)], shares=Shares(), synonyms=(), limit=1)
        for a, b in ((one, other), (other, one))
    )

    assert [likeness.score for likeness in there] == [likeness.score for likeness in back]
    assert all(0 < likeness.score <= 1.0001 for likeness in there)


@given(TITLES)
def test_everything_is_most_like_itself(text: str) -> None:
    [found] = most_alike(text, [title(text)], shares=Shares(), synonyms=(), limit=1)

    assert found.score == pytest.approx(1.0, abs=1e-3)


def test_measures_are_shares_of_what_people_said() -> None:
    a, b, c, d = (title(name, id=name) for name in "abcd")
    graded = [
        Graded(a, b, same=True, related=True),
        Graded(a, c, same=True, related=True),
        Graded(a, d, same=False, related=True),
        Graded(b, c, same=True, related=True),
    ]
    ranked = {
        a.proposal_id: [ProposalId(one) for one in "bdxyzc"],
        b.proposal_id: [ProposalId("a")],
    }
    scores = {
        (a.proposal_id, b.proposal_id): 0.9,
        (a.proposal_id, c.proposal_id): 0.2,
        (a.proposal_id, d.proposal_id): 0.5,
    }

    found = measure(graded, ranked=ranked, scores=scores, cut=0.5)

    assert (found.pairs, found.asked) == (4, 2)
    assert (found.hit_at_1, found.hit_at_5) == (0.5, 0.5)
    assert found.recall_at_10 == pytest.approx(2 / 3, abs=1e-3)
    assert (found.precision_at_cut, found.useful_at_cut) == (0.5, 1.0)
    assert found.recall_at_cut == pytest.approx(1 / 3, abs=1e-3)


def test_without_answers_there_is_nothing_to_measure() -> None:
    found = measure([], ranked={}, scores={}, cut=0.3)

    assert (found.pairs, found.hit_at_1, found.precision_at_cut) == (0, 0.0, 0.0)


def test_the_pairs_that_come_with_the_program_are_the_ones_that_were_judged() -> None:
    kept = Path(__file__).parent / "data" / "similar_pairs.csv"

    assert PAIRS.read_text("utf-8") == kept.read_text("utf-8")


def test_real_titles_that_people_would_merge_are_found() -> None:
    """The regression set: whoever changes the wording or the scores answers to it."""
    graded = judged_pairs()
    named = {one.proposal_id: one for pair in graded for one in (pair.one, pair.other)}
    titles = [*named.values(), *other_titles()]
    counts = Counter(gram for one in titles for gram in grams(matter(one.title)))
    shares = Shares(len(titles), {gram: n / len(titles) for gram, n in counts.items()})
    ranked: dict[ProposalId, list[ProposalId]] = {}
    scores: dict[tuple[ProposalId, ProposalId], float] = {}
    for one in named.values():
        found = most_alike(
            one.title,
            [other for other in titles if other is not one],
            shares=shares,
            synonyms=SYNONYMS,
            limit=len(titles),
        )
        ranked[one.proposal_id] = [likeness.other.proposal_id for likeness in found]
        scores |= {
            (one.proposal_id, likeness.other.proposal_id): likeness.score for likeness in found
        }

    measured = measure(graded, ranked=ranked, scores=scores, cut=0.3)

    assert measured.hit_at_1 == measured.hit_at_5 == measured.recall_at_10 == 1.0
    assert measured.recall_at_cut == measured.useful_at_cut == 1.0
    assert measured.precision_at_cut >= 0.75


def test_the_judged_pairs_are_whole() -> None:
    rows = list(csv.DictReader(PAIRS.read_text("utf-8").splitlines()))

    assert len(judged_pairs()) == 2 * len(rows) == 40
    assert sum(pair.same for pair in judged_pairs()) == 12
