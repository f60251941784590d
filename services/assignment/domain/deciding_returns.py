"""Deciding returns: the office finds another unit, or says that the first one goes on."""

from datetime import date

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.reassigning import Reassigned, reassign
from services.assignment.domain.refusals import (
    BackToItself,
    HandlesAlready,
    NoReturnPending,
    RefusedYetMoved,
)
from services.assignment.domain.terms import Terms, Units
from shared.contracts.assignment import ReturnDecided, Role
from shared.contracts.event import Actor, Due, TaskId
from shared.contracts.registry import UnitRegistered

# A unit may rise to a weightier part, which ends its lighter one; it may not hold two.
WEIGHT = {Role.REFERENCE: 0, Role.CO_HANDLE: 1, Role.SPLIT: 2, Role.LEAD: 2}


def decide_return(
    assignment: Assignment,
    *,
    task_id: TaskId,
    upheld: bool,
    why: str,
    new_unit: str | None,
    units: Units,
    terms: Terms,
    by: Actor,
    on: date,
) -> tuple[ReturnDecided | Reassigned, ...]:
    """Upheld, the task goes to the unit that the office names, else to the one proposed."""
    task = assignment.task(task_id)
    if task.state is not TaskState.RETURNED or task.proposed_unit is None:
        raise NoReturnPending
    if not upheld and new_unit is not None:
        raise RefusedYetMoved
    decided = ReturnDecided(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        task_id=task.task_id,
        unit=task.unit,
        upheld=upheld,
        why=why,
        sign=None if upheld else _sign_by(task, terms=terms, on=on),
    )
    if not upheld:
        return (decided,)
    heir = units.unit(new_unit or task.proposed_unit)
    _may_take_over(assignment, task=task, heir=heir)
    return decided, *reassign(
        assignment,
        ended={task.task_id},
        heir=heir.code,
        role=task.role,
        duty=task.duty,
        why=why,
        terms=terms,
        by=by,
        on=on,
    )


def _sign_by(task: Task, *, terms: Terms, on: date) -> Due | None:
    """Until the decision nobody could sign: that time does not count. Who was late stays late."""
    if task.sign is None or task.returned_on is None or task.returned_on > task.sign.on:
        return None
    return terms.resumed_due(task.sign, paused_on=task.returned_on, starts_on=on)


def _may_take_over(assignment: Assignment, *, task: Task, heir: UnitRegistered) -> None:
    if heir.code == task.unit:
        raise BackToItself
    held = assignment.open_task_of(heir.code)
    if held is None or held.parent is not None:
        return
    if WEIGHT[held.role] >= WEIGHT[task.role]:
        raise HandlesAlready(unit=heir.name)
