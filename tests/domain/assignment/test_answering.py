"""A proposal is answered only when every unit that answers it has sent its reply."""

import pytest

from services.assignment.domain.answering import Answers, Round, answered
from shared.contracts.assignment import ProposalAnswered
from shared.contracts.event import TaskId
from tests.domain.assignment.office import EDUCATION, LONGHUA, MONDAY, OFFICE, PROPOSAL

A, B = TaskId("D09.1"), TaskId("C021.1")
BOTH = ((A, LONGHUA), (B, EDUCATION))
REPLY_OF_A, REPLY_OF_B = Round(A, 1, "D09.r1"), Round(B, 1, "C021.r1")
REDO_OF_A = Round(A, 2, None)


def told(*rounds: Round, before: bool = False) -> ProposalAnswered | None:
    return answered(Answers(PROPOSAL, BOTH, rounds, answered=before), by=OFFICE, on=MONDAY)


def test_with_the_last_reply_it_is_answered() -> None:
    event = told(REPLY_OF_A, REPLY_OF_B)

    assert event is not None
    assert (event.units, event.replies) == ((LONGHUA, EDUCATION), ("D09.r1", "C021.r1"))


@pytest.mark.parametrize(
    "rounds",
    [
        (),
        (REPLY_OF_A,),
        (REPLY_OF_A, REPLY_OF_B, REDO_OF_A),
        (REPLY_OF_A, Round(TaskId("D01.1"), 1, "D01.r1")),  # a unit that answers no more
    ],
)
def test_until_then_it_is_not(rounds: tuple[Round, ...]) -> None:
    assert told(*rounds) is None


def test_it_is_told_once() -> None:
    assert told(REPLY_OF_A, REPLY_OF_B, before=True) is None


def test_a_second_answer_closes_it_again() -> None:
    event = told(REPLY_OF_A, REPLY_OF_B, Round(A, 2, "D09.r2"))

    assert event is not None
    assert event.replies == ("D09.r1", "C021.r1", "D09.r2")


def test_where_nobody_answers_nothing_is_answered() -> None:
    assert answered(Answers(PROPOSAL, (), [REPLY_OF_A]), by=OFFICE, on=MONDAY) is None
