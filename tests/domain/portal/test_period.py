"""Periods: how they are written, what they are called, what they count up to."""

from datetime import date

import pytest

from services.portal.domain.figures import COUNTING_RULES, counting_rules
from services.portal.domain.period import (
    Days,
    OfSession,
    OfYear,
    Period,
    PeriodBackwards,
    PeriodHalf,
    PeriodUnknown,
    days_of,
    period_of,
    periods_of_days,
)

FIRST_HALF = Days(date(2024, 1, 1), date(2024, 6, 30))


@pytest.mark.parametrize(
    ("code", "period", "says"),
    [
        ("2024", OfYear(2024), "2024年"),
        ("session:七届四次", OfSession("七届四次"), "七届四次会议"),
        ("2024-01-01..2024-06-30", FIRST_HALF, "2024年上半年"),
        ("2024-07-01..2024-12-31", Days(date(2024, 7, 1), date(2024, 12, 31)), "2024年下半年"),
        ("2024-04-01..2024-06-30", Days(date(2024, 4, 1), date(2024, 6, 30)), "2024年第二季度"),
        ("2024-02-01..2024-02-29", Days(date(2024, 2, 1), date(2024, 2, 29)), "2024年2月"),
        (
            "2024-02-01..2024-02-28",
            Days(date(2024, 2, 1), date(2024, 2, 28)),
            "2024年2月1日至2024年2月28日",
        ),
        (
            "2023-07-01..2024-06-30",
            Days(date(2023, 7, 1), date(2024, 6, 30)),
            "2023年7月1日至2024年6月30日",
        ),
    ],
)
def test_a_period_is_found_by_its_code(code: str, period: Period, says: str) -> None:
    assert period_of(code) == period
    assert (period.code, period.says) == (code, says)


@pytest.mark.parametrize(
    "code", ["", "24", "0999", "2024-01", "session:", "2024-02-30..2024-03-01"]
)
def test_what_is_no_period_is_not_guessed(code: str) -> None:
    with pytest.raises(PeriodUnknown):
        period_of(code)


def test_both_ends_are_needed_and_in_their_order() -> None:
    with pytest.raises(PeriodHalf):
        days_of("2024-01-01", "")
    with pytest.raises(PeriodBackwards):
        days_of("2024-06-30", "2024-01-01")
    assert days_of("2024-01-01", "2024-01-01").until == date(2024, 1, 1)


def test_days_count_to_their_end_or_to_today() -> None:
    assert FIRST_HALF.as_of(date(2024, 9, 1)) == date(2024, 6, 30)
    assert FIRST_HALF.as_of(date(2024, 3, 1)) == date(2024, 3, 1)
    assert OfYear(2024).as_of(date(2025, 9, 1)) == date(2025, 9, 1)


def test_halves_and_quarters_are_offered_and_cover_the_year() -> None:
    offered = periods_of_days([2024])

    assert [one.says for one in offered] == [
        "2024年上半年", "2024年下半年",
        "2024年第一季度", "2024年第二季度", "2024年第三季度", "2024年第四季度",
    ]  # fmt: skip


@pytest.mark.parametrize("is_city", [False, True])
@pytest.mark.parametrize("period", [OfYear(2024), OfSession("七届四次"), FIRST_HALF])
def test_every_figure_has_a_rule_that_fits_the_period(period: Period, is_city: bool) -> None:
    rules = counting_rules(period, is_city=is_city)

    assert rules.keys() == COUNTING_RULES.keys()
    assert not any("{" in rule for rule in rules.values())
    assert ("本年度" in "".join(rules.values())) == (period == OfYear(2024))
    assert rules["received"].startswith("按提案计：" + period.within)


def test_between_two_days_each_figure_says_by_which_day_it_counts() -> None:
    rules = counting_rules(FIRST_HALF, is_city=False)
    by_their_day = {
        "received", "replies", "redone", "ratings", "promises_made", "coordination_flagged",
        "returned", "contacts", "handed_down", "answered",
    }  # fmt: skip

    assert {code for code, rule in rules.items() if "之日计" in rule} == by_their_day
