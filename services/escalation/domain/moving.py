"""Moving: a clock gets another date. Alarms of the old date die with it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import assert_never

from services.escalation.domain.clock import Awaited, Clock
from shared.contracts.assignment import MovedDue
from shared.contracts.event import Due
from shared.contracts.reply import MovedDate

AWAITED = {
    "sign": (Awaited.SIGNING,),
    "answer": (Awaited.REPLY, Awaited.OPINION, Awaited.WORK),
    "contact": (Awaited.CONTACT,),
    "decide": (Awaited.RETURN_DECISION, Awaited.OBJECTION_DECISION),
}


def move(clock: Clock, *, due: Due, on: date) -> Clock:
    """To another day, in the next generation: only what lies ahead of today belongs to it."""
    return move_to(clock, day=due.on, provisional=due.provisional, on=on)


def move_to(clock: Clock, *, day: date, provisional: bool, on: date) -> Clock:
    """As ``move``, to a day that needs no reckoning. Where the day stays, so do its alarms."""
    if clock.state == "dead":
        return clock
    if day == clock.due_on:
        return replace(clock, provisional=provisional)
    moved = replace(
        clock,
        due_on=day,
        provisional=provisional,
        since=on,
        generation=clock.generation + 1,
        near_told=False,
        told_rungs=frozenset(),
    )
    match clock.state:
        case "stopped":
            done_on = clock.stopped_on
            return replace(moved, missed=done_on is not None and done_on > day)
        case "running" | "paused":
            return replace(moved, missed=False)
        case _:
            assert_never(clock.state)


def moved_clocks(clocks: Iterable[Clock], moved: Iterable[MovedDue], *, on: date) -> list[Clock]:
    """The clocks of a proposal whose dates an event moved, as they stand afterwards.

    The round that is under way is moved, not one that was answered long ago. Who has talked with
    the proposer is never asked again by when they should have: whoever moves the date need not know
    of the talk.
    """
    found: dict[str, Clock] = {}
    by_task: dict[tuple[str, Awaited], list[Clock]] = {}
    for clock in clocks:
        by_task.setdefault((clock.subject, clock.awaits), []).append(clock)
    for one in moved:
        for awaits in AWAITED.get(one.clock, ()):
            of_task = by_task.get((one.task_id, awaits), [])
            for clock in _under_way(of_task):
                if not (clock.awaits is Awaited.CONTACT and clock.state == "stopped"):
                    found[clock.clock_id] = move(clock, due=one.due, on=on)
    return list(found.values())


def clocks_of_letters_moved(
    clocks: Iterable[Clock], moved: Iterable[MovedDate], *, on: date
) -> list[Clock]:
    """The clocks about a proposal's replies whose dates moved: those that still wait."""
    by_id = {clock.clock_id: clock for clock in clocks if clock.state in ("running", "paused")}
    of_letters = ((f"{one.reply_id}/{one.due.clock}", one.due) for one in moved)
    return [move(by_id[clock], due=due, on=on) for clock, due in of_letters if clock in by_id]


def _under_way(clocks: list[Clock]) -> list[Clock]:
    running = [clock for clock in clocks if clock.state in ("running", "paused")]
    return running or clocks
