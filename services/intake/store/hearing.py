"""What others told: who has a part in a proposal, and what it was answered."""

from collections.abc import Sequence

from shared.contracts.assignment import HandlersReassigned, Task
from shared.contracts.event import ProposalId
from shared.contracts.reply import ReplyIssued
from shared.work import Tx


async def assign(tx: Tx, proposal_id: ProposalId, tasks: Sequence[Task]) -> None:
    """Units have a part in it; so it has been handed over."""
    await tx.execute("UPDATE proposals SET handed_over = true WHERE proposal_id = $1", proposal_id)
    await tx.execute(
        """
        INSERT INTO concerned (proposal_id, task_id, unit, answers)
        SELECT $1, task_id, unit, answers
          FROM unnest($2::text[], $3::text[], $4::boolean[]) AS given (task_id, unit, answers)
            ON CONFLICT DO NOTHING
        """,
        proposal_id,
        [task.task_id for task in tasks],
        [task.unit for task in tasks],
        [task.role.answers_proposer and task.parent is None for task in tasks],
    )


async def reassign(tx: Tx, event: HandlersReassigned) -> None:
    """Tasks went to others. Whoever had one may still see what became of it."""
    await tx.execute(
        "UPDATE concerned SET ended = true WHERE proposal_id = $1 AND task_id = ANY($2)",
        event.proposal_id,
        event.ended,
    )
    if event.tasks:
        await assign(tx, event.proposal_id, event.tasks)


async def hear_reply(tx: Tx, event: ReplyIssued, *, says: str) -> None:
    """A reply went out: what a like proposal was answered is worth knowing."""
    await tx.execute(
        """
        INSERT INTO replies (proposal_id, reply_id, unit, result_class, says, summary, issued_on)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT DO NOTHING
        """,
        event.proposal_id,
        event.reply_id,
        event.unit,
        event.result_class,
        says,
        event.summary,
        event.on,
    )
    await tx.execute(
        "UPDATE proposals SET answered = true WHERE proposal_id = $1", event.proposal_id
    )
