"""What heads cannot settle goes to the office, and from there to a leader; no further."""

from dataclasses import replace
from typing import Any

import pytest

from services.reply.domain.disagreeing import raise_disagreement, settle_disagreement
from services.reply.domain.handling import Disagreement, Handling
from services.reply.domain.refusals import (
    CannotGoHigher,
    NotAtYourLevel,
    NotYourDisagreement,
    UnknownDisagreement,
)
from shared.contracts.event import Actor
from tests.domain.reply.longhua import (
    CO_HANDLER,
    FUTIAN,
    FUTIAN_TASK,
    INDUSTRY,
    LEAD,
    LEADER,
    LIN,
    LONGHUA,
    MONDAY,
    OFFICE,
    RULES,
    WEI,
    WU,
    handled_by,
    person,
)

OPEN = Disagreement("D01.1.d1", FUTIAN_TASK, FUTIAN, LONGHUA)


def disagreeing(level: Any = "heads") -> Handling:
    return replace(handled_by(LEAD, CO_HANDLER), disagreements=(replace(OPEN, level=level),))


def rise(handling: Handling, by: Actor, *, which: str = "D01.1.d1") -> str:
    return raise_disagreement(
        handling, disagreement_id=which, why="协商不成", by=by, on=MONDAY, rules=RULES
    ).level


def settle(handling: Handling, by: Actor) -> str:
    return settle_disagreement(
        handling, disagreement_id="D01.1.d1", outcome="另选址", by=by, on=MONDAY, rules=RULES
    ).outcome


@pytest.mark.parametrize(
    ("level", "by", "above"),
    [("heads", WEI, "office"), ("heads", LIN, "office"), ("office", OFFICE, "leader")],
)
def test_it_goes_one_level_up_by_whom_it_is_with(level: str, by: Actor, above: str) -> None:
    assert rise(disagreeing(level), by) == above


def test_a_leader_is_the_highest() -> None:
    with pytest.raises(CannotGoHigher, match="不能再提级"):
        rise(disagreeing("leader"), LEADER)


@pytest.mark.parametrize(("level", "by"), [("heads", WEI), ("office", OFFICE), ("leader", LEADER)])
def test_it_is_settled_by_whom_it_is_with(level: str, by: Actor) -> None:
    assert settle(disagreeing(level), by) == "另选址"


@pytest.mark.parametrize(
    ("level", "by"),
    [
        ("heads", OFFICE),
        ("heads", WU),
        ("office", WEI),
        ("office", LEADER),
        ("leader", OFFICE),
        ("unknown", LEADER),
    ],
)
def test_nobody_else_settles_or_raises_it(level: str, by: Actor) -> None:
    with pytest.raises(NotAtYourLevel):
        settle(disagreeing(level), by)
    with pytest.raises(NotAtYourLevel):
        rise(disagreeing(level), by)


def test_between_heads_the_one_who_contradicts_says_that_it_is_settled() -> None:
    with pytest.raises(NotYourDisagreement, match="由提出分歧的会办单位确认"):
        settle(disagreeing(), LIN)
    stranger = person("何平", INDUSTRY, "head")
    with pytest.raises(NotYourDisagreement):
        rise(disagreeing(), stranger)


def test_what_is_settled_or_was_never_opened_is_unknown() -> None:
    with pytest.raises(UnknownDisagreement):
        rise(disagreeing(), WEI, which="D01.1.d2")
