"""A due date can be reckoned again by a clerk: from its steps, its rule and its calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.event import Due
from shared.contracts.registry import TimeUnit
from shared.deadlines import UnknownClock, due, shift
from tests.domain.shared.reckoning import CALENDAR, day, rules

RULES = rules(
    sign=(3, "working_days"),
    today=(0, "working_days"),
    opinion=(1, "months"),
    reply=(3, "months"),
    hand_back=(10, "calendar_days"),
)


def reckon(clock: str, start: str) -> Due:
    return due(clock, starts_on=day(start), rules=RULES, calendar=CALENDAR)


def steps(of: Due) -> list[tuple[str, str]]:
    return [(step.says, step.day.isoformat()) for step in of.steps]


@pytest.mark.parametrize(
    ("clock", "start", "on"),
    [
        ("sign", "2024-01-15", "2024-01-18"),
        ("sign", "2024-02-08", "2024-02-19"),  # over the Spring Festival
        ("sign", "2024-02-01", "2024-02-05"),  # over the worked Sunday before it
        ("today", "2024-01-15", "2024-01-15"),
        ("today", "2024-02-10", "2024-02-18"),
        ("hand_back", "2024-01-15", "2024-01-25"),
        ("hand_back", "2024-01-17", "2024-01-29"),  # the 27th is a Saturday
        ("hand_back", "2024-01-30", "2024-02-09"),  # the day before the festival
        ("hand_back", "2024-01-31", "2024-02-18"),  # its first day
        ("hand_back", "2024-02-07", "2024-02-18"),  # its last day
        ("hand_back", "2024-02-08", "2024-02-18"),  # the worked Sunday itself
        ("opinion", "2024-01-31", "2024-02-29"),
        ("opinion", "2024-01-12", "2024-02-18"),  # the 12th of February is a holiday
        ("opinion", "2024-01-22", "2024-02-22"),
        ("reply", "2024-01-22", "2024-04-22"),
        ("reply", "2024-01-04", "2024-04-07"),  # Qingming, then a worked Sunday
        ("reply", "2024-07-01", "2024-10-08"),  # the first of October is a holiday
        ("reply", "2024-06-30", "2024-09-30"),  # the day before it
    ],
)
def test_the_last_day(clock: str, start: str, on: str) -> None:
    assert reckon(clock, start).on == day(on)


def test_a_due_date_names_its_rule_its_calendar_and_its_source() -> None:
    found = reckon("sign", "2024-01-15")

    assert found.clock == "sign"
    assert found.starts_on == day("2024-01-15")
    assert found.rule == "shenzhen-2024@1 sign"
    assert found.calendar == "CN-2024@1"
    assert found.source == "某市规定"
    assert not found.provisional


def test_an_ordinary_week_takes_two_steps() -> None:
    assert steps(reckon("sign", "2024-01-15")) == [
        ("自2024-01-15（当日不计）起", "2024-01-15"),
        ("加3个工作日", "2024-01-18"),
    ]


def test_a_holiday_on_the_way_and_its_make_up_day_are_named() -> None:
    assert steps(reckon("sign", "2024-02-08")) == [
        ("自2024-02-08（当日不计）起", "2024-02-08"),
        ("2024-02-10至02-17春节放假，不计", "2024-02-17"),
        ("02-18补班，计入工作日", "2024-02-18"),
        ("加3个工作日", "2024-02-19"),
    ]


def test_a_holiday_just_after_the_last_day_is_not_named() -> None:
    assert steps(reckon("sign", "2024-02-06")) == [
        ("自2024-02-06（当日不计）起", "2024-02-06"),
        ("加3个工作日", "2024-02-09"),
    ]


def test_a_holiday_of_one_day_is_named_with_the_weekend_beside_it() -> None:
    assert steps(reckon("sign", "2024-06-07"))[1] == (
        "2024-06-08至06-10端午节放假，不计",
        "2024-06-10",
    )


def test_a_holiday_in_the_middle_of_a_week_is_one_day() -> None:
    assert steps(reckon("sign", "2024-12-31"))[1] == ("2025-01-01元旦放假，不计", "2025-01-01")


def test_two_festivals_in_one_holiday_are_both_named() -> None:
    assert steps(reckon("sign", "2025-09-30"))[1] == (
        "2025-10-01至10-08国庆节、中秋节放假，不计",
        "2025-10-08",
    )


def test_a_last_day_on_a_weekend_moves_on() -> None:
    assert steps(reckon("hand_back", "2024-01-17")) == [
        ("自2024-01-17（当日不计）起", "2024-01-17"),
        ("加10日", "2024-01-27"),
        ("末日2024-01-27（周六）不办公，顺延至下一个工作日", "2024-01-29"),
    ]


def test_a_last_day_on_a_holiday_moves_on_to_a_make_up_day() -> None:
    assert steps(reckon("opinion", "2024-01-12")) == [
        ("自2024-01-12（当日不计）起", "2024-01-12"),
        ("加1个月", "2024-02-12"),
        ("2024-02-10至02-17春节放假，不计", "2024-02-17"),
        ("02-18补班，计入工作日", "2024-02-18"),
        ("末日2024-02-12（春节）不办公，顺延至下一个工作日", "2024-02-18"),
    ]


def test_a_month_that_is_too_short_says_so() -> None:
    assert steps(reckon("opinion", "2024-01-31")) == [
        ("自2024-01-31（当日不计）起", "2024-01-31"),
        ("加1个月（2月没有31日，取月末）", "2024-02-29"),
    ]


def test_working_days_over_new_year_use_both_calendars() -> None:
    assert reckon("sign", "2024-12-30").calendar == "CN-2024@1+CN-2025@1"


def test_months_use_the_calendar_of_the_last_day_only() -> None:
    assert reckon("opinion", "2023-12-15").calendar == "CN-2024@1"


@pytest.mark.parametrize(
    ("start", "on", "provisional"),
    [
        ("2026-12-28", "2026-12-31", False),
        ("2026-12-29", "2027-01-01", True),  # a holiday for certain, but not announced yet
        ("2027-12-31", "2028-01-05", True),
    ],
)
def test_a_day_beyond_the_announced_years_is_provisional(
    start: str, on: str, provisional: bool
) -> None:
    found = reckon("sign", start)

    assert found.on == day(on)
    assert found.provisional is provisional


def test_a_provisional_date_says_so_in_its_steps() -> None:
    found = reckon("sign", "2026-12-29")

    assert found.calendar == "CN-2026@1+CN-2027@1"
    assert steps(found)[-1] == ("2027年放假安排尚未正式公布，此日暂定", "2027-01-01")


def test_a_clock_that_the_rules_do_not_have_is_refused() -> None:
    with pytest.raises(UnknownClock, match="规则shenzhen-2024@1没有规定“tea”的期限") as refused:
        reckon("tea", "2024-01-15")

    assert refused.value.status == 404
    assert refused.value.code() == "unknown-clock"


@pytest.mark.parametrize(
    ("count", "unit", "to"),
    [
        (-7, "calendar_days", "2024-02-11"),
        (0, "working_days", "2024-02-18"),
        (3, "working_days", "2024-02-21"),
        (-1, "working_days", "2024-02-09"),
        (1, "months", "2024-03-18"),
        (-1, "months", "2024-01-18"),
    ],
)
def test_a_day_shifts_both_ways_and_may_be_free(count: int, unit: TimeUnit, to: str) -> None:
    assert shift(day("2024-02-18"), count=count, unit=unit, calendar=CALENDAR) == day(to)


UNITS: st.SearchStrategy[TimeUnit] = st.sampled_from(["working_days", "calendar_days", "months"])
COUNTS = st.integers(0, 40)
STARTS = st.dates(date(2018, 3, 1), date(2027, 12, 31))


def reckon_any(start: date, count: int, unit: TimeUnit) -> Due:
    return due("any", starts_on=start, rules=rules(any=(count, unit)), calendar=CALENDAR)


@given(start=STARTS, count=COUNTS, unit=UNITS)
def test_a_due_date_is_a_working_day_not_before_its_start(
    start: date, count: int, unit: TimeUnit
) -> None:
    found = reckon_any(start, count, unit)

    assert found.on >= start
    assert CALENDAR.is_working_day(found.on)


@given(start=STARTS, count=COUNTS, unit=UNITS)
def test_more_time_is_never_due_earlier(start: date, count: int, unit: TimeUnit) -> None:
    assert reckon_any(start, count, unit).on <= reckon_any(start, count + 1, unit).on


@given(one=STARTS, other=STARTS, count=COUNTS, unit=UNITS)
def test_a_later_start_is_never_due_earlier(
    one: date, other: date, count: int, unit: TimeUnit
) -> None:
    first, second = sorted((one, other))

    assert reckon_any(first, count, unit).on <= reckon_any(second, count, unit).on


@given(start=STARTS, count=COUNTS, unit=UNITS)
def test_the_steps_begin_with_the_start_and_end_with_the_due_date(
    start: date, count: int, unit: TimeUnit
) -> None:
    found = reckon_any(start, count, unit)

    assert found.steps[0].day == start
    assert found.steps[-1].day == found.on
