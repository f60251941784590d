"""What the overview adds up."""

from collections.abc import Iterable, Mapping
from typing import Any

from services.portal.domain.words import RATINGS

COUNTED = ("red", "yellow", "green", "done", "late", "lead", "split", "co_handle")


def totals(units: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The units' figures, added up."""
    units = list(units)
    return {name: sum(unit[name] for unit in units) for name in COUNTED}


def months_of(happened: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """All twelve months, the quiet ones too."""
    known = {row["month"]: row for row in happened}
    quiet = {"handed_over": 0, "replied": 0}
    return [known.get(month, {"month": month, **quiet}) for month in range(1, 13)]


def ratings_of(said: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """All three ratings, those that nobody gave too; none at all while nothing was rated."""
    known = {row["rating"]: row for row in said}
    unsaid = {"process": 0, "result": 0}
    if not known:
        return []
    return [known.get(rating, {"rating": rating, **unsaid}) for rating in RATINGS]
