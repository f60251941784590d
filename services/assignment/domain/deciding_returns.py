"""Deciding returns: the office finds another unit, or says that the first one goes on."""

from datetime import date

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.reassigning import Part, Reassigned, may_take_over, move
from services.assignment.domain.refusals import NoReturnPending, RefusedYetMoved
from services.assignment.domain.terms import Clock, Terms, Units
from shared.contracts.assignment import ReturnDecided
from shared.contracts.event import Actor, Due, TaskId


def decide_return(
    assignment: Assignment,
    *,
    task_id: TaskId,
    upheld: bool,
    why: str,
    new_unit: str | None,
    clock: Clock | None = None,
    units: Units,
    terms: Terms,
    by: Actor,
    on: date,
) -> tuple[ReturnDecided | Reassigned, ...]:
    """Upheld, the task goes to the unit that the office names, else to the one proposed.

    Refused, the unit goes on; for some days its head may object once more.
    """
    task = assignment.task(task_id)
    if task.state is not TaskState.RETURNED or task.proposed_unit is None:
        raise NoReturnPending
    if not upheld and new_unit is not None:
        raise RefusedYetMoved
    sign, left = (None, None) if upheld else sign_by(task, terms=terms, on=on)
    decided = ReturnDecided(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        task_id=task.task_id,
        unit=task.unit,
        upheld=upheld,
        why=why,
        sign=sign,
        sign_left=left,
        object_by=None if upheld else terms.of(assignment).due("object", starts_on=on),
    )
    if not upheld:
        return (decided,)
    heir = units.unit(new_unit or task.proposed_unit)
    may_take_over(assignment, task=task, heir=heir)
    return decided, *move(
        assignment,
        ended={task.task_id},
        parts=[Part(heir.code, task.role, task.duty, instead_of=task)],
        policy=terms.clock_policy("reassign", said=clock),
        why=why,
        units=units,
        terms=terms,
        by=by,
        on=on,
    )


def sign_by(task: Task, *, terms: Terms, on: date) -> tuple[Due | None, int | None]:
    """Until the decision nobody could sign: that time does not count. Who was late stays late."""
    if task.sign is None or task.returned_on is None or task.returned_on > task.sign.on:
        return None, None
    left = terms.days_left(task.sign, paused_on=task.returned_on)
    return terms.resumed_due(task.sign, paused_on=task.returned_on, starts_on=on), left
