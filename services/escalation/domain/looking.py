"""Looking: what there is to tell of a clock on a day, and on which day to look again.

A step may be done until the end of its last day; it is missed from the day after. Facts are told
on any day; people are reminded on working days only. What fell due while nobody looked is told
once, late, and says so: to each kind of recipient only the highest of the rungs passed over.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from services.escalation.domain.clock import Clock
from services.escalation.domain.stopping import missed
from shared.calendar import ONE_DAY, Calendar
from shared.contracts.escalation import DeadlineMissed, DeadlineNear, ReminderSent
from shared.contracts.event import SYSTEM, PersonId
from shared.contracts.registry import Deadline, RulesPublished, Rung
from shared.deadlines import shift
from shared.nearness import base_of, near_of

Told = DeadlineNear | DeadlineMissed | ReminderSent
ToWhom = Callable[[str], tuple[PersonId, ...]]


def nobody(word: str) -> tuple[PersonId, ...]:
    """Where nobody is known by name, a reminder goes to the post."""
    return ()


@dataclass(frozen=True, slots=True)
class Watch:
    """What a clock is looked at with: when it counts as near, its ladder, the calendar.

    ``to_whom`` finds the people behind a rung's word.
    """

    near: Deadline
    ladder: tuple[Rung, ...]
    calendar: Calendar
    to_whom: ToWhom = nobody

    @classmethod
    def over(
        cls,
        clock: Clock,
        *,
        rules: RulesPublished,
        calendar: Calendar,
        to_whom: ToWhom = nobody,
    ) -> "Watch":
        """What the rules in force say of this clock. A clock without a ladder reminds nobody."""
        base = rules.ladders.get(base_of(clock.clock), ())
        return cls(
            near=near_of(rules, clock.clock),
            ladder=rules.ladders.get(clock.clock, base),
            calendar=calendar,
            to_whom=to_whom,
        )

    def near_on(self, clock: Clock) -> date:
        """The first day on which the clock is near."""
        return shift(
            clock.due_on, count=-self.near.count, unit=self.near.unit, calendar=self.calendar
        )

    def rungs_of(self, clock: Clock) -> list[tuple[date, Rung]]:
        """The rungs still to be told, each with its working day.

        A rung whose day had passed before the clock got its date does not belong to it. A rung is
        over when it was told, or when a higher one was told to the same recipient.
        """
        rungs = []
        for rung in self.ladder:
            day = shift(clock.due_on, count=rung.offset, unit=rung.unit, calendar=self.calendar)
            if day >= clock.dated_on and not self._is_over(rung, told=clock.told_rungs):
                rungs.append((self.calendar.next_working_day(day), rung))
        return rungs

    def _is_over(self, rung: Rung, *, told: frozenset[int]) -> bool:
        return rung.rung in told or any(
            higher.rung in told and higher.rung > rung.rung and higher.to == rung.to
            for higher in self.ladder
        )


def look(clock: Clock, watch: Watch, *, on: date) -> tuple[Told, ...]:
    """Everything that is to be told of a running clock on this day, each thing once."""
    if clock.state != "running":
        return ()
    return (*_deadline(clock, watch, on=on), *_reminders(clock, watch, on=on))


def next_look(clock: Clock, watch: Watch, *, after: date) -> date | None:
    """The first day after this one that brings something to tell; None if the clock has told all.

    The clock is taken as it stands once ``after`` was looked at.
    """
    days = [
        *([] if clock.missed else [clock.due_on + ONE_DAY]),
        *([] if clock.missed or clock.near_told else [watch.near_on(clock)]),
        *(day for day, _ in watch.rungs_of(clock)),
    ]
    tomorrow = after + ONE_DAY
    return min((max(day, tomorrow) for day in days), default=None)


def _deadline(clock: Clock, watch: Watch, *, on: date) -> Sequence[DeadlineNear | DeadlineMissed]:
    if clock.missed:
        return ()
    if on > clock.due_on:
        return (missed(clock, on=on),)
    if clock.near_told or on < watch.near_on(clock):
        return ()
    return (
        DeadlineNear(
            proposal_id=clock.proposal_id,
            clock_id=clock.clock_id,
            clock=clock.clock,
            unit=clock.unit,
            due_on=clock.due_on,
            by=SYSTEM,
            on=on,
        ),
    )


def _reminders(clock: Clock, watch: Watch, *, on: date) -> Sequence[ReminderSent]:
    if not watch.calendar.is_working_day(on):
        return ()
    highest: dict[str, tuple[date, Rung]] = {}
    for day, rung in sorted(watch.rungs_of(clock), key=lambda told: told[1].rung):
        if day <= on:
            highest[rung.to] = (day, rung)
    return [
        _reminder(clock, rung, day=day, recipients=watch.to_whom(rung.to), on=on)
        for day, rung in highest.values()
    ]


def _reminder(
    clock: Clock, rung: Rung, *, day: date, recipients: tuple[PersonId, ...], on: date
) -> ReminderSent:
    late = f"（本提醒应于{day}发出，迟至{on}补发；办理期限为{clock.due_on}）" if day < on else ""
    return ReminderSent(
        proposal_id=clock.proposal_id,
        clock_id=clock.clock_id,
        clock=clock.clock,
        unit=clock.unit,
        rung=rung.rung,
        to=rung.to,
        says=rung.says + late,
        recipients=recipients,
        late=day < on,
        by=SYSTEM,
        on=on,
    )
