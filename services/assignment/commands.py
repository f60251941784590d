"""What a command to assignment has to say, word by word."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from shared.commanding import Command, Plain

Name = Annotated[Plain, StringConstraints(min_length=1, max_length=100)]
Text = Annotated[Plain, StringConstraints(min_length=1, max_length=2000)]
LongText = Annotated[Plain, StringConstraints(min_length=1, max_length=20_000)]
Clock = Literal["restart", "keep"]
GivenRole = Literal["lead", "split", "co_handle", "reference"]
Names = Annotated[tuple[Name, ...], Field(max_length=100)]


class ListItem(Command):
    """One row of the list. A unit is given by code, full name, short name or alias."""

    proposal_id: UUID
    lead: Name | None = None
    split: Names = ()
    co_handlers: Names = ()
    reference: Names = ()
    advised: Annotated[tuple[Name, ...], Field(max_length=5)] = ()


class HandOver(Command):
    """A list of proposals with their handling units, such as a deployment meeting hands over."""

    meeting: Name | None = None
    items: list[ListItem] = Field(min_length=1, max_length=1000)


class PaperConsent(Command):
    """The head of the unit, or a deputy, who agreed on paper, and its date."""

    person: Name
    on: date


class ReturnTask(Command):
    """This task is another unit's: why, and whose. Its head agrees: by an act, or on paper."""

    reason_code: Name
    reason: Text
    proposed_unit: Name
    consent: PaperConsent | None = None


class AskConsent(Command):
    """Why the head should let a task be returned, and whose it is."""

    reason_code: Name
    reason: Text
    proposed_unit: Name


class DecideReturn(Command):
    """Upheld, the task goes to the new unit, or to the proposed one if none is named."""

    upheld: bool
    why: Text
    new_unit: Name | None = None
    clock: Clock | None = None


class RaiseObjection(Command):
    """The head objects once more: why, and whose task it is."""

    reason: Text
    proposed_unit: Name


class HoldMeeting(Command):
    """The meeting over an objection: when, with whom, and its minutes."""

    held_on: date
    present: Annotated[tuple[Name, ...], Field(min_length=1, max_length=100)]
    minutes: LongText


class DecideObjection(Command):
    """A leader's word, which binds."""

    upheld: bool
    why: Text
    new_unit: Name | None = None
    clock: Clock | None = None


class AddHandler(Command):
    """A unit that joins after the hand-over."""

    unit: Name
    role: GivenRole
    duty: Annotated[Plain, StringConstraints(max_length=500)] = ""
    why: Text


class Withdraw(Command):
    """Why a task is taken back from its unit."""

    why: Text


class RoleChange(Command):
    """A unit and its role from now on."""

    unit: Name
    role: GivenRole


class ChangeRoles(Command):
    """Units that get other roles, in one act. ``with_work``: what they handed down goes on."""

    changes: list[RoleChange] = Field(min_length=1, max_length=100)
    why: Text
    clock: Clock | None = None
    with_work: bool = False


class Reassign(Command):
    """The unit that takes a task over. ``with_work``: what stands below it moves along."""

    unit: Name
    why: Text
    clock: Clock | None = None
    with_work: bool = False


class AskExtension(Command):
    """More time: until when, and why."""

    until: date
    reason: Text


class DecideExtension(Command):
    """Granted as asked, or until another day. Other dates move only if that is said."""

    granted: bool
    why: Text
    until: date | None = None
    co_handlers_until: date | None = None
    with_work: bool = False


class SayWhy(Command):
    """The reason of an act."""

    why: Text


class NameOfficer(Command):
    """Who handles the task, and in which section."""

    officer: Name
    section: Annotated[Plain, StringConstraints(max_length=100)] = ""


class ReportProgress(Command):
    """The stage that was reached, and what was done."""

    stage: Annotated[Plain, StringConstraints(min_length=1, max_length=50)]
    says: Text


class WorkItem(Command):
    """A unit below, what it is to do, and by which day, if earlier than the rules have it."""

    unit: Name
    duty: Annotated[Plain, StringConstraints(max_length=500)] = ""
    until: date | None = None


class HandDown(Command):
    """The units below that do the work; the head who deploys it, the deputy who arranges it."""

    meeting: Name | None = None
    deployed_by: Name | None = None
    arranged_by: Name | None = None
    tasks: list[WorkItem] = Field(min_length=1, max_length=100)


class CompleteTask(Command):
    """What was done."""

    summary: Text


class PlannedMilestone(Command):
    """A step and its day."""

    says: Annotated[Plain, StringConstraints(min_length=1, max_length=200)]
    due_on: date


class PlannedItem(Command):
    """One item: what is to be done, by whom, and its steps."""

    says: Annotated[Plain, StringConstraints(min_length=1, max_length=500)]
    unit: Name
    officer: Annotated[Plain, StringConstraints(max_length=100)] = ""
    milestones: Annotated[tuple[PlannedMilestone, ...], Field(min_length=1, max_length=20)]
    advised: Annotated[tuple[Name, ...], Field(max_length=5)] = ()


class PlanItems(Command):
    """The items of a proposal, planned in one act."""

    items: list[PlannedItem] = Field(min_length=1, max_length=200)


class ProgressItem(Command):
    """What was done, and which milestone was reached by it."""

    says: Text
    milestone: Annotated[int, Field(ge=1, le=20)] | None = None


class CompleteItem(Command):
    """What came of it."""

    result: Text
