"""What assignment's events write: who handles in which role, and what is owed by when."""

from collections.abc import Iterator

from services.portal.domain.rows import (
    Columns,
    Facts,
    Reading,
    Row,
    Told,
    clock,
    clock_starts,
    clock_stops,
    proposal,
    task,
)

ANSWERS = {"lead": "reply", "split": "reply", "co_handle": "opinion"}


def assigned(told: Told) -> tuple[Row, ...]:
    """The office handed it over."""
    meeting = told.data.get("meeting")
    return (
        proposal(told, assigned_on=told.data["on"], meeting=meeting, state="handling"),
        *_tasks(told),
    )


def signed(told: Told) -> tuple[Row, ...]:
    """A unit took its task on."""
    task_id = told.data["task_id"]
    return task(told, task_id, signed_on=told.data["on"]), clock_stops(told, f"{task_id}/sign")


def returned(told: Told) -> tuple[Row, ...]:
    """A unit asks for its task to be taken back."""
    data = told.data
    task_id = data["task_id"]
    return (
        task(
            told,
            task_id,
            returned_on=told.data["on"],
            return_reason=data["reason"],
            proposed_unit=data["proposed_unit"],
        ),
        clock_starts(
            told,
            f"{task_id}/decide",
            kind="decide",
            unit=data["unit"],
            due=data["decide"],
            task_id=task_id,
        ),
        clock(told, f"{task_id}/sign", paused=True),
    )


def return_decided(told: Told) -> tuple[Row, ...]:
    """The office said yes or no to a return; after a no, the clock of signing goes on."""
    data = told.data
    task_id = data["task_id"]
    decided = {"return_decided_on": data["on"], "return_upheld": data["upheld"]}
    return (
        task(told, task_id, **decided, return_why=data["why"]),
        clock_stops(told, f"{task_id}/decide"),
        clock(told, f"{task_id}/sign", paused=data["upheld"], **_new_date(data.get("sign"))),
    )


def _new_date(due: Facts | None) -> Columns:
    """The date that a clock goes on to, where it has a new one."""
    if due is None:
        return {}
    return {"due_on": due["on"], "provisional": due.get("provisional", False), "due": due}


def reassigned(told: Told) -> tuple[Row, ...]:
    """Tasks ended and others took their place; the clocks of the ended ones are dead."""
    data = told.data
    ended = (
        task(told, task_id, ended_on=data["on"], end_why=data["why"]) for task_id in data["ended"]
    )
    return (*ended, *_tasks(told))


def handed_down(told: Told) -> tuple[Row, ...]:
    """A unit handed its task to units under it."""
    return tuple(_tasks(told))


def completed(told: Told) -> tuple[Row, ...]:
    """A unit finished what was handed down to it."""
    data = told.data
    return (
        task(told, data["task_id"], answered_on=data["on"], answer=data["summary"]),
        clock_stops(told, f"{data['task_id']}/answer"),
    )


def rolled_up(told: Told) -> tuple[Row, ...]:
    """All that was handed down from a task is finished."""
    return (task(told, told.data["task_id"], rolled_up_on=told.data["on"]),)


def _tasks(told: Told) -> Iterator[Row]:
    """The rows of new tasks, and of the clocks that start with them."""
    data = told.data
    for given in data["tasks"]:
        yield task(
            told,
            given["task_id"],
            unit=given["unit"],
            role=given["role"],
            generation=given["generation"],
            parent=given.get("parent"),
            duty=given.get("duty", ""),
            meeting=data.get("meeting"),
            handed_by=data["by"]["unit"],
            assigned_on=data["on"],
            return_by=(given.get("return_by") or {}).get("on"),
        )
        yield from _clocks(told, given)


def _clocks(told: Told, given: Facts) -> Iterator[Row]:
    task_id, unit = given["task_id"], given["unit"]
    if sign := given.get("sign"):
        yield clock_starts(
            told, f"{task_id}/sign", kind="sign", unit=unit, due=sign, task_id=task_id
        )
    if answer := given.get("answer"):
        kind = "work" if given.get("parent") else ANSWERS.get(given["role"], "work")
        yield clock_starts(
            told, f"{task_id}/answer", kind=kind, unit=unit, due=answer, task_id=task_id
        )


READINGS: dict[str, Reading] = {
    "huiban.assignment.HandlersAssigned.v1": assigned,
    "huiban.assignment.AssignmentSigned.v1": signed,
    "huiban.assignment.AssignmentReturned.v1": returned,
    "huiban.assignment.ReturnDecided.v1": return_decided,
    "huiban.assignment.HandlersReassigned.v1": reassigned,
    "huiban.assignment.WorkHandedDown.v1": handed_down,
    "huiban.assignment.WorkCompleted.v1": completed,
    "huiban.assignment.WorkRolledUp.v1": rolled_up,
}
