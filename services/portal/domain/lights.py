"""Lights: how a duty stands on a given day. Computed on reading, because the day changes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from shared.calendar import ONE_DAY, Calendar
from shared.contracts.registry import Deadline, RulesPublished
from shared.deadlines import shift


class Light(Enum):
    """A light is told by its word and its shape; its colour only helps."""

    RED = ("已逾期", "square")
    YELLOW = ("临期", "diamond")
    GREEN = ("正常", "circle")
    LATE = ("逾期办结", "late")
    DONE = ("按期办结", "check")
    PAUSED = ("暂停计时", "dash")
    DEAD = ("已终止", "dash")

    def __init__(self, word: str, shape: str) -> None:
        self.word = word
        self.shape = shape

    @property
    def code(self) -> str:
        """Its name in addresses and style sheets."""
        return self.name.lower()

    @property
    def is_open(self) -> bool:
        """Whether the duty is still owed."""
        return self in OPEN


OPEN = (Light.RED, Light.YELLOW, Light.GREEN)


def light(
    *, due_on: date, done_on: date | None, dead_on: date | None, today: date, near_on: date
) -> Light:
    """The light of a duty: it may be met until the end of its last day.

    ``near_on`` is the last due date that counts as near today.
    """
    if done_on is not None:
        return Light.DONE if done_on <= due_on else Light.LATE
    if dead_on is not None:
        return Light.DEAD
    if due_on < today:
        return Light.RED
    return Light.YELLOW if due_on <= near_on else Light.GREEN


NEAR = "near:"  # before the name of a clock, among the numbers of a rule set


@dataclass(frozen=True, slots=True)
class Horizon:
    """The last due date that counts as near today: one for all clocks, and those of short ones."""

    otherwise: date
    by_clock: Mapping[str, date] = field(default_factory=dict)

    @classmethod
    def of(cls, today: date, *, rules: RulesPublished, calendar: Calendar) -> "Horizon":
        """By the rules from which alarms are told, turned round."""
        own = {
            name.removeprefix(NEAR): Deadline(count=n.value, unit="working_days", source=n.source)
            for name, n in rules.numbers.items()
            if name.startswith(NEAR)
        }
        return cls(
            otherwise=near_until(today, near=rules.near, calendar=calendar),
            by_clock={
                clock: near_until(today, near=near, calendar=calendar)
                for clock, near in own.items()
            },
        )

    def until(self, clock: str) -> date:
        """The last near date of a clock; a special kind of one, such as ``reply:key``, follows it.

        ``store.rows.near_until`` says the same in SQL.
        """
        base = self.by_clock.get(clock.partition(":")[0], self.otherwise)
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


@dataclass(frozen=True, slots=True)
class Lamp:
    """Shows lights on one day: today, and how far ahead it warns."""

    today: date
    near: Horizon
    calendar: Calendar

    def of(self, duty: Mapping[str, Any]) -> Light:
        """The light of a clock, or of anything that has a due date."""
        clock = duty.get("clock") or duty.get("kind") or ""
        if duty.get("paused") and duty.get("dead_on") is None:
            return Light.PAUSED
        return light(
            due_on=duty["due_on"],
            done_on=duty.get("done_on"),
            dead_on=duty.get("dead_on"),
            today=self.today,
            near_on=self.near.until(clock),
        )

    def distance(self, due_on: date) -> str:
        """How far away a due date is, in working days, as one says it."""
        if due_on == self.today:
            return "今日到期"
        days = self.calendar.working_days_between(self.today, due_on)
        if due_on > self.today:
            return f"余{days}个工作日" if days else "下一个工作日前到期"
        return f"逾期{-days}个工作日" if days else "逾期不足1个工作日"
