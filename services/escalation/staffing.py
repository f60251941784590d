"""Staffing: the people of a day, found once and kept while nothing changes in the registry."""

from datetime import date
from functools import lru_cache

from services.escalation.domain.staff import Staff
from shared.reference import Reference


@lru_cache(maxsize=8)
def staff_on(known: Reference, on: date) -> Staff:
    """Who holds which post on a day, and who acts for them."""
    return Staff.on_day(
        on,
        people=known.people.values(),
        deputies=lambda giver, held: known.deputies_of(giver, held=held, on=on),
        units=known.units,
        rules=known.rules_on(on),
    )
