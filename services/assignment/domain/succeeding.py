"""Succeeding: the open work of a unit that is no more goes to the one that took over from it."""

from datetime import date

from services.assignment.domain.assignment import Assignment
from services.assignment.domain.reassigning import Part, Reassigned, move
from services.assignment.domain.terms import Terms, Units
from shared.contracts.assignment import HeirWanted
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


def heirs_among(succession: UnitSucceeded) -> tuple[UnitCode, tuple[UnitCode, ...]] | None:
    """The unit that is no more and those that took over, where that is not just one."""
    old, heirs = succession.old_code, succession.successors
    if old is None or len(heirs) == 1 or old in heirs:
        return None
    return old, heirs


def want_heir(
    assignment: Assignment,
    *,
    old: UnitCode,
    succession: UnitSucceeded,
    units: Units,
    on: date,
) -> HeirWanted | None:
    """Nobody goes on by itself with what an ended unit holds: the office is told so, once."""
    task = assignment.open_task_of(old)
    if task is None or task.heir_wanted:
        return None
    heirs = "、".join(units.name(one) for one in succession.successors)
    took_over = f"由{heirs}分别承接" if heirs else "没有承接单位"
    return HeirWanted(
        proposal_id=assignment.proposal_id,
        by=SYSTEM,
        on=on,
        task_id=task.task_id,
        unit=old,
        heirs=succession.successors,
        why=f"机构调整：{succession.old_name}的职责{took_over}，须由交办机关改派",
    )


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
