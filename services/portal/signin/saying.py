"""How seats and people are called on the pages, from what the registry has told."""

from services.portal.signin.domain.account import Seat
from services.portal.signin.domain.telling import POSTS
from shared.contracts.event import PersonId, UnitCode
from shared.contracts.registry import UnitLevel
from shared.reference import Reference


def person_name(person: str, known: Reference) -> str:
    """A person as people call them."""
    found = known.people.get(PersonId(person))
    return found.name if found is not None else person


def unit_label(code: str, known: Reference) -> str:
    """A unit as a list has room for it; districts' bureaus share their short names."""
    unit = known.units.get(UnitCode(code))
    if unit is None:
        return code
    return unit.name if unit.level is UnitLevel.SECTION else unit.short_name


def seat_says(seat: Seat, known: Reference) -> str:
    """A seat as people call it."""
    giver = f"（代{person_name(seat.on_behalf_of, known)}）" if seat.on_behalf_of else ""
    return f"{unit_label(seat.unit, known)} {POSTS.get(seat.post, seat.post)}{giver}"
