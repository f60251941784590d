"""Periods: from a day on, to the end of another; either may be open."""

from datetime import date

from services.registry.domain.refusals import BackwardsDates


def must_run_forward(what: str, since: date | None, until: date | None) -> None:
    """Refuse a period that ends before it begins."""
    if since is not None and until is not None and until < since:
        raise BackwardsDates(what=what, since=since, until=until)


def overlap(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two periods have a day in common."""
    (one_since, one_until), (other_since, other_until) = one, other
    return _begins_by(one_since, other_until) and _begins_by(other_since, one_until)


def _begins_by(since: date | None, until: date | None) -> bool:
    return since is None or until is None or since <= until
