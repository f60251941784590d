"""What assignment shows of tasks and of returns."""

from datetime import date

from pydantic import BaseModel

from services.assignment.domain.assignment import TaskState
from shared.contracts.assignment import Role
from shared.contracts.event import Due, ProposalId, TaskId, UnitCode


class TaskLine(BaseModel):
    """A task in a list, with the days by which it is to be signed, returned or answered."""

    proposal_id: ProposalId
    number: str
    task_id: TaskId
    unit: UnitCode
    unit_name: str
    role: Role
    state: TaskState
    parent: TaskId | None
    duty: str
    given_on: date
    sign_by: date | None
    return_by: date | None
    answer_by: date | None


class TaskList(BaseModel):
    """A part of the list; ``next`` is what to give as ``after`` to see on."""

    tasks: list[TaskLine]
    next: str | None


class TaskView(BaseModel):
    """A task, whole, each of its dates explained step by step."""

    task_id: TaskId
    unit: UnitCode
    unit_name: str
    role: Role
    state: TaskState
    generation: int
    parent: TaskId | None
    duty: str
    given_on: date
    signed_on: date | None
    completed_on: date | None
    summary: str | None
    rolled_up_on: date | None
    ended_on: date | None
    sign: Due | None
    return_by: Due | None
    answer: Due | None


class ReturnView(BaseModel):
    """A return and what was decided, if it was."""

    nth: int
    task_id: TaskId
    returned_on: date
    reason_code: str
    reason: str
    proposed_unit: UnitCode
    proposed_unit_name: str
    decide: Due
    decided_on: date | None
    upheld: bool | None
    why: str | None


class AssignmentView(BaseModel):
    """A filed proposal and who handles it. A merged one is handled in its main proposal's tasks."""

    proposal_id: ProposalId
    number: str
    merged_into: ProposalId | None
    tasks: list[TaskView]
    returns: list[ReturnView]
