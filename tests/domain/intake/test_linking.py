"""Two proposals are linked and stay apart; what the committee says of a candidate is kept."""

from dataclasses import replace

import pytest

from services.intake.domain.linking import judge_similar, link_proposals
from services.intake.domain.refusals import LinkedAlready, NotWithItself
from tests.domain.intake.desk import BUS, COMMITTEE, DECLINED, FILED, MONDAY

OLD = replace(DECLINED, state="archived", year=2020, number="015")


def test_a_link_is_told_to_both() -> None:
    one, other = link_proposals(BUS, FILED, linked=(), why="同一地点", by=COMMITTEE, on=MONDAY)

    assert (one.proposal_id, one.linked) == ("a", "b")
    assert (other.proposal_id, other.linked) == ("b", "a")


def test_an_earlier_year_s_may_be_linked_too() -> None:
    assert link_proposals(FILED, OLD, linked=(), why="往年已答复", by=COMMITTEE, on=MONDAY)


def test_once_and_not_with_itself() -> None:
    with pytest.raises(LinkedAlready, match="第20240007号提案已经关联"):
        link_proposals(BUS, FILED, linked=("b",), why="像", by=COMMITTEE, on=MONDAY)  # type: ignore[arg-type]
    with pytest.raises(NotWithItself):
        link_proposals(BUS, BUS, linked=(), why="像", by=COMMITTEE, on=MONDAY)


def test_an_answer_is_kept_with_the_likeness_of_the_day() -> None:
    event = judge_similar(BUS, FILED, answer="neither", score=0.41, by=COMMITTEE, on=MONDAY)

    assert (event.other, event.verdict, event.score) == ("b", "neither", 0.41)
    with pytest.raises(NotWithItself):
        judge_similar(BUS, BUS, answer="merge", score=1.0, by=COMMITTEE, on=MONDAY)
