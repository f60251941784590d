"""Editions: what was published is never changed, only followed by the next edition."""

from services.registry.domain.refusals import EditionNotNext


def must_be_next(edition: int, *, last: int, what: str) -> None:
    """Refuse an edition that does not follow the last one.

    Where there is none yet (0) it may be any: earlier ones may have been published elsewhere.
    """
    if edition < 1 or (last and edition != last + 1):
        raise EditionNotNext(what=what, next=last + 1, edition=edition)
