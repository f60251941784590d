"""Editions: what was published is never changed, only followed by the next edition."""

from services.registry.domain.refusals import EditionNotNext


def must_be_next(edition: int, *, last: int, what: str) -> None:
    """Refuse an edition that does not follow the last one; the first is 1."""
    if edition != last + 1:
        raise EditionNotNext(what=what, next=last + 1, edition=edition)
