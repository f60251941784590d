"""Reassigning: tasks end, and others take their place in the next generation of clocks."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import chain

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.completing import roll_up
from services.assignment.domain.refusals import BackToItself, HandlesAlready
from services.assignment.domain.terms import (
    ANSWER_CLOCKS,
    Clock,
    Terms,
    Units,
    task_from_office,
    task_id_of,
)
from shared.contracts import assignment as told
from shared.contracts.assignment import (
    AssignmentSigned,
    HandlersReassigned,
    Role,
    WorkRolledUp,
)
from shared.contracts.event import Actor, TaskId, UnitCode
from shared.contracts.registry import UnitRegistered
from shared.deadlines import kept_due

Reassigned = HandlersReassigned | AssignmentSigned | WorkRolledUp

# A unit may rise to a weightier part, which ends its lighter one; it may not hold two.
WEIGHT = {Role.REFERENCE: 0, Role.CO_HANDLE: 1, Role.SPLIT: 2, Role.LEAD: 2}


@dataclass(frozen=True, slots=True)
class Part:
    """What a unit is given: its role, and the task whose place it takes, if it takes one.

    ``same_body``: the unit is, under whatever name, the one that held that task before. Its
    signature counts on.
    """

    unit: UnitCode
    role: Role
    duty: str = ""
    instead_of: Task | None = None
    same_body: bool = False

    @property
    def carries_signature(self) -> bool:
        """Whether the unit has signed for this already, under the earlier task."""
        before = self.instead_of
        return self.same_body and before is not None and before.state is TaskState.SIGNED


def reassign_task(
    assignment: Assignment,
    *,
    task_id: TaskId,
    unit: str,
    why: str,
    clock: Clock | None,
    with_work: bool,
    units: Units,
    terms: Terms,
    by: Actor,
    on: date,
) -> tuple[Reassigned, ...]:
    """The office moves a part that it gave to another unit, of its own accord."""
    assignment.must_be_handed_over()
    task = assignment.task(task_id)
    assignment.must_be_held(task)
    heir = units.unit(unit)
    may_take_over(assignment, task=task, heir=heir)
    return move(
        assignment,
        ended={task.task_id},
        parts=[Part(heir.code, task.role, task.duty, instead_of=task)],
        policy=terms.clock_policy("reassign", said=clock),
        why=why,
        with_work=with_work,
        units=units,
        terms=terms,
        by=by,
        on=on,
    )


def may_take_over(assignment: Assignment, *, task: Task, heir: UnitRegistered) -> None:
    """Refuse an heir that is the holder itself, or has an equal or weightier part already."""
    if heir.code == task.unit:
        raise BackToItself
    held = assignment.open_task_of(heir.code)
    if held is None or held.parent is not None:
        return
    if WEIGHT[held.role] >= WEIGHT[task.role]:
        raise HandlesAlready(unit=heir.name)


def move(
    assignment: Assignment,
    *,
    ended: Set[TaskId],
    parts: Sequence[Part] = (),
    policy: Clock,
    why: str,
    units: Units,
    terms: Terms,
    by: Actor,
    on: date,
    with_work: bool = False,
    matter_id: str | None = None,
    binding: bool = False,
) -> tuple[Reassigned, ...]:
    """End tasks and all that was handed down from them, and give others in their place.

    What the takers held before in this proposal ends too. Only ``with_work`` does work that was
    handed down move along, as far as it stands below the taker. Where work that others still wait
    for ends in this way, what is left of it is rolled up.
    """
    generation = assignment.next_generation
    held = {held.task_id for part in parts if (held := assignment.open_task_of(part.unit))}
    over = assignment.open_within(ended | held)
    moving = _Moving(assignment, policy, generation, terms.of(assignment), units, on)
    given = [(part, moving.given(part).model_copy(update={"binding": binding})) for part in parts]
    if with_work:
        takers = {part.unit for part in parts}
        given += [
            below for part, task in given for below in moving.below(part, task, takers=takers)
        ]
    reassigned = HandlersReassigned(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        generation=generation,
        ended=tuple(task.task_id for task in over),
        tasks=tuple(task for _, task in given),
        policy=policy,
        why=why,
        matter_id=matter_id,
    )
    carried = (
        AssignmentSigned(
            proposal_id=assignment.proposal_id,
            by=by,
            on=on,
            task_id=task.task_id,
            unit=task.unit,
            carried_from=task.instead_of,
        )
        for part, task in given
        if part.carries_signature
    )
    after = assignment.with_state(set(reassigned.ended), TaskState.ENDED)
    bereft = {task.parent for task in over if task.parent} - set(reassigned.ended)
    waiting = bereft - {task.parent for task in reassigned.tasks}
    rolled_up = (roll_up(after, parent=parent, by=by, on=on) for parent in sorted(waiting))
    return reassigned, *carried, *chain.from_iterable(rolled_up)


@dataclass(frozen=True, slots=True)
class _Moving:
    """One reassignment while it reckons the dates of what it gives."""

    assignment: Assignment
    policy: Clock
    generation: int
    terms: Terms
    units: Units
    on: date

    def given(self, part: Part) -> told.Task:
        """A part as its unit gets it."""
        before = part.instead_of
        if before is not None and before.parent is not None:
            return self._work(part, before, parent=before.parent)
        fresh = task_from_office(
            part.unit,
            part.role,
            generation=self.generation,
            terms=self.terms,
            on=self.on,
            duty=part.duty,
        )
        if before is None:
            return fresh
        dates: dict[str, object] = {"instead_of": before.task_id}
        if part.carries_signature:
            dates |= {"sign": None, "return_by": None}
        if self.policy == "keep" and fresh.answer is not None:
            dates |= self._kept_answer(before, ANSWER_CLOCKS[part.role])
            if fresh.contact is not None and before.contact is not None:
                dates["contact"] = kept_due(before.contact, on=self.on)
        return fresh.model_copy(update=dates)

    def below(
        self, part: Part, task: told.Task, *, takers: Set[UnitCode]
    ) -> Iterator[tuple[Part, told.Task]]:
        """What had been handed down from the task whose place was taken, at any depth."""
        if part.instead_of is None:
            return
        for child in self.assignment.handed_down_from(part.instead_of.task_id):
            if not child.open or child.unit in takers:
                continue
            if not self.units.is_under(child.unit, part.unit):
                continue
            moved = Part(child.unit, task.role, child.duty, instead_of=child, same_body=True)
            work = self._work(moved, child, parent=task.task_id)
            yield moved, work
            yield from self.below(moved, work, takers=takers)

    def _work(self, part: Part, before: Task, *, parent: TaskId) -> told.Task:
        """Work that was handed down goes on as it was, under whoever now stands above it."""
        carries = part.carries_signature
        return told.Task(
            task_id=task_id_of(part.unit, generation=self.generation),
            unit=part.unit,
            role=part.role,
            generation=self.generation,
            parent=parent,
            duty=before.duty,
            sign=None if carries else self.terms.due("sign", starts_on=self.on),
            instead_of=before.task_id,
        ).model_copy(update=self._running(before))

    def _kept_answer(self, before: Task, clock: str) -> dict[str, object]:
        """The same date; in a role with another clock, that clock from the same first day."""
        if before.answer is None:
            return {}
        if before.answer.clock in (clock, "redo"):
            return self._running(before)
        return {"answer": self.terms.due(clock, starts_on=before.answer.starts_on)}

    def _running(self, before: Task) -> dict[str, object]:
        """The date as it is; a clock that stood still goes on with the days that it had left."""
        if before.answer is None:
            return {}
        if before.paused_on is None:
            kept = kept_due(before.answer, on=self.on)
            return {"answer": kept, "answer_left": before.answer_left}
        left = self.terms.days_left(before.answer, paused_on=before.paused_on)
        goes_on = self.terms.resumed_due(
            before.answer, paused_on=before.paused_on, starts_on=self.on
        )
        return {"answer": goes_on, "answer_left": left}
