"""Days are counted along the announced calendar, make-up days included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.calendar import ONE_DAY, Calendar, add_months, days
from shared.contracts.registry import CalendarDay, CalendarYearAnnounced
from tests.domain.shared.reckoning import CALENDAR, YEARS, day

ANY_DAY = st.dates(date(2018, 3, 1), date(2028, 12, 31))
A_FEW = st.integers(-60, 60)


@pytest.mark.parametrize(
    ("on", "works"),
    [
        ("2024-02-03", False),  # a Saturday
        ("2024-02-04", True),  # a Sunday, worked for the Spring Festival
        ("2024-02-09", True),  # the Friday before it, New Year's Eve
        ("2024-02-10", False),
        ("2024-02-16", False),  # a Friday within it
        ("2024-02-17", False),
        ("2024-02-18", True),  # a Sunday, worked
        ("2024-02-19", True),
        ("2024-10-07", False),  # the last day of the National Day holiday, a Monday
        ("2024-10-08", True),
        ("2024-10-12", True),  # a Saturday, worked
        ("2024-10-13", False),
    ],
)
def test_the_notice_overrules_the_weekday(on: str, works: bool) -> None:
    assert CALENDAR.is_working_day(day(on)) is works


@pytest.mark.parametrize(
    ("year", "worked"),
    [(2018, 250), (2020, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)],
)
def test_a_year_has_as_many_working_days_as_was_announced(year: int, worked: int) -> None:
    assert CALENDAR.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == worked


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2024-01-15", 3, "2024-01-18"),
        ("2024-01-18", 3, "2024-01-23"),  # over a weekend
        ("2024-02-02", 1, "2024-02-04"),  # Friday, then the worked Sunday
        ("2024-02-08", 1, "2024-02-09"),
        ("2024-02-08", 2, "2024-02-18"),  # over the whole festival to the worked Sunday
        ("2024-02-08", 3, "2024-02-19"),
        ("2024-02-14", 1, "2024-02-18"),  # from within it
        ("2024-02-10", 0, "2024-02-10"),
        ("2024-02-18", -1, "2024-02-09"),
        ("2024-02-19", -2, "2024-02-09"),
        ("2024-02-11", -1, "2024-02-09"),
    ],
)
def test_working_days_are_counted_from_the_day_after(start: str, n: int, end: str) -> None:
    assert CALENDAR.add_working_days(day(start), n) == day(end)


@pytest.mark.parametrize(
    ("a", "b", "count"),
    [
        ("2024-02-09", "2024-02-09", 0),
        ("2024-02-09", "2024-02-17", 0),
        ("2024-02-09", "2024-02-18", 1),
        ("2024-02-09", "2024-02-19", 2),
        ("2024-02-18", "2024-02-09", -1),
        ("2024-02-17", "2024-02-10", 0),
    ],
)
def test_between_two_days_the_first_is_not_counted(a: str, b: str, count: int) -> None:
    assert CALENDAR.working_days_between(day(a), day(b)) == count


@pytest.mark.parametrize(
    ("on", "moved_to"),
    [
        ("2024-02-09", "2024-02-09"),
        ("2024-02-10", "2024-02-18"),
        ("2024-03-02", "2024-03-04"),
        ("2024-03-04", "2024-03-04"),
    ],
)
def test_a_free_day_moves_to_the_next_working_day(on: str, moved_to: str) -> None:
    assert CALENDAR.next_working_day(day(on)) == day(moved_to)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-01-30", 1, "2024-02-29"),
        ("2024-01-29", 1, "2024-02-29"),
        ("2024-01-28", 1, "2024-02-28"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2024-12-15", 1, "2025-01-15"),
        ("2024-05-31", -3, "2024-02-29"),
        ("2024-01-15", -1, "2023-12-15"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(
    start: str, n: int, end: str
) -> None:
    assert add_months(day(start), n) == day(end)


def test_a_year_that_was_announced_officially_is_known() -> None:
    assert CALENDAR.knows(day("2026-12-31"))


def test_a_provisional_year_is_not_known() -> None:
    assert not CALENDAR.knows(day("2027-01-01"))


def test_a_year_nobody_announced_is_not_known_and_follows_the_weekday() -> None:
    assert not CALENDAR.knows(day("2028-10-02"))
    assert CALENDAR.is_working_day(day("2028-10-02"))
    assert not CALENDAR.is_working_day(day("2028-10-01"))


def test_the_newest_edition_of_a_year_counts_in_whatever_order_they_come() -> None:
    first = CalendarYearAnnounced(year=2027, edition=1, source="暂定", provisional=True, days=())
    second = CalendarYearAnnounced(
        year=2027,
        edition=2,
        source="通知",
        provisional=False,
        days=(CalendarDay(day=date(2027, 1, 1), works=False, name="元旦"),),
    )

    calendar = Calendar((second, first))

    assert calendar.knows(date(2027, 1, 1))
    assert not calendar.is_working_day(date(2027, 1, 1))
    assert calendar.edition(2027) == "CN-2027@2"


def test_an_edition_of_a_year_nobody_announced_is_zero() -> None:
    assert Calendar().edition(2030) == "CN-2030@0"


def test_the_notice_names_only_days_that_differ_from_their_weekday() -> None:
    assert all(day.works == (day.day.weekday() >= 5) for year in YEARS for day in year.days)


def test_every_named_day_lies_in_its_year() -> None:
    assert all(day.day.year == year.year for year in YEARS for day in year.days)


@given(start=ANY_DAY, n=A_FEW)
def test_counting_between_undoes_adding(start: date, n: int) -> None:
    assert CALENDAR.working_days_between(start, CALENDAR.add_working_days(start, n)) == n


@given(a=ANY_DAY, b=ANY_DAY)
def test_between_two_days_each_that_is_worked_is_counted(a: date, b: date) -> None:
    first, last = min(a, b), max(a, b)
    counted = days(first + ONE_DAY, last) if a < b else days(first, last - ONE_DAY)
    worked = sum(map(CALENDAR.is_working_day, counted))

    assert CALENDAR.working_days_between(a, b) == (worked if a < b else -worked)


@given(start=ANY_DAY, n=A_FEW)
def test_one_more_working_day_is_always_later(start: date, n: int) -> None:
    assert CALENDAR.add_working_days(start, n) < CALENDAR.add_working_days(start, n + 1)


@given(start=ANY_DAY, n=A_FEW)
def test_a_later_start_never_ends_earlier(start: date, n: int) -> None:
    a_day_later = start + timedelta(days=1)

    assert CALENDAR.add_working_days(start, n) <= CALENDAR.add_working_days(a_day_later, n)


@given(start=ANY_DAY, n=st.integers(1, 60))
def test_adding_ends_on_a_working_day(start: date, n: int) -> None:
    assert CALENDAR.is_working_day(CALENDAR.add_working_days(start, n))
    assert CALENDAR.is_working_day(CALENDAR.add_working_days(start, -n))


@given(start=ANY_DAY)
def test_moving_on_passes_free_days_only(start: date) -> None:
    moved_to = CALENDAR.next_working_day(start)

    assert CALENDAR.is_working_day(moved_to)
    assert not any(map(CALENDAR.is_working_day, days(start, moved_to - timedelta(days=1))))


@given(start=ANY_DAY, n=st.integers(-24, 24))
def test_months_lead_to_the_named_month(start: date, n: int) -> None:
    end = add_months(start, n)

    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == n
    assert end.day <= start.day
