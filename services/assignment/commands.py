"""What a command to assignment has to say, word by word."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

# What is told but not stored here must still fit into others' tables: no NUL.
Words = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00]*$")]
Name = Annotated[Words, StringConstraints(min_length=1, max_length=100)]
Text = Annotated[Words, StringConstraints(min_length=1, max_length=2000)]
Names = Annotated[tuple[Name, ...], Field(max_length=100)]


class Command(BaseModel):
    """A command says what it means, and nothing else."""

    model_config = ConfigDict(extra="forbid")


class ListItem(Command):
    """One row of the list. A unit is given by code, full name, short name or alias."""

    proposal_id: UUID
    lead: Name | None = None
    split: Names = ()
    co_handlers: Names = ()
    reference: Names = ()


class HandOver(Command):
    """A list of proposals with their handling units, such as a deployment meeting hands over."""

    meeting: Name | None = None
    items: list[ListItem] = Field(min_length=1, max_length=1000)


class ReturnTask(Command):
    """This task is another unit's: why, and whose."""

    reason_code: Name
    reason: Text
    proposed_unit: Name


class DecideReturn(Command):
    """Upheld, the task goes to the new unit, or to the proposed one if none is named."""

    upheld: bool
    why: Text
    new_unit: Name | None = None


class WorkItem(Command):
    """A unit below, and what it is to do."""

    unit: Name
    duty: Annotated[Words, StringConstraints(max_length=500)] = ""


class HandDown(Command):
    """The units below that do the work."""

    meeting: Name | None = None
    tasks: list[WorkItem] = Field(min_length=1, max_length=100)


class CompleteTask(Command):
    """What was done."""

    summary: Text
