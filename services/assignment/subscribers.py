"""What assignment does when others tell it something."""

from services.assignment import store
from services.assignment.domain.coordinating import follow_coordination
from services.assignment.domain.merging import (
    follow_merging,
    follow_undoing,
    follow_withdrawal,
)
from services.assignment.domain.remembering import answered_by
from services.assignment.domain.terms import Terms
from shared.contracts import escalation, intake, reply
from shared.contracts.event import ProposalEvent
from shared.hearing import Ears
from shared.reference import Reference
from shared.work import Tx

ears = Ears("assignment")


def _terms(known: Reference, event: ProposalEvent) -> Terms:
    return Terms(known.rules_on(event.on), known.calendar)


@ears.on(intake.ProposalSubmitted)
async def on_proposal_submitted(event: intake.ProposalSubmitted, tx: Tx) -> None:
    """What it asks for, for advice and items; who put it and when, for its clocks."""
    await store.open_proposal(tx, event)


@ears.on(intake.ProposalRevised)
async def on_proposal_revised(event: intake.ProposalRevised, tx: Tx) -> None:
    """It asks for it in other words: advice and items are drawn from those."""
    await store.revise_proposal(tx, event)


@ears.on(intake.ProposalArchived)
async def on_proposal_archived(event: intake.ProposalArchived, tx: Tx) -> None:
    """A case of an earlier year is one that advice may point to."""
    known = await tx.reference()
    units = answered_by(event, known=known)
    await store.keep_archived(tx, event, units=units)


@ears.on(intake.ProposalAccepted)
async def on_proposal_accepted(event: intake.ProposalAccepted, tx: Tx) -> None:
    """A filed proposal lands on the desk."""
    await store.open_assignment(tx, event)


@ears.on(intake.ProposalDesignatedKey)
async def on_proposal_designated_key(event: intake.ProposalDesignatedKey, tx: Tx) -> None:
    """Key proposals may have clocks of their own."""
    await store.designate(tx, event)


@ears.on(intake.KeyDesignationTakenBack)
async def on_key_designation_taken_back(event: intake.KeyDesignationTakenBack, tx: Tx) -> None:
    """What is given from now on has the clocks of any proposal."""
    await store.take_back_key(tx, event)


@ears.on(intake.ProposalsMerged)
async def on_proposals_merged(event: intake.ProposalsMerged, tx: Tx) -> None:
    """A member of a group is handled with the group's main proposal; its own tasks end."""
    await store.join_group(tx, event)
    assignment = (await store.lock_assignments(tx, [event.proposal_id])).get(event.proposal_id)
    if assignment is not None and assignment.tasks:
        known = await tx.reference()
        events = follow_merging(assignment, merged=event, units=known, terms=_terms(known, event))
        await store.record(tx, *events)


@ears.on(intake.MergeUndone)
async def on_merge_undone(event: intake.MergeUndone, tx: Tx) -> None:
    """A member of a handed-over group gets tasks of its own again."""
    await store.leave_group(tx, event)
    desk = await store.lock_assignments(tx, [event.proposal_id, event.main])
    if event.proposal_id in desk and event.main in desk:
        known = await tx.reference()
        events = follow_undoing(
            desk[event.proposal_id],
            group=desk[event.main],
            undone=event,
            units=known,
            terms=_terms(known, event),
        )
        await store.record(tx, *events)
        await store.settle(tx, event.proposal_id, by=event.by, on=event.on)


@ears.on(intake.ProposalWithdrawn)
async def on_proposal_withdrawn(event: intake.ProposalWithdrawn, tx: Tx) -> None:
    """Its proposers took it back: open tasks end."""
    assignment = (await store.lock_assignments(tx, [event.proposal_id])).get(event.proposal_id)
    await store.withdraw(tx, event)
    if assignment is not None and assignment.tasks:
        known = await tx.reference()
        terms = _terms(known, event)
        events = follow_withdrawal(assignment, withdrawn=event, units=known, terms=terms)
        await store.record(tx, *events)


@ears.on(escalation.CoordinationDecided)
async def on_coordination_decided(event: escalation.CoordinationDecided, tx: Tx) -> None:
    """A leader's decision on a matter may put another unit in the lead, or set a role or a date."""
    assignment = await store.lock_assignment(tx, event.proposal_id)
    known = await tx.reference()
    events = follow_coordination(assignment, decided=event, units=known, terms=_terms(known, event))
    await store.record_change(tx, event.proposal_id, events, by=event.by, on=event.on)


@ears.on(reply.ReplyIssued)
async def on_reply_issued(event: reply.ReplyIssued, tx: Tx) -> None:
    """With the last unit that answers, the proposal is answered."""
    await store.reply_issued(tx, event)
    await store.settle(tx, event.proposal_id, by=event.by, on=event.on)


@ears.on(reply.RedoOrdered)
async def on_redo_ordered(event: reply.RedoOrdered, tx: Tx) -> None:
    """It is open again, with a date of its own."""
    await store.redo_ordered(tx, event)


@ears.on(reply.OpinionGiven)
async def on_opinion_given(event: reply.OpinionGiven, tx: Tx) -> None:
    """A co-handler has done its part: nothing of it is extended or paused any more."""
    await store.opinion_given(tx, event)


@ears.on(reply.OpinionWithdrawn)
async def on_opinion_withdrawn(event: reply.OpinionWithdrawn, tx: Tx) -> None:
    """A co-handler owes its opinion again."""
    await store.opinion_withdrawn(tx, event)
