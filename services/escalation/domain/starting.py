"""Starting: what somebody now owes, and by when. The event that starts a clock brings its date."""

from collections.abc import Sequence

from services.escalation.domain.clock import Awaited, Clock
from shared.contracts.assignment import (
    AssignmentReturned,
    ExtensionAsked,
    ObjectionRaised,
    Role,
    Task,
)
from shared.contracts.escalation import (
    CoordinationDecided,
    CoordinationFlagged,
    InspectionHeld,
    SupervisionOpened,
)
from shared.contracts.event import Due, ProposalEvent, UnitCode
from shared.contracts.reply import FaceToFaceOrdered, PromiseMade, RedoOrdered, ReplyIssued

PROMISE = "promise"


def clocks_of_tasks(event: ProposalEvent, tasks: Sequence[Task]) -> list[Clock]:
    """A unit's clocks: for signing, the first talk, what it owes. Who takes note has none."""
    return [
        _clock(event, awaits=awaits, subject=task.task_id, unit=task.unit, due=due)
        for task in tasks
        for awaits, due in (
            (Awaited.SIGNING, task.sign),
            (Awaited.CONTACT, task.contact),
            (_owed(task), task.answer),
        )
        if due is not None
    ]


def clock_of_return(event: AssignmentReturned, *, office: UnitCode) -> Clock:
    """The office's clock for deciding a return."""
    return _clock(
        event,
        awaits=Awaited.RETURN_DECISION,
        subject=event.task_id,
        unit=office,
        due=event.decide,
    )


def clock_of_objection(event: ObjectionRaised, *, desk: UnitCode) -> Clock:
    """The clock of whoever brings an objection before a leader."""
    return _clock(
        event,
        awaits=Awaited.OBJECTION_DECISION,
        subject=event.task_id,
        unit=desk,
        due=event.decide,
    )


def clock_of_extension(event: ExtensionAsked, *, office: UnitCode, due: Due) -> Clock:
    """The office's clock for deciding on more time. Nobody told its date: we reckon it."""
    return _clock(
        event, awaits=Awaited.EXTENSION_DECISION, subject=event.task_id, unit=office, due=due
    )


def clocks_of_reply(event: ReplyIssued, *, committee: UnitCode) -> list[Clock]:
    """The rating's clock is the committee's, which collects what the proposers say; publishing
    is the unit's own duty."""
    rating = _clock(
        event, awaits=Awaited.RATING, subject=event.reply_id, unit=committee, due=event.rate
    )
    if event.publish is None:
        return [rating]
    publication = _clock(
        event,
        awaits=Awaited.PUBLICATION,
        subject=event.reply_id,
        unit=event.unit,
        due=event.publish,
    )
    return [rating, publication]


def clock_of_redo(event: RedoOrdered) -> Clock:
    """The next round's clock is named for the reply that did not satisfy: one a round."""
    return Clock(
        proposal_id=event.proposal_id,
        clock_id=f"{event.reply_id}/{event.answer.clock}",
        clock=event.answer.clock,
        awaits=Awaited.REPLY,
        subject=event.task_id,
        unit=event.unit,
        started_on=event.on,
        due_on=event.answer.on,
        provisional=event.answer.provisional,
    )


def clock_of_meeting(event: FaceToFaceOrdered) -> list[Clock]:
    """The unit's clock for meeting the proposers; none where no rule sets a day."""
    if event.meet is None:
        return []
    return [
        _clock(
            event, awaits=Awaited.MEETING, subject=event.reply_id, unit=event.unit, due=event.meet
        )
    ]


def clock_of_promise(event: PromiseMade) -> Clock:
    return Clock(
        proposal_id=event.proposal_id,
        clock_id=f"{event.promise_id}/{PROMISE}",
        clock=PROMISE,
        awaits=Awaited.PROMISE,
        subject=event.promise_id,
        unit=event.unit,
        started_on=event.on,
        due_on=event.due_on,
    )


def clock_of_supervision(event: SupervisionOpened) -> Clock:
    """The supervised unit's clock for its answer."""
    return _clock(
        event,
        awaits=Awaited.SUPERVISION,
        subject=event.supervision_id,
        unit=event.unit,
        due=event.answer,
    )


def clocks_of_inspection(event: InspectionHeld) -> list[Clock]:
    """Each finding has a clock of its own."""
    return [
        _clock(
            event,
            awaits=Awaited.FINDING,
            subject=finding.finding_id,
            unit=finding.unit,
            due=finding.answer,
        )
        for finding in event.findings
    ]


def clock_of_matter(event: CoordinationFlagged) -> list[Clock]:
    """The office brings a matter to its decision; none where no rule sets a date."""
    if event.decide is None or event.desk is None:
        return []
    return [
        _clock(
            event, awaits=Awaited.MATTER, subject=event.matter_id, unit=event.desk, due=event.decide
        )
    ]


def clock_of_decision(event: CoordinationDecided) -> list[Clock]:
    """Whoever is to see to it has a clock for carrying a decision out."""
    if event.carry_out is None or event.desk is None:
        return []
    return [
        _clock(
            event,
            awaits=Awaited.CARRYING_OUT,
            subject=event.matter_id,
            unit=event.desk,
            due=event.carry_out,
        )
    ]


def _owed(task: Task) -> Awaited:
    if task.parent is not None:
        return Awaited.WORK
    return Awaited.OPINION if task.role is Role.CO_HANDLE else Awaited.REPLY


def _clock(
    event: ProposalEvent, *, awaits: Awaited, subject: str, unit: UnitCode, due: Due
) -> Clock:
    return Clock(
        proposal_id=event.proposal_id,
        clock_id=f"{subject}/{due.clock}",
        clock=due.clock,
        awaits=awaits,
        subject=subject,
        unit=unit,
        started_on=event.on,
        due_on=due.on,
        provisional=due.provisional,
    )
