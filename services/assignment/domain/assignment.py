"""How a proposal stands with its handling units: what a rule needs to see, and nothing more."""

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from services.assignment.domain.refusals import (
    CompletedAlready,
    ForReferenceOnly,
    MergedElsewhere,
    NoSuchTask,
    NotHandedOver,
    NotSigned,
    NotYourTask,
    ObjectionPending,
    ReassignedAlready,
    ReturnPending,
    SignedAlready,
    TakenBack,
)
from shared.contracts.assignment import Consent, Role
from shared.contracts.event import Actor, Due, ProposalId, TaskId, UnitCode
from shared.refusals import Refusal


class TaskState(StrEnum):
    """How far a unit has come with its task."""

    UNSIGNED = "unsigned"  # 待签收
    SIGNED = "signed"  # 已签收
    RETURNED = "returned"  # 退办待定: the duty stays until the office decides
    OBJECTED = "objected"  # 异议待裁定: the duty stays until a leader decides
    COMPLETED = "completed"  # 已办结: only what was handed down is reported as finished
    ENDED = "ended"  # 已改派、已撤回
    NOTED = "noted"  # 参阅: owes nothing

    @classmethod
    def at_first(cls, role: Role) -> "TaskState":
        """The state in which a unit in this role receives its task."""
        return cls.NOTED if role is Role.REFERENCE else cls.UNSIGNED


STANDS_OTHERWISE: dict[TaskState, type[Refusal]] = {
    TaskState.UNSIGNED: NotSigned,
    TaskState.SIGNED: SignedAlready,
    TaskState.RETURNED: ReturnPending,
    TaskState.OBJECTED: ObjectionPending,
    TaskState.COMPLETED: CompletedAlready,
    TaskState.ENDED: ReassignedAlready,
    TaskState.NOTED: ForReferenceOnly,
}


@dataclass(frozen=True, slots=True)
class Task:
    """A unit's part in a proposal as it stands.

    ``proposed_unit`` and ``returned_on`` are set while it is returned or objected to, ``object_by``
    once a return was refused, ``bound`` once a leader has decided whose it is, ``heir_wanted``
    once the office knows that its unit is no more and several took over. ``sign_left`` and
    ``answer_left`` are the working days that a clock had left which stood still and goes on.
    """

    task_id: TaskId
    unit: UnitCode
    role: Role
    state: TaskState = TaskState.UNSIGNED
    generation: int = 1
    parent: TaskId | None = None
    duty: str = ""
    given_on: date | None = None
    sign: Due | None = None
    return_by: Due | None = None
    answer: Due | None = None
    contact: Due | None = None
    sign_left: int | None = None
    answer_left: int | None = None
    consent: Consent | None = None
    proposed_unit: UnitCode | None = None
    returned_on: date | None = None
    decide: Due | None = None
    object_by: Due | None = None
    meeting_held: bool = False
    bound: bool = False
    wanted_until: date | None = None
    extended: int = 0
    paused_on: date | None = None
    answered_on: date | None = None
    heir_wanted: bool = False
    redo: int | None = None  # the round, where the proposer was not satisfied with an earlier one

    @property
    def open(self) -> bool:
        """Whether the unit still holds this task."""
        return self.state not in (TaskState.COMPLETED, TaskState.ENDED)

    @property
    def answers_proposer(self) -> bool:
        """Whether the unit owes the proposer a reply; work handed down serves another's reply."""
        return self.parent is None and self.role.answers_proposer


@dataclass(frozen=True, slots=True)
class Assignment:
    """A filed proposal and its tasks, none before it is handed over.

    ``merged_into`` is the number of the main proposal in whose group this one is handled.
    ``kinds`` are what makes its clocks special, the most special first. ``returns`` counts how
    often one of its tasks was returned.
    """

    proposal_id: ProposalId
    number: str
    merged_into: str | None = None
    tasks: tuple[Task, ...] = ()
    kinds: tuple[str, ...] = ()
    withdrawn: bool = False
    returns: int = 0

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

    def own_task(self, task_id: TaskId, *, by: Actor) -> Task:
        """The caller's own task, while they hold it."""
        task = self.task(task_id)
        if task.unit != by.unit:
            raise NotYourTask
        self.must_be_held(task)
        return task

    def held_task(self, task_id: TaskId, *, by: Actor, state: TaskState) -> Task:
        """The caller's own task, if it stands as the act needs it."""
        task = self.own_task(task_id, by=by)
        if task.state is not state:
            raise STANDS_OTHERWISE[task.state]
        return task

    def must_be_held(self, task: Task) -> None:
        """Let only tasks through that somebody still holds; else say what became of this one."""
        if task.state is TaskState.ENDED:
            self.must_go_on()
        if not task.open:
            raise STANDS_OTHERWISE[task.state]

    def must_go_on(self) -> None:
        """Refuse where the proposal was taken back, or is handled with another one."""
        if self.withdrawn:
            raise TakenBack
        if self.merged_into is not None:
            raise MergedElsewhere(main=self.merged_into)

    def must_be_handed_over(self) -> None:
        """Refuse where the proposal has no handlers of its own that could be changed."""
        self.must_go_on()
        if not self.tasks:
            raise NotHandedOver

    def open_task_of(self, unit: UnitCode) -> Task | None:
        """The one task that this unit holds, whoever gave it."""
        return next((task for task in self.tasks if task.unit == unit and task.open), None)

    @property
    def from_office(self) -> tuple[Task, ...]:
        """The open tasks that the office gave, not those handed down."""
        return tuple(task for task in self.tasks if task.open and task.parent is None)

    @property
    def answering(self) -> tuple[Task, ...]:
        """The open tasks whose units owe the proposer a reply."""
        return tuple(task for task in self.tasks if task.open and task.answers_proposer)

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
        return any(task_id in roots for task_id in self.way_up(task))

    def way_up(self, task: Task) -> Iterator[TaskId]:
        """This task, the one that it was handed down from, and so on up to the office's."""
        yield task.task_id
        while task.parent is not None:
            task = self.task(task.parent)
            yield task.task_id
