"""Completing: what was handed down is finished; with the last of it the work is rolled up."""

from datetime import date

from services.assignment.domain.assignment import Assignment, TaskState
from services.assignment.domain.refusals import NotHandedDown, WorkBelowOpen
from shared.contracts.assignment import WorkCompleted, WorkRolledUp
from shared.contracts.event import Actor, TaskId


def complete_task(
    assignment: Assignment, *, task_id: TaskId, summary: str, by: Actor, on: date
) -> tuple[WorkCompleted | WorkRolledUp, ...]:
    """A unit finishes what was handed down to it, after all that it handed down itself."""
    task = assignment.held_task(task_id, by=by, state=TaskState.SIGNED)
    if task.parent is None:
        raise NotHandedDown
    if below := [child for child in assignment.handed_down_from(task.task_id) if child.open]:
        raise WorkBelowOpen(count=len(below))
    completed = WorkCompleted(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        task_id=task.task_id,
        unit=task.unit,
        summary=summary,
    )
    after = assignment.with_state({task.task_id}, TaskState.COMPLETED)
    return completed, *roll_up(after, parent=task.parent, by=by, on=on)


def roll_up(
    assignment: Assignment, *, parent: TaskId, by: Actor, on: date
) -> tuple[WorkRolledUp, ...]:
    """Told when nothing handed down from a task is open any more and some of it was finished."""
    below = assignment.handed_down_from(parent)
    completed = tuple(task.task_id for task in below if task.state is TaskState.COMPLETED)
    if not completed or any(task.open for task in below):
        return ()
    return (
        WorkRolledUp(
            proposal_id=assignment.proposal_id,
            by=by,
            on=on,
            task_id=parent,
            unit=assignment.task(parent).unit,
            completed=completed,
        ),
    )
