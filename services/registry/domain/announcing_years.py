"""Announcing a year: which of its days differ from their weekday, edition by edition."""

from itertools import pairwise

from services.registry.domain.editions import must_be_next
from services.registry.domain.refusals import (
    AlreadyOfficial,
    DayLikeItsWeekday,
    DayOfAnotherYear,
    DayTwice,
)
from services.registry.domain.register import Register
from shared.calendar import is_weekday
from shared.contracts.registry import CalendarDay, CalendarYearAnnounced

WEEKDAYS = "一二三四五六日"


def announce_year(
    register: Register, *, year: CalendarYearAnnounced
) -> tuple[CalendarYearAnnounced, ...]:
    """The year's working days in their next edition; what is official stays official."""
    year = year.model_copy(update={"days": in_order(year.days)})
    standing = register.calendars.get(year.year)
    if standing == year:
        return ()
    must_be_next(
        year.edition,
        last=standing.edition if standing else 0,
        what=f"{year.year}年工作日历",
    )
    if standing and year.provisional and not standing.provisional:
        raise AlreadyOfficial(year=year.year)
    for day in year.days:
        _must_differ(day, year=year.year)
    for one, other in pairwise(year.days):
        if one.day == other.day:
            raise DayTwice(day=one.day)
    return (year,)


def in_order(days: tuple[CalendarDay, ...]) -> tuple[CalendarDay, ...]:
    """The days as the calendar goes."""
    return tuple(sorted(days, key=lambda day: day.day))


def differs(day: CalendarDay) -> bool:
    """Whether a day is worked though of a weekend, or free though not."""
    return day.works != is_weekday(day.day)


def _must_differ(day: CalendarDay, *, year: int) -> None:
    if day.day.year != year:
        raise DayOfAnotherYear(day=day.day, year=year)
    if not differs(day):
        raise DayLikeItsWeekday(
            day=day.day,
            weekday=WEEKDAYS[day.day.weekday()],
            usually="上班" if day.works else "休息",
        )
