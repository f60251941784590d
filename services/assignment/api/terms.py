"""The terms on which an act is decided."""

from services.assignment.domain.terms import Terms
from shared.web import Look


def terms_of(look: Look) -> Terms:
    """The rules of the day, and the calendar as it is known."""
    return Terms(look.rules, look.known.calendar)
