"""Lights: how a clock stands on a day. Nothing is stored that could drift from the calendar."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.escalation.domain.clock import Clock
from shared.calendar import ONE_DAY, Calendar
from shared.contracts.registry import Deadline
from shared.deadlines import shift


class Light(StrEnum):
    """A colour; whoever cannot see it has the word and the shape."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
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
    Light.YELLOW: "黄灯·临近",
    Light.RED: "红灯·逾期",
    Light.GREY: "灰·已停",
}
SHAPES = {Light.GREEN: "●", Light.YELLOW: "◆", Light.RED: "■", Light.GREY: "○"}


@dataclass(frozen=True, slots=True)
class Horizon:
    """A day, and the last due date that counts as near on it."""

    on: date
    near_until: date

    @classmethod
    def of(cls, on: date, *, near: Deadline, calendar: Calendar) -> "Horizon":
        """Reckoned from the same rule as ``DeadlineNear``, turned round."""

        def is_near(due_on: date) -> bool:
            return shift(due_on, count=-near.count, unit=near.unit, calendar=calendar) <= on

        last = shift(on, count=near.count, unit=near.unit, calendar=calendar)
        while is_near(last + ONE_DAY):
            last += ONE_DAY
        return cls(on=on, near_until=last)


def light_of(clock: Clock, horizon: Horizon) -> Light:
    """The last day is still the unit's own: it is red from the day after."""
    if clock.state != "running":
        return Light.GREY
    if clock.due_on < horizon.on:
        return Light.RED
    return Light.YELLOW if clock.due_on <= horizon.near_until else Light.GREEN
