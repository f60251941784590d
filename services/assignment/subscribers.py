"""What assignment does when others tell it something."""

from services.assignment import store
from services.assignment.domain.reassigning import follow_coordination
from services.assignment.domain.terms import Terms
from shared.contracts import escalation, intake
from shared.hearing import Ears
from shared.work import Tx

ears = Ears("assignment")


@ears.on(intake.ProposalAccepted)
async def on_proposal_accepted(event: intake.ProposalAccepted, tx: Tx) -> None:
    """A filed proposal lands on the desk."""
    await store.open_assignment(tx, event)


@ears.on(intake.ProposalsMerged)
async def on_proposals_merged(event: intake.ProposalsMerged, tx: Tx) -> None:
    """A member of a group is handled with the group's main proposal."""
    await store.join_group(tx, event)


@ears.on(escalation.CoordinationDecided)
async def on_coordination_decided(event: escalation.CoordinationDecided, tx: Tx) -> None:
    """A leader's decision on a matter may put another unit in the lead."""
    assignment = await store.lock_assignment(tx, event.proposal_id)
    known = await tx.reference()
    terms = Terms(known.rules_on(event.on), known.calendar)
    await store.record(tx, *follow_coordination(assignment, decided=event, terms=terms))
