"""Lights: how a duty stands on a given day. Computed on reading, because the day changes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from shared.calendar import Calendar
from shared.nearness import Horizon


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


@dataclass(frozen=True, slots=True)
class Lamp:
    """Shows lights on one day: today, and how far ahead it warns."""

    near: Horizon
    calendar: Calendar

    @property
    def today(self) -> date:
        """The day."""
        return self.near.on

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
