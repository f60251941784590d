"""What assignment tells: who handles a proposal in which role, and by when."""

from datetime import date
from typing import Annotated, Literal

from shared.contracts.event import Due, Open, ProposalEvent, TaskId, UnitCode, Value, Word


class Role(Word):
    """The part a unit has in a proposal. 独办 is a lead without co-handlers."""

    LEAD = "lead"  # 主办: answers the proposer
    SPLIT = "split"  # 分办: answers the proposer for its own part
    CO_HANDLE = "co_handle"  # 会办: gives its opinion to the lead
    REFERENCE = "reference"  # 参阅: takes note
    UNKNOWN = "unknown"

    @property
    def answers_proposer(self) -> bool:
        """Whether a unit in this role owes the proposer a reply of its own."""
        return self in (Role.LEAD, Role.SPLIT)


class Task(Value):
    """A unit's part in a proposal. ``parent`` is set where it was handed down from another task.

    ``answer`` is what the unit owes: a reply (lead, split), an opinion (co-handler), its work
    (handed down). ``return_by`` ends the time in which the unit may say that the task is not its
    own; work handed down is not returned. A reference task owes nothing and has no dates. Task
    ids are unique within a proposal; a reassignment makes new tasks of the next generation.
    """

    task_id: TaskId
    unit: UnitCode
    role: Role
    generation: int
    parent: TaskId | None = None
    duty: str = ""
    sign: Due | None = None
    return_by: Due | None = None
    answer: Due | None = None
    contact: Due | None = None


class HandlersAssigned(ProposalEvent):
    """The office handed the proposal over (交办)."""

    meeting: str | None = None
    tasks: tuple[Task, ...]


class AssignmentSigned(ProposalEvent):
    """A unit took its task on (签收)."""

    task_id: TaskId
    unit: UnitCode


class AssignmentReturned(ProposalEvent):
    """A unit says in writing that a task is not its own (退办). The duty stays until decided."""

    task_id: TaskId
    unit: UnitCode
    reason_code: str
    reason: str
    proposed_unit: UnitCode
    decide: Due


class ReturnDecided(ProposalEvent):
    """The office decided a return: upheld (改派) or refused (the unit goes on).

    ``sign`` is the new date to sign by, where a refusal lets the clock go on that stood still.
    """

    task_id: TaskId
    unit: UnitCode
    upheld: bool
    why: str
    sign: Due | None = None


class HandlersReassigned(ProposalEvent):
    """Tasks ended and others took their place, in the next generation of clocks.

    ``policy`` says what became of the clock: restarted from today, or kept as it was.
    """

    generation: int
    ended: tuple[TaskId, ...]
    tasks: tuple[Task, ...]
    policy: Annotated[Literal["restart", "keep", "unknown"], Open()]
    why: str
    matter_id: str | None = None


class ExtensionAsked(ProposalEvent):
    """A unit that answers asks for more time, before its date and with a reason (申请延期)."""

    task_id: TaskId
    unit: UnitCode
    until: date
    reason: str


class MovedDue(Value):
    """A task's clock whose date moved: which one, from which day, to which explained day."""

    task_id: TaskId
    unit: UnitCode
    clock: Annotated[Literal["sign", "return_by", "answer", "contact", "unknown"], Open()]
    before: date
    due: Due


class ExtensionGranted(ProposalEvent):
    """The office gave more time (准予延期); ``moved`` names co-handlers' dates if they move too.

    The proposers are told by this event.
    """

    task_id: TaskId
    unit: UnitCode
    why: str
    moved: tuple[MovedDue, ...]


class ExtensionRefused(ProposalEvent):
    """The office gave no more time (不予延期): the date stays."""

    task_id: TaskId
    unit: UnitCode
    why: str


class ClockPaused(ProposalEvent):
    """The office let a task's answer clock stand still, with a reason (中止计时)."""

    task_id: TaskId
    unit: UnitCode
    why: str


class ClockResumed(ProposalEvent):
    """A clock that stood still goes on, to a new date (恢复计时)."""

    task_id: TaskId
    unit: UnitCode
    why: str
    answer: Due


class DueDatesMoved(ProposalEvent):
    """A new edition of the calendar moved open dates; the old and the new ones are told."""

    calendar: str
    moved: tuple[MovedDue, ...]


class WorkHandedDown(ProposalEvent):
    """A unit handed its task to units under it, each with an earlier date (区级交办, 任务分解)."""

    parent: TaskId
    meeting: str | None = None
    tasks: tuple[Task, ...]


class WorkCompleted(ProposalEvent):
    """A unit finished what was handed down to it."""

    task_id: TaskId
    unit: UnitCode
    summary: str


class WorkRolledUp(ProposalEvent):
    """All that was handed down from a task is finished; told with the last ``WorkCompleted``."""

    task_id: TaskId
    unit: UnitCode
    completed: tuple[TaskId, ...]
