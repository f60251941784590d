"""What we decided: told, and laid down in the tables in the same transaction."""

from typing import assert_never

from pydantic_core import to_json

from services.intake.domain.proposal import acting_for
from services.intake.domain.wording import VERSION, matter, plain, terms_of
from shared.contracts.intake import (
    JointSignatureAsked,
    JointSignatureDeclined,
    JointSignatureGiven,
    KeyDesignationTakenBack,
    MergeObjected,
    MergeObjectionRefused,
    MergeUndone,
    ProposalAccepted,
    ProposalArchived,
    ProposalCategorised,
    ProposalDeclined,
    ProposalDesignatedKey,
    ProposalRevised,
    ProposalSentBack,
    ProposalsLinked,
    ProposalsMerged,
    ProposalSubmitted,
    ProposalTurned,
    ProposalWithdrawn,
    ReviewAdvised,
    SimilarJudged,
)
from shared.work import Tx

OurEvent = (
    JointSignatureAsked
    | JointSignatureGiven
    | JointSignatureDeclined
    | ProposalSubmitted
    | ProposalCategorised
    | ReviewAdvised
    | ProposalSentBack
    | ProposalRevised
    | ProposalTurned
    | ProposalAccepted
    | ProposalDeclined
    | ProposalWithdrawn
    | ProposalsMerged
    | MergeObjected
    | MergeObjectionRefused
    | MergeUndone
    | ProposalsLinked
    | SimilarJudged
    | ProposalDesignatedKey
    | KeyDesignationTakenBack
    | ProposalArchived
)


async def record(tx: Tx, *events: OurEvent) -> None:
    """Tell these events, and let the tables say the same."""
    for event in events:
        tx.record(event)
        await _apply(tx, event)


async def _apply(tx: Tx, event: OurEvent) -> None:
    match event:
        case JointSignatureAsked():
            await _ask(tx, event)
        case JointSignatureGiven() | JointSignatureDeclined():
            await _answer(tx, event)
        case ProposalSubmitted():
            await _open(tx, event)
        case ProposalCategorised():
            await tx.execute(
                "UPDATE proposals SET category = $2, review_group = $3 WHERE proposal_id = $1",
                event.proposal_id,
                event.category,
                event.review_group,
            )
        case ReviewAdvised():
            await _advise(tx, event)
        case ProposalSentBack():
            await tx.execute(
                "UPDATE proposals SET state = 'sent_back', sent_back_on = $2,"
                " sent_back_because = $3 WHERE proposal_id = $1",
                event.proposal_id,
                event.on,
                event.why,
            )
        case ProposalRevised():
            await _revise(tx, event)
        case ProposalTurned():
            await tx.execute(
                "UPDATE proposals SET state = 'turned', turned_into = $2, reviewed_on = $3,"
                " ended_on = $3, ended_because = $4 WHERE proposal_id = $1",
                event.proposal_id,
                event.into,
                event.on,
                event.why,
            )
        case ProposalAccepted():
            await _file(tx, event)
        case ProposalDeclined():
            await tx.execute(
                "UPDATE proposals SET state = 'declined', reviewed_on = $2, reason_code = $3,"
                " reason = $4 WHERE proposal_id = $1",
                event.proposal_id,
                event.on,
                event.reason_code,
                event.reason,
            )
        case ProposalWithdrawn():
            await tx.execute(
                "UPDATE proposals SET state = 'withdrawn', ended_on = $2, ended_because = $3"
                " WHERE proposal_id = $1",
                event.proposal_id,
                event.on,
                event.why,
            )
        case ProposalsMerged():
            await tx.execute(
                "UPDATE proposals SET main = $2, merged_on = $3, merged_because = $4,"
                " object_by = $5 WHERE proposal_id = $1",
                event.proposal_id,
                event.main,
                event.on,
                event.why,
                event.object_by.on if event.object_by else None,
            )
        case MergeObjected():
            await _object(tx, event)
        case MergeObjectionRefused():
            await tx.execute(
                "UPDATE objections SET refused_on = $2, refused_because = $3"
                " WHERE proposal_id = $1 AND refused_on IS NULL",
                event.proposal_id,
                event.on,
                event.why,
            )
        case MergeUndone():
            await _separate(tx, event)
        case ProposalsLinked():
            await tx.execute(
                "INSERT INTO links (proposal_id, linked, why, linked_on) VALUES ($1, $2, $3, $4)",
                event.proposal_id,
                event.linked,
                event.why,
                event.on,
            )
        case SimilarJudged():
            await _judge(tx, event)
        case ProposalDesignatedKey():
            await tx.execute(
                "UPDATE proposals SET key = true, leader = $2, supervised_by = $3"
                " WHERE proposal_id = $1",
                event.proposal_id,
                event.leader,
                event.supervised_by,
            )
        case KeyDesignationTakenBack():
            await tx.execute(
                "UPDATE proposals SET key = false, leader = NULL, supervised_by = NULL"
                " WHERE proposal_id = $1",
                event.proposal_id,
            )
        case ProposalArchived():
            await _archive(tx, event)
        case _:
            assert_never(event)


async def _ask(tx: Tx, event: JointSignatureAsked) -> None:
    """The wording that is to be signed is the one that is saved now."""
    await tx.execute(
        """
        INSERT INTO signatures (draft_id, person, name, wording, until)
        SELECT $1, asked.person, asked.name, drafts.content->>'wording', $4
          FROM drafts, unnest($2::text[], $3::text[]) AS asked (person, name)
         WHERE draft_id = $1
            ON CONFLICT (draft_id, person) DO UPDATE
           SET name = excluded.name, wording = excluded.wording, until = excluded.until,
               answer = NULL, why = NULL, answered_on = NULL
        """,
        event.proposal_id,
        [one.person for one in event.asked],
        [one.name for one in event.asked],
        event.until,
    )


async def _answer(tx: Tx, event: JointSignatureGiven | JointSignatureDeclined) -> None:
    declined = isinstance(event, JointSignatureDeclined)
    await tx.execute(
        "UPDATE signatures SET answer = $3, why = $4, answered_on = $5"
        " WHERE draft_id = $1 AND person = $2",
        event.proposal_id,
        event.signer.person,
        "declined" if declined else "signed",
        event.why if isinstance(event, JointSignatureDeclined) else None,
        event.on,
    )


async def _open(tx: Tx, event: ProposalSubmitted) -> None:
    """Handed in, it is a draft no more; one statement for both, since this is done most often."""
    names = [proposer.name for proposer in event.proposers]
    await tx.execute(
        """
        WITH handed_in AS (DELETE FROM drafts WHERE draft_id = $1)
        INSERT INTO proposals (proposal_id, year, title, text, kind, proposer_names,
                               proposer_persons, category, suggested_units, wants_publication,
                               origin, source, submitted_on, put_by, body, convenor, sealed,
                               session, review_group, attachments, matter, words, terms,
                               terms_version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                $19, $20::text::jsonb, $21, $22, $23, $24)
        """,
        event.proposal_id,
        event.year,
        event.title,
        event.text,
        event.kind,
        names,
        [proposer.person for proposer in event.proposers],
        event.category,
        event.suggested_units,
        event.wants_publication,
        event.origin,
        event.source,
        event.on,
        event.put_by,
        event.body,
        event.convenor,
        event.sealed,
        event.session,
        event.review_group,
        to_json(event.attachments).decode(),
        *_found_by(event.title, names),
    )


async def _revise(tx: Tx, event: ProposalRevised) -> None:
    names = await tx.fetchval(
        "SELECT proposer_names FROM proposals WHERE proposal_id = $1", event.proposal_id
    )
    await tx.execute(
        """
        UPDATE proposals
           SET state = 'submitted', revision = $2, title = $3, text = $4, suggested_units = $5,
               wants_publication = $6, attachments = $7::text::jsonb, matter = $8, words = $9,
               terms = $10, terms_version = $11
         WHERE proposal_id = $1
        """,
        event.proposal_id,
        event.revision,
        event.title,
        event.text,
        event.suggested_units,
        event.wants_publication,
        to_json(event.attachments).decode(),
        *_found_by(event.title, names),
    )


async def _advise(tx: Tx, event: ReviewAdvised) -> None:
    await tx.execute(
        """
        INSERT INTO advice (proposal_id, review_group, advice, why, by_name, given_on)
        VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (proposal_id, review_group) DO UPDATE
           SET advice = excluded.advice, why = excluded.why, by_name = excluded.by_name,
               given_on = excluded.given_on
        """,
        event.proposal_id,
        event.review_group,
        event.advice,
        event.why,
        event.by.name,
        event.on,
    )


async def _file(tx: Tx, event: ProposalAccepted) -> None:
    year = await tx.fetchval(
        "UPDATE proposals SET state = 'accepted', number = $2, reviewed_on = $3,"
        " category = coalesce($4, category), session_serial = $5, category_serial = $6,"
        " words = words || ' ' || $2, terms = terms || $7::text[]"
        " WHERE proposal_id = $1 RETURNING year",
        event.proposal_id,
        event.number,
        event.on,
        event.category,
        event.session_serial,
        event.category_serial,
        terms_of(title=event.number),
    )
    # A number given out of turn leaves the mark where it is: those before it are still free.
    await tx.execute(
        "UPDATE registers SET used_upto = used_upto + 1 WHERE year = $1 AND used_upto + 1 = $2",
        year,
        int(event.number.removeprefix(str(year))),
    )


async def _object(tx: Tx, event: MergeObjected) -> None:
    await tx.execute(
        "INSERT INTO objections (proposal_id, person, name, main, why, objected_on)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        event.proposal_id,
        acting_for(event.by),
        event.by.name,
        event.main,
        event.why,
        event.on,
    )


async def _separate(tx: Tx, event: MergeUndone) -> None:
    """Whoever leaves is as before; a main proposal that stays alone is no group any more."""
    await tx.execute(
        "UPDATE proposals SET main = NULL, merged_on = NULL, merged_because = NULL,"
        " object_by = NULL WHERE proposal_id = $1",
        event.proposal_id,
    )
    await tx.execute(
        """
        UPDATE proposals
           SET main = NULL, merged_on = NULL, merged_because = NULL, object_by = NULL
         WHERE proposal_id = $1
           AND NOT EXISTS (SELECT FROM proposals AS other
                            WHERE other.main = $1 AND other.proposal_id <> $1)
        """,
        event.main,
    )


async def _judge(tx: Tx, event: SimilarJudged) -> None:
    await tx.execute(
        """
        INSERT INTO similar_answers (proposal_id, other, answer, score, answered_on)
        VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (proposal_id, other) DO UPDATE
           SET answer = excluded.answer, score = excluded.score,
               answered_on = excluded.answered_on
        """,
        event.proposal_id,
        event.other,
        event.verdict,
        event.score,
        event.on,
    )


async def _archive(tx: Tx, event: ProposalArchived) -> None:
    names = [proposer.name for proposer in event.proposers]
    await tx.execute(
        """
        INSERT INTO proposals (proposal_id, year, title, text, kind, proposer_names,
                               proposer_persons, category, suggested_units, wants_publication,
                               origin, source, submitted_on, state, number, session, answered,
                               leads, co_handlers, matter, words, terms, terms_version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '{}', false, 'real', $9, $10, 'archived', $11,
                $12, $13, $14, $15, $16, $17, $18, $19)
        """,
        event.proposal_id,
        event.year,
        event.title,
        event.text,
        event.kind,
        names,
        [proposer.person for proposer in event.proposers],
        event.category,
        event.source,
        event.on,
        event.number,
        event.session,
        bool(event.replies),
        event.leads,
        event.co_handlers,
        *_found_by(event.title, names, event.number),
    )
    if event.replies:
        await tx.executemany(
            "INSERT INTO replies (proposal_id, reply_id, unit, result_class, says, summary,"
            " issued_on) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            [
                (
                    event.proposal_id,
                    f"archive.{n}",
                    reply.code or reply.unit,
                    reply.result_class,
                    reply.says,
                    reply.summary,
                    reply.on,
                )
                for n, reply in enumerate(event.replies, start=1)
            ],
        )


def _found_by(title: str, names: list[str], *more: str) -> tuple[str, str, list[str], int]:
    """What a proposal is about, its words and terms, and by which rules they were made."""
    words = " ".join((plain(title), *map(plain, (*more, *names))))
    return matter(title), words, terms_of(*more, *names, title=title), VERSION
