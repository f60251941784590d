"""What escalation tells: which clocks run out, who was reminded, what the city has to settle."""

from datetime import date
from typing import Annotated, Literal

from shared.contracts.event import Open, ProposalEvent, UnitCode, Value


class DeadlineNear(ProposalEvent):
    """A clock will run out soon."""

    clock_id: str
    clock: str
    unit: UnitCode
    due_on: date


class DeadlineMissed(ProposalEvent):
    """A clock ran out: the day after its due date has begun."""

    clock_id: str
    clock: str
    unit: UnitCode
    due_on: date


class ReminderSent(ProposalEvent):
    """Somebody was reminded: once per rung and clock (催办)."""

    clock_id: str
    clock: str
    unit: UnitCode
    rung: int
    to: str
    says: str


class CoordinationFlagged(ProposalEvent):
    """A matter may need coordination at city level (协调事项), by a rule or by hand."""

    matter_id: str
    rule: str
    evidence: str
    parties: tuple[UnitCode, ...]


class Effect(Value):
    """What a decision changes: a new lead with a new clock, or nothing but the word itself."""

    kind: Annotated[Literal["new_lead", "as_it_is", "unknown"], Open()]
    lead: UnitCode | None = None


class CoordinationDecided(ProposalEvent):
    """A leader decided a flagged matter; the decision binds."""

    matter_id: str
    decision: str
    effect: Effect
