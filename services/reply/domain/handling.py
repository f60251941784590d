"""One proposal as a unit finds it when it acts: the tasks, their rounds, the group answered."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.reply.domain.refusals import (
    AlreadyReplied,
    DoesNotReply,
    DraftWentBack,
    HandledWithMain,
    NoLeadYet,
    NotSignedYet,
    NotYourTask,
    ProposalTakenBack,
    SupersededDraft,
    TaskEnded,
    UnknownDraft,
    UnknownTask,
)
from shared.calendar import Calendar
from shared.contracts.assignment import Role
from shared.contracts.event import Actor, ProposalId, TaskId, UnitCode

Level = Literal["heads", "office", "leader", "unknown"]


@dataclass(frozen=True, slots=True)
class Countersigning:
    """What one co-handler was asked about a draft, and what it answered."""

    unit: UnitCode
    state: Literal["open", "signed", "sent_back", "ended"] = "open"


@dataclass(frozen=True, slots=True)
class Draft:
    """A version of a reply; its text is kept beside it, no rule reads it."""

    number: int
    result_class: str
    drafted_by: Actor
    approved_by: Actor | None = None
    endorsed: bool = False
    sent_back: bool = False
    unanswered: tuple[str, ...] = ()
    countersigning: tuple[Countersigning, ...] = ()

    @property
    def asked(self) -> tuple[UnitCode, ...]:
        """The co-handlers whose countersignature is being waited for."""
        return tuple(one.unit for one in self.countersigning if one.state == "open")

    @property
    def signed(self) -> frozenset[UnitCode]:
        """The co-handlers that have countersigned it."""
        return frozenset(one.unit for one in self.countersigning if one.state == "signed")


@dataclass(frozen=True, slots=True)
class Round:
    """One reply that is owed: the first of a task, or another one after the last would not do.

    ``contacts`` counts the talks that no proposer denies; ``waived``: the first proposer needs
    none. A ``redo`` is its own proposal's only.
    """

    number: int
    answer_by: date | None
    redo: bool = False
    contacts: int = 0
    waived: bool = False
    newest: Draft | None = None
    issued: bool = False

    @property
    def talked(self) -> bool:
        """Whether the proposers were heard, or did not ask to be."""
        return self.contacts > 0 or self.waived

    def current(self, draft: int) -> Draft:
        """The draft asked for, if nothing newer was written since and nobody sent it back."""
        if self.newest is None or not 0 < draft <= self.newest.number:
            raise UnknownDraft(draft=draft)
        if draft < self.newest.number:
            raise SupersededDraft(draft=draft, newest=self.newest.number)
        if self.newest.sent_back:
            raise DraftWentBack(draft=draft)
        return self.newest


@dataclass(frozen=True, slots=True)
class OpinionDraft:
    """A version of a co-handler's opinion on its way through its own unit."""

    number: int
    text: str
    contradicts: str | None
    drafted_by: Actor
    checked_by: Actor | None = None
    sent_back: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A unit's part. ``round`` is its newest one here; only answering units have any.

    ``opinions`` and ``disagreements`` count those told under this task so far.
    """

    task_id: TaskId
    unit: UnitCode
    role: Role
    answer_by: date | None = None
    signed: bool = False
    ended: bool = False
    paused_on: date | None = None
    opinion_given: bool = False
    opinions: int = 0
    disagreements: int = 0
    contacts: int = 0
    opinion_draft: OpinionDraft | None = None
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
class Disagreement:
    """An open disagreement between a co-handler and the lead, and how far up it has gone."""

    disagreement_id: str
    task_id: TaskId
    unit: UnitCode
    lead: UnitCode
    level: Level = "heads"


@dataclass(frozen=True, slots=True)
class Handling:
    """A proposal and the tasks it is handled in.

    ``home`` is the proposal that was handed over: the main one of a merged group, else itself.
    ``group`` are the proposals that are answered together, the home first. ``kinds`` are those by
    which rules may differ: key, and by how many hands it was put.
    """

    proposal_id: ProposalId
    home: ProposalId
    home_title: str
    group: tuple[ProposalId, ...]
    tasks: tuple[Task, ...]
    kinds: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    taken_back: bool = False

    @property
    def lead(self) -> UnitCode:
        """The unit that co-handlers give their opinion to; of several answering ones, the first."""
        return self.leading.unit

    @property
    def leading(self) -> Task:
        """The task of that unit."""
        for task in self.tasks:
            if task.role.answers_proposer and not task.ended:
                return task
        raise NoLeadYet

    @property
    def co_handlers(self) -> tuple[Task, ...]:
        """The tasks of those who co-handle it now."""
        return tuple(task for task in self.tasks if task.role is Role.CO_HANDLE and not task.ended)

    @property
    def opinions_owed(self) -> tuple[Task, ...]:
        """The tasks of the co-handlers that have not given their opinion yet."""
        return tuple(
            task
            for task in self.co_handlers
            if task.answer_by is not None and not task.opinion_given
        )

    def task_of(self, unit: UnitCode, *, task_id: TaskId) -> Task:
        """The unit's own task, on which it may act in this proposal."""
        task = self.held_by(unit, task_id=task_id)
        if self.proposal_id != self.home and task.round is None:
            raise HandledWithMain(title=self.home_title)
        return task

    def held_by(self, unit: UnitCode, *, task_id: TaskId) -> Task:
        """The unit's own task, taken on and not gone to others."""
        task = self._known(task_id)
        if task.unit != unit:
            raise NotYourTask
        return self._standing(task)

    def task(self, task_id: TaskId) -> Task:
        """A task, whosever it is, taken on and not gone to others."""
        return self._standing(self._known(task_id))

    def _standing(self, task: Task) -> Task:
        if task.ended:
            raise TaskEnded
        if not task.signed:
            raise NotSignedYet
        return task

    def _known(self, task_id: TaskId) -> Task:
        if self.taken_back:
            raise ProposalTakenBack
        task = next((task for task in self.tasks if task.task_id == task_id), None)
        if task is None:
            raise UnknownTask(id=task_id)
        return task

    def answered_in(self, round: Round) -> tuple[ProposalId, ...]:
        """The proposals that this round's reply goes to; a redo is its own proposal's only."""
        return (self.proposal_id,) if round.redo else self.group


def days_late(
    answer_by: date | None, *, on: date, calendar: Calendar, paused_on: date | None = None
) -> int:
    """Working days after the due date. Who is late is late by one at least, weekends included.

    While a clock stands still nobody becomes later than they were.
    """
    counted_to = min(on, paused_on) if paused_on is not None else on
    if answer_by is None or counted_to <= answer_by:
        return 0
    return max(1, calendar.working_days_between(answer_by, counted_to))
