"""The office's calendar: which days are worked, and how days are counted along it."""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import accumulate

from shared.contracts.registry import CalendarDay, CalendarYearAnnounced

ONE_DAY = timedelta(days=1)
WEEKDAYS = 5


class Calendar:
    """Working days as announced year by year; of each year the newest edition counts.

    Where no year was announced, Monday to Friday are taken as worked, and ``knows`` says no.
    """

    def __init__(self, years: Iterable[CalendarYearAnnounced] = ()) -> None:
        self._years = {year.year: year for year in sorted(years, key=lambda year: year.edition)}
        self._named = {day.day: day for year in self._years.values() for day in year.days}
        self._ordered = sorted(self._named)
        differs = (self._named[day].works - is_weekday(day) for day in self._ordered)
        self._more = [0, *accumulate(differs)]

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on this day, make-up days (调休补班) included."""
        named = self._named.get(day)
        return named.works if named else is_weekday(day)

    def next_working_day(self, day: date) -> date:
        """This day if it is worked, else the first worked one after it (顺延)."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after ``day``, which itself is not counted; n < 0 counts back."""
        towards = ONE_DAY if n >= 0 else -ONE_DAY
        left = abs(n)
        while left:
            day += towards
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days after ``a`` the day ``b`` comes: ``a`` not counted, ``b`` is.

        Negative when ``b`` comes before ``a``; so it is the inverse of ``add_working_days``.
        """
        if b < a:
            return self._worked_until(b - ONE_DAY) - self._worked_until(a - ONE_DAY)
        return self._worked_until(b) - self._worked_until(a)

    def _worked_until(self, day: date) -> int:
        """How many days were worked since the calendar began, this day included."""
        weeks, rest = divmod(day.toordinal(), 7)  # the first day of all was a Monday
        weekdays = weeks * WEEKDAYS + min(rest, WEEKDAYS)
        return weekdays + self._more[bisect_right(self._ordered, day)]

    def knows(self, day: date) -> bool:
        """Whether the official notice for this day's year is in; if not, dates are provisional."""
        year = self._years.get(day.year)
        return year is not None and not year.provisional

    def named(self, day: date) -> CalendarDay | None:
        """What the notice says of a day that differs from its weekday."""
        return self._named.get(day)

    def edition(self, year: int) -> str:
        """The name of a year's calendar, such as ``CN-2024@1``; edition 0 is not announced."""
        announced = self._years.get(year)
        return f"CN-{year}@{announced.edition if announced else 0}"


def is_weekday(day: date) -> bool:
    """Whether a day is worked unless a notice says otherwise: Monday to Friday."""
    return day.weekday() < WEEKDAYS


def days(first: date, last: date) -> Iterator[date]:
    """Every day from ``first`` to ``last``, both included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def add_months(day: date, n: int) -> date:
    """The same day n calendar months on; where that month is shorter, its last day."""
    months = day.year * 12 + day.month - 1 + n
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
