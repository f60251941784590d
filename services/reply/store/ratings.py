"""Statements about the rating of replies, and the meetings after the last round, for a decision."""

from services.reply.domain.meeting import Meeting
from services.reply.domain.proposing import Signatory
from services.reply.domain.rating import Reply
from services.reply.domain.refusals import UnknownReply
from services.reply.store.groups import home_of, proposers
from shared.contracts.event import ProposalId, TaskId, UnitCode
from shared.work import Tx


async def lock_reply(tx: Tx, proposal_id: ProposalId, reply_id: str) -> Reply:
    """A reply with its ratings so far: one rating of this proposal at a time."""
    await tx.lock(proposal_id)
    row = await tx.fetchrow(
        """
        SELECT replies.*,
               EXISTS (SELECT
                         FROM rounds
                        WHERE rounds.proposal_id = replies.proposal_id
                          AND rounds.task_id = replies.task_id
                          AND rounds.round > replies.round)
               OR EXISTS (SELECT
                            FROM tasks
                           WHERE tasks.proposal_id IN (replies.proposal_id, $3)
                             AND tasks.task_id = replies.task_id
                             AND tasks.ended_on IS NOT NULL)
               OR meeting_ordered_on IS NOT NULL AS superseded,
               (SELECT count(*)
                  FROM rounds
                 WHERE rounds.proposal_id = replies.proposal_id
                   AND rounds.task_id = replies.task_id
                   AND rounds.because = 'dissatisfied') AS redone,
               ARRAY(SELECT proposer
                       FROM ratings
                      WHERE ratings.proposal_id = replies.proposal_id
                        AND ratings.reply_id = replies.reply_id) AS rated_by,
               EXISTS (SELECT
                         FROM ratings
                        WHERE ratings.proposal_id = replies.proposal_id
                          AND ratings.reply_id = replies.reply_id
                          AND ratings.result = 'dissatisfied') AS dissatisfied
          FROM replies
         WHERE replies.proposal_id = $1 AND replies.reply_id = $2
        """,
        proposal_id,
        reply_id,
        await home_of(tx, proposal_id),
    )
    if row is None:
        raise UnknownReply(id=reply_id)
    return Reply(
        proposal_id=proposal_id,
        reply_id=reply_id,
        task_id=TaskId(row["task_id"]),
        unit=UnitCode(row["unit"]),
        round=row["round"],
        signatory=Signatory(await proposers(tx, proposal_id)),
        rated_by=frozenset(row["rated_by"]),
        dissatisfied=row["dissatisfied"],
        superseded=row["superseded"],
        rounds=row["redone"] + 1,
        rate_by=row["rate_by"],
        accepted=row["accepted_on"] is not None,
        asked=row["asked_on"] is not None,
        reminders=row["reminders"],
        closed=row["closed_on"] is not None,
        void=row["void_on"] is not None,
    )


async def lock_meeting(tx: Tx, proposal_id: ProposalId, reply_id: str) -> Meeting:
    """The meeting that a reply's last rating asked for."""
    await tx.lock(proposal_id)
    row = await tx.fetchrow(
        "SELECT task_id, unit, round, meeting_ordered_on, met_on FROM replies"
        " WHERE proposal_id = $1 AND reply_id = $2",
        proposal_id,
        reply_id,
    )
    if row is None:
        raise UnknownReply(id=reply_id)
    return Meeting(
        proposal_id=proposal_id,
        reply_id=reply_id,
        task_id=TaskId(row["task_id"]),
        unit=UnitCode(row["unit"]),
        round=row["round"],
        ordered=row["meeting_ordered_on"] is not None,
        held=row["met_on"] is not None,
    )
