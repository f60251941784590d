"""Sweeping: when the registry's facts change, open dates move and open work goes to its heirs.

One transaction per proposal, which locks it first: two sweeps at once tell everything once.
"""

import logging
from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import date
from functools import partial

from services.assignment import store
from services.assignment.domain.recalculating import recalculate
from services.assignment.domain.succeeding import hand_on, heir_of, heirs_among, want_heir
from services.assignment.domain.terms import Terms
from services.assignment.views import Swept
from shared.contracts.event import SYSTEM, ProposalId, UnitCode
from shared.contracts.registry import UnitSucceeded
from shared.daily import sweep_day_by_day
from shared.postgres import OUTAGES
from shared.reference import Reference
from shared.rules import name_of
from shared.service import Backbone
from shared.work import Tx

log = logging.getLogger("huiban.assignment")

YEARS_AHEAD = 5
CALENDARS, RULES = "calendars", "rules"


async def keep_sweeping(backbone: Backbone) -> None:
    """Sweep for the day that it is, for ever. In a demo the days are somebody else's to pass."""
    await sweep_day_by_day(backbone, lambda day: sweep(backbone, on=day))


async def sweep(backbone: Backbone, *, on: date) -> Swept:
    """Follow the calendar, the rules and the successions of units as they are known on this day."""
    known = await backbone.desk.reference()
    swept = Counter[str]()
    heirs = _heirs(known, on=on)
    async with backbone.desk.transaction() as tx:
        left_behind = await store.held_by(tx, list(heirs))
        applied = await _rules_to_apply(tx, known, on=on)
        moving = (
            await store.with_open_dates(tx)
            if applied
            else await _resting_on_old_calendars(tx, known, on=on)
        )
    for proposal_id, unit in left_behind:
        swept += await _alone(backbone, _hand_on(backbone, proposal_id, heirs[unit], known, on))
    recalculated = Counter[str]()
    for proposal_id in moving:
        looking = _recalculate(backbone, proposal_id, known, on, applied=applied)
        recalculated += await _alone(backbone, looking)
    if not recalculated["failed"]:
        async with backbone.desk.transaction() as tx:
            await store.note_swept(tx, CALENDARS, facts=_editions(known, on=on))
            if applied:
                await store.note_swept(tx, RULES, facts=applied)
    swept += recalculated
    split = _split(known, on=on)
    async with backbone.desk.transaction() as tx:
        unclaimed = await store.held_by(tx, list(split), heir_wanted=False)
    for proposal_id, unit in unclaimed:
        swept += await _alone(backbone, _want_heir(backbone, proposal_id, split[unit], known, on))
    return Swept(
        on=on,
        looked_at=len(left_behind) + len(moving) + len(unclaimed),
        dates_moved=swept["dates_moved"],
        handed_on=swept["handed_on"],
        heirs_wanted=swept["heirs_wanted"],
        failed=swept["failed"],
    )


async def _alone(backbone: Backbone, looking: Awaitable[Counter[str]]) -> Counter[str]:
    """One proposal that cannot be looked at keeps nobody else waiting."""
    try:
        done = await looking
    except OUTAGES:
        raise
    except Exception as error:
        log.error("sweep failed", exc_info=error)
        return Counter(failed=1)
    backbone.relay.wake()
    return done


@dataclass(frozen=True, slots=True)
class _Heir:
    """Who takes over a unit's work, and by which succession."""

    old: UnitCode
    unit: UnitCode
    succession: UnitSucceeded


def _heirs(known: Reference, *, on: date) -> dict[UnitCode, _Heir]:
    """The units that are no more and whose work goes to one other unit."""
    heirs = {}
    for succession in known.successions.values():
        since = succession.on or date(succession.year, 1, 1)
        if since <= on and (found := heir_of(succession)) is not None:
            old, unit = found
            heirs[old] = _Heir(old, unit, succession)
    return heirs


def _split(known: Reference, *, on: date) -> dict[UnitCode, UnitSucceeded]:
    """The units that are no more and whose work went to several others, or to none."""
    return {
        found[0]: succession
        for succession in known.successions.values()
        if (succession.on or date(succession.year, 1, 1)) <= on
        and (found := heirs_among(succession)) is not None
    }


async def _want_heir(
    backbone: Backbone,
    proposal_id: ProposalId,
    succession: UnitSucceeded,
    known: Reference,
    on: date,
) -> Counter[str]:
    async with backbone.desk.transaction() as tx:
        assignment = await store.lock_assignment(tx, proposal_id)
        old = succession.old_code
        wanted = old and want_heir(assignment, old=old, succession=succession, units=known, on=on)
        if not wanted:
            return Counter()
        await store.record(tx, wanted)
        return Counter(heirs_wanted=1)


async def _hand_on(
    backbone: Backbone, proposal_id: ProposalId, heir: _Heir, known: Reference, on: date
) -> Counter[str]:
    async with backbone.desk.transaction() as tx:
        assignment = await store.lock_group(tx, proposal_id)
        events = hand_on(
            assignment,
            old=heir.old,
            heir=heir.unit,
            succession=heir.succession,
            units=known,
            terms=Terms(known.rules_on(on), known.calendar),
            on=on,
        )
        await store.record_change(tx, proposal_id, events, by=SYSTEM, on=on)
    return Counter(handed_on=int(bool(events)))


async def _resting_on_old_calendars(tx: Tx, known: Reference, *, on: date) -> list[ProposalId]:
    """Where open dates may move; nowhere, while the calendars are those of the last time."""
    if await store.swept_with(tx, CALENDARS) == _editions(known, on=on):
        return []
    old = [
        f"{year}@{edition}"
        for newest in _editions(known, on=on).split()
        for year, _, count in [newest.partition("@")]
        for edition in range(int(count))
    ]
    return await store.with_open_dates(tx, resting_on=old)


async def _rules_to_apply(tx: Tx, known: Reference, *, on: date) -> str | None:
    """The newest edition that is in force and applies to running clocks, if nobody did so yet."""
    applying = known.applying_to_running(on=on)
    if not applying:
        return None
    name = name_of(applying[-1])
    return name if await store.swept_with(tx, RULES) != name else None


def _editions(known: Reference, *, on: date) -> str:
    years = range(on.year - 1, on.year + YEARS_AHEAD)
    return " ".join(known.calendar.edition(year) for year in years)


async def _recalculate(
    backbone: Backbone,
    proposal_id: ProposalId,
    known: Reference,
    on: date,
    *,
    applied: str | None,
) -> Counter[str]:
    async with backbone.desk.transaction() as tx:
        assignment = await store.lock_assignment(tx, proposal_id)
        moved = recalculate(
            assignment,
            rules_named=partial(known.rules_running, on=on),
            calendar=known.calendar,
            on=on,
            applied=applied,
        )
        if moved is None:
            return Counter()
        await store.record(tx, moved)
        return Counter(dates_moved=len(moved.moved))
