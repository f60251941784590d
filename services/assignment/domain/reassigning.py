"""Reassigning: tasks end, and another unit takes over in the next generation of clocks."""

from collections.abc import Set
from datetime import date
from itertools import chain

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.completing import roll_up
from services.assignment.domain.terms import Terms, task_from_office
from shared.contracts.assignment import HandlersReassigned, Role, WorkRolledUp
from shared.contracts.escalation import CoordinationDecided
from shared.contracts.event import Actor, TaskId, UnitCode

Reassigned = HandlersReassigned | WorkRolledUp


def follow_coordination(
    assignment: Assignment, *, decided: CoordinationDecided, terms: Terms
) -> tuple[Reassigned, ...]:
    """A leader's decision binds: the new lead takes the place of every unit that answered so far.

    A unit that leads already and has not returned its task just goes on. A merged proposal without
    tasks of its own gets none: it is handled in those of the main one.
    """
    lead = decided.effect.lead
    if decided.effect.kind != "new_lead" or lead is None:
        return ()
    if assignment.merged_into is not None and not assignment.tasks:
        return ()
    answering = [task for task in assignment.tasks if task.open and answers_proposer(task)]
    if any(
        task.unit == lead and task.role is Role.LEAD and task.state is not TaskState.RETURNED
        for task in answering
    ):
        return ()
    return reassign(
        assignment,
        ended={task.task_id for task in answering},
        heir=lead,
        role=Role.LEAD,
        why=decided.decision,
        matter_id=decided.matter_id,
        terms=terms,
        by=decided.by,
        on=decided.on,
    )


def answers_proposer(task: Task) -> bool:
    """Whether the unit owes the proposer a reply; work handed down serves another's reply."""
    return task.parent is None and task.role.answers_proposer


def reassign(
    assignment: Assignment,
    *,
    ended: Set[TaskId],
    heir: UnitCode,
    role: Role,
    why: str,
    terms: Terms,
    by: Actor,
    on: date,
    duty: str = "",
    matter_id: str | None = None,
) -> tuple[Reassigned, ...]:
    """The heir's clocks start today. What it held before in this proposal ends too.

    Where work that others still wait for ends in this way, what is left of it is rolled up.
    """
    generation = assignment.next_generation
    before = assignment.open_task_of(heir)
    over = assignment.open_within(ended | ({before.task_id} if before else set()))
    reassigned = HandlersReassigned(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        generation=generation,
        ended=tuple(task.task_id for task in over),
        tasks=(task_from_office(heir, role, generation=generation, terms=terms, on=on, duty=duty),),
        policy="restart",
        why=why,
        matter_id=matter_id,
    )
    after = assignment.with_state(set(reassigned.ended), TaskState.ENDED)
    bereft = {task.parent for task in over if task.parent} - set(reassigned.ended)
    rolled_up = (roll_up(after, parent=parent, by=by, on=on) for parent in sorted(bereft))
    return reassigned, *chain.from_iterable(rolled_up)
