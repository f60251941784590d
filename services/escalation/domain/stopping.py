"""Stopping: what was owed is done. A clock that had run out by then stays missed.

While a return is undecided its unit cannot sign, so that clock stands still; when the return is
refused, it runs on until the day that the decision names.
"""

from dataclasses import replace
from datetime import date

from services.escalation.domain.clock import Clock
from shared.contracts.escalation import DeadlineMissed
from shared.contracts.event import SYSTEM, Due


def stop(clock: Clock, *, on: date) -> DeadlineMissed | None:
    """What is still to be told of a clock that stops: that it was missed, if nobody said so yet."""
    if clock.missed or on <= clock.due_on:
        return None
    return missed(clock, on=on)


def run_on(clock: Clock, *, until: Due | None) -> Clock:
    """A stopped clock that runs again; without a new date it stays as late as it was."""
    due_on = until.on if until is not None else clock.due_on
    return replace(clock, state="running", stopped_on=None, due_on=due_on)


def missed(clock: Clock, *, on: date) -> DeadlineMissed:
    """The day after the due date has begun."""
    return DeadlineMissed(
        proposal_id=clock.proposal_id,
        clock_id=clock.clock_id,
        clock=clock.clock,
        unit=clock.unit,
        due_on=clock.due_on,
        by=SYSTEM,
        on=on,
    )
