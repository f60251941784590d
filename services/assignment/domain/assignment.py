"""How a proposal stands with its handling units: what a rule needs to see, and nothing more."""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from services.assignment.domain.refusals import (
    CompletedAlready,
    ForReferenceOnly,
    NoSuchTask,
    NotSigned,
    NotYourTask,
    ReassignedAlready,
    ReturnPending,
    SignedAlready,
)
from shared.contracts.assignment import Role
from shared.contracts.event import Actor, Due, ProposalId, TaskId, UnitCode
from shared.refusals import Refusal


class TaskState(StrEnum):
    """How far a unit has come with its task."""

    UNSIGNED = "unsigned"  # 待签收
    SIGNED = "signed"  # 已签收
    RETURNED = "returned"  # 退办待定: the duty stays until the office decides
    COMPLETED = "completed"  # 已办结: only what was handed down is reported as finished
    ENDED = "ended"  # 已改派
    NOTED = "noted"  # 参阅: owes nothing

    @classmethod
    def at_first(cls, role: Role) -> "TaskState":
        """The state in which a unit in this role receives its task."""
        return cls.NOTED if role is Role.REFERENCE else cls.UNSIGNED


STANDS_OTHERWISE: dict[TaskState, type[Refusal]] = {
    TaskState.UNSIGNED: NotSigned,
    TaskState.SIGNED: SignedAlready,
    TaskState.RETURNED: ReturnPending,
    TaskState.COMPLETED: CompletedAlready,
    TaskState.ENDED: ReassignedAlready,
    TaskState.NOTED: ForReferenceOnly,
}


@dataclass(frozen=True, slots=True)
class Task:
    """A unit's part in a proposal as it stands.

    ``proposed_unit`` and ``returned_on`` are set while it is returned.
    """

    task_id: TaskId
    unit: UnitCode
    role: Role
    state: TaskState = TaskState.UNSIGNED
    generation: int = 1
    parent: TaskId | None = None
    duty: str = ""
    sign: Due | None = None
    return_by: date | None = None
    answer: Due | None = None
    proposed_unit: UnitCode | None = None
    returned_on: date | None = None

    @property
    def open(self) -> bool:
        """Whether the unit still holds this task."""
        return self.state not in (TaskState.COMPLETED, TaskState.ENDED)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A filed proposal and its tasks, none before it is handed over.

    ``merged_into`` is the number of the main proposal in whose group this one is handled.
    """

    proposal_id: ProposalId
    number: str
    merged_into: str | None = None
    tasks: tuple[Task, ...] = ()

    @property
    def next_generation(self) -> int:
        """The generation of whatever takes the place of the present tasks."""
        return 1 + max((task.generation for task in self.tasks), default=0)

    def next_generation_of(self, unit: UnitCode) -> int:
        """The first generation in which this unit had no task yet."""
        return 1 + max((task.generation for task in self.tasks if task.unit == unit), default=0)

    def task(self, task_id: TaskId) -> Task:
        """The task of this id, however it stands."""
        task = next((task for task in self.tasks if task.task_id == task_id), None)
        if task is None:
            raise NoSuchTask(task_id=task_id)
        return task

    def held_task(self, task_id: TaskId, *, by: Actor, state: TaskState) -> Task:
        """The caller's own task, if it stands as the act needs it."""
        task = self.task(task_id)
        if task.unit != by.unit:
            raise NotYourTask
        if task.state is not state:
            raise STANDS_OTHERWISE[task.state]
        return task

    def open_task_of(self, unit: UnitCode) -> Task | None:
        """The one task that this unit holds, whoever gave it."""
        return next((task for task in self.tasks if task.unit == unit and task.open), None)

    def handed_down_from(self, task_id: TaskId) -> tuple[Task, ...]:
        """What was handed down directly from a task."""
        return tuple(task for task in self.tasks if task.parent == task_id)

    def with_state(self, tasks: Set[TaskId], state: TaskState) -> "Assignment":
        """The assignment as it stands once these tasks have reached a state."""
        return replace(
            self,
            tasks=tuple(
                replace(task, state=state) if task.task_id in tasks else task for task in self.tasks
            ),
        )

    def open_within(self, roots: Set[TaskId]) -> tuple[Task, ...]:
        """What is open among these tasks and all that was handed down from them, however deep."""
        return tuple(task for task in self.tasks if task.open and self._is_within(task, roots))

    def _is_within(self, task: Task, roots: Set[TaskId]) -> bool:
        if task.task_id in roots:
            return True
        return task.parent is not None and self._is_within(self.task(task.parent), roots)
