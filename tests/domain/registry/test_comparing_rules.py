"""What differs between two editions is named number by number."""

from typing import Any

import pytest

from services.registry.domain.comparing_rules import Change, changes
from shared.contracts.event import Actor
from shared.contracts.registry import Number
from tests.domain.registry.standing import OPERATOR, RULES


def differing(**after: Any) -> list[Change]:
    return list(changes(RULES, RULES.model_copy(update=after)))


def test_nothing_differs_from_itself() -> None:
    assert differing() == []


def test_a_deadline_that_was_changed() -> None:
    longer = RULES.deadlines["sign"].model_copy(update={"count": 5})

    assert differing(deadlines={**RULES.deadlines, "sign": longer}) == [
        Change("deadlines.sign.count", "3", "5")
    ]


def test_a_source_that_was_found() -> None:
    found = RULES.near.model_copy(update={"source": "深圳市某办法"})

    assert differing(near=found) == [Change("near.source", None, "深圳市某办法")]


def test_what_is_new_comes_before_what_was_left_out() -> None:
    numbers = {"asks": Number(value=1, says="次数", source=None)}

    found = differing(numbers=numbers)

    gone = found[2:]
    assert [(one.at, one.before, one.after) for one in found[:2]] == [
        ("numbers.asks.value", None, "1"),
        ("numbers.asks.says", None, "次数"),
    ]
    assert {one.at.split(".", 1)[1].rpartition(".")[0] for one in gone} == RULES.numbers.keys()
    assert all(one.before is not None and one.after is None for one in gone)


@pytest.mark.parametrize(
    ("after", "at"),
    [
        ({"classes": RULES.classes[:-1]}, "classes.D.code"),
        ({"sessions": RULES.sessions[1:]}, "sessions.七届一次.session"),
        ({"ladders": {}}, "ladders.sign.1.rung"),
        ({"synonyms": (("电梯", "升降机"),)}, "synonyms.电梯"),
        ({"limits": {**RULES.limits, "title": 61}}, "limits.title"),
        ({"applies_to_running": True}, "applies_to_running"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_every_part_is_compared(after: dict[str, Any], at: str) -> None:
    assert at in [one.at for one in differing(**after)]


def test_the_order_of_a_list_is_no_difference() -> None:
    assert differing(return_reasons=RULES.return_reasons[::-1]) == []


@pytest.mark.parametrize("by", [OPERATOR, None])
def test_who_entered_it_is_no_difference(by: Actor | None) -> None:
    assert differing(by=by) == []
