"""A rule set is complete, published edition by edition, and says where no source was found."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.registry.domain.publishing_rules import (
    CLOCKS,
    LIMITS,
    publish_rules,
    without_source,
)
from services.registry.domain.refusals import (
    CodeTwice,
    EditionNotNext,
    EffectiveTooEarly,
    RulesIncomplete,
    RungsOutOfOrder,
    UnknownLadderClock,
)
from services.registry.domain.register import Register
from shared.contracts.registry import RulesPublished, Rung, TimeUnit
from tests.domain.registry.standing import RULES, published


def with_(**changes: Any) -> RulesPublished:
    return RULES.model_copy(update=changes)


def rungs(*offsets: tuple[int, TimeUnit]) -> tuple[Rung, ...]:
    return tuple(
        Rung(rung=n, offset=offset, unit=unit, to="经办人", says="请办理", source=None)
        for n, (offset, unit) in enumerate(offsets, 1)
    )


def test_the_first_edition_is_told() -> None:
    assert publish_rules(Register(), rules=RULES) == (RULES,)


def test_rules_that_stand_like_that_are_not_told_again() -> None:
    assert publish_rules(published(RULES), rules=RULES) == ()


@pytest.mark.parametrize("edition", [0, 2])
def test_the_first_edition_is_one(edition: int) -> None:
    with pytest.raises(EditionNotNext, match="规则集shenzhen-2024的下一版应为第1版"):
        publish_rules(Register(), rules=with_(edition=edition))


def test_the_next_edition_follows_the_last() -> None:
    second = with_(edition=2)

    assert publish_rules(published(RULES), rules=second) == (second,)


@pytest.mark.parametrize("edition", [1, 3])
def test_an_edition_is_neither_changed_nor_left_out(edition: int) -> None:
    with pytest.raises(EditionNotNext, match="应为第2版"):
        publish_rules(published(RULES), rules=with_(edition=edition, source="改动"))


def test_an_edition_may_take_effect_on_the_same_day_as_the_last() -> None:
    second = with_(edition=2, effective_on=RULES.effective_on)

    assert publish_rules(published(RULES), rules=second) == (second,)


def test_an_edition_may_not_take_effect_before_the_last() -> None:
    the_day_before = RULES.effective_on - timedelta(days=1)

    with pytest.raises(EffectiveTooEarly, match="2023-12-31早于上一版的2024-01-01"):
        publish_rules(published(RULES), rules=with_(edition=2, effective_on=the_day_before))


@pytest.mark.parametrize("clock", CLOCKS)
def test_no_clock_may_be_missing(clock: str) -> None:
    others = {name: one for name, one in RULES.deadlines.items() if name != clock}

    with pytest.raises(RulesIncomplete, match=f"规则集缺少时限“{clock}”"):
        publish_rules(Register(), rules=with_(deadlines=others))


@pytest.mark.parametrize("limit", LIMITS)
def test_no_limit_may_be_missing(limit: str) -> None:
    others = {name: one for name, one in RULES.limits.items() if name != limit}

    with pytest.raises(RulesIncomplete, match=f"上限“{limit}”"):
        publish_rules(Register(), rules=with_(limits=others))


def test_a_limit_of_nothing_is_missing_and_of_one_is_not() -> None:
    with pytest.raises(RulesIncomplete):
        publish_rules(Register(), rules=with_(limits={**RULES.limits, "title": 0}))

    assert publish_rules(Register(), rules=with_(limits={**RULES.limits, "title": 1})) != ()


@pytest.mark.parametrize(
    ("of", "called"),
    [
        ("classes", "结果分类"),
        ("decline_reasons", "不予立案理由"),
        ("return_reasons", "退办理由"),
    ],
)
def test_no_list_may_be_empty(of: str, called: str) -> None:
    with pytest.raises(RulesIncomplete, match=f"规则集缺少{called}"):
        publish_rules(Register(), rules=with_(**{of: ()}))


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(RulesIncomplete, match=r"时限“sign”.*上限“title”.*结果分类"):
        publish_rules(Register(), rules=with_(deadlines={}, limits={}, classes=()))


@pytest.mark.parametrize(
    ("of", "called"),
    [
        ("classes", "结果分类“A”"),
        ("decline_reasons", "不予立案理由“secret”"),
        ("return_reasons", "退办理由“not-our-duty”"),
        ("coordination", "协调规则“repeated-returns”"),
    ],
)
def test_no_code_may_be_listed_twice(of: str, called: str) -> None:
    listed = getattr(RULES, of)

    with pytest.raises(CodeTwice, match=f"{called}列了两次"):
        publish_rules(Register(), rules=with_(**{of: (*listed, listed[0])}))


def test_a_ladder_needs_a_clock() -> None:
    with pytest.raises(UnknownLadderClock, match="“replay”"):
        publish_rules(Register(), rules=with_(ladders={"replay": rungs((0, "calendar_days"))}))


def test_a_promise_has_a_ladder_though_no_deadline_of_the_rules() -> None:
    rules = with_(ladders={"promise": rungs((0, "calendar_days"))})

    assert publish_rules(Register(), rules=rules) == (rules,)


def test_a_clock_may_have_no_ladder() -> None:
    assert publish_rules(Register(), rules=with_(ladders={})) != ()


def test_rungs_of_different_units_of_time_climb() -> None:
    climbing = rungs(
        (-7, "calendar_days"),
        (-1, "working_days"),
        (0, "calendar_days"),
        (3, "working_days"),
        (1, "months"),
    )

    assert publish_rules(Register(), rules=with_(ladders={"reply": climbing})) != ()


@pytest.mark.parametrize(
    "ladder",
    [
        rungs((0, "calendar_days"), (-7, "calendar_days")),
        rungs((0, "calendar_days"), (0, "working_days")),
        rungs((1, "months"), (10, "working_days")),
        rungs((0, "calendar_days"), (1, "calendar_days"))[::-1],
        rungs((0, "calendar_days"), (1, "calendar_days"))[1:],
    ],
)
def test_rungs_that_do_not_climb_from_one_are_refused(ladder: tuple[Rung, ...]) -> None:
    with pytest.raises(RungsOutOfOrder, match="催办阶梯“reply”"):
        publish_rules(Register(), rules=with_(ladders={"reply": ladder}))


def test_a_number_without_a_source_is_named() -> None:
    found = without_source(RULES)

    assert "deadlines.sign" in found
    assert "deadlines.return" not in found
    assert "inner_margin" in found
    assert "near" in found
    assert "ladders.reply.1" in found
    assert "coordination.repeated-returns" in found


def test_a_rule_set_with_every_source_names_nothing() -> None:
    sourced = {
        clock: one.model_copy(update={"source": "某市规定"})
        for clock, one in RULES.deadlines.items()
    }
    rules = with_(
        deadlines=sourced,
        inner_margin=sourced["sign"],
        near=sourced["sign"],
        ladders={},
        coordination=(),
        effective_on=date(2024, 1, 1),
    )

    assert without_source(rules) == ()
