"""What escalation shows: clocks with their lights, matters, supervisions, inboxes, messages."""

from datetime import date, datetime

from pydantic import BaseModel

from services.escalation.domain.clock import Clock
from services.escalation.domain.lights import Light, light_of
from shared.contracts.event import ProposalId, UnitCode
from shared.nearness import Horizon


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
    provisional: bool
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


class PositionView(BaseModel):
    """Where a party to a matter stands."""

    unit: UnitCode
    position: str
    stated_by: str
    stated_on: date


class MeetingView(BaseModel):
    """A meeting about a matter, with its minutes."""

    held_on: date
    present: list[UnitCode]
    minutes: str


class FollowUpView(BaseModel):
    """What the office saw of a decision's effect."""

    says: str
    seen_by: str
    seen_on: date


class MatterView(BaseModel):
    """A matter for the city, and what became of it."""

    proposal_id: ProposalId
    number: str | None
    matter_id: str
    rule: str
    evidence: str
    parties: list[UnitCode]
    promise_id: str | None
    flagged_by: str
    flagged_on: date
    decide_by: date | None
    state: str
    decision: str | None
    effect: str | None
    lead: UnitCode | None
    effect_unit: UnitCode | None
    effect_role: str | None
    effect_due_on: date | None
    dismissed_why: str | None
    decided_by: str | None
    decided_on: date | None
    carried_out_on: date | None
    carried_out_says: str | None
    positions: list[PositionView] = []
    meetings: list[MeetingView] = []
    follow_ups: list[FollowUpView] = []


class MatterList(BaseModel):
    """Matters, the newest first; ``more`` if there are further ones."""

    matters: list[MatterView]
    more: bool


class RuleFigures(BaseModel):
    """What became of the matters that a rule flagged: wrong flags are dismissed ones.

    Days are calendar days from the flag to the decision. ``late`` are those decided after their
    date, and those whose date passed without a decision.
    """

    rule: str
    flagged: int
    open: int
    decided: int
    dismissed: int
    lapsed: int
    late: int
    mean_days: float | None
    longest_days: int | None
    new_lead: int
    new_role: int
    new_date: int
    asked: int
    as_it_is: int
    carried_out: int


class CoordinationFigures(BaseModel):
    """Coordination in a year, rule by rule."""

    year: int
    rules: list[RuleFigures]


class SupervisionView(BaseModel):
    """A supervision: what was demanded, and what came of it."""

    proposal_id: ProposalId
    proposal_number: str | None
    supervision_id: str
    number: str
    unit: UnitCode
    task_id: str | None
    demand: str
    answer_by: date
    leader: str | None
    clock_id: str | None
    opened_by: str
    opened_on: date
    state: str
    answer: str | None
    answered_on: date | None
    result: str | None
    closed_on: date | None


class SupervisionList(BaseModel):
    """Supervisions, the newest first; ``more`` if there are further ones."""

    supervisions: list[SupervisionView]
    more: bool


class FindingView(BaseModel):
    """What was found wanting, and what the unit did about it."""

    finding_id: str
    unit: UnitCode
    says: str
    answer_by: date
    answer: str | None
    answered_on: date | None


class InspectionView(BaseModel):
    """What was seen on the spot."""

    inspection_id: str
    held_on: date
    place: str
    units: list[UnitCode]
    progress: str
    effect: str
    held_by: str
    findings: list[FindingView]


class ActivityView(BaseModel):
    """What the leader of a key proposal did about it."""

    kind: str
    held_on: date
    leader: str
    units: list[UnitCode]
    summary: str


class ProposalView(BaseModel):
    """All that escalation knows of one proposal."""

    proposal_id: ProposalId
    number: str | None
    generation: int
    leader: str | None
    tracker: str | None
    clocks: list[ClockView]
    matters: list[MatterView]
    supervisions: list[SupervisionView]
    inspections: list[InspectionView]
    activities: list[ActivityView]


class InboxRow(BaseModel):
    """A notice as it is kept: what it is about, before anybody's language."""

    notice_id: int
    proposal_id: ProposalId
    number: str | None
    kind: str
    facts: dict[str, str]
    clock_id: str | None
    told_on: date
    read: bool


class NoticeView(BaseModel):
    """A notice as its reader sees it."""

    notice_id: int
    proposal_id: ProposalId
    number: str | None
    kind: str
    says: str
    told_on: date
    read: bool


class Inbox(BaseModel):
    """Somebody's notices, the newest first; ``more`` if there are further ones."""

    notices: list[NoticeView]
    unread: int
    more: bool


class Unread(BaseModel):
    """How many notices somebody has not read."""

    unread: int


class PreferenceView(BaseModel):
    """How somebody wants to be told; ``wired`` are the channels that this installation has."""

    channels: list[str] | None
    language: str
    digest_hour: int | None
    addresses: dict[str, str]
    wired: list[str]


class DeliveryView(BaseModel):
    """A message that left the house, or should have."""

    delivery_id: int
    person: str
    digest: date
    channel: str
    state: str
    tries: int
    next_at: datetime
    why: str


class DeliveryList(BaseModel):
    """Messages, the newest first; ``more`` if there are further ones."""

    deliveries: list[DeliveryView]
    more: bool


class Delivered(BaseModel):
    """What came of sending: messages opened, taken, failed for good, still waiting, and over."""

    opened: int = 0
    taken: int = 0
    failed: int = 0
    waiting: int = 0
    over: int = 0


class SubscriptionView(BaseModel):
    """A subscription of another system; its key is not shown."""

    subscription_id: str
    name: str
    url: str
    events: list[str]
    owner: str
    state: str
    parked: int
    tries: int
    why: str


class SubscriptionList(BaseModel):
    """Somebody's subscriptions."""

    subscriptions: list[SubscriptionView]


class ParkedView(BaseModel):
    """An event that a subscriber would not take, or that waits behind one."""

    position: int
    type: str
    proposal_id: ProposalId
    state: str
    why: str


class ParkedList(BaseModel):
    """What waits for a subscriber, in order."""

    parked: list[ParkedView]


class Swept(BaseModel):
    """What a sweep did: how many proposals and clocks were looked at, and what was told."""

    on: date
    proposals: int = 0
    clocks: int = 0
    near: int = 0
    missed: int = 0
    reminders: int = 0
    flagged: int = 0
    supervised: int = 0
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
        provisional=clock.provisional,
        generation=clock.generation,
        state=clock.state,
        stopped_on=clock.stopped_on,
        missed=clock.missed or light is Light.RED,
        told_rungs=sorted(clock.told_rungs),
        light=light,
        word=light.word,
        shape=light.shape,
    )
