"""Work handed down is due earlier than the task it came from, so that the answer can be put
together in time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.calendar import Calendar
from shared.contracts.event import Due
from shared.deadlines import due, inner_due
from tests.domain.shared.reckoning import CALENDAR, YEARS, day, rules

RULES = rules(reply=(3, "months"), margin=(10, "working_days"))
DUE_APRIL_22 = due("reply", starts_on=day("2024-01-22"), rules=RULES, calendar=CALENDAR)


def inner(start: str, *, outer: Due = DUE_APRIL_22) -> Due:
    return inner_due(outer, starts_on=day(start), rules=RULES, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("handed_down", "on"),
    [
        ("2024-01-23", "2024-04-08"),
        ("2024-04-07", "2024-04-08"),
        ("2024-04-08", "2024-04-09"),  # the margin is used up: the next working day
        ("2024-04-18", "2024-04-19"),
        ("2024-04-19", "2024-04-22"),  # a Friday: the outer date itself is the next one
        ("2024-04-21", "2024-04-22"),
        ("2024-04-22", "2024-04-22"),  # on the outer date, never after it
        ("2024-04-23", "2024-04-24"),  # already late: still a day to do it
        ("2024-04-30", "2024-05-06"),  # already late, over the May holiday
    ],
)
def test_the_inner_date_keeps_the_margin_while_it_can(handed_down: str, on: str) -> None:
    assert inner(handed_down).on == day(on)


def test_an_inner_date_is_explained_from_the_outer_one() -> None:
    found = inner("2024-01-23")

    assert found.clock == "reply"
    assert found.rule == "shenzhen-2024@1 inner_margin"
    assert found.starts_on == day("2024-01-23")
    assert found.source is None
    assert [(step.says, step.day) for step in found.steps] == [
        ("上级任务的期限为2024-04-22", day("2024-04-22")),
        ("提前10个工作日", day("2024-04-08")),
    ]


def test_a_holiday_within_the_margin_is_named_going_back() -> None:
    outer = due("reply", starts_on=day("2023-11-20"), rules=RULES, calendar=CALENDAR)

    found = inner("2023-12-01", outer=outer)

    assert [(step.says, step.day) for step in found.steps] == [
        ("上级任务的期限为2024-02-20", day("2024-02-20")),
        ("02-18补班，计入工作日", day("2024-02-18")),
        ("2024-02-10至02-17春节放假，不计", day("2024-02-17")),
        ("02-04补班，计入工作日", day("2024-02-04")),
        ("提前10个工作日", day("2024-02-01")),
    ]


def test_a_margin_that_cannot_be_kept_says_so() -> None:
    assert [(step.says, step.day) for step in inner("2024-04-18").steps][-1] == (
        "自2024-04-18起余下不足，定为下一个工作日且不晚于上级期限",
        day("2024-04-19"),
    )


def test_a_margin_that_ends_on_a_free_day_is_never_eaten_up() -> None:
    by_days = rules(reply=(3, "months"), margin=(8, "calendar_days"))

    found = inner_due(DUE_APRIL_22, starts_on=day("2024-01-23"), rules=by_days, calendar=CALENDAR)

    assert found.on == day("2024-04-12"), "the 14th is a Sunday: back to Friday, not on to Monday"


def test_an_inner_date_in_a_provisional_year_is_provisional() -> None:
    outer = due("reply", starts_on=day("2026-10-15"), rules=RULES, calendar=CALENDAR)

    found = inner("2026-10-16", outer=outer)

    assert outer.provisional
    assert found.on == day("2027-01-01")
    assert found.provisional
    assert found.steps[-1].says == "2027年放假安排尚未正式公布，此日暂定"


def test_an_outer_date_reckoned_provisionally_stays_so_after_the_notice_is_out() -> None:
    outer = due("reply", starts_on=day("2026-10-15"), rules=RULES, calendar=CALENDAR)
    official = YEARS[-1].model_copy(update={"edition": 2, "provisional": False})

    found = inner_due(
        outer,
        starts_on=day("2026-10-16"),
        rules=RULES,
        calendar=Calendar((*YEARS, official)),
    )

    assert found.provisional
    assert found.calendar == "CN-2027@2"
    assert found.steps[0].says == "上级任务的期限为2027-01-15（暂定）"


STARTS = st.dates(date(2018, 3, 1), date(2026, 6, 30))


@given(start=STARTS, later=st.integers(0, 150))
def test_an_inner_date_never_comes_before_its_start_nor_after_the_outer_one(
    start: date, later: int
) -> None:
    outer = due("reply", starts_on=start, rules=RULES, calendar=CALENDAR)
    handed_down = date.fromordinal(start.toordinal() + later)

    found = inner_due(outer, starts_on=handed_down, rules=RULES, calendar=CALENDAR)

    assert found.on >= handed_down
    assert CALENDAR.is_working_day(found.on)
    if handed_down <= outer.on:
        assert found.on <= outer.on
    if CALENDAR.working_days_between(handed_down, outer.on) > 10:
        assert CALENDAR.working_days_between(found.on, outer.on) == 10
