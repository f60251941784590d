"""Moving dates: a new edition of the calendar moves what replies wait for, and it is said so."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shared.calendar import Calendar
from shared.contracts.event import SYSTEM, Due, ProposalId, TaskId, UnitCode
from shared.contracts.registry import RulesPublished
from shared.contracts.reply import DatesMoved, MovedDate
from shared.deadlines import moved_due, moved_on

Clock = Literal["rate", "publish", "redo", "meet"]
RulesNamed = Callable[[str], RulesPublished | None]


@dataclass(frozen=True, slots=True)
class OpenDate:
    """A day by which something about a reply is waited for, as it was explained."""

    reply_id: str
    task_id: TaskId
    unit: UnitCode
    clock: Clock
    round: int
    due: Due


def move_dates(
    proposal_id: ProposalId,
    dates: Iterable[OpenDate],
    *,
    rules_named: RulesNamed,
    calendar: Calendar,
    on: date,
) -> DatesMoved | None:
    """The open dates of a proposal's replies that the calendar as it stands now puts elsewhere.

    Each is reckoned by the rules from which it came. A date that was provisional and is certain now
    is told as well, though it may be the same day. What a unit promised by a day of its own rests
    on no calendar.
    """
    moved = tuple(
        MovedDate(
            reply_id=one.reply_id,
            task_id=one.task_id,
            unit=one.unit,
            clock=one.clock,
            round=one.round,
            before=one.due.on,
            due=due,
        )
        for one in dates
        for due in [_anew(one.due, rules_named=rules_named, calendar=calendar)]
        if (due.on, due.provisional) != (one.due.on, one.due.provisional)
    )
    if not moved:
        return None
    return DatesMoved(
        proposal_id=proposal_id,
        by=SYSTEM,
        on=on,
        calendar="+".join(sorted({part for one in moved for part in one.due.calendar.split("+")})),
        moved=moved,
    )


def _anew(before: Due, *, rules_named: RulesNamed, calendar: Calendar) -> Due:
    name, _, rule = before.rule.rpartition(" ")
    rules = rules_named(name)
    deadline = rules.deadlines.get(rule) if rules is not None else None
    if deadline is None:
        return moved_on(before, calendar=calendar)
    return moved_due(before, deadline=deadline, calendar=calendar)
