"""How far a proposal has come, in one word for everybody."""

from dataclasses import replace
from typing import Any

import pytest

from services.reply.domain.demands import chosen, number_of
from services.reply.domain.progress import SAYS, Standing, progress_of
from tests.domain.reply.longhua import RULES, with_rules

NEW = Standing(
    handed_over=False,
    talked=False,
    answered=False,
    rated=False,
    again=False,
    promises=0,
    open_promises=0,
)


@pytest.mark.parametrize(
    ("known", "word"),
    [
        ({}, "waiting"),
        ({"handed_over": True}, "handling"),
        ({"handed_over": True, "talked": True}, "talking"),
        ({"handed_over": True, "answered": True}, "answered"),
        ({"handed_over": True, "answered": True, "rated": True}, "rated"),
        ({"answered": True, "rated": True, "again": True}, "again"),
        ({"answered": True, "rated": True, "promises": 2, "open_promises": 1}, "keeping"),
        ({"answered": True, "rated": True, "promises": 2}, "kept"),
        ({"answered": True, "again": True, "taken_back": True}, "taken_back"),
    ],
)
def test_the_word_that_says_most(known: dict[str, Any], word: str) -> None:
    found = progress_of(replace(NEW, **known))

    assert found == word
    assert SAYS[found]


def test_a_special_choice_goes_before_the_general_one_and_silence_demands_nothing() -> None:
    rules = with_rules(policies={"points": "shown", "points:key": "answered"})

    assert chosen(rules, "points", kinds=("key", "joint")) == "answered"
    assert chosen(rules, "points", kinds=("joint",)) == "shown"
    assert chosen(RULES, "points", kinds=("key",), otherwise="shown") == "shown"
    assert chosen(RULES, "points") == ""


def test_a_number_that_the_rules_do_not_have_is_none() -> None:
    assert number_of(with_rules(numbers={"rounds.max": 2}), "rounds.max") == 2
    assert number_of(RULES, "rounds.max") is None
    assert number_of(RULES, "reply.persons", otherwise=2) == 2
