"""Dates that are kept, set by somebody, or moved by a new calendar explain themselves too."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.event import Due
from shared.contracts.registry import Deadline
from shared.deadlines import due, extended_due, kept_due, moved_due, moved_on
from tests.domain.shared.reckoning import CALENDAR, day, rules

RULES = rules(reply=(3, "months"), sign=(3, "working_days"))
REPLY = due("reply", starts_on=day("2024-01-22"), rules=RULES, calendar=CALENDAR)  # 22 April


def extended(until: str, *, on: str = "2024-04-01", before: Due = REPLY) -> Due:
    return extended_due(
        before,
        until=day(until),
        on=day(on),
        says="经批准延期",
        rule="shenzhen-2024@1 extension_max",
        source="某市规定",
        calendar=CALENDAR,
    )


def test_a_kept_date_is_the_same_day_and_says_that_it_was_kept() -> None:
    kept = kept_due(REPLY, on=day("2024-02-19"))

    assert (kept.on, kept.rule, kept.starts_on) == (REPLY.on, REPLY.rule, REPLY.starts_on)
    assert kept.steps[:-1] == REPLY.steps
    assert kept.steps[-1].says == "2024-02-19任务转接，时限按“不变”办理，仍为2024-04-22"


@pytest.mark.parametrize(
    ("until", "on"),
    [
        ("2024-05-20", "2024-05-20"),
        ("2024-05-18", "2024-05-20"),  # a Saturday
        ("2024-05-11", "2024-05-11"),  # a Saturday that is worked
        ("2024-05-01", "2024-05-06"),  # Labour Day
    ],
)
def test_a_date_that_somebody_set_is_a_working_day(until: str, on: str) -> None:
    assert extended(until).on == day(on)


def test_it_is_explained_from_the_first_day_on() -> None:
    found = extended("2024-05-01")

    assert (found.starts_on, found.clock, found.source) == (day("2024-01-22"), "reply", "某市规定")
    assert [step.says for step in found.steps] == [
        *(step.says for step in REPLY.steps),
        "2024-04-01经批准延期，由2024-04-22改为2024-05-01",
        "末日2024-05-01（劳动节）不办公，顺延至下一个工作日",
    ]


def test_it_may_be_sooner_as_well() -> None:
    assert extended("2024-04-08").on == day("2024-04-08")


def test_beyond_the_announced_calendar_it_is_provisional() -> None:
    assert extended("2027-01-04").provisional
    assert not extended("2024-12-31").provisional


def test_a_date_that_was_set_stays_where_its_day_is_worked() -> None:
    assert moved_on(extended("2024-05-20"), calendar=CALENDAR).on == day("2024-05-20")


WORKING = Deadline(count=3, unit="working_days", source=None)
DAYS = st.dates(date(2019, 1, 1), date(2025, 6, 30))


@given(DAYS, st.integers(1, 60))
def test_reckoned_anew_by_the_same_calendar_it_is_the_same_day(start: date, count: int) -> None:
    deadline = Deadline(count=count, unit="working_days", source="某市规定")
    own = RULES.model_copy(update={"deadlines": {"sign": deadline}})
    before = due("sign", starts_on=start, rules=own, calendar=CALENDAR)

    anew = moved_due(before, deadline=deadline, calendar=CALENDAR)

    assert (anew.on, anew.rule, anew.provisional) == (before.on, before.rule, before.provisional)
    assert anew.steps[1:] == before.steps


@given(DAYS, st.integers(0, 400))
def test_a_set_date_is_worked_and_never_before_the_day_that_was_named(
    start: date, days: int
) -> None:
    before = due("sign", starts_on=start, rules=RULES, calendar=CALENDAR)
    until = start + timedelta(days=days)

    found = extended_due(
        before,
        until=until,
        on=start,
        says="经批准延期",
        rule="r",
        source=None,
        calendar=CALENDAR,
    )

    assert found.on == CALENDAR.next_working_day(until)
    assert found.steps[-1].day <= found.on or found.provisional
    assert found.starts_on == start
