"""Proposing a year's next edition: one person enters it, another compares it and confirms."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from services.registry.domain.announcing_years import announce_year, differs, in_order
from services.registry.domain.reading_notices import Finding, Notice
from services.registry.domain.refusals import (
    ChangedMeanwhile,
    DayOfAnotherYear,
    DayTwice,
    NothingChanged,
    NothingProposed,
    NoticeNotUnderstood,
    SamePersonConfirms,
    YearNotAnnounced,
)
from services.registry.domain.register import Register
from shared.contracts.event import Actor
from shared.contracts.registry import (
    CalendarDay,
    CalendarProposalDropped,
    CalendarYearAnnounced,
    CalendarYearProposed,
)


def propose_year(
    register: Register,
    *,
    proposal: str,
    year: int,
    source: str,
    provisional: bool,
    notice: Notice,
    why: str,
    by: Actor,
) -> tuple[CalendarYearProposed, ...]:
    """The year as a notice has it; what the city itself has excepted stays, unless it is listed.

    It takes the place of whatever was proposed for this year before. Where the notice reaches
    into the year beside it, that year's next edition is proposed as well.

    Raises:
        NoticeNotUnderstood: a line could not be read, or cannot be right.
    """
    if notice.findings:
        raise _not_understood(notice.findings)
    standing = register.calendars.get(year)
    named = {one.day for one in notice.days}
    local = [one for one in standing.days if one.local] if standing else []
    whole = in_order((*notice.days, *(one for one in local if one.day not in named)))
    same = standing and (standing.source, standing.provisional, standing.days) == (
        source,
        provisional,
        whole,
    )
    if same:
        raise NothingChanged(year=year)
    told = _proposed(
        register,
        CalendarYearProposed(
            proposal=proposal,
            year=year,
            edition=_next_edition(register, year=year),
            source=source,
            provisional=provisional,
            days=whole,
            why=why,
            by=by,
        ),
    )
    for beside, days in groupby(notice.elsewhere, key=lambda day: day.day.year):
        told += _changed(register, proposal=proposal, year=beside, days=days, why=source, by=by)
    return told


def propose_exception(
    register: Register,
    *,
    proposal: str,
    year: int,
    days: Iterable[tuple[date, bool, str]],
    why: str,
    by: Actor,
) -> tuple[CalendarYearProposed, ...]:
    """The year as it stands but for some days: the city stops work for a typhoon, or makes it up.

    A day that is like its weekday again is not listed any more.
    """
    exceptions: dict[date, CalendarDay] = {}
    for day, works, name in days:
        if day.year != year:
            raise DayOfAnotherYear(day=day, year=year)
        if day in exceptions:
            raise DayTwice(day=day)
        exceptions[day] = CalendarDay(day=day, works=works, name=name, local=True)
    told = _changed(
        register, proposal=proposal, year=year, days=exceptions.values(), why=why, by=by
    )
    if not told:
        raise NothingChanged(year=year)
    return told


def confirm_year(
    register: Register, *, proposal: str, year: int, by: Actor
) -> tuple[CalendarYearAnnounced, ...]:
    """What was proposed counts; by somebody else than whoever entered it, as they saw it."""
    proposed = _open(register, year=year)
    if proposed.proposal != proposal or proposed.edition != _next_edition(register, year=year):
        raise ChangedMeanwhile(year=year)
    if proposed.by is not None and by.is_also(proposed.by):
        raise SamePersonConfirms
    return announce_year(register, year=_as_announced(proposed))


def drop_year(
    register: Register, *, proposal: str, year: int, why: str
) -> tuple[CalendarProposalDropped, ...]:
    """What was proposed will not count."""
    if _open(register, year=year).proposal != proposal:
        raise ChangedMeanwhile(year=year)
    return (CalendarProposalDropped(proposal=proposal, year=year, why=why),)


def _changed(
    register: Register,
    *,
    proposal: str,
    year: int,
    days: Iterable[CalendarDay],
    why: str,
    by: Actor,
) -> tuple[CalendarYearProposed, ...]:
    """The year as it stands but for these days; nothing, if it stands like that."""
    standing = register.calendars.get(year)
    if standing is None:
        raise YearNotAnnounced(year=year)
    changed = {day.day: day for day in days}
    untouched = [one for one in standing.days if one.day not in changed]
    whole = in_order((*untouched, *filter(differs, changed.values())))
    if whole == standing.days:
        return ()
    return _proposed(
        register,
        CalendarYearProposed(
            proposal=proposal,
            year=year,
            edition=standing.edition + 1,
            source=standing.source,
            provisional=standing.provisional,
            days=whole,
            why=why,
            by=by,
        ),
    )


def _not_understood(findings: Sequence[Finding]) -> NoticeNotUnderstood:
    first = findings[0]
    return NoticeNotUnderstood(
        count=len(findings),
        first=f"第{first.line}行“{first.text[:40]}”{first.says}。",
        findings=[{"line": one.line, "text": one.text, "says": one.says} for one in findings],
    )


def _proposed(
    register: Register, proposed: CalendarYearProposed
) -> tuple[CalendarYearProposed, ...]:
    announce_year(register, year=_as_announced(proposed))  # it must be fit to be confirmed
    return (proposed,)


def _as_announced(proposed: CalendarYearProposed) -> CalendarYearAnnounced:
    return CalendarYearAnnounced(
        year=proposed.year,
        edition=proposed.edition,
        source=proposed.source,
        provisional=proposed.provisional,
        days=proposed.days,
        why=proposed.why,
        proposed_by=proposed.by,
    )


def _next_edition(register: Register, *, year: int) -> int:
    standing = register.calendars.get(year)
    return standing.edition + 1 if standing else 1


def _open(register: Register, *, year: int) -> CalendarYearProposed:
    proposed = register.proposals.get(year)
    if proposed is None:
        raise NothingProposed(year=year)
    return proposed
