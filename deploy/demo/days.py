"""The days of the year 2024 on which the office works."""

from datetime import date
from functools import cache
from importlib.resources import files

from shared.calendar import Calendar, days
from shared.contracts.registry import CalendarYearAnnounced

HANDED_OVER_ON = date(2024, 1, 15)  # the city office's hand-over meeting
DEPLOYED_ON = date(2024, 1, 22)  # the district's meeting, as its report names it
FIRST_DAY, LAST_DAY = date(2024, 1, 2), date(2024, 12, 31)


@cache
def calendar() -> Calendar:
    """The announced years as the registry knows them."""
    announced = files("services.registry") / "data" / "calendars"
    return Calendar(
        CalendarYearAnnounced.model_validate_json((announced / f"{year}.json").read_text("utf-8"))
        for year in (2023, 2024, 2025)
    )


def working_days() -> tuple[date, ...]:
    """Every day of the year on which people act."""
    return tuple(day for day in days(FIRST_DAY, LAST_DAY) if calendar().is_working_day(day))


def after(day: date, n: int) -> date:
    """The n-th working day after a day; before it, if n is negative."""
    return calendar().add_working_days(day, n)
