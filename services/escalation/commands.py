"""What a command to escalation has to say."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from services.escalation.domain.digesting import Channel, Language
from services.escalation.domain.leading import Kind
from shared.commanding import Command, Plain
from shared.contracts.assignment import Role

Name = Annotated[Plain, StringConstraints(min_length=1, max_length=100)]
Text = Annotated[Plain, StringConstraints(max_length=5_000)]
Address = Annotated[Plain, StringConstraints(max_length=200)]


class FlagMatter(Command):
    """Something for the city to settle: what it is about, and which units it concerns."""

    evidence: Text
    parties: list[Name] = Field(max_length=50)


class ReportBlocked(Command):
    """A promise that cannot be kept, because another unit does not do its part."""

    blocked_by: Name
    why: Text


class StatePosition(Command):
    """Where a unit stands in a matter."""

    position: Text


class HoldMeeting(Command):
    """A meeting about a matter that was held, with its minutes."""

    held_on: date
    present: list[Name] = Field(max_length=50)
    minutes: Text


class DecidedEffect(Command):
    """What a decision changes: a new lead, another part, another date, something asked, nothing."""

    kind: Literal["new_lead", "new_role", "new_date", "ask", "as_it_is"]
    lead: Name | None = None
    unit: Name | None = None
    role: Role | None = None
    due_on: date | None = None


class DecideMatter(Command):
    """The leader's word, and what it changes."""

    decision: Text
    effect: DecidedEffect


class DismissMatter(Command):
    """Why a matter needs no coordination after all."""

    why: Text


class Say(Command):
    """What somebody has to say of it."""

    says: Text


class OpenSupervision(Command):
    """What is demanded of a unit, and by when; without a day the rules set it."""

    unit: Name
    demand: Text
    answer_by: date | None = None


class CloseSupervision(Command):
    """With which result a supervision ends."""

    result: Text


class NameTracker(Command):
    """Who keeps an eye on the proposal."""

    person: Name


class HoldActivity(Command):
    """What the leader of a key proposal did about it."""

    kind: Kind
    held_on: date
    units: list[Name] = Field(default=[], max_length=50)
    summary: Text


class FindingSaid(Command):
    """What was found wanting in a unit's work; without a day the rules set it."""

    unit: Name
    says: Text
    answer_by: date | None = None


class HoldInspection(Command):
    """What was seen on the spot of progress and effect, and what was found wanting."""

    held_on: date
    place: Name
    units: list[Name] = Field(max_length=50)
    progress: Text = ""
    effect: Text = ""
    findings: list[FindingSaid] = Field(default=[], max_length=50)


class ChoosePreference(Command):
    """How somebody wants to be told. Without channels it is mail, where an address is known."""

    channels: list[Channel] | None = Field(default=None, max_length=5)
    language: Language = "zh-CN"
    digest_hour: int | None = Field(default=None, ge=0, le=23)
    addresses: dict[Channel, Address] = Field(default={})


class Subscribe(Command):
    """Where to tell another system, with which key to sign, and of what; of all, if of nothing."""

    name: Name
    url: Annotated[Plain, StringConstraints(min_length=8, max_length=500)]
    secret: Annotated[str, StringConstraints(min_length=16, max_length=200)]
    events: list[Name] = Field(default=[], max_length=100)


class Reason(Command):
    """Why an operator does it."""

    reason: Annotated[Plain, StringConstraints(min_length=1, max_length=500)]
