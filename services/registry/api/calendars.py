"""The working-day calendar: one person enters a year's next edition, another confirms it."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Path, Query

from services.registry import store
from services.registry.api.asking import Limit
from services.registry.commands import (
    ConfirmYear,
    DropYear,
    ProposeException,
    ProposeYear,
    ReadNotice,
    Year,
)
from services.registry.domain.proposing_years import (
    confirm_year,
    drop_year,
    propose_exception,
    propose_year,
)
from services.registry.domain.reading_notices import Notice, read_notice
from services.registry.domain.refusals import DaysOrNotice
from services.registry.views import UNSIGNED, CalendarProposals, NoticeRead, each_unsigned
from shared.contracts.registry import CalendarDay, CalendarYearAnnounced
from shared.web import Act, Reading, Receipt, may

router = APIRouter()

Keeper = Annotated[Act, may("registry.calendar")]
OfYear = Annotated[Year, Path()]


@router.post("/calendars/{year}/read-notice")
async def post_notice_to_read(year: OfYear, command: ReadNotice, look: Reading) -> NoticeRead:
    """See what a notice comes to, line by line; nothing is kept."""
    read = read_notice(command.notice, year=year)
    return NoticeRead(
        days=read.days,
        elsewhere=read.elsewhere,
        findings=read.findings,
        passed_over=read.passed_over,
    )


@router.post("/calendars/{year}/propose", status_code=201)
async def post_proposal(year: OfYear, command: ProposeYear, act: Keeper) -> Receipt:
    """Enter a year's next edition, from the notice's text or day by day."""
    register = await store.lock_register(act.tx)
    told = propose_year(
        register,
        proposal=str(uuid4()),
        year=year,
        source=command.source,
        provisional=command.provisional,
        notice=_notice_of(command, year=year),
        why=command.why,
        by=act.caller,
    )
    await store.record(act.tx, *told, by=act.caller, on=act.today)
    return act.receipt()


@router.post("/calendars/{year}/propose-exception", status_code=201)
async def post_exception(year: OfYear, command: ProposeException, act: Keeper) -> Receipt:
    """Enter days on which this city differs from the notice."""
    register = await store.lock_register(act.tx)
    told = propose_exception(
        register,
        proposal=str(uuid4()),
        year=year,
        days=[(one.day, one.works, one.name) for one in command.days],
        why=command.why,
        by=act.caller,
    )
    await store.record(act.tx, *told, by=act.caller, on=act.today)
    return act.receipt()


@router.post("/calendars/{year}/confirm")
async def post_confirmation(year: OfYear, command: ConfirmYear, act: Keeper) -> Receipt:
    """Confirm what somebody else entered: from now on it counts."""
    register = await store.lock_register(act.tx)
    told = confirm_year(register, proposal=command.proposal, year=year, by=act.caller)
    await store.record(act.tx, *told, by=act.caller, on=act.today)
    return act.receipt()


@router.post("/calendars/{year}/drop")
async def post_dropping(year: OfYear, command: DropYear, act: Keeper) -> Receipt:
    """Drop what was entered."""
    register = await store.lock_register(act.tx)
    told = drop_year(register, proposal=command.proposal, year=year, why=command.why)
    await store.record(act.tx, *told, by=act.caller, on=act.today)
    return act.receipt()


@router.get("/calendars/{year}", response_model_exclude=UNSIGNED)
async def get_calendar(year: OfYear, look: Reading) -> CalendarYearAnnounced:
    """The newest edition of a year's working days."""
    return await store.calendar_year(look.tx, year)


@router.get("/calendar-proposals", response_model_exclude=each_unsigned("proposals"))
async def get_proposals(
    look: Reading, after: Annotated[Year, Query()] | None = None, limit: Limit = 20
) -> CalendarProposals:
    """What waits for a second person."""
    return await store.calendar_proposals(look.tx, after=after, limit=limit)


def _notice_of(command: ProposeYear, *, year: int) -> Notice:
    match command.notice, command.days:
        case str() as text, None | []:
            return read_notice(text, year=year)
        case None, list() as days:
            return Notice(tuple(CalendarDay(**dict(one)) for one in days))
        case _:
            raise DaysOrNotice
