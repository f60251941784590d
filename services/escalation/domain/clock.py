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
    OPINION = "opinion"
    WORK = "work"
    REPLY = "reply"
    RATING = "rating"
    PROMISE = "promise"


ClockState = Literal["running", "stopped", "dead"]


@dataclass(frozen=True, slots=True)
class Clock:
    """``subject`` is the task, reply or promise whose act stops the clock.

    ``generation`` counts how often it was started: a clock started anew has told nothing yet.
    ``missed`` is kept when it is stopped: late is late. Dead is what a reassignment ended.
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
