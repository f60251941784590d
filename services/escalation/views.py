"""What escalation shows: clocks with their lights, and the matters of a proposal."""

from datetime import date

from pydantic import BaseModel

from services.escalation.domain.clock import Clock
from services.escalation.domain.lights import Horizon, Light, light_of
from shared.contracts.event import ProposalId, UnitCode


class ClockView(BaseModel):
    """A clock and how it stands today, as colour, word and shape."""

    proposal_id: ProposalId
    number: str | None
    clock_id: str
    clock: str
    unit: UnitCode
    unit_name: str
    started_on: date
    due_on: date
    generation: int
    state: str
    stopped_on: date | None
    missed: bool
    told_rungs: list[int]
    light: Light
    word: str
    shape: str


class ClockList(BaseModel):
    """Clocks, the most urgent first; ``more`` if there are further ones."""

    clocks: list[ClockView]
    more: bool


class MatterView(BaseModel):
    """A matter for the city, and what became of it."""

    matter_id: str
    rule: str
    evidence: str
    parties: list[UnitCode]
    flagged_by: str
    flagged_on: date
    state: str
    decision: str | None
    effect: str | None
    lead: UnitCode | None
    decided_by: str | None
    decided_on: date | None


class ProposalView(BaseModel):
    """All clocks and matters of one proposal."""

    proposal_id: ProposalId
    number: str | None
    generation: int
    clocks: list[ClockView]
    matters: list[MatterView]


class Swept(BaseModel):
    """What a sweep did: how many proposals and clocks were looked at, and what was told."""

    on: date
    proposals: int = 0
    clocks: int = 0
    near: int = 0
    missed: int = 0
    reminders: int = 0
    flagged: int = 0
    failed: int = 0


def clock_view(clock: Clock, *, number: str | None, unit_name: str, horizon: Horizon) -> ClockView:
    """The clock as it stands on the day of the horizon."""
    light = light_of(clock, horizon)
    return ClockView(
        proposal_id=clock.proposal_id,
        number=number,
        clock_id=clock.clock_id,
        clock=clock.clock,
        unit=clock.unit,
        unit_name=unit_name,
        started_on=clock.started_on,
        due_on=clock.due_on,
        generation=clock.generation,
        state=clock.state,
        stopped_on=clock.stopped_on,
        missed=clock.missed or light is Light.RED,
        told_rungs=sorted(clock.told_rungs),
        light=light,
        word=light.word,
        shape=light.shape,
    )
