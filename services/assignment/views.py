"""What assignment shows: tasks, returns, objections, dates, items, and advice."""

from datetime import date

from pydantic import BaseModel

from services.assignment.domain.assignment import TaskState
from shared.contracts.assignment import Consent, Role
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
    answered_on: date | None
    paused_on: date | None
    wanted_until: date | None
    officer_name: str | None
    stage: str | None


class TaskWithoutHeir(TaskLine):
    """A task whose unit is no more, with those among whom its work was split."""

    heirs: list[UnitCode]
    heir_names: list[str]


class TasksWithoutHeir(BaseModel):
    """A part of the list; ``next`` is what to give as ``after`` to see on."""

    tasks: list[TaskWithoutHeir]
    next: str | None


class TaskList(BaseModel):
    """A part of the list; ``next`` is what to give as ``after`` to see on."""

    tasks: list[TaskLine]
    next: str | None


class TaskView(BaseModel):
    """A task, whole, each of its dates explained step by step.

    ``named_then`` is what the unit was called when it got the task, ``unit_name`` what it is now.
    """

    task_id: TaskId
    unit: UnitCode
    unit_name: str
    named_then: str
    role: Role
    answers_proposer: bool
    state: TaskState
    generation: int
    parent: TaskId | None
    instead_of: TaskId | None
    duty: str
    officer: str | None
    officer_name: str | None
    section: str | None
    stage: str | None
    bound: bool
    given_on: date
    signed_on: date | None
    answered_on: date | None
    completed_on: date | None
    summary: str | None
    rolled_up_on: date | None
    ended_on: date | None
    paused_on: date | None
    wanted_until: date | None
    extended: int
    sign: Due | None
    return_by: Due | None
    object_by: Due | None
    contact: Due | None
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
    consent: Consent | None
    decide: Due
    decided_on: date | None
    upheld: bool | None
    why: str | None


class ObjectionView(BaseModel):
    """A second objection, the meeting over it, and what a leader decided for good."""

    nth: int
    task_id: TaskId
    raised_on: date
    raised_by: str
    reason: str
    proposed_unit: UnitCode
    proposed_unit_name: str
    decide: Due
    meeting_on: date | None
    present: list[UnitCode]
    minutes: str | None
    decided_on: date | None
    decided_by: str | None
    upheld: bool | None
    why: str | None


class ExtensionView(BaseModel):
    """More time that was asked for, and what the office said."""

    nth: int
    task_id: TaskId
    asked_on: date
    until: date
    reason: str
    decided_on: date | None
    granted: bool | None
    why: str | None


class PauseView(BaseModel):
    """A time in which a clock stood still, and why."""

    nth: int
    task_id: TaskId
    paused_on: date
    why: str
    resumed_on: date | None
    resumed_why: str | None


class ProgressView(BaseModel):
    """How far a unit said that it had come."""

    nth: int
    task_id: TaskId
    on: date
    stage: str
    says: str
    by_name: str


class AnswersView(BaseModel):
    """Replies that a proposal is owed and has got; it is answered when all have answered."""

    answering_units: int
    replies: int
    redo_open: int
    answered_on: date | None


class MilestoneView(BaseModel):
    """A step of an item, and when it was reached."""

    says: str
    due_on: date
    reached_on: date | None


class ItemReport(BaseModel):
    """What a unit reported on an item."""

    on: date
    says: str
    milestone: int | None


class ItemView(BaseModel):
    """An item, whole."""

    item_id: str
    says: str
    unit: UnitCode
    unit_name: str
    task_id: TaskId
    officer: str
    state: str
    planned_on: date
    closed_on: date | None
    closed_says: str | None
    milestones: list[MilestoneView]
    reports: list[ItemReport]


class ItemsView(BaseModel):
    """The items of a proposal, rolled up."""

    planned: int
    open: int
    completed: int
    dropped: int
    items: list[ItemView]


class ItemLine(BaseModel):
    """An item in a list, with the next milestone's day."""

    proposal_id: ProposalId
    number: str
    item_id: str
    says: str
    unit: UnitCode
    unit_name: str
    officer: str
    state: str
    next_due_on: date | None


class ItemList(BaseModel):
    """A part of the list; ``next`` is what to give as ``after`` to see on."""

    items: list[ItemLine]
    next: str | None


class AssignmentView(BaseModel):
    """A filed proposal and who handles it. A merged one is handled in its main proposal's tasks."""

    proposal_id: ProposalId
    number: str
    merged_into: ProposalId | None
    withdrawn_on: date | None
    key_leader: str | None
    tasks: list[TaskView]
    returns: list[ReturnView]
    objections: list[ObjectionView]
    extensions: list[ExtensionView]
    pauses: list[PauseView]
    progress: list[ProgressView]
    answers: AnswersView
    items: ItemsView


class Counts(BaseModel):
    """Proposals and replies of a year, each counted for itself.

    Counted are proposals of that year's numbers with a unit that answers (主办、分办) now; replies
    are counted per answering unit, the first one of each. ``alone`` (独办) have no co-handlers.
    """

    year: int
    handed_over: int
    answered: int
    alone: int
    replies_owed: int
    replies_sent: int


class Asking(BaseModel):
    """What a proposal asks for."""

    proposal_id: ProposalId
    number: str
    title: str
    text: str


class PlannedTask(BaseModel):
    """A task as it would be given if the list were handed over now."""

    proposal_id: ProposalId
    unit: UnitCode
    unit_name: str
    role: str
    sign_by: date | None
    answer_by: date | None


class HandOverPlan(BaseModel):
    """What a list would come to; nothing of it was written."""

    tasks: list[PlannedTask]


class AdvisedUnit(BaseModel):
    """A unit that may be the right one, and why. Nothing is given to it by this."""

    unit: UnitCode
    unit_name: str
    score: float
    reasons: list[str]


class AdviceView(BaseModel):
    """Units for a text, the best first."""

    units: list[AdvisedUnit]


class ProposedItem(BaseModel):
    """A numbered suggestion of a proposal, as an item that could be planned."""

    says: str
    units: list[AdvisedUnit]


class ProposedItems(BaseModel):
    """What the numbered suggestions of a proposal would make as items."""

    items: list[ProposedItem]


class MightBeYours(BaseModel):
    """A proposal that may be a unit's, and why."""

    proposal_id: ProposalId
    number: str
    title: str
    unit: UnitCode
    unit_name: str
    why: str
    reasons: list[str]


class MightBeYoursList(BaseModel):
    """Work that nobody has given to a unit yet and that may be its own."""

    proposals: list[MightBeYours]


class AdviceYear(BaseModel):
    """How often advice was followed in a year: the first unit, one of three, any of the five."""

    year: int
    advised: int
    first: int
    among_three: int
    taken: int
    changed: int


class AdviceReport(BaseModel):
    """How good the advice is."""

    years: list[AdviceYear]


class AdviceMeasured(BaseModel):
    """How often a lead that is known stands among the units advised, from 0 to 1."""

    of: str
    asked: int
    first: float
    among_three: float
    among_five: float
    any_handler_among_five: float


class AdviceEvaluation(BaseModel):
    """The measure on cases that come with the program, and on the office's own hand-overs."""

    measured: list[AdviceMeasured]


class Swept(BaseModel):
    """What was gone through because facts of the registry had changed."""

    on: date
    looked_at: int
    dates_moved: int
    handed_on: int
    heirs_wanted: int
    failed: int
