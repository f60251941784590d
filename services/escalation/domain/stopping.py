"""Stopping: what was owed is done, or stands still. A clock that had run out by then stays missed.

While a return is undecided its unit cannot sign, and the office may let a clock stand still; it
goes on until the day that is told then.
"""

from dataclasses import replace
from datetime import date

from services.escalation.domain.clock import Clock
from services.escalation.domain.moving import move
from shared.contracts.escalation import DeadlineMissed
from shared.contracts.event import SYSTEM, Due


def stop(clock: Clock, *, on: date) -> DeadlineMissed | None:
    """What is still to be told of a clock that stops: that it was missed, if nobody said so yet.

    One that stands still cannot run out.
    """
    if clock.missed or clock.state == "paused" or on <= clock.due_on:
        return None
    return missed(clock, on=on)


def stopped(clock: Clock, *, on: date) -> Clock:
    """The clock as it stands afterwards: only the day of the act says whether it was late."""
    was_late = clock.missed if clock.state == "paused" else on > clock.due_on
    return replace(clock, state="stopped", stopped_on=on, missed=was_late)


def pause(clock: Clock, *, on: date) -> Clock:
    """It stands still from this day on; if its day had passed before, it was missed."""
    return replace(clock, state="paused", stopped_on=on, missed=on > clock.due_on)


def run_on(clock: Clock, *, until: Due | None, on: date) -> Clock:
    """A clock that runs again; without a new date it stays as late as it was."""
    running = replace(clock, state="running", stopped_on=None)
    return move(running, due=until, on=on) if until is not None else running


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
