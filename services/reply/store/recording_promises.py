"""How promises and look-backs change what stands."""

from typing import assert_never

from services.reply.store.asking import as_json
from shared.contracts.reply import (
    LookBackOpened,
    LookedBack,
    PromiseBroken,
    PromiseChangeAsked,
    PromiseChanged,
    PromiseChangeRefused,
    PromiseInherited,
    PromiseKept,
    PromiseMade,
    PromiseProgressed,
    PromiseReported,
    PromiseReportRefused,
    SecondAnswerIssued,
)
from shared.work import Tx

PromiseEvent = (
    PromiseMade
    | PromiseProgressed
    | PromiseReported
    | PromiseReportRefused
    | PromiseChangeAsked
    | PromiseChangeRefused
    | PromiseChanged
    | PromiseKept
    | PromiseBroken
    | PromiseInherited
    | LookBackOpened
    | LookedBack
    | SecondAnswerIssued
)


async def apply(tx: Tx, event: PromiseEvent) -> None:
    """Write one of them down."""
    match event:
        case PromiseMade():
            await tx.execute(
                """
                INSERT INTO promises (proposal_id, promise_id, reply_id, unit, promised_by, text,
                                      due_on, first_due_on, made_on, owner, shown_by)
                VALUES ($1, $2, $3, $4, $4, $5, $6, $6, $7, $8, $9)
                """,
                event.proposal_id,
                event.promise_id,
                event.reply_id,
                event.unit,
                event.text,
                event.due_on,
                event.on,
                event.owner,
                event.shown_by,
            )
        case PromiseProgressed():
            await tx.execute(
                """
                INSERT INTO promise_notes (proposal_id, promise_id, progress, noted_on, noted_by)
                VALUES ($1, $2, $3, $4, $5)
                """,
                event.proposal_id,
                event.promise_id,
                event.progress,
                event.on,
                event.by.name,
            )
        case PromiseReported():
            await tx.execute(
                """
                UPDATE promises
                   SET reported_on = $3, reported = $4, attachments = $5::jsonb, refused_why = NULL
                 WHERE proposal_id = $1 AND promise_id = $2
                """,
                event.proposal_id,
                event.promise_id,
                event.on,
                event.evidence,
                as_json(event.attachments),
            )
        case PromiseReportRefused():
            await tx.execute(
                """
                UPDATE promises SET reported_on = NULL, reported = NULL, refused_why = $3
                 WHERE proposal_id = $1 AND promise_id = $2
                """,
                event.proposal_id,
                event.promise_id,
                event.why,
            )
        case PromiseChangeAsked():
            await tx.execute(
                """
                UPDATE promises
                   SET wanted_text = $3, wanted_due_on = $4, wanted_why = $5, wanted_on = $6
                 WHERE proposal_id = $1 AND promise_id = $2
                """,
                event.proposal_id,
                event.promise_id,
                event.text,
                event.due_on,
                event.why,
                event.on,
            )
        case PromiseChangeRefused():
            await tx.execute(
                """
                UPDATE promises
                   SET wanted_text = NULL, wanted_due_on = NULL, wanted_why = NULL,
                       wanted_on = NULL
                 WHERE proposal_id = $1 AND promise_id = $2
                """,
                event.proposal_id,
                event.promise_id,
            )
        case PromiseChanged():
            await tx.execute(
                """
                UPDATE promises
                   SET text = $3, due_on = $4, changed_on = $5, wanted_text = NULL,
                       wanted_due_on = NULL, wanted_why = NULL, wanted_on = NULL
                 WHERE proposal_id = $1 AND promise_id = $2
                """,
                event.proposal_id,
                event.promise_id,
                event.text,
                event.due_on,
                event.on,
            )
        case PromiseKept():
            await tx.execute(
                """
                UPDATE promises
                   SET kept_on = $3, evidence = $4
                 WHERE proposal_id = $1 AND promise_id = $2
                """,
                event.proposal_id,
                event.promise_id,
                event.on,
                event.evidence,
            )
        case PromiseBroken():
            await tx.execute(
                """
                UPDATE promises SET broken_on = $3, broken_why = $4
                 WHERE proposal_id = $1 AND promise_id = $2
                """,
                event.proposal_id,
                event.promise_id,
                event.on,
                event.why,
            )
        case PromiseInherited():
            await tx.execute(
                "UPDATE promises SET unit = $3 WHERE proposal_id = $1 AND promise_id = $2",
                event.proposal_id,
                event.promise_id,
                event.unit,
            )
        case LookBackOpened():
            await tx.execute(
                """
                INSERT INTO look_backs (proposal_id, look_back, item, kind, unit, seed, opened_on)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                """,
                event.proposal_id,
                event.look_back,
                event.item,
                event.kind,
                event.unit,
                event.seed,
                event.on,
            )
        case LookedBack():
            await tx.execute(
                """
                UPDATE look_backs SET found = $4, says = $5, found_on = $6, found_by = $7
                 WHERE look_back = $1 AND proposal_id = $2 AND item = $3
                """,
                event.look_back,
                event.proposal_id,
                event.item,
                event.found,
                event.says,
                event.on,
                event.by.name,
            )
        case SecondAnswerIssued():
            await tx.execute(
                """
                UPDATE replies
                   SET second_on = $3, second_number = $4, second_summary = $5,
                       class_before = result_class, result_class = $6, meaning = $7
                 WHERE proposal_id = $1 AND reply_id = $2
                """,
                event.proposal_id,
                event.reply_id,
                event.on,
                event.document_number,
                event.summary,
                event.result_class,
                event.meaning,
            )
            await tx.execute(
                "UPDATE letter_books SET last = last + 1"
                " WHERE unit = $1 AND series = 'reply' AND year = $2",
                event.unit,
                event.on.year,
            )
        case _:
            assert_never(event)
