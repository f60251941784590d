"""Sweeping: each morning, or when asked, every clock is looked at whose day has come.

One transaction per proposal, which locks it first: two sweeps at once tell everything once.
"""

import asyncio
import logging
from collections import Counter
from datetime import date

from services.escalation import store
from services.escalation.domain.flagging import (
    SILENT_DISTRICT,
    flag_silent_districts,
    rule_of,
    silent_from,
)
from services.escalation.domain.looking import Watch, look, next_look
from services.escalation.views import Swept
from shared.calendar import Calendar
from shared.clock import office_day
from shared.contracts.escalation import (
    CoordinationFlagged,
    DeadlineMissed,
    DeadlineNear,
    ReminderSent,
)
from shared.contracts.event import ProposalId
from shared.contracts.registry import RulesPublished
from shared.postgres import OUTAGES
from shared.reference import NoRules, Reference
from shared.service import Backbone
from shared.work import Tx

log = logging.getLogger("huiban.escalation")

PERIOD_SECONDS = 60


async def keep_sweeping(backbone: Backbone) -> None:
    """Sweep for the day that it is, for ever. In a demo the days are somebody else's to pass."""
    while True:
        if not backbone.settings.huiban_demo and await _has_caught_up(backbone):
            await backbone.beats.beating("sweep", _sweep_today(backbone))
        await backbone.beats.beating("sweep", asyncio.sleep(PERIOD_SECONDS))


async def _sweep_today(backbone: Backbone) -> None:
    try:
        await sweep(backbone, on=office_day())
    except NoRules as refusal:
        log.info("nothing to sweep by yet", extra={"why": refusal.sentence})


async def sweep(backbone: Backbone, *, on: date) -> Swept:
    """Look at every clock that has something to tell on this day, and tell it."""
    known = await backbone.desk.reference()
    rules = known.rules_on(on)
    looked_with = _edition(rules, known.calendar, on=on)
    async with backbone.desk.transaction() as tx:
        waiting = await store.proposals_to_look_at(tx, on=on, looked_with=looked_with)
    done: Counter[str] = Counter(proposals=len(waiting))
    for proposal_id in waiting:
        try:
            async with backbone.desk.transaction() as tx:
                done += await _look_at(
                    tx, proposal_id, known=known, rules=rules, looked_with=looked_with, on=on
                )
        except OUTAGES:
            raise
        except Exception as error:
            # One proposal that cannot be looked at keeps nobody else waiting.
            done["failed"] += 1
            log.error("sweep failed", exc_info=error, extra={"proposal_id": proposal_id})
        else:
            backbone.relay.wake()
    return Swept(on=on, **done)


async def _look_at(
    tx: Tx,
    proposal_id: ProposalId,
    *,
    known: Reference,
    rules: RulesPublished,
    looked_with: str,
    on: date,
) -> Counter[str]:
    proposal = await store.lock_proposal(tx, proposal_id)
    running = await store.running_clocks(tx, proposal_id)
    watches = {
        clock.clock_id: Watch.over(clock, rules=rules, calendar=known.calendar) for clock in running
    }
    for clock in running:
        await store.record(tx, *look(clock, watches[clock.clock_id], on=on))
    silence = rule_of(rules.coordination, SILENT_DISTRICT)
    matter = flag_silent_districts(
        proposal, running, rule=silence, units=known.units, calendar=known.calendar, on=on
    )
    if matter is not None:
        await store.record(tx, matter)
    for clock in await store.running_clocks(tx, proposal_id):
        days = [
            next_look(clock, watches[clock.clock_id], after=on),
            silent_from(clock, rule=silence, calendar=known.calendar),
        ]
        day = min((day for day in days if day is not None and day > on), default=None)
        await store.look_again_on(tx, clock, day=day, looked_with=looked_with)
    return Counter({"clocks": len(running)}) + _counted(tx)


def _counted(tx: Tx) -> Counter[str]:
    words = {
        DeadlineNear: "near",
        DeadlineMissed: "missed",
        ReminderSent: "reminders",
        CoordinationFlagged: "flagged",
    }
    return Counter(words[type(told.event)] for told in tx.recorded)


def _edition(rules: RulesPublished, calendar: Calendar, *, on: date) -> str:
    """By which rules and calendars clocks are looked at on this day: when it changes, all are."""
    years = " ".join(calendar.edition(year) for year in range(on.year - 1, on.year + 3))
    return f"{rules.rules}@{rules.edition} {years}"


async def _has_caught_up(backbone: Backbone) -> bool:
    """Whether every act told so far was heard: else we would miss what was done in time."""
    lag = await backbone.listener.lag() if backbone.listener is not None else None
    return lag == 0
