"""How contacts, opinions and disagreements change what stands."""

from typing import assert_never

from services.reply.store.asking import as_json
from shared.contracts.reply import (
    ContactConfirmed,
    ContactDenied,
    ContactRecorded,
    ContactWaived,
    DisagreementOpened,
    DisagreementRaised,
    DisagreementSettled,
    OpinionChecked,
    OpinionDrafted,
    OpinionGiven,
    OpinionSentBack,
    OpinionWithdrawn,
)
from shared.work import Tx

TalkEvent = (
    ContactRecorded
    | ContactWaived
    | ContactConfirmed
    | ContactDenied
    | OpinionDrafted
    | OpinionChecked
    | OpinionSentBack
    | OpinionGiven
    | OpinionWithdrawn
    | DisagreementOpened
    | DisagreementRaised
    | DisagreementSettled
)


async def apply(tx: Tx, event: TalkEvent) -> None:
    """Write one of them down."""
    match event:
        case ContactRecorded():
            await tx.execute(
                """
                INSERT INTO contacts (proposal_id, task_id, unit, round, kind, people, summary,
                                      talked_on, noted_by, contact_id, stage, attachments)
                SELECT $1, $2, $3, max(round), $4, $5, $6, $7, $8, $9, $10, $11::jsonb
                  FROM rounds
                 WHERE proposal_id = $1 AND task_id = $2
                """,
                event.proposal_id,
                event.task_id,
                event.unit,
                event.kind,
                event.people,
                event.summary,
                event.talked_on or event.on,
                event.by.name,
                event.contact_id,
                event.stage,
                as_json(event.attachments),
            )
        case ContactWaived():
            await tx.execute(
                """
                INSERT INTO waivers (proposal_id, task_id, round, proposer, said_on, entered_by,
                                     paper)
                SELECT $1, $2, max(round), $3, $4, $5, $6::jsonb
                  FROM rounds
                 WHERE proposal_id = $1 AND task_id = $2
                """,
                event.proposal_id,
                event.task_id,
                event.proposer,
                event.on,
                event.by.name,
                as_json(event.paper),
            )
        case ContactConfirmed():
            await _say(tx, event, denies=False, says="")
        case ContactDenied():
            await _say(tx, event, denies=True, says=event.says)
        case OpinionDrafted():
            pass  # its words are kept beside it: keep_opinion
        case OpinionChecked():
            await tx.execute(
                """
                UPDATE opinion_drafts
                   SET checked_on = $4, checked_by = $5, checked_for = $6, checker = $7
                 WHERE proposal_id = $1 AND task_id = $2 AND draft = $3
                """,
                event.proposal_id,
                event.task_id,
                event.draft,
                event.on,
                event.by.person,
                event.by.on_behalf_of,
                event.by.name,
            )
        case OpinionSentBack():
            await tx.execute(
                """
                UPDATE opinion_drafts
                   SET sent_back_on = $4, sent_back_by = $5, sent_back_why = $6
                 WHERE proposal_id = $1 AND task_id = $2 AND draft = $3
                """,
                event.proposal_id,
                event.task_id,
                event.draft,
                event.on,
                event.by.name,
                event.why,
            )
        case OpinionGiven():
            await _give(tx, event)
        case OpinionWithdrawn():
            await tx.execute(
                """
                WITH taken_back AS (
                    UPDATE opinions
                       SET withdrawn_on = $3, withdrawn_why = $4
                     WHERE proposal_id = $1 AND task_id = $2 AND withdrawn_on IS NULL
                    RETURNING letter_id
                )
                UPDATE publications
                   SET void_on = $3
                  FROM taken_back
                 WHERE proposal_id = $1 AND publications.letter_id = taken_back.letter_id
                """,
                event.proposal_id,
                event.task_id,
                event.on,
                event.why,
            )
        case DisagreementOpened():
            await tx.execute(
                """
                INSERT INTO disagreements (proposal_id, disagreement_id, task_id, unit, lead, about,
                                           level, opened_on)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                """,
                event.proposal_id,
                event.disagreement_id,
                event.task_id,
                event.unit,
                event.lead,
                event.about,
                event.level,
                event.on,
            )
        case DisagreementRaised():
            await tx.execute(
                """
                UPDATE disagreements SET level = $3, raised_why = $4
                 WHERE proposal_id = $1 AND disagreement_id = $2
                """,
                event.proposal_id,
                event.disagreement_id,
                event.level,
                event.why,
            )
        case DisagreementSettled():
            await tx.execute(
                """
                UPDATE disagreements SET settled_on = $3, outcome = $4
                 WHERE proposal_id = $1 AND disagreement_id = $2
                """,
                event.proposal_id,
                event.disagreement_id,
                event.on,
                event.outcome,
            )
        case _:
            assert_never(event)


async def _say(tx: Tx, event: ContactConfirmed | ContactDenied, *, denies: bool, says: str) -> None:
    await tx.execute(
        """
        INSERT INTO contact_words (proposal_id, contact_id, proposer, denies, says, said_on,
                                   entered_by, paper)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb)
            ON CONFLICT (proposal_id, contact_id, proposer) DO UPDATE
           SET denies = excluded.denies, says = excluded.says, said_on = excluded.said_on,
               entered_by = excluded.entered_by, paper = excluded.paper
        """,
        event.proposal_id,
        event.contact_id,
        event.proposer,
        denies,
        says,
        event.on,
        event.by.name,
        as_json(event.paper),
    )


async def _give(tx: Tx, event: OpinionGiven) -> None:
    """Who has said its part is waited for no more: nothing of it stands still."""
    await tx.execute(
        "UPDATE tasks SET paused_on = NULL WHERE proposal_id = $1 AND task_id = $2",
        event.proposal_id,
        event.task_id,
    )
    await tx.execute(
        """
        INSERT INTO opinions (proposal_id, task_id, unit, lead, opinion, days_late, given_on,
                              given_by, letter_id, document_number, contradicts, attachments, paper)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::jsonb, $13::jsonb)
        """,
        event.proposal_id,
        event.task_id,
        event.unit,
        event.lead,
        event.opinion,
        event.days_late,
        event.on,
        event.by.name,
        event.letter_id,
        event.document_number,
        event.contradicts,
        as_json(event.attachments),
        as_json(event.paper),
    )
    await tx.execute(
        """
        INSERT INTO publications (proposal_id, letter_id, kind, unit, sent_on)
        VALUES ($1, $2, 'opinion', $3, $4)
        """,
        event.proposal_id,
        event.letter_id,
        event.unit,
        event.on,
    )
    await tx.execute(
        "UPDATE letter_books SET last = last + 1"
        " WHERE unit = $1 AND series = 'opinion' AND year = $2",
        event.unit,
        event.on.year,
    )
