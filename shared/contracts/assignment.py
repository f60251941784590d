"""What assignment tells: who handles a proposal in which role, and by when."""

from datetime import date
from typing import Annotated, Literal

from shared.contracts.event import (
    Due,
    Open,
    PersonId,
    ProposalEvent,
    TaskId,
    UnitCode,
    Value,
    Word,
)


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
    ``contact`` is the date of the first talk with the proposer. ``instead_of`` names the task whose
    place this one takes; ``binding`` is set where a leader's decision gave it, for good.
    ``answer_left`` are the working days that its clock had left, where it had stood still.
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
    instead_of: TaskId | None = None
    binding: bool = False
    answer_left: int | None = None


class Person(Value):
    """Somebody named in an act, by the name that they bore on that day."""

    person: PersonId
    name: str


class Consent(Value):
    """A head's consent to an act of their unit: given here, or on paper of this date."""

    person: PersonId
    name: str
    on: date
    on_paper: bool = False


class HandlersAssigned(ProposalEvent):
    """The office handed the proposal over (交办)."""

    meeting: str | None = None
    tasks: tuple[Task, ...]


class AssignmentSigned(ProposalEvent):
    """A unit took its task on (签收).

    ``carried_from`` names the earlier task where the unit had signed already: its signature counts
    for the one that took that task's place, and nobody has to sign twice.
    """

    task_id: TaskId
    unit: UnitCode
    carried_from: TaskId | None = None


class ReturnConsentAsked(ProposalEvent):
    """Somebody of a unit asks its head to let a task be returned, and says why (请示退办)."""

    task_id: TaskId
    unit: UnitCode
    reason_code: str
    reason: str
    proposed_unit: UnitCode


class ReturnConsented(ProposalEvent):
    """The head of a unit, or a deputy, agrees that a task be returned (同意退办)."""

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
    consent: Consent | None = None


class ReturnDecided(ProposalEvent):
    """The office decided a return: upheld (改派) or refused (the unit goes on).

    ``sign`` is the new date to sign by, where a refusal lets the clock go on that stood still, with
    ``sign_left`` working days. Until ``object_by`` the head may still object to a refusal.
    """

    task_id: TaskId
    unit: UnitCode
    upheld: bool
    why: str
    sign: Due | None = None
    sign_left: int | None = None
    object_by: Due | None = None


class ObjectionRaised(ProposalEvent):
    """After a refused return the head of a unit objects once more, signing in person (二次异议).

    A meeting and then a leader decide, by ``decide``; the duty stays until then.
    """

    task_id: TaskId
    unit: UnitCode
    reason: str
    proposed_unit: UnitCode
    decide: Due


class ObjectionMeetingHeld(ProposalEvent):
    """The office brought the units together over an objection (协调会), and kept the minutes."""

    task_id: TaskId
    unit: UnitCode
    held_on: date
    present: tuple[UnitCode, ...]
    minutes: str


class ObjectionDecided(ProposalEvent):
    """A leader decided an objection (裁定); it binds: nobody returns this part any more.

    ``sign`` and ``sign_left`` are as in ``ReturnDecided``.
    """

    task_id: TaskId
    unit: UnitCode
    upheld: bool
    why: str
    sign: Due | None = None
    sign_left: int | None = None


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


class HeirWanted(ProposalEvent):
    """A unit that is no more holds a task, and not just one took over from it (待明确承接单位).

    The office says whose it is from now on; until then the task stands. ``heirs`` are those among
    whom its work was split, none where it was given up.
    """

    task_id: TaskId
    unit: UnitCode
    heirs: tuple[UnitCode, ...]
    why: str


class ExtensionAsked(ProposalEvent):
    """A unit that answers asks for more time, before its date and with a reason (申请延期)."""

    task_id: TaskId
    unit: UnitCode
    until: date
    reason: str


class MovedDue(Value):
    """A task's clock whose date moved: which one, from which day, to which explained day.

    ``round`` is set where it is the answer of a redo.
    """

    task_id: TaskId
    unit: UnitCode
    clock: Annotated[Literal["sign", "return_by", "answer", "contact", "decide", "unknown"], Open()]
    before: date
    due: Due
    round: int | None = None


class ExtensionGranted(ProposalEvent):
    """The office gave more time (准予延期); ``moved`` names co-handlers' dates if they move too.

    The proposers are told by this event. A leader's decision on a matter may also set a date.
    """

    task_id: TaskId
    unit: UnitCode
    why: str
    moved: tuple[MovedDue, ...]
    matter_id: str | None = None


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
    round: int | None = None


class ClockResumed(ProposalEvent):
    """A clock that stood still goes on, to a new date (恢复计时), with the working days left."""

    task_id: TaskId
    unit: UnitCode
    why: str
    answer: Due
    left: int | None = None
    round: int | None = None


class DueDatesMoved(ProposalEvent):
    """A new edition of the calendar moved open dates; the old and the new ones are told.

    Or it was one of the rules that says that it applies to clocks which run already.
    """

    calendar: str
    rules: str | None = None
    moved: tuple[MovedDue, ...]


class WorkHandedDown(ProposalEvent):
    """A unit handed its task to units under it, each with an earlier date (区级交办, 任务分解).

    The head deploys, a deputy arranges, and each unit below answers for its part.
    """

    parent: TaskId
    meeting: str | None = None
    tasks: tuple[Task, ...]
    deployed_by: Person | None = None
    arranged_by: Person | None = None


class OfficerNamed(ProposalEvent):
    """A unit named who handles its task, and in which of its sections (确定经办人)."""

    task_id: TaskId
    unit: UnitCode
    officer: Person
    section: str = ""


class ProgressReported(ProposalEvent):
    """A unit says how far it has come with its task (阶段进展)."""

    task_id: TaskId
    unit: UnitCode
    stage: str
    says: str


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


class ProposalAnswered(ProposalEvent):
    """Every unit that answers this proposal has sent its reply (全部答复).

    A redo or another answering unit opens it again; it is told anew when that is answered too.
    ``replies`` are all replies that it has got so far.
    """

    units: tuple[UnitCode, ...]
    replies: tuple[str, ...]


class Milestone(Value):
    """A step of an item and the day by which it is to be reached."""

    says: str
    due_on: date


class Item(Value):
    """One piece of work into which a proposal was broken (工作项目), with its owner."""

    item_id: str
    says: str
    task_id: TaskId
    unit: UnitCode
    milestones: tuple[Milestone, ...]
    officer: str = ""


class ItemsPlanned(ProposalEvent):
    """A proposal was broken into items, each with unit, milestones and officer (工作项目化)."""

    items: tuple[Item, ...]


class ItemProgressed(ProposalEvent):
    """A unit reports on an item; ``milestone`` is the place (from 1) of one that it reached."""

    item_id: str
    unit: UnitCode
    says: str
    milestone: int | None = None


class ItemCompleted(ProposalEvent):
    """A unit finished an item, and says what came of it."""

    item_id: str
    unit: UnitCode
    result: str


class ItemDropped(ProposalEvent):
    """An item was taken off the plan, with a reason."""

    item_id: str
    unit: UnitCode
    why: str


class ItemsRolledUp(ProposalEvent):
    """No item of the proposal is open any more; told with the last ``ItemCompleted``."""

    completed: int
    dropped: int


class AdviceFollowed(ProposalEvent):
    """The office was advised which unit to choose, and chose (采纳建议).

    ``advised`` are the units in the order offered. ``rank`` is the place of the chosen one among
    them, from 1; none where it chose another. ``item_id`` is set where it was about an item.
    """

    advised: tuple[UnitCode, ...]
    chosen: UnitCode
    rank: int | None = None
    item_id: str | None = None
