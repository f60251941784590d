"""What escalation tells: which clocks run out, who was reminded, what the city has to settle."""

from datetime import date
from typing import Annotated, Literal

from shared.contracts.assignment import Role
from shared.contracts.event import Due, Open, ProposalEvent, TaskId, UnitCode, Value


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
    """What a decision changes.

    ``new_lead``: ``lead`` takes the place of who answered so far. ``new_role``: ``unit`` gets the
    part ``role``. ``new_date``: the answer of ``unit`` is due on ``due_on``. ``ask``: money or a
    rule is asked of ``unit``. ``as_it_is``: nothing but the word itself.
    """

    kind: Annotated[
        Literal["new_lead", "new_role", "new_date", "ask", "as_it_is", "unknown"], Open()
    ]
    lead: UnitCode | None = None
    unit: UnitCode | None = None
    role: Role | None = None
    due_on: date | None = None


class CoordinationDecided(ProposalEvent):
    """A leader decided a flagged matter; the decision binds."""

    matter_id: str
    decision: str
    effect: Effect


class CoordinationDismissed(ProposalEvent):
    """A flagged matter needs no coordination after all (不予协调): the flag was wrong."""

    matter_id: str
    rule: str
    why: str


class SupervisionOpened(ProposalEvent):
    """The supervision office demands an answer from a unit by a day (督办立项)."""

    supervision_id: str
    number: str
    unit: UnitCode
    task_id: TaskId | None = None
    demand: str
    answer: Due
    leader: str | None = None


class SupervisionClosed(ProposalEvent):
    """A supervision came to its end, with a result (督办办结)."""

    supervision_id: str
    unit: UnitCode
    result: str
