"""Lights: how a clock stands on a day. Nothing is stored that could drift from the calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.escalation.domain.clock import Clock
from shared.calendar import ONE_DAY, Calendar
from shared.contracts.registry import Deadline, RulesPublished
from shared.deadlines import shift

NEAR = "near:"


class Light(StrEnum):
    """A colour; whoever cannot see it has the word and the shape."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    PAUSED = "paused"
    GREY = "grey"

    @property
    def word(self) -> str:
        """How the office says it."""
        return WORDS[self]

    @property
    def shape(self) -> str:
        """A form of its own for every light."""
        return SHAPES[self]


WORDS = {
    Light.GREEN: "绿灯·正常",
    Light.YELLOW: "黄灯·临期",
    Light.RED: "红灯·已逾期",
    Light.PAUSED: "暂停计时",
    Light.GREY: "已停止",
}
SHAPES = {
    Light.GREEN: "●",
    Light.YELLOW: "◆",
    Light.RED: "■",
    Light.PAUSED: "‖",
    Light.GREY: "○",
}


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
    by_clock: Mapping[str, date]

    @classmethod
    def of(cls, on: date, *, rules: RulesPublished, calendar: Calendar) -> "Horizon":
        """Reckoned from the same rules as ``DeadlineNear``, turned round."""
        special = [name.removeprefix(NEAR) for name in rules.numbers if name.startswith(NEAR)]
        return cls(
            on=on,
            otherwise=_near_until(on, near=rules.near, calendar=calendar),
            by_clock={
                clock: _near_until(on, near=near_of(rules, clock), calendar=calendar)
                for clock in special
            },
        )

    def near_until(self, clock: str) -> date:
        """The last due date of this clock that is near."""
        base = self.by_clock.get(base_of(clock), self.otherwise)
        return self.by_clock.get(clock, base)


def _near_until(on: date, *, near: Deadline, calendar: Calendar) -> date:
    def is_near(due_on: date) -> bool:
        return shift(due_on, count=-near.count, unit=near.unit, calendar=calendar) <= on

    last = shift(on, count=near.count, unit=near.unit, calendar=calendar)
    while is_near(last + ONE_DAY):
        last += ONE_DAY
    while not is_near(last):
        last -= ONE_DAY
    return last


def light_of(clock: Clock, horizon: Horizon) -> Light:
    """The last day is still the unit's own: it is red from the day after."""
    match clock.state:
        case "stopped" | "dead":
            return Light.GREY
        case "paused":
            return Light.PAUSED
        case "running":
            if clock.due_on < horizon.on:
                return Light.RED
            near = clock.due_on <= horizon.near_until(clock.clock)
            return Light.YELLOW if near else Light.GREEN
