"""Signing: a unit takes its task on."""

from datetime import date

from services.assignment.domain.assignment import Assignment, TaskState
from shared.contracts.assignment import AssignmentSigned
from shared.contracts.event import Actor, TaskId


def sign_task(assignment: Assignment, *, task_id: TaskId, by: Actor, on: date) -> AssignmentSigned:
    """Late is better than never: the clock for signing belongs to escalation."""
    task = assignment.held_task(task_id, by=by, state=TaskState.UNSIGNED)
    return AssignmentSigned(
        proposal_id=assignment.proposal_id, by=by, on=on, task_id=task.task_id, unit=task.unit
    )
