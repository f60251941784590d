"""A new edition of the calendar moves what replies wait for; what it leaves alone is not told."""

from datetime import date

import pytest

from services.reply.domain.moving_dates import OpenDate, move_dates
from shared.calendar import Calendar
from shared.contracts.event import Due, ProposalId, TaskId, UnitCode
from shared.contracts.registry import CalendarDay, CalendarYearAnnounced, Deadline
from shared.contracts.reply import DatesMoved
from shared.deadlines import due
from shared.rules import name_of
from tests.domain.reply.longhua import RULES

FRIDAY = date(2024, 3, 1)
YEAR_2024 = CalendarYearAnnounced(year=2024, edition=1, source="试用", provisional=False, days=())
CALENDAR = Calendar([YEAR_2024])
TYPHOON = CalendarDay(day=date(2024, 3, 11), works=False, name="台风停工")
NEW = Calendar([YEAR_2024.model_copy(update={"edition": 2, "days": (TYPHOON,)})])
WITH_RATE = RULES.model_copy(
    update={"deadlines": {"rate": Deadline(count=15, unit="working_days", source=None)}}
)
RATE = due("rate", starts_on=FRIDAY, rules=WITH_RATE, calendar=CALENDAR)


def waiting(of: Due) -> OpenDate:
    return OpenDate("D09.r1", TaskId("D09.1"), UnitCode("D09"), "rate", 1, of)


def moved(*dates: OpenDate, calendar: Calendar = NEW) -> DatesMoved | None:
    return move_dates(
        ProposalId("1"),
        dates,
        rules_named=lambda name: WITH_RATE if name == name_of(RULES) else None,
        calendar=calendar,
        on=date(2024, 3, 8),
    )


def test_a_day_lost_in_between_moves_the_date_by_one() -> None:
    told = moved(waiting(RATE))

    assert told is not None
    [one] = told.moved
    assert (one.clock, one.before) == ("rate", RATE.on)
    assert CALENDAR.working_days_between(RATE.on, one.due.on) == 1
    assert one.due.calendar == told.calendar == "CN-2024@2"
    assert one.due.steps[0].says == f"日历更新，重新计算；原期限为{RATE.on}"


@pytest.mark.parametrize("calendar", [CALENDAR])
def test_where_nothing_moves_nothing_is_told(calendar: Calendar) -> None:
    assert moved(waiting(RATE), calendar=calendar) is None
    assert moved() is None


def test_a_date_of_rules_that_nobody_knows_any_more_only_moves_off_a_free_day() -> None:
    unknown = RATE.model_copy(update={"rule": "elsewhere@1 rate"})
    on_the_day = unknown.model_copy(update={"on": TYPHOON.day})

    assert moved(waiting(unknown)) is None
    told = moved(waiting(on_the_day))
    assert told is not None
    assert told.moved[0].due.on == date(2024, 3, 12)


def test_what_was_a_guess_and_is_certain_now_is_told_though_it_is_the_same_day() -> None:
    guessed = RATE.model_copy(update={"provisional": True})

    told = moved(waiting(guessed), calendar=CALENDAR)

    assert told is not None
    assert [(one.before, one.due.on, one.due.provisional) for one in told.moved] == [
        (RATE.on, RATE.on, False)
    ]
