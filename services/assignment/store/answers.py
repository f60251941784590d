"""Replies that proposals are owed and have got: whether everybody has answered."""

from collections.abc import Sequence
from datetime import date

from services.assignment.domain.answering import Answers, Round, answered
from services.assignment.store.desk import members_of
from services.assignment.store.recording import OurEvent, record
from shared.contracts.event import Actor, ProposalId
from shared.contracts.reply import OpinionGiven, OpinionWithdrawn, RedoOrdered, ReplyIssued
from shared.work import Tx


async def reply_issued(tx: Tx, issued: ReplyIssued) -> None:
    """A proposal got a reply; the task is answered once its own proposal has."""
    await tx.execute(
        """
        WITH replied AS (
            UPDATE tasks SET answered_on = $5, wanted_until = NULL, paused_on = NULL
             WHERE proposal_id = $1 AND task_id = $2
        )
        INSERT INTO rounds (proposal_id, task_id, round, reply_id, issued_on)
        VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (proposal_id, task_id, round) DO UPDATE
           SET reply_id = excluded.reply_id, issued_on = excluded.issued_on
        """,
        issued.proposal_id,
        issued.task_id,
        issued.round,
        issued.reply_id,
        issued.on,
    )


async def redo_ordered(tx: Tx, redo: RedoOrdered) -> None:
    """The next round: the proposal is open again, and its task has a date of its own."""
    await tx.execute(
        """
        WITH again AS (
            UPDATE tasks SET answered_on = NULL, answer = $4, answer_left = NULL, extended = 0,
                   redo = $3
             WHERE proposal_id = $1 AND task_id = $2 AND state <> 'ended'
        ), open AS (
            UPDATE assignments SET answered_on = NULL WHERE proposal_id = $1
        )
        INSERT INTO rounds (proposal_id, task_id, round) VALUES ($1, $2, $3)
            ON CONFLICT DO NOTHING
        """,
        redo.proposal_id,
        redo.task_id,
        redo.round,
        redo.answer.model_dump_json(),
    )


async def opinion_given(tx: Tx, given: OpinionGiven) -> None:
    """A co-handler has done its part."""
    await tx.execute(
        "UPDATE tasks SET answered_on = $3, wanted_until = NULL, paused_on = NULL"
        " WHERE proposal_id = $1 AND task_id = $2",
        given.proposal_id,
        given.task_id,
        given.on,
    )


async def opinion_withdrawn(tx: Tx, withdrawn: OpinionWithdrawn) -> None:
    """A co-handler owes its opinion again."""
    await tx.execute(
        "UPDATE tasks SET answered_on = NULL"
        " WHERE proposal_id = $1 AND task_id = $2 AND state <> 'ended'",
        withdrawn.proposal_id,
        withdrawn.task_id,
    )


async def record_change(
    tx: Tx, proposal_id: ProposalId, events: Sequence[OurEvent], *, by: Actor, on: date
) -> None:
    """Tell that handlers changed, and what that makes of the proposal and of its group."""
    await record(tx, *events)
    members = await members_of(tx, proposal_id)
    await tx.lock_all(members)
    for one in (proposal_id, *members):
        await settle(tx, one, by=by, on=on)


async def settle(tx: Tx, proposal_id: ProposalId, *, by: Actor, on: date) -> None:
    """Tell that a proposal is answered when it is; note that it is open again when it is not."""
    answers = await _answers(tx, proposal_id)
    if answers.answered and not answers.complete:
        await tx.execute(
            "UPDATE assignments SET answered_on = NULL WHERE proposal_id = $1", proposal_id
        )
    elif (event := answered(answers, by=by, on=on)) is not None:
        await record(tx, event)


async def _answers(tx: Tx, proposal_id: ProposalId) -> Answers:
    rounds = await tx.fetch(
        "SELECT task_id, round, reply_id FROM rounds WHERE proposal_id = $1"
        " ORDER BY issued_on, task_id, round",
        proposal_id,
    )
    answering = await tx.fetch(
        """
        SELECT task_id, unit, own.answered_on IS NOT NULL AS answered
          FROM assignments AS own
          LEFT JOIN tasks
            ON tasks.proposal_id = coalesce(own.merged_into, own.proposal_id)
           AND tasks.parent IS NULL AND role IN ('lead', 'split') AND state <> 'ended'
         WHERE own.proposal_id = $1
         ORDER BY ordinal
        """,
        proposal_id,
    )
    return Answers(
        proposal_id,
        tuple((row["task_id"], row["unit"]) for row in answering if row["task_id"] is not None),
        [Round(row["task_id"], row["round"], row["reply_id"]) for row in rounds],
        answered=any(row["answered"] for row in answering),
    )
