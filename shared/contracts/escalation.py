"""What escalation tells: which clocks run out, who was reminded, what the city has to settle."""

from datetime import date
from typing import Annotated, Literal

from shared.contracts.assignment import Role
from shared.contracts.event import (
    Due,
    Open,
    PersonId,
    ProposalEvent,
    TaskId,
    UnitCode,
    Value,
)

Channel = Annotated[
    Literal["mail", "wecom", "dingtalk", "feishu", "webhook", "unknown"],
    Open(),
]


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
    """Somebody was reminded: once per rung and clock (催办).

    ``to`` is the rung's word for whom it is meant, ``recipients`` are the people found for it.
    ``late`` ones fell due while nobody looked.
    """

    clock_id: str
    clock: str
    unit: UnitCode
    rung: int
    to: str
    says: str
    recipients: tuple[PersonId, ...] = ()
    late: bool = False


class NoticeDelivered(ProposalEvent):
    """A message about clocks of this proposal left the house and was taken (通知送达)."""

    person: PersonId
    channel: Channel
    clocks: tuple[str, ...]
    tries: int


class NoticeFailed(ProposalEvent):
    """A message about clocks of this proposal could not be delivered (通知未送达).

    It still stands in the person's inbox.
    """

    person: PersonId
    channel: Channel
    clocks: tuple[str, ...]
    tries: int
    why: str


class CoordinationFlagged(ProposalEvent):
    """A matter may need coordination at city level (协调事项), by a rule or by hand.

    ``desk`` brings it to a decision, by ``decide``. ``promise_id`` names the promise that another
    body blocks.
    """

    matter_id: str
    rule: str
    evidence: str
    parties: tuple[UnitCode, ...]
    decide: Due | None = None
    desk: UnitCode | None = None
    promise_id: str | None = None


class PositionStated(ProposalEvent):
    """A party to a matter said where it stands (陈述意见); its latest word counts."""

    matter_id: str
    unit: UnitCode
    position: str


class CoordinationMeetingHeld(ProposalEvent):
    """The office brought the parties of a matter together (协调会), and kept the minutes."""

    matter_id: str
    held_on: date
    present: tuple[UnitCode, ...]
    minutes: str


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
    """A leader decided a flagged matter; the decision binds.

    ``desk`` sees to it that it is carried out, by ``carry_out``.
    """

    matter_id: str
    decision: str
    effect: Effect
    carry_out: Due | None = None
    desk: UnitCode | None = None


class CoordinationDismissed(ProposalEvent):
    """A flagged matter needs no coordination after all (不予协调): the flag was wrong."""

    matter_id: str
    rule: str
    why: str


class CoordinationCarriedOut(ProposalEvent):
    """What a leader decided was done (决定落实): by assignment, or found so by the office."""

    matter_id: str
    effect: Effect
    says: str


class CoordinationFollowedUp(ProposalEvent):
    """The office looked at what became of a decision (跟踪落实)."""

    matter_id: str
    says: str


class SupervisionOpened(ProposalEvent):
    """The supervision office demands an answer from a unit by a day (督办立项).

    ``clock_id`` names the clock that had been missed for too long, where a rule opened it.
    """

    supervision_id: str
    number: str
    unit: UnitCode
    task_id: TaskId | None = None
    demand: str
    answer: Due
    leader: str | None = None
    clock_id: str | None = None


class SupervisionAnswered(ProposalEvent):
    """The unit answered what was demanded of it (督办反馈)."""

    supervision_id: str
    unit: UnitCode
    says: str


class SupervisionClosed(ProposalEvent):
    """A supervision came to its end, with a result (督办办结), whether it was answered or not."""

    supervision_id: str
    unit: UnitCode
    result: str
    answered: bool = False


class TrackerNamed(ProposalEvent):
    """Somebody was named who keeps an eye on the proposal until its end (跟踪责任人)."""

    person: PersonId
    name: str


class KeyActivityHeld(ProposalEvent):
    """The leader of a key proposal held an activity about it (重点提案督办活动)."""

    kind: Annotated[Literal["research", "talk", "visit", "meeting", "unknown"], Open()]
    held_on: date
    leader: str
    units: tuple[UnitCode, ...]
    summary: str


class Finding(Value):
    """What an inspection found wanting in a unit's work, to be answered by a day."""

    finding_id: str
    unit: UnitCode
    says: str
    answer: Due


class InspectionHeld(ProposalEvent):
    """Somebody looked on the spot at how far it is, and what it has brought (现场督查)."""

    inspection_id: str
    held_on: date
    place: str
    units: tuple[UnitCode, ...]
    progress: str
    effect: str
    findings: tuple[Finding, ...] = ()


class FindingAnswered(ProposalEvent):
    """A unit said what it did about a finding (整改反馈)."""

    inspection_id: str
    finding_id: str
    unit: UnitCode
    says: str
