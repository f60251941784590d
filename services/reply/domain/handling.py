"""One proposal as a unit finds it when it acts: the tasks, their rounds, the group answered."""

from dataclasses import dataclass
from datetime import date

from services.reply.domain.refusals import (
    AlreadyReplied,
    DoesNotReply,
    HandledWithMain,
    NoLeadYet,
    NotSignedYet,
    NotYourTask,
    SupersededDraft,
    TaskEnded,
    UnknownDraft,
    UnknownTask,
)
from shared.calendar import Calendar
from shared.contracts.assignment import Role
from shared.contracts.event import PersonId, ProposalId, TaskId, UnitCode


@dataclass(frozen=True, slots=True)
class Draft:
    """A version of a reply; its text is kept beside it, no rule reads it."""

    number: int
    result_class: str
    drafted_by: PersonId
    approved: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """One reply that is owed: the first of a task, or another one after a dissatisfied rating."""

    number: int
    answer_by: date | None
    redo: bool = False
    contacts: int = 0
    newest: Draft | None = None
    issued: bool = False

    def current(self, draft: int) -> Draft:
        """The draft asked for, if nothing newer was written since."""
        if self.newest is None or not 0 < draft <= self.newest.number:
            raise UnknownDraft(draft=draft)
        if draft < self.newest.number:
            raise SupersededDraft(draft=draft, newest=self.newest.number)
        return self.newest


@dataclass(frozen=True, slots=True)
class Task:
    """A unit's part. ``round`` is its newest one here; only answering units have any."""

    task_id: TaskId
    unit: UnitCode
    role: Role
    answer_by: date | None = None
    signed: bool = False
    ended: bool = False
    opinion_given: bool = False
    round: Round | None = None

    @property
    def open_round(self) -> Round:
        """The round in which the unit still owes its reply."""
        if self.round is None:
            raise DoesNotReply
        if self.round.issued:
            raise AlreadyReplied(round=self.round.number)
        return self.round


@dataclass(frozen=True, slots=True)
class Handling:
    """A proposal and the tasks it is handled in.

    ``home`` is the proposal that was handed over: the main one of a merged group, else itself.
    ``group`` is everything that a first reply answers, home first.
    """

    proposal_id: ProposalId
    home: ProposalId
    home_title: str
    group: tuple[ProposalId, ...]
    tasks: tuple[Task, ...]

    @property
    def lead(self) -> UnitCode:
        """The unit that co-handlers give their opinion to; of several answering ones, the first."""
        for task in self.tasks:
            if task.role.answers_proposer and not task.ended:
                return task.unit
        raise NoLeadYet

    @property
    def opinions_owed(self) -> tuple[tuple[UnitCode, date], ...]:
        """The co-handlers that have not given their opinion yet, each with its date."""
        return tuple(
            (task.unit, task.answer_by)
            for task in self.tasks
            if task.role is Role.CO_HANDLE and task.answer_by is not None
            if not task.ended and not task.opinion_given
        )

    def task_of(self, unit: UnitCode, *, task_id: TaskId) -> Task:
        """The unit's own task, on which it may act in this proposal."""
        task = next((task for task in self.tasks if task.task_id == task_id), None)
        if task is None:
            raise UnknownTask(id=task_id)
        if task.unit != unit:
            raise NotYourTask
        if task.ended:
            raise TaskEnded
        if not task.signed:
            raise NotSignedYet
        if self.proposal_id != self.home and task.round is None:
            raise HandledWithMain(title=self.home_title)
        return task

    def answered_in(self, round: Round) -> tuple[ProposalId, ...]:
        """The proposals that this round's reply goes to; a redo is its own proposal's only."""
        return (self.proposal_id,) if round.redo else self.group


def days_late(answer_by: date | None, *, on: date, calendar: Calendar) -> int:
    """Working days after the due date. Who is late is late by one at least, weekends included."""
    if answer_by is None or on <= answer_by:
        return 0
    return max(1, calendar.working_days_between(answer_by, on))
