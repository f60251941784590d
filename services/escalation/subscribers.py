"""What escalation does when others tell it something: clocks start, stop, run on and die."""

from services.escalation import store
from services.escalation.domain.clock import Awaited
from services.escalation.domain.flagging import REPEATED_RETURNS, flag_repeated_returns, rule_of
from services.escalation.domain.starting import (
    clock_of_promise,
    clock_of_rating,
    clock_of_redo,
    clock_of_return,
    clocks_of_tasks,
)
from services.escalation.domain.stopping import run_on, stop
from shared.contracts import assignment, intake, reply
from shared.contracts.event import ProposalEvent
from shared.hearing import Ears
from shared.work import Tx

ears = Ears("escalation")


@ears.on(intake.ProposalAccepted)
async def on_proposal_accepted(event: intake.ProposalAccepted, tx: Tx) -> None:
    """A filed proposal may be flagged, and has a committee that collects its ratings."""
    await store.open_proposal(tx, event)


@ears.on(intake.ProposalsMerged)
async def on_proposals_merged(event: intake.ProposalsMerged, tx: Tx) -> None:
    """The tasks of the main proposal are those of the whole group."""
    await store.join_group(tx, event)


@ears.on(assignment.HandlersAssigned)
async def on_handlers_assigned(event: assignment.HandlersAssigned, tx: Tx) -> None:
    """Each unit's clocks for signing and answering start."""
    await store.open_handlers(
        tx,
        event.proposal_id,
        event.tasks,
        generation=max((task.generation for task in event.tasks), default=1),
        office=event.by.unit,
    )
    await store.open_clocks(tx, clocks_of_tasks(event, event.tasks))


@ears.on(assignment.WorkHandedDown)
async def on_work_handed_down(event: assignment.WorkHandedDown, tx: Tx) -> None:
    """The units below have clocks of their own, earlier than the one above."""
    await store.open_handlers(tx, event.proposal_id, event.tasks)
    await store.open_clocks(tx, clocks_of_tasks(event, event.tasks))


@ears.on(assignment.HandlersReassigned)
async def on_handlers_reassigned(event: assignment.HandlersReassigned, tx: Tx) -> None:
    """Old alarms die; the new handlers' clocks start in the next generation."""
    await store.end_handlers(tx, event.proposal_id, event.ended)
    await store.open_handlers(tx, event.proposal_id, event.tasks, generation=event.generation)
    await store.open_clocks(tx, clocks_of_tasks(event, event.tasks))


@ears.on(assignment.AssignmentSigned)
async def on_assignment_signed(event: assignment.AssignmentSigned, tx: Tx) -> None:
    """The clock for signing stops."""
    await _stop(tx, event, Awaited.SIGNING, subject=event.task_id)


@ears.on(assignment.AssignmentReturned)
async def on_assignment_returned(event: assignment.AssignmentReturned, tx: Tx) -> None:
    """Signing stands still, the office's clock starts; many returns are a matter for the city."""
    await _stop(tx, event, Awaited.SIGNING, subject=event.task_id)
    office = await store.office_of(tx, event.proposal_id)
    await store.open_return(tx, event)
    await store.open_clocks(tx, [clock_of_return(event, office=office or event.unit)])
    known = await tx.reference()
    rule = rule_of(known.rules_on(event.on).coordination, REPEATED_RETURNS)
    proposal = await store.lock_proposal(tx, event.proposal_id)
    matter = flag_repeated_returns(proposal, rule=rule, units=known.units, on=event.on)
    if matter is not None:
        await store.record(tx, matter)


@ears.on(assignment.ReturnDecided)
async def on_return_decided(event: assignment.ReturnDecided, tx: Tx) -> None:
    """The office's clock stops; if the unit has to go on, its clock for signing runs on."""
    await _stop(tx, event, Awaited.RETURN_DECISION, subject=event.task_id)
    if event.upheld:
        return
    await store.keep_handler(tx, event.proposal_id, event.task_id)
    for clock in await store.clocks_awaiting(
        tx, event.proposal_id, Awaited.SIGNING, subject=event.task_id
    ):
        await store.run_on(tx, run_on(clock, until=event.sign), on=event.on)


@ears.on(assignment.WorkCompleted)
async def on_work_completed(event: assignment.WorkCompleted, tx: Tx) -> None:
    """The clock of what was handed down stops."""
    await _stop(tx, event, Awaited.WORK, subject=event.task_id)


@ears.on(reply.OpinionGiven)
async def on_opinion_given(event: reply.OpinionGiven, tx: Tx) -> None:
    """The co-handler's clock stops."""
    await _stop(tx, event, Awaited.OPINION, subject=event.task_id)


@ears.on(reply.ReplyIssued)
async def on_reply_issued(event: reply.ReplyIssued, tx: Tx) -> None:
    """The answering unit's clock stops, and of opinions it did without; the rating's starts."""
    await _stop(tx, event, Awaited.REPLY, subject=event.task_id)
    for clock in await store.silent_clocks(tx, event.proposal_id, event.without_opinions):
        await _stop(tx, event, Awaited.OPINION, subject=clock.subject)
    committee = await store.committee_of(tx, event.proposal_id)
    await store.open_clocks(tx, [clock_of_rating(event, committee=committee or event.unit)])


@ears.on(reply.ReplyRated)
async def on_reply_rated(event: reply.ReplyRated, tx: Tx) -> None:
    """The form came back: whoever of the proposers sent it first stops the clock."""
    await _stop(tx, event, Awaited.RATING, subject=event.reply_id)


@ears.on(reply.RedoOrdered)
async def on_redo_ordered(event: reply.RedoOrdered, tx: Tx) -> None:
    """The next round has a clock of its own, unless the task has gone to others meanwhile."""
    home = await store.lock_home(tx, event.proposal_id)
    if not await store.has_ended(tx, home, event.task_id):
        await store.open_clocks(tx, [clock_of_redo(event)])


@ears.on(reply.PromiseMade)
async def on_promise_made(event: reply.PromiseMade, tx: Tx) -> None:
    """A promise is watched until its day."""
    await store.open_clocks(tx, [clock_of_promise(event)])


@ears.on(reply.PromiseKept)
async def on_promise_kept(event: reply.PromiseKept, tx: Tx) -> None:
    """The promise's clock stops."""
    await _stop(tx, event, Awaited.PROMISE, subject=event.promise_id)


async def _stop(tx: Tx, event: ProposalEvent, awaits: Awaited, *, subject: str) -> None:
    await tx.lock(event.proposal_id)
    for clock in await store.clocks_awaiting(tx, event.proposal_id, awaits, subject=subject):
        if clock.state != "running":
            continue
        if missed := stop(clock, on=event.on):
            await store.record(tx, missed)
        await store.stop_clock(tx, clock, on=event.on)
