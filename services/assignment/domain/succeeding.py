"""Succeeding: the open work of a unit that is no more goes to the one that took over from it."""

from datetime import date

from services.assignment.domain.assignment import Assignment
from services.assignment.domain.reassigning import Part, Reassigned, move
from services.assignment.domain.terms import Terms, Units
from shared.contracts.event import SYSTEM, UnitCode
from shared.contracts.registry import UnitSucceeded


def heir_of(succession: UnitSucceeded) -> tuple[UnitCode, UnitCode] | None:
    """The unit whose work moves and the one that it goes to, if there is just one.

    Where several units took over, the office says whose each task is. A unit that only changed its
    name keeps its code, and so its work.
    """
    old = succession.old_code
    if old is None or len(succession.successors) != 1 or succession.successors[0] == old:
        return None
    return old, succession.successors[0]


def hand_on(
    assignment: Assignment,
    *,
    old: UnitCode,
    heir: UnitCode,
    succession: UnitSucceeded,
    units: Units,
    terms: Terms,
    on: date,
) -> tuple[Reassigned, ...]:
    """The heir goes on in the old unit's place; what had been signed for stays signed.

    If the heir has a part of its own, the old unit's ends and the weightier role is the heir's.
    """
    task = assignment.open_task_of(old)
    if task is None:
        return ()
    held = assignment.open_task_of(heir)
    keeps_own = held is not None and (
        task.parent is not None or (held.parent is None and held.role.answers_proposer)
    )
    parts = [] if keeps_own else [Part(heir, task.role, task.duty, task, same_body=True)]
    return move(
        assignment,
        ended={task.task_id},
        parts=parts,
        policy=terms.clock_policy("succession"),
        why=f"机构调整：{succession.old_name}的职责由{units.name(heir)}承接",
        with_work=True,
        units=units,
        terms=terms,
        by=SYSTEM,
        on=on,
    )
