"""What the figures add up to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from services.portal.domain.words import RATINGS

SHADES = 4


@dataclass(frozen=True, slots=True)
class Month:
    """What happened in a month: handed over, and replied."""

    month: str
    handed_over: int = 0
    replies: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """How often something was said of the process and of the result: by ratings, by proposals."""

    rating: str
    process: int = 0
    process_proposals: int = 0
    result: int = 0
    result_proposals: int = 0


def months_of(happened: Iterable[Mapping[str, Any]], *, year: int) -> list[Month]:
    """The months of a year, the quiet ones too; and those before and after it that were not."""
    known = {row["month"]: Month(**row) for row in happened}
    every = {f"{year:04}-{month:02}" for month in range(1, 13)} | known.keys()
    return [known.get(month, Month(month)) for month in sorted(every)]


def ratings_of(said: Iterable[Mapping[str, Any]]) -> list[Said]:
    """All three ratings, those that nobody gave too; none at all while nothing was rated."""
    known = {(row["about"], row["rating"]): row for row in said}
    nothing = {"forms": 0, "proposals": 0}
    if not known:
        return []
    return [
        Said(
            rating,
            *(
                known.get((about, rating), nothing)[counted]
                for about in ("process", "result")
                for counted in ("forms", "proposals")
            ),
        )
        for rating in RATINGS
    ]


def shade_of(count: int, *, most: int) -> int:
    """How dark a district is drawn: 0 for nothing, up to ``SHADES`` for the most."""
    return ceil(SHADES * count / most) if most else 0
