"""A report's period, as conditions of statements."""

from dataclasses import dataclass
from typing import Any, assert_never

from services.portal.domain.period import Days, OfSession, OfYear, Period


@dataclass(frozen=True, slots=True)
class Span:
    """A period whose values stand in a statement from ``place`` on; ``given`` are these values."""

    period: Period
    place: int

    @property
    def given(self) -> tuple[Any, ...]:
        """The values of the conditions."""
        match self.period:
            case OfYear(year):
                return (year,)
            case OfSession(session):
                return (session,)
            case Days(since, until):
                return since, until
            case never:
                assert_never(never)

    @property
    def is_days(self) -> bool:
        """Whether things are counted by the day on which they happened."""
        return isinstance(self.period, Days)

    @property
    def proposals(self) -> str:
        """Which proposals it is about: between two days, about all."""
        match self.period:
            case OfYear():
                return f"proposals.year = ${self.place}"
            case OfSession():
                return f"proposals.session = ${self.place}"
            case Days():
                return "true"
            case never:
                assert_never(never)

    def within(self, day: str) -> str:
        """That something happened in it; to its proposals it may have happened at any time."""
        return f"{day} BETWEEN ${self.place} AND ${self.place + 1}" if self.is_days else "true"

    def before(self, day: str) -> str:
        """That something had happened when it began; it begins only between two days."""
        return f"{day} < ${self.place}"

    def by_its_end(self, day: str) -> str:
        """That something has happened, at its end or now."""
        return f"{day} <= ${self.place + 1}" if self.is_days else f"{day} IS NOT NULL"

    def still_owed(self, given_on: str) -> str:
        """That an answer is owed in it: given in it, or not given before it began."""
        return f"coalesce({given_on}, 'infinity') >= ${self.place}" if self.is_days else "true"
