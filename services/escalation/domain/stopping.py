"""Stopping: what was owed is done. A clock that had run out by then stays missed.

While a return is undecided its unit cannot sign, so that clock stands still; when the return is
refused, it runs on with the working days it had left, at least one.
"""

from dataclasses import replace
from datetime import date

from services.escalation.domain.clock import Clock
from shared.calendar import Calendar
from shared.contracts.escalation import DeadlineMissed
from shared.contracts.event import SYSTEM


def stop(clock: Clock, *, on: date) -> DeadlineMissed | None:
    """What is still to be told of a clock that stops: that it was missed, if nobody said so yet."""
    if clock.missed or on <= clock.due_on:
        return None
    return missed(clock, on=on)


def run_on(clock: Clock, *, on: date, calendar: Calendar) -> Clock:
    """A stopped clock that runs again from today; one that was missed stays as late as it was."""
    if clock.missed or clock.stopped_on is None:
        return replace(clock, state="running", stopped_on=None)
    left = max(calendar.working_days_between(clock.stopped_on, clock.due_on), 1)
    return replace(
        clock,
        state="running",
        stopped_on=None,
        due_on=calendar.add_working_days(on, left),
    )


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
