"""Limiting: who has failed too often waits, whether there is such an account or not."""

from collections.abc import Sequence
from datetime import datetime

from services.portal.signin.domain.refusals import TooManyFailures, TooManyFromHere
from services.portal.signin.domain.terms import Terms


def locked_until(failures: Sequence[datetime], *, terms: Terms) -> datetime | None:
    """Until when somebody waits who failed at these moments, the newest first."""
    if len(failures) < terms.failures_to_lock:
        return None
    newest, counted = failures[0], failures[terms.failures_to_lock - 1]
    return newest + terms.lock if newest - counted <= terms.lock else None


def may_try(failures: Sequence[datetime], *, from_here: int, terms: Terms, now: datetime) -> None:
    """Let somebody try.

    ``from_here`` counts the failures from the same address within the time of a lock.

    Raises:
        TooManyFailures: this account waits.
        TooManyFromHere: everybody at this address does.
    """
    until = locked_until(failures, terms=terms)
    if until is not None and now < until:
        raise TooManyFailures(minutes=_minutes_until(until, now))
    if from_here >= terms.failures_per_address:
        raise TooManyFromHere


def _minutes_until(until: datetime, now: datetime) -> int:
    return int((until - now).total_seconds() // 60) + 1
