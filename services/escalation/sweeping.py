"""Sweeping: each morning, or when asked, every clock is looked at whose day has come.

Proposals are taken up many at a time, each batch in one transaction that locks them first: two
sweeps at once tell everything once. When one of a batch cannot be looked at, each of it is looked
at alone, and only that one is left out.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.escalation import store
from services.escalation.domain.clock import Clock
from services.escalation.domain.flagging import (
    SILENT_DISTRICT,
    flag_silent_districts,
    rule_of,
    silent_from,
)
from services.escalation.domain.looking import Watch, look, next_look
from services.escalation.domain.notifying import Notice, notices_of
from services.escalation.domain.proposal import Proposal
from services.escalation.domain.staff import Staff
from services.escalation.domain.supervising import (
    letter_number,
    overdue,
    supervise_overdue,
    supervised_from,
)
from services.escalation.domain.terms import Terms
from services.escalation.staffing import staff_on
from services.escalation.store import OurEvent
from services.escalation.views import Swept
from shared.calendar import Calendar
from shared.contracts.escalation import (
    CoordinationFlagged,
    DeadlineMissed,
    DeadlineNear,
    ReminderSent,
    SupervisionOpened,
)
from shared.contracts.event import ProposalId
from shared.contracts.registry import RulesPublished
from shared.daily import sweep_day_by_day
from shared.postgres import OUTAGES
from shared.reference import Reference
from shared.rules import name_of
from shared.service import Backbone
from shared.work import Tx

log = logging.getLogger("huiban.escalation")

AT_ONCE = 100  # proposals locked together: the event path waits for no more than that


@dataclass(frozen=True, slots=True)
class Morning:
    """A day on which is swept, with everything that is known on it."""

    on: date
    known: Reference
    terms: Terms
    staff: Staff
    looked_with: str


async def keep_sweeping(backbone: Backbone) -> None:
    """Sweep for the day that it is, for ever. In a demo the days are somebody else's to pass."""
    await sweep_day_by_day(
        backbone, lambda day: sweep(backbone, on=day), when=lambda: _has_caught_up(backbone)
    )


async def sweep(backbone: Backbone, *, on: date) -> Swept:
    """Look at every clock that has something to tell on this day, and tell it."""
    known = await backbone.desk.reference()
    rules = known.rules_on(on)
    morning = Morning(
        on=on,
        known=known,
        terms=Terms(rules, known.calendar),
        staff=staff_on(known, on),
        looked_with=edition_of(rules, known.calendar, on=on),
    )
    async with backbone.desk.transaction() as tx:
        waiting = await store.proposals_to_look_at(tx, on=on, looked_with=morning.looked_with)
    done: Counter[str] = Counter(proposals=len(waiting))
    for start in range(0, len(waiting), AT_ONCE):
        batch = waiting[start : start + AT_ONCE]
        try:
            done += await _look_at(backbone, batch, morning)
        except OUTAGES:
            raise
        except Exception:
            for proposal_id in batch:
                done += await _look_at_alone(backbone, proposal_id, morning)
    return Swept(on=on, **done)


async def _look_at_alone(
    backbone: Backbone, proposal_id: ProposalId, morning: Morning
) -> Counter[str]:
    try:
        return await _look_at(backbone, [proposal_id], morning)
    except OUTAGES:
        raise
    except Exception as error:
        # One proposal that cannot be looked at keeps nobody else waiting.
        log.error("sweep failed", exc_info=error, extra={"proposal_id": proposal_id})
        return Counter({"failed": 1})


async def _look_at(
    backbone: Backbone, batch: Sequence[ProposalId], morning: Morning
) -> Counter[str]:
    async with backbone.desk.transaction() as tx:
        proposals = await store.lock_proposals(tx, batch)
        running = await store.running_clocks(tx, batch)
        events: list[OurEvent] = []
        for proposal_id in batch:
            # A clock of a proposal that nobody has heard of is a fault of ours.
            events += await _due_today(tx, proposals[proposal_id], running[proposal_id], morning)
        await store.record(tx, *events)
        after = await store.running_clocks(tx, batch) if events else running
        await store.open_notices(tx, _notices(events, proposals, after, morning))
        await store.look_again_on(
            tx,
            [
                (clock, _next_day(proposals[proposal_id], clock, morning))
                for proposal_id, clocks in after.items()
                for clock in clocks
            ],
            looked_with=morning.looked_with,
        )
    backbone.relay.wake()
    looked_at = sum(map(len, running.values()))
    return Counter({"clocks": looked_at}) + _counted(events)


async def _due_today(
    tx: Tx, proposal: Proposal, running: Sequence[Clock], morning: Morning
) -> list[OurEvent]:
    on, terms, known = morning.on, morning.terms, morning.known
    events: list[OurEvent] = []
    for clock in running:
        events += look(clock, _watch(proposal, clock, morning), on=on)
    matter = flag_silent_districts(
        proposal,
        running,
        rule=rule_of(terms.rules.coordination, SILENT_DISTRICT),
        units=known.units,
        calendar=known.calendar,
        decide=terms.due("matter", on=on),
        on=on,
    )
    if matter is not None:
        events.append(matter)
    for nth, found in enumerate(overdue(proposal, running, terms=terms, on=on), start=1):
        number = letter_number(terms.rules, n=await store.next_letter(tx, year=on.year), on=on)
        events.append(
            supervise_overdue(proposal, found, nth=nth, number=number, terms=terms, on=on)
        )
    return events


def _watch(proposal: Proposal, clock: Clock, morning: Morning) -> Watch:
    circle = proposal.circle(clock.unit)
    return Watch.over(
        clock,
        rules=morning.terms.rules,
        calendar=morning.terms.calendar,
        to_whom=lambda word: morning.staff.behind(word, circle),
    )


def _next_day(proposal: Proposal, clock: Clock, morning: Morning) -> date | None:
    rules, calendar = morning.terms.rules, morning.terms.calendar
    silence = rule_of(rules.coordination, SILENT_DISTRICT)
    days = [
        next_look(clock, _watch(proposal, clock, morning), after=morning.on),
        silent_from(clock, rule=silence, calendar=calendar),
        supervised_from(clock, rules=rules, calendar=calendar),
    ]
    return min((day for day in days if day is not None and day > morning.on), default=None)


def _notices(
    events: Sequence[OurEvent],
    proposals: dict[ProposalId, Proposal],
    clocks: dict[ProposalId, list[Clock]],
    morning: Morning,
) -> list[Notice]:
    return [
        notice
        for event in events
        for notice in notices_of(
            event,
            proposal=proposals[event.proposal_id],
            staff=morning.staff,
            clocks=clocks.get(event.proposal_id, ()),
        )
    ]


def _counted(events: Sequence[OurEvent]) -> Counter[str]:
    words: dict[type, str] = {
        DeadlineNear: "near",
        DeadlineMissed: "missed",
        ReminderSent: "reminders",
        CoordinationFlagged: "flagged",
        SupervisionOpened: "supervised",
    }
    return Counter(words[type(event)] for event in events)


def edition_of(rules: RulesPublished, calendar: Calendar, *, on: date) -> str:
    """By which rules and calendars clocks are looked at on this day: when it changes, all are."""
    years = " ".join(calendar.edition(year) for year in range(on.year - 1, on.year + 3))
    return f"{name_of(rules)} {years}"


async def _has_caught_up(backbone: Backbone) -> bool:
    """Whether every act told so far was heard: else we would miss what was done in time."""
    lag = await backbone.listener.lag() if backbone.listener is not None else None
    return lag == 0
