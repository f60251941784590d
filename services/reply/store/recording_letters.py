"""How drafts, replies, ratings and releases change what stands."""

from typing import assert_never

from services.reply.store.asking import as_json
from services.reply.store.dates import keep_dates
from shared.contracts.reply import (
    ClassChanged,
    CountersignAsked,
    CountersignRefused,
    DraftSentBack,
    FaceToFaceHeld,
    FaceToFaceOrdered,
    PointsListed,
    PublicationDecided,
    PublicationProposed,
    RatingAsked,
    RatingClosed,
    RatingReminded,
    RedoOrdered,
    ReleaseWithdrawn,
    ReplyAccepted,
    ReplyApproved,
    ReplyCountersigned,
    ReplyDrafted,
    ReplyEndorsed,
    ReplyIssued,
    ReplyRated,
    ReplyReleased,
    ReplySentBack,
)
from shared.work import Tx

DraftEvent = (
    PointsListed
    | ReplyDrafted
    | ReplyApproved
    | DraftSentBack
    | CountersignAsked
    | ReplyCountersigned
    | CountersignRefused
    | ReplyEndorsed
)
SentEvent = (
    ReplyIssued
    | ReplyAccepted
    | ReplySentBack
    | ClassChanged
    | RatingAsked
    | RatingReminded
    | ReplyRated
    | RatingClosed
    | RedoOrdered
    | FaceToFaceOrdered
    | FaceToFaceHeld
)
PublicEvent = PublicationProposed | PublicationDecided | ReplyReleased | ReleaseWithdrawn
LetterEvent = DraftEvent | SentEvent | PublicEvent


async def apply(tx: Tx, event: LetterEvent) -> None:
    """Write one of them down."""
    match event:
        case (
            PointsListed()
            | ReplyDrafted()
            | ReplyApproved()
            | DraftSentBack()
            | CountersignAsked()
            | ReplyCountersigned()
            | CountersignRefused()
            | ReplyEndorsed()
        ):
            await _write(tx, event)
        case PublicationProposed() | PublicationDecided() | ReplyReleased() | ReleaseWithdrawn():
            await _publish(tx, event)
        case _:
            await _send(tx, event)
            if isinstance(event, ReplyIssued | RatingAsked | RedoOrdered | FaceToFaceOrdered):
                await keep_dates(tx, event)


async def _write(tx: Tx, event: DraftEvent) -> None:
    match event:
        case PointsListed():
            await tx.execute("DELETE FROM points WHERE proposal_id = $1", event.proposal_id)
            await tx.executemany(
                "INSERT INTO points (proposal_id, position, says) VALUES ($1, $2, $3)",
                [
                    (event.proposal_id, position, says)
                    for position, says in enumerate(event.points, start=1)
                ],
            )
        case ReplyDrafted():
            await tx.execute(
                """
                INSERT INTO drafts (proposal_id, task_id, round, draft, unit, result_class,
                                    drafted_on, drafted_by, drafter, drafted_for)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                """,
                *_version(event),
                event.unit,
                event.result_class,
                event.on,
                event.by.person,
                event.by.name,
                event.by.on_behalf_of,
            )
            await _end_requests(tx, event)
        case ReplyApproved():
            await tx.execute(
                """
                UPDATE drafts
                   SET approved_on = $5, approved_by = $6, approved_for = $7, approver = $8
                 WHERE proposal_id = $1 AND task_id = $2 AND round = $3 AND draft = $4
                """,
                *_version(event),
                event.on,
                event.by.person,
                event.by.on_behalf_of,
                event.by.name,
            )
        case DraftSentBack():
            await _send_draft_back(tx, event)
        case CountersignAsked():
            await tx.executemany(
                """
                INSERT INTO countersigns (proposal_id, task_id, round, draft, unit, state, asked_on)
                VALUES ($1, $2, $3, $4, $5, 'open', $6)
                """,
                [(*_version(event), unit, event.on) for unit in event.asked],
            )
        case ReplyCountersigned():
            await tx.execute(
                """
                UPDATE countersigns
                   SET state = 'signed', answered_on = $6, answered_by = $7, paper = $8::jsonb
                 WHERE proposal_id = $1 AND task_id = $2 AND round = $3 AND draft = $4
                   AND unit = $5
                """,
                *_version(event),
                event.unit,
                event.on,
                event.by.name,
                as_json(event.paper),
            )
        case CountersignRefused():
            await tx.execute(
                """
                UPDATE countersigns
                   SET state = 'sent_back', answered_on = $6, answered_by = $7, why = $8
                 WHERE proposal_id = $1 AND task_id = $2 AND round = $3 AND draft = $4
                   AND unit = $5
                """,
                *_version(event),
                event.unit,
                event.on,
                event.by.name,
                event.why,
            )
            await _send_draft_back(tx, event)
        case ReplyEndorsed():
            await tx.execute(
                """
                UPDATE drafts
                   SET endorsed_on = $5, endorser = $6
                 WHERE proposal_id = $1 AND task_id = $2 AND round = $3 AND draft = $4
                """,
                *_version(event),
                event.on,
                event.by.name,
            )
        case _:
            assert_never(event)


Versioned = (
    ReplyDrafted
    | ReplyApproved
    | DraftSentBack
    | CountersignAsked
    | ReplyCountersigned
    | CountersignRefused
    | ReplyEndorsed
)


def _version(event: Versioned) -> tuple[str, str, int, int]:
    return event.proposal_id, event.task_id, event.round, event.draft


async def _send_draft_back(tx: Tx, event: DraftSentBack | CountersignRefused) -> None:
    """The version has to be written again; nobody is waited for."""
    await tx.execute(
        """
        UPDATE drafts
           SET sent_back_on = $5, sent_back_by = $6, sent_back_why = $7
         WHERE proposal_id = $1 AND task_id = $2 AND round = $3 AND draft = $4
        """,
        *_version(event),
        event.on,
        event.by.name,
        event.why,
    )
    await _end_requests(tx, event)


async def _end_requests(tx: Tx, event: DraftSentBack | CountersignRefused | ReplyDrafted) -> None:
    """Whoever was still asked about a version that will not go out need not answer."""
    await tx.execute(
        """
        UPDATE countersigns
           SET state = 'ended', answered_on = $3
         WHERE proposal_id = $1 AND task_id = $2 AND state = 'open'
        """,
        event.proposal_id,
        event.task_id,
        event.on,
    )


async def _send(tx: Tx, event: SentEvent) -> None:
    match event:
        case ReplyIssued():
            await _issue(tx, event)
        case ReplyAccepted():
            await tx.execute(
                """
                UPDATE replies SET accepted_on = $3, accepted_by = $4
                 WHERE proposal_id = $1 AND reply_id = $2
                """,
                *_letter(event),
                event.on,
                event.by.name,
            )
        case ReplySentBack():
            await _void(tx, event)
        case ClassChanged():
            await tx.execute(
                """
                UPDATE replies
                   SET result_class = $3, meaning = $4, class_before = $5, class_why = $6
                 WHERE proposal_id = $1 AND reply_id = $2
                """,
                *_letter(event),
                event.result_class,
                event.meaning,
                event.before,
                event.why,
            )
        case RatingAsked():
            await tx.execute(
                """
                UPDATE replies SET asked_on = $3, rate_by = $4
                 WHERE proposal_id = $1 AND reply_id = $2
                """,
                *_letter(event),
                event.on,
                event.rate.on,
            )
        case RatingReminded():
            await tx.execute(
                """
                UPDATE replies SET reminders = reminders + 1, reminded_on = $3
                 WHERE proposal_id = $1 AND reply_id = $2
                """,
                *_letter(event),
                event.on,
            )
        case ReplyRated():
            await tx.execute(
                """
                INSERT INTO ratings (proposal_id, reply_id, proposer, process, result, comment,
                                     rated_on, entered_by, paper)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb)
                """,
                *_letter(event),
                event.proposer,
                event.process,
                event.result,
                event.comment,
                event.on,
                event.by.name,
                as_json(event.paper),
            )
        case RatingClosed():
            await tx.execute(
                """
                UPDATE replies SET closed_on = $3, silent = $4
                 WHERE proposal_id = $1 AND reply_id = $2
                """,
                *_letter(event),
                event.on,
                event.unanswered,
            )
        case RedoOrdered():
            await _open_round(tx, event)
        case FaceToFaceOrdered():
            await tx.execute(
                """
                UPDATE replies SET meeting_ordered_on = $3, meet_by = $4
                 WHERE proposal_id = $1 AND reply_id = $2
                """,
                *_letter(event),
                event.on,
                event.meet.on if event.meet else None,
            )
        case FaceToFaceHeld():
            await tx.execute(
                """
                UPDATE replies SET met_on = $3, meeting_result = $4, meeting_outcome = $5
                 WHERE proposal_id = $1 AND reply_id = $2
                """,
                *_letter(event),
                event.held_on,
                event.result,
                event.outcome,
            )
        case _:
            assert_never(event)


def _letter(event: SentEvent | PublicEvent) -> tuple[str, str]:
    return event.proposal_id, event.reply_id


async def _issue(tx: Tx, event: ReplyIssued) -> None:
    await tx.execute(
        """
        INSERT INTO replies (proposal_id, reply_id, task_id, unit, round, document_number,
                             result_class, meaning, summary, reason, handled_in,
                             without_opinions, without_opinions_because, days_late, rate_by,
                             issued_on, issued_by, evidence, unanswered, unanswered_because,
                             attachments, paper, publish_by, draft)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
               $19, $20, $21::jsonb, $22::jsonb, $23, max(draft)
          FROM drafts
         WHERE proposal_id = $11 AND task_id = $3 AND round = $5
        """,
        event.proposal_id,
        event.reply_id,
        event.task_id,
        event.unit,
        event.round,
        event.document_number,
        event.result_class,
        event.meaning,
        event.summary,
        event.reason,
        event.handled_in,
        event.without_opinions,
        event.without_opinions_because,
        event.days_late,
        event.rate.on,
        event.on,
        event.by.name,
        event.evidence,
        event.unanswered,
        event.unanswered_because,
        as_json(event.attachments),
        as_json(event.paper),
        event.publish.on if event.publish else None,
    )
    await tx.execute(
        """
        INSERT INTO publications (proposal_id, letter_id, kind, unit, sent_on)
        VALUES ($1, $2, 'reply', $3, $4)
        """,
        *_letter(event),
        event.unit,
        event.on,
    )
    await tx.execute(
        "UPDATE letter_books SET last = last + 1"
        " WHERE unit = $1 AND series = 'reply' AND year = $2",
        event.unit,
        event.on.year,
    )
    await tx.execute(
        """
        UPDATE rounds
           SET issued_on = $4
         WHERE proposal_id = $1 AND task_id = $2 AND round = $3
        """,
        event.proposal_id,
        event.task_id,
        event.round,
        event.on,
    )
    await tx.execute(
        "UPDATE tasks SET paused_on = NULL WHERE proposal_id = $1 AND task_id = $2",
        event.handled_in,
        event.task_id,
    )


async def _void(tx: Tx, event: ReplySentBack) -> None:
    """The letter keeps its number, and neither it nor what it promised holds any more."""
    await tx.execute(
        """
        UPDATE replies SET void_on = $3, void_why = $4
         WHERE proposal_id = $1 AND reply_id = $2
        """,
        *_letter(event),
        event.on,
        event.why,
    )
    await tx.execute(
        "UPDATE publications SET void_on = $3 WHERE proposal_id = $1 AND letter_id = $2",
        *_letter(event),
        event.on,
    )
    await tx.execute(
        "UPDATE promises SET void_on = $3 WHERE proposal_id = $1 AND promise_id = ANY($2)",
        event.proposal_id,
        event.promises,
        event.on,
    )


async def _open_round(tx: Tx, event: RedoOrdered) -> None:
    """The next round. After the office sent a letter back, it is like the one before: in a group
    it is the main proposal's, and there is none for the others."""
    if event.because == "sent_back":
        await tx.execute(
            """
            INSERT INTO rounds (proposal_id, task_id, round, answer_by, redo, because, counts_from)
            SELECT $1, $2, $3, $4, redo, $5, counts_from
              FROM rounds
             WHERE proposal_id = $1 AND task_id = $2 AND round = $3 - 1
            """,
            event.proposal_id,
            event.task_id,
            event.round,
            event.answer.on,
            event.because,
        )
        return
    await tx.execute(
        """
        INSERT INTO rounds (proposal_id, task_id, round, answer_by, redo, because, counts_from)
        VALUES ($1, $2, $3, $4, true, $5, $3)
        """,
        event.proposal_id,
        event.task_id,
        event.round,
        event.answer.on,
        event.because,
    )


async def _publish(tx: Tx, event: PublicEvent) -> None:
    match event:
        case PublicationProposed():
            await tx.execute(
                """
                UPDATE publications
                   SET proposed = $3, proposed_reason_code = $4, proposed_reason = $5
                 WHERE proposal_id = $1 AND letter_id = $2
                """,
                *_letter(event),
                event.attribute,
                event.reason_code,
                event.reason,
            )
        case PublicationDecided():
            await tx.execute(
                """
                UPDATE publications
                   SET decided = $3, form = $4, decided_on = $5, decided_reason = $6
                 WHERE proposal_id = $1 AND letter_id = $2
                """,
                *_letter(event),
                event.attribute,
                event.form,
                event.on,
                event.reason,
            )
        case ReplyReleased():
            await tx.execute(
                """
                UPDATE publications
                   SET released_on = $3, title = $4, text = $5, withdrawn_on = NULL,
                       withdrawn_why = NULL
                 WHERE proposal_id = $1 AND letter_id = $2
                """,
                *_letter(event),
                event.on,
                event.title,
                event.text,
            )
        case ReleaseWithdrawn():
            await tx.execute(
                """
                UPDATE publications
                   SET released_on = NULL, title = NULL, text = NULL, withdrawn_on = $3,
                       withdrawn_why = $4, decided = NULL
                 WHERE proposal_id = $1 AND letter_id = $2
                """,
                *_letter(event),
                event.on,
                event.why,
            )
        case _:
            assert_never(event)
