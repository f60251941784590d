"""Reporting progress: a unit names who handles its task, and says how far it has come.

What is said below is seen above; nobody above writes it for those below.
"""

from datetime import date

from services.assignment.domain.assignment import Assignment, TaskState
from services.assignment.domain.consenting import People
from services.assignment.domain.refusals import ForReferenceOnly, NotOfUnit, NotSigned
from shared.contracts.assignment import OfficerNamed, Person, ProgressReported
from shared.contracts.event import Actor, PersonId, TaskId


def name_officer(
    assignment: Assignment,
    *,
    task_id: TaskId,
    officer: PersonId,
    section: str,
    people: People,
    by: Actor,
    on: date,
) -> OfficerNamed:
    """Somebody of the unit, and the section in which they work."""
    task = assignment.own_task(task_id, by=by)
    if task.state is TaskState.NOTED:
        raise ForReferenceOnly
    found = people.people.get(officer)
    if found is None or not any(
        held.unit == task.unit and held.is_held_on(on) for held in found.posts
    ):
        raise NotOfUnit(name=found.name if found else officer, on=on)
    return OfficerNamed(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        task_id=task.task_id,
        unit=task.unit,
        officer=Person(person=found.person, name=found.name),
        section=section,
    )


def report_progress(
    assignment: Assignment, *, task_id: TaskId, stage: str, says: str, by: Actor, on: date
) -> ProgressReported:
    """Stage by stage, by whoever has signed for the task."""
    task = assignment.own_task(task_id, by=by)
    if task.state is TaskState.NOTED:
        raise ForReferenceOnly
    if task.state is not TaskState.SIGNED:
        raise NotSigned
    return ProgressReported(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        task_id=task.task_id,
        unit=task.unit,
        stage=stage,
        says=says,
    )
