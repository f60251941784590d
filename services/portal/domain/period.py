"""What a report is about: the proposals of a year, of a session, or what happened between two days.

The first two follow their proposals from beginning to end, whenever something happened to them;
the last counts each thing by the day on which it happened.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.portal.domain.cases import day_text
from shared.refusals import Malformed

HALVES = {(1, 6): "{year}年上半年", (7, 12): "{year}年下半年"}
QUARTERS = {
    (1, 3): "{year}年第一季度",
    (4, 6): "{year}年第二季度",
    (7, 9): "{year}年第三季度",
    (10, 12): "{year}年第四季度",
}
YEAR = re.compile(r"[1-9]\d{3}", re.ASCII)
SESSION = re.compile(r"session:(\S{1,40})")


class PeriodUnknown(Malformed):
    """没有“{period}”这样的期间，可写作2024、session:七届四次或2024-01-01..2024-06-30。"""


class PeriodBackwards(Malformed):
    """起日{since}晚于止日{until}，请更正。"""


class PeriodHalf(Malformed):
    """起日和止日须同时填写。"""


class PeriodMissing(Malformed):
    """请写明期间：年度、届次，或者起止日期。"""


@dataclass(frozen=True, slots=True)
class OfYear:
    """The proposals of a year."""

    year: int

    @property
    def code(self) -> str:
        """How it stands in an address."""
        return f"{self.year}"

    @property
    def says(self) -> str:
        """What people call it."""
        return f"{self.year}年"

    @property
    def within(self) -> str:
        """How a sentence says that something belongs to it."""
        return "本年度"

    def as_of(self, today: date) -> date:
        """The day up to which it counts."""
        return today


@dataclass(frozen=True, slots=True)
class OfSession:
    """The proposals that were handed in for a session."""

    session: str

    @property
    def code(self) -> str:
        """How it stands in an address."""
        return f"session:{self.session}"

    @property
    def says(self) -> str:
        """What people call it."""
        return f"{self.session}会议"

    @property
    def within(self) -> str:
        """How a sentence says that something belongs to it."""
        return f"{self.session}会议"

    def as_of(self, today: date) -> date:
        """The day up to which it counts."""
        return today


@dataclass(frozen=True, slots=True)
class Days:
    """What happened from one day to another, both of them counted."""

    since: date
    until: date

    @property
    def code(self) -> str:
        """How it stands in an address."""
        return f"{self.since}..{self.until}"

    @property
    def says(self) -> str:
        """What people call it."""
        since, until = self.since, self.until
        whole_months = since.day == 1 and until.day == monthrange(until.year, until.month)[1]
        if since.year == until.year and whole_months:
            months = (since.month, until.month)
            if since.month == until.month:
                return f"{since.year}年{since.month}月"
            if named := (HALVES | QUARTERS).get(months):
                return named.format(year=since.year)
        return f"{day_text(since)}至{day_text(until)}"

    @property
    def within(self) -> str:
        """How a sentence says that something belongs to it."""
        return "期内"

    def as_of(self, today: date) -> date:
        """The day up to which it counts."""
        return min(today, self.until)


Period = OfYear | OfSession | Days


def period_of(code: str) -> Period:
    """The period that stands in an address.

    Raises:
        PeriodUnknown: none does.
        PeriodBackwards: it ends before it begins.
    """
    if YEAR.fullmatch(code):
        return OfYear(int(code))
    if session := SESSION.fullmatch(code):
        return OfSession(session[1])
    since, between, until = code.partition("..")
    if not between:
        raise PeriodUnknown(period=code)
    return days_of(since, until)


def days_of(since: str, until: str) -> Days:
    """The period between two days, as they are written.

    Raises:
        PeriodHalf: one of them is missing.
        PeriodUnknown: one of them is no day.
        PeriodBackwards: they are the wrong way round.
    """
    if not (since and until):
        raise PeriodHalf
    try:
        days = Days(date.fromisoformat(since), date.fromisoformat(until))
    except ValueError as error:
        raise PeriodUnknown(period=f"{since}..{until}") from error
    if days.since > days.until:
        raise PeriodBackwards(since=since, until=until)
    return days


def periods_of_days(years: Iterable[int]) -> list[Days]:
    """The halves and quarters of some years, as one chooses from."""
    return [
        Days(date(year, first, 1), date(year, last, monthrange(year, last)[1]))
        for year in years
        for first, last in (*HALVES, *QUARTERS)
    ]
