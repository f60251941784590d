"""What intake does when others tell it something: who handles a proposal, what it was answered."""

from services.intake import store
from shared.contracts import assignment, reply
from shared.hearing import Ears
from shared.work import Tx

ears = Ears("intake")


@ears.on(assignment.HandlersAssigned)
async def on_handlers_assigned(event: assignment.HandlersAssigned, tx: Tx) -> None:
    """It was handed over: from now on only the office merges and separates."""
    await store.assign(tx, event.proposal_id, event.tasks)


@ears.on(assignment.HandlersReassigned)
async def on_handlers_reassigned(event: assignment.HandlersReassigned, tx: Tx) -> None:
    """Others have a part in it now."""
    await store.reassign(tx, event)


@ears.on(assignment.WorkHandedDown)
async def on_work_handed_down(event: assignment.WorkHandedDown, tx: Tx) -> None:
    """Units below have a part in it."""
    await store.assign(tx, event.proposal_id, event.tasks)


@ears.on(reply.ReplyIssued)
async def on_reply_issued(event: reply.ReplyIssued, tx: Tx) -> None:
    """It was answered: whoever writes something like it will read so."""
    known = await tx.reference()
    means = {one.code: one.says for one in known.rules_on(event.on).classes}
    await store.hear_reply(tx, event, says=means.get(event.result_class, ""))
