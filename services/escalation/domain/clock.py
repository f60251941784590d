"""A clock: who has to do what by which day, and what was already told of it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from shared.contracts.event import ProposalId, UnitCode


class Awaited(StrEnum):
    """What a clock waits for: the act that stops it."""

    SIGNING = "signing"
    RETURN_DECISION = "return_decision"
    EXTENSION_DECISION = "decide_extension"
    OBJECTION_DECISION = "decide_objection"
    CONTACT = "contact"
    OPINION = "opinion"
    WORK = "work"
    REPLY = "reply"
    RATING = "rating"
    PUBLICATION = "publish"
    MEETING = "meet"
    PROMISE = "promise"
    SUPERVISION = "supervise"
    FINDING = "finding"
    MATTER = "matter"
    CARRYING_OUT = "carry_out"


ClockState = Literal["running", "paused", "stopped", "dead"]


@dataclass(frozen=True, slots=True)
class Clock:
    """``subject`` is the task, reply, promise or matter whose act stops the clock.

    ``generation`` counts how often it was started or moved: a clock with another date has told
    nothing yet. ``missed`` is kept when it is stopped: late is late. A paused clock stands still
    until it goes on. Dead is what a reassignment or a withdrawal ended. ``since`` is the day on
    which it got its present date, where that is not the first one.
    """

    proposal_id: ProposalId
    clock_id: str
    clock: str
    awaits: Awaited
    subject: str
    unit: UnitCode
    started_on: date
    due_on: date
    generation: int = 1
    state: ClockState = "running"
    stopped_on: date | None = None
    near_told: bool = False
    missed: bool = False
    told_rungs: frozenset[int] = field(default_factory=frozenset)
    provisional: bool = False
    since: date | None = None

    @property
    def dated_on(self) -> date:
        """The day on which its present date was set: what lies before does not belong to it."""
        return self.since or self.started_on
