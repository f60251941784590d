"""The office's calendar is not running out."""

import json
from datetime import date
from typing import Any

import pytest

from deploy.places import PROJECT
from shared.clock import office_day
from shared.contracts.registry import CalendarYearAnnounced

FOLDER = PROJECT / "services" / "registry" / "data" / "calendars"
YEARS = sorted(int(path.stem) for path in FOLDER.glob("*.json"))
FEWEST_HOLIDAYS = 11  # the legal holidays of a year, make-up days left aside


def year(number: int) -> dict[str, Any]:
    """A year as it is kept."""
    kept: dict[str, Any] = json.loads((FOLDER / f"{number}.json").read_text(encoding="utf-8"))
    return kept


def test_this_year_is_announced() -> None:
    kept = year(office_day().year)

    assert kept["provisional"] is False
    assert kept["days"]


def test_next_year_is_there_and_if_not_announced_says_so() -> None:
    kept = year(office_day().year + 1)

    assert kept["provisional"] is (len(kept["days"]) == 0)


def test_no_year_is_missing_in_between() -> None:
    assert list(range(YEARS[0], YEARS[-1] + 1)) == YEARS


@pytest.mark.parametrize("number", YEARS)
def test_a_year_is_what_it_says(number: int) -> None:
    kept = CalendarYearAnnounced.model_validate(year(number))

    assert kept.year == number
    assert kept.source
    assert {day.day.year for day in kept.days} <= {number}
    assert len({day.day for day in kept.days}) == len(kept.days)
    if not kept.provisional:
        assert sum(not day.works for day in kept.days) >= FEWEST_HOLIDAYS
        new_year = [day.works for day in kept.days if day.day == date(number, 1, 1)]
        assert new_year == [False] or date(number, 1, 1).weekday() >= 5


@pytest.mark.parametrize("number", [number for number in YEARS if number < office_day().year])
def test_a_year_that_is_over_is_not_provisional(number: int) -> None:
    assert year(number)["provisional"] is False
