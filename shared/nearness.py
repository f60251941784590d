"""Nearness: from which day on a due date is near, for each clock, as the rule set says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from shared.calendar import ONE_DAY, Calendar
from shared.contracts.registry import Deadline, RulesPublished
from shared.deadlines import shift

NEAR = "near:"  # before the name of a clock, among the numbers of a rule set


def near_of(rules: RulesPublished, clock: str) -> Deadline:
    """How long before its day a clock is near: so many working days, or what holds for all.

    A short clock has a number of its own, or it would be yellow from its first day.
    """
    for name in (clock, base_of(clock)):
        if (found := rules.numbers.get(f"{NEAR}{name}")) is not None:
            return Deadline(count=found.value, unit="working_days", source=found.source)
    return rules.near


def base_of(clock: str) -> str:
    """The clock of which this is a special kind: ``reply`` of ``reply:key``."""
    return clock.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Horizon:
    """A day, and for each clock the last due date that counts as near on it."""

    on: date
    otherwise: date
    by_clock: Mapping[str, date] = field(default_factory=dict)

    @classmethod
    def of(cls, on: date, *, rules: RulesPublished, calendar: Calendar) -> "Horizon":
        """Reckoned from the same rules as ``DeadlineNear``, turned round."""
        special = [name.removeprefix(NEAR) for name in rules.numbers if name.startswith(NEAR)]
        return cls(
            on=on,
            otherwise=near_until(on, near=rules.near, calendar=calendar),
            by_clock={
                clock: near_until(on, near=near_of(rules, clock), calendar=calendar)
                for clock in special
            },
        )

    def until(self, clock: str) -> date:
        """The last near date of a clock; a special kind of one, such as ``reply:key``, follows it.

        Stores say the same in SQL.
        """
        base = self.by_clock.get(base_of(clock), self.otherwise)
        return self.by_clock.get(clock, base)

    @property
    def latest(self) -> date:
        """No due date beyond it is near, whatever the clock."""
        return max((self.otherwise, *self.by_clock.values()))


def near_until(today: date, *, near: Deadline, calendar: Calendar) -> date:
    """The last due date whose warning time has begun today: the rule's reckoning, turned round."""

    def warned(due_on: date) -> bool:
        return shift(due_on, count=-near.count, unit=near.unit, calendar=calendar) <= today

    last = shift(today, count=near.count, unit=near.unit, calendar=calendar)
    while warned(last + ONE_DAY):
        last += ONE_DAY
    while not warned(last):
        last -= ONE_DAY
    return last
