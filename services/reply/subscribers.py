"""What the reply room does when others tell it something. It hears facts and refuses none."""

from services.reply import store
from shared.contracts import assignment, intake
from shared.hearing import Ears
from shared.work import Tx

ears = Ears("reply")


@ears.on(intake.ProposalSubmitted)
async def on_proposal_submitted(event: intake.ProposalSubmitted, tx: Tx) -> None:
    """A proposal came in: its proposers are the ones who will rate the replies."""
    await store.open_proposal(tx, event)


@ears.on(intake.ProposalsMerged)
async def on_proposals_merged(event: intake.ProposalsMerged, tx: Tx) -> None:
    """Proposals form a group; told once to each member, it is written down once, by the main."""
    if event.proposal_id == event.main:
        await store.open_group(tx, event)


@ears.on(assignment.HandlersAssigned)
async def on_handlers_assigned(event: assignment.HandlersAssigned, tx: Tx) -> None:
    """Units have something to talk about, to say, or to answer."""
    await store.open_tasks(tx, event.proposal_id, event.tasks)


@ears.on(assignment.AssignmentSigned)
async def on_assignment_signed(event: assignment.AssignmentSigned, tx: Tx) -> None:
    """A unit took its task on: from now on it may act."""
    await store.sign_task(tx, event)


@ears.on(assignment.HandlersReassigned)
async def on_handlers_reassigned(event: assignment.HandlersReassigned, tx: Tx) -> None:
    """Tasks went to others: the old ones take no further act, whatever is under way here."""
    await tx.lock(event.proposal_id)
    await store.end_tasks(tx, event)
    await store.open_tasks(tx, event.proposal_id, event.tasks)
