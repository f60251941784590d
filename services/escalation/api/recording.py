"""What a command records: its events, the clocks that they stop, and who is to know of them."""

from services.escalation import store
from services.escalation.domain.clock import Awaited
from services.escalation.domain.notifying import notices_of
from services.escalation.domain.proposal import Proposal
from services.escalation.domain.stopping import stop
from services.escalation.domain.terms import Terms
from services.escalation.staffing import staff_on
from services.escalation.store import OurEvent
from shared.web import Act


def terms_of(act: Act) -> Terms:
    """The rules and the calendar of an act's day."""
    return Terms(act.rules, act.known.calendar)


async def record(
    act: Act,
    event: OurEvent,
    proposal: Proposal,
    *,
    stops: Awaited | None = None,
    subject: str = "",
) -> None:
    """Tell an event of a person's act, and what follows from it at once."""
    await store.record(act.tx, event)
    if stops is not None:
        for clock in await store.clocks_awaiting(act.tx, event.proposal_id, stops, subject=subject):
            if clock.state != "running":
                continue
            if missed := stop(clock, on=event.on):
                await store.record(act.tx, missed)
            await store.stop_clock(act.tx, clock, on=event.on)
    staff = staff_on(act.known, act.today)
    await store.open_notices(act.tx, notices_of(event, proposal=proposal, staff=staff))
