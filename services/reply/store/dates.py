"""Statements about the dates that replies stamp themselves: kept as explained, moved when open."""

from collections.abc import Sequence

from services.reply.domain.moving_dates import OpenDate
from shared.contracts.event import Due, ProposalId
from shared.contracts.reply import (
    DatesMoved,
    FaceToFaceOrdered,
    MovedDate,
    RatingAsked,
    RedoOrdered,
    ReplyIssued,
)
from shared.work import Tx


async def resting_on(tx: Tx, editions: Sequence[str]) -> list[ProposalId]:
    """The proposals with dates that rest on these editions of calendars."""
    rows = await tx.fetch(
        "SELECT DISTINCT proposal_id FROM dates WHERE rests_on && $1 ORDER BY proposal_id",
        list(editions),
    )
    return [ProposalId(row["proposal_id"]) for row in rows]


async def open_dates(tx: Tx, proposal_id: ProposalId) -> list[OpenDate]:
    """What is still waited for. The redo of a task is assignment's to move, where it has the task;
    a member of a group has none there."""
    rows = await tx.fetch(
        """
        SELECT dates.reply_id, dates.task_id, dates.unit, clock, dates.round, due
          FROM dates
          JOIN replies USING (proposal_id, reply_id)
          LEFT JOIN publications
            ON publications.proposal_id = dates.proposal_id AND letter_id = dates.reply_id
         WHERE dates.proposal_id = $1
           AND CASE clock
                    WHEN 'rate' THEN closed_on IS NULL AND replies.void_on IS NULL
                    WHEN 'publish' THEN released_on IS NULL AND replies.void_on IS NULL
                                        AND coalesce(decided, 'open') = 'open'
                    WHEN 'meet' THEN met_on IS NULL
                    ELSE EXISTS (SELECT FROM rounds
                                  WHERE rounds.proposal_id = dates.proposal_id
                                    AND rounds.task_id = dates.task_id
                                    AND rounds.round = dates.round
                                    AND rounds.issued_on IS NULL AND rounds.ended_on IS NULL)
                         AND NOT EXISTS (SELECT FROM tasks
                                          WHERE tasks.proposal_id = dates.proposal_id
                                            AND tasks.task_id = dates.task_id
                                            AND tasks.ended_on IS NULL)
               END
         ORDER BY dates.reply_id, clock
        """,
        proposal_id,
    )
    return [OpenDate(**{**row, "due": Due.model_validate_json(row["due"])}) for row in rows]


async def keep_dates(
    tx: Tx, event: ReplyIssued | RatingAsked | RedoOrdered | FaceToFaceOrdered
) -> None:
    """An event stamped dates."""
    match event:
        case ReplyIssued():
            await _keep(tx, event, "rate", event.round, event.task_id, event.rate)
            await _keep(tx, event, "publish", event.round, event.task_id, event.publish)
        case RatingAsked():
            await tx.execute(
                "UPDATE dates SET due = $3, rests_on = $4"
                " WHERE proposal_id = $1 AND reply_id = $2 AND clock = 'rate'",
                event.proposal_id,
                event.reply_id,
                event.rate.model_dump_json(),
                event.rate.calendar.split("+"),
            )
        case RedoOrdered():
            await _keep(tx, event, "redo", event.round, event.task_id, event.answer)
        case FaceToFaceOrdered():
            await _keep(tx, event, "meet", event.round, event.task_id, event.meet)


async def _keep(
    tx: Tx,
    event: ReplyIssued | RedoOrdered | FaceToFaceOrdered,
    clock: str,
    round: int,
    task_id: str,
    due: Due | None,
) -> None:
    if due is not None:
        await tx.execute(
            """
            INSERT INTO dates (proposal_id, reply_id, clock, task_id, unit, round, due, rests_on)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                ON CONFLICT (proposal_id, reply_id, clock) DO UPDATE
               SET round = excluded.round, due = excluded.due, rests_on = excluded.rests_on
            """,
            event.proposal_id,
            event.reply_id,
            clock,
            task_id,
            event.unit,
            round,
            due.model_dump_json(),
            due.calendar.split("+"),
        )


async def apply(tx: Tx, event: DatesMoved) -> None:
    """Dates moved: whoever counts from them counts from the new ones."""
    for one in event.moved:
        await tx.execute(
            "UPDATE dates SET due = $4, rests_on = $5"
            " WHERE proposal_id = $1 AND reply_id = $2 AND clock = $3",
            event.proposal_id,
            one.reply_id,
            one.clock,
            one.due.model_dump_json(),
            one.due.calendar.split("+"),
        )
        if one.clock == "redo":
            await _move_round(tx, event.proposal_id, one)
        else:
            await tx.execute(
                """
                UPDATE replies
                   SET rate_by = CASE WHEN $3 = 'rate' THEN $4 ELSE rate_by END,
                       publish_by = CASE WHEN $3 = 'publish' THEN $4 ELSE publish_by END,
                       meet_by = CASE WHEN $3 = 'meet' THEN $4 ELSE meet_by END
                 WHERE proposal_id = $1 AND reply_id = $2
                """,
                event.proposal_id,
                one.reply_id,
                one.clock,
                one.due.on,
            )


async def _move_round(tx: Tx, proposal_id: ProposalId, moved: MovedDate) -> None:
    await tx.execute(
        "UPDATE rounds SET answer_by = $4"
        " WHERE proposal_id = $1 AND task_id = $2 AND round = $3 AND issued_on IS NULL",
        proposal_id,
        moved.task_id,
        moved.round,
        moved.due.on,
    )
