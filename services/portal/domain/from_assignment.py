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
    date_of,
    item,
    proposal,
    task,
)

ANSWERING = ("lead", "split")
ANSWERS = {"lead": "reply", "split": "reply", "co_handle": "opinion"}


def assigned(told: Told) -> tuple[Row, ...]:
    """The office handed it over."""
    meeting = told.data.get("meeting")
    return (
        proposal(told, assigned_on=told.data["on"], meeting=meeting, state="handling"),
        *_tasks(told),
    )


def signed(told: Told) -> tuple[Row, ...]:
    """A unit took its task on; a signature that was carried over stops no clock."""
    task_id = told.data["task_id"]
    row = task(told, task_id, signed_on=told.data["on"])
    if told.data.get("carried_from"):
        return (row,)
    return row, clock_stops(told, f"{task_id}/sign")


def consent_asked(told: Told) -> tuple[Row, ...]:
    """Somebody asks the head of their unit to let a task be returned."""
    data = told.data
    return (
        task(
            told,
            data["task_id"],
            consent_asked_on=data["on"],
            consent_asked_why=data["reason"],
        ),
    )


def consented(told: Told) -> tuple[Row, ...]:
    """The head of a unit lets a task be returned."""
    return (task(told, told.data["task_id"], consented_on=told.data["on"]),)


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
    object_by = (data.get("object_by") or {}).get("on")
    return (
        task(told, task_id, **decided, return_why=data["why"], object_by=object_by),
        clock_stops(told, f"{task_id}/decide"),
        clock(told, f"{task_id}/sign", paused=data["upheld"], **_new_date(data.get("sign"))),
    )


def _new_date(due: Facts | None) -> Columns:
    """The date that a clock goes on to, where it has a new one."""
    return {} if due is None else date_of(due)


def reassigned(told: Told) -> tuple[Row, ...]:
    """Tasks ended and others took their place; the clocks of the ended ones are dead.

    Where none ended, somebody was added: the proposal is in hand again if they answer it.
    """
    data = told.data
    ended = (
        task(told, task_id, ended_on=data["on"], end_why=data["why"]) for task_id in data["ended"]
    )
    answering = any(given["role"] in ANSWERING for given in data["tasks"])
    handled = [proposal(told, assigned_on=data["on"], state="handling")]
    return (*(handled if answering and not data["ended"] else []), *ended, *_tasks(told))


def objected(told: Told) -> tuple[Row, ...]:
    """The head of a unit objects once more; signing stands still until a leader has decided."""
    data = told.data
    task_id = data["task_id"]
    return (
        task(
            told,
            task_id,
            objected_on=data["on"],
            objection=data["reason"],
            proposed_unit=data["proposed_unit"],
        ),
        clock_starts(
            told,
            f"{task_id}/decide",
            kind="decide_objection",
            unit=data["unit"],
            due=data["decide"],
            task_id=task_id,
        ),
        clock(told, f"{task_id}/sign", paused=True),
    )


def meeting_held(told: Told) -> tuple[Row, ...]:
    """The units met over an objection."""
    data = told.data
    return (task(told, data["task_id"], meeting_on=data["held_on"], minutes=data["minutes"]),)


def objection_decided(told: Told) -> tuple[Row, ...]:
    """A leader decided for good; after a no, the clock of signing goes on."""
    data = told.data
    task_id = data["task_id"]
    return (
        task(
            told,
            task_id,
            objection_upheld=data["upheld"],
            objection_why=data["why"],
            binding=True,
        ),
        clock_stops(told, f"{task_id}/decide"),
        clock(told, f"{task_id}/sign", paused=data["upheld"], **_new_date(data.get("sign"))),
    )


def extension_asked(told: Told) -> tuple[Row, ...]:
    """A unit asks for more time."""
    data = told.data
    return (
        task(
            told,
            data["task_id"],
            extension="asked",
            extension_until=data["until"],
            extension_why=data["reason"],
        ),
    )


def extension_granted(told: Told) -> tuple[Row, ...]:
    """The office gave more time; the dates that it named have moved."""
    data = told.data
    return (
        task(told, data["task_id"], extension="granted", extension_why=data["why"]),
        *_moved(told),
    )


def extension_refused(told: Told) -> tuple[Row, ...]:
    """The office gave no more time."""
    data = told.data
    return (task(told, data["task_id"], extension="refused", extension_why=data["why"]),)


def dates_moved(told: Told) -> tuple[Row, ...]:
    """A new edition of the calendar moved dates."""
    return tuple(_moved(told))


def _moved(told: Told) -> Iterator[Row]:
    """Whoever moves a date need not know that what it waits for was done: it stays done."""
    for one in told.data["moved"]:
        match one["clock"]:
            case "answer":
                yield clock(told, _answer_clock(one), **_new_date(one["due"]))
            case "sign" | "decide" as which:
                yield clock(told, f"{one['task_id']}/{which}", **_new_date(one["due"]))
            case "return_by":
                yield task(told, one["task_id"], return_by=one["due"]["on"])
            case "contact":
                yield task(told, one["task_id"], contact_by=one["due"]["on"])
                clock_id = f"{one['task_id']}/contact"
                yield clock(told, clock_id, **_new_date(one["due"]))


def _answer_clock(one: Facts) -> str:
    """A redo's clock is one of its own, by its round."""
    round_ = one.get("round")
    return f"{one['task_id']}/answer.r{round_}" if round_ else f"{one['task_id']}/answer"


def told_only(told: Told) -> tuple[Row, ...]:
    """The timeline says it; no table does."""
    return ()


def paused(told: Told) -> tuple[Row, ...]:
    """A clock stands still."""
    data = told.data
    task_id = data["task_id"]
    return task(told, task_id, paused_why=data["why"]), clock(
        told, _answer_clock(data), paused=True
    )


def resumed(told: Told) -> tuple[Row, ...]:
    """A clock goes on, to a new date."""
    data = told.data
    return (
        task(told, data["task_id"], paused_why=""),
        clock(told, _answer_clock(data), paused=False, **_new_date(data["answer"])),
    )


def officer_named(told: Told) -> tuple[Row, ...]:
    """A unit said who handles it."""
    data = told.data
    named = {"officer": data["officer"]["name"], "section": data.get("section", "")}
    return (task(told, data["task_id"], **named),)


def progressed(told: Told) -> tuple[Row, ...]:
    """A unit said how far it has come."""
    data = told.data
    said = {"stage": data["stage"], "progress": data["says"], "progressed_on": data["on"]}
    return (task(told, data["task_id"], **said),)


def answered(told: Told) -> tuple[Row, ...]:
    """Every unit that answers it has sent its reply."""
    return (proposal(told, answered_on=told.data["on"]),)


def items_planned(told: Told) -> tuple[Row, ...]:
    """A proposal was broken into items."""
    return tuple(
        item(
            told,
            one["item_id"],
            says=one["says"],
            unit=one["unit"],
            task_id=one["task_id"],
            officer=one.get("officer", ""),
            milestones=one["milestones"],
            planned_on=told.data["on"],
        )
        for one in told.data["items"]
    )


def item_progressed(told: Told) -> tuple[Row, ...]:
    """A unit reports on an item."""
    data = told.data
    said = {"progress": data["says"], "progressed_on": data["on"]}
    if (milestone := data.get("milestone")) is not None:
        said["reached"] = milestone
    return (item(told, data["item_id"], **said),)


def item_completed(told: Told) -> tuple[Row, ...]:
    """An item is finished."""
    data = told.data
    return (item(told, data["item_id"], completed_on=data["on"], result=data["result"]),)


def item_dropped(told: Told) -> tuple[Row, ...]:
    """An item was taken off the plan."""
    data = told.data
    return (item(told, data["item_id"], dropped_on=data["on"], result=data["why"]),)


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
            contact_by=(given.get("contact") or {}).get("on"),
            instead_of=given.get("instead_of"),
            binding=given.get("binding", False),
        )
        yield from _clocks(told, given)


def _clocks(told: Told, given: Facts) -> Iterator[Row]:
    task_id, unit = given["task_id"], given["unit"]
    if sign := given.get("sign"):
        yield clock_starts(
            told, f"{task_id}/sign", kind="sign", unit=unit, due=sign, task_id=task_id
        )
    if contact := given.get("contact"):
        yield clock_starts(
            told, f"{task_id}/contact", kind="contact", unit=unit, due=contact, task_id=task_id
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
    "huiban.assignment.ObjectionRaised.v1": objected,
    "huiban.assignment.ObjectionMeetingHeld.v1": meeting_held,
    "huiban.assignment.ObjectionDecided.v1": objection_decided,
    "huiban.assignment.ExtensionAsked.v1": extension_asked,
    "huiban.assignment.ExtensionGranted.v1": extension_granted,
    "huiban.assignment.ExtensionRefused.v1": extension_refused,
    "huiban.assignment.DueDatesMoved.v1": dates_moved,
    "huiban.assignment.ClockPaused.v1": paused,
    "huiban.assignment.ClockResumed.v1": resumed,
    "huiban.assignment.OfficerNamed.v1": officer_named,
    "huiban.assignment.ProgressReported.v1": progressed,
    "huiban.assignment.ProposalAnswered.v1": answered,
    "huiban.assignment.ItemsPlanned.v1": items_planned,
    "huiban.assignment.ItemProgressed.v1": item_progressed,
    "huiban.assignment.ItemCompleted.v1": item_completed,
    "huiban.assignment.ItemDropped.v1": item_dropped,
    "huiban.assignment.HeirWanted.v1": told_only,
    "huiban.assignment.ItemsRolledUp.v1": told_only,
    "huiban.assignment.ReturnConsentAsked.v1": consent_asked,
    "huiban.assignment.ReturnConsented.v1": consented,
    "huiban.assignment.AdviceFollowed.v1": told_only,
}
