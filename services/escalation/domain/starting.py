"""Starting: what somebody now owes, and by when. The event that starts a clock brings its date."""

from collections.abc import Sequence

from services.escalation.domain.clock import Awaited, Clock
from shared.contracts.assignment import AssignmentReturned, Role, Task
from shared.contracts.event import Due, ProposalEvent, UnitCode
from shared.contracts.reply import PromiseMade, RedoOrdered, ReplyIssued

PROMISE = "promise"


def clocks_of_tasks(event: ProposalEvent, tasks: Sequence[Task]) -> list[Clock]:
    """Each unit's clocks for signing and for what it owes; who only takes note has none."""
    return [
        _clock(event, awaits=awaits, subject=task.task_id, unit=task.unit, due=due)
        for task in tasks
        for awaits, due in ((Awaited.SIGNING, task.sign), (_owed(task), task.answer))
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


def clock_of_rating(event: ReplyIssued, *, committee: UnitCode) -> Clock:
    """The rating's clock is the committee's: it collects what the proposers say."""
    return _clock(
        event, awaits=Awaited.RATING, subject=event.reply_id, unit=committee, due=event.rate
    )


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
    )


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
    )
