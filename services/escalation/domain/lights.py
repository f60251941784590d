"""Lights: how a clock stands on a day. Nothing is stored that could drift from the calendar."""

from enum import StrEnum

from services.escalation.domain.clock import Clock
from shared.nearness import Horizon


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
            near = clock.due_on <= horizon.until(clock.clock)
            return Light.YELLOW if near else Light.GREEN
