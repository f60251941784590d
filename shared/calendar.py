"""The office's calendar: which days are worked, and how days are counted along it."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from shared.contracts.registry import CalendarDay, CalendarYearAnnounced

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class Calendar:
    """Working days as announced year by year; of each year the newest edition counts.

    Where no year was announced, Monday to Friday are taken as worked, and ``knows`` says no.
    """

    def __init__(self, years: Iterable[CalendarYearAnnounced] = ()) -> None:
        self._years = {year.year: year for year in sorted(years, key=lambda year: year.edition)}
        self._named = {day.day: day for year in self._years.values() for day in year.days}

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on this day, make-up days (调休补班) included."""
        named = self._named.get(day)
        return named.works if named else day.weekday() < SATURDAY

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
            return -sum(map(self.is_working_day, days(b, a - ONE_DAY)))
        return sum(map(self.is_working_day, days(a + ONE_DAY, b)))

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


def days(first: date, last: date) -> Iterator[date]:
    """Every day from ``first`` to ``last``, both included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def add_months(day: date, n: int) -> date:
    """The same day n calendar months on; where that month is shorter, its last day."""
    months = day.year * 12 + day.month - 1 + n
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
