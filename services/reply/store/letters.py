"""Statements about letters for a decision: their books, the office's check, their disclosure."""

from services.reply.domain.checking import IssuedReply
from services.reply.domain.disclosing import Sent, public_title
from services.reply.domain.looking_back import Unsolved
from services.reply.domain.numbering import LetterBook, pattern_of
from services.reply.domain.refusals import UnknownDraft, UnknownLetter, UnknownReply
from services.reply.store.groups import home_of, lock_together
from shared.contracts.event import ProposalId, TaskId, UnitCode
from shared.contracts.registry import RulesPublished, UnitRegistered
from shared.work import Tx


async def lock_letter_book(
    tx: Tx, unit: UnitRegistered, *, series: str, year: int, rules: RulesPublished
) -> LetterBook:
    """The unit's letters of this series and year: one number is taken at a time, so none twice,
    no holes."""
    await tx.execute(
        """
        INSERT INTO letter_books (unit, series, year) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
        """,
        unit.code,
        series,
        year,
    )
    last = await tx.fetchval(
        "SELECT last FROM letter_books WHERE unit = $1 AND series = $2 AND year = $3 FOR UPDATE",
        unit.code,
        series,
        year,
    )
    return LetterBook(
        short_name=unit.short_name, year=year, last=last, pattern=pattern_of(series, rules=rules)
    )


async def lock_issued(tx: Tx, proposal_id: ProposalId, reply_id: str) -> IssuedReply:
    """An issued reply with all that were handled in one with it, locked together."""
    await lock_together(tx, proposal_id)
    row = await tx.fetchrow(
        "SELECT * FROM replies WHERE proposal_id = $1 AND reply_id = $2", proposal_id, reply_id
    )
    if row is None:
        raise UnknownReply(id=reply_id)
    home: ProposalId = row["handled_in"]
    rows = await tx.fetch(
        "SELECT proposal_id FROM replies WHERE handled_in = $1 AND reply_id = $2"
        " ORDER BY proposal_id <> $1, proposal_id",
        home,
        reply_id,
    )
    together = tuple(one["proposal_id"] for one in rows)
    await tx.lock_all(together)
    superseded = await tx.fetchval(
        """
        SELECT EXISTS (SELECT FROM rounds
                        WHERE proposal_id = ANY($1) AND task_id = $2 AND round > $3)
            OR EXISTS (SELECT FROM tasks
                        WHERE proposal_id = $4 AND task_id = $2 AND ended_on IS NOT NULL)
        """,
        list(together),
        row["task_id"],
        row["round"],
        await home_of(tx, proposal_id),
    )
    promises = await tx.fetch(
        "SELECT promise_id FROM promises WHERE proposal_id = $1 AND reply_id = $2"
        " ORDER BY promise_id",
        home,
        reply_id,
    )
    return IssuedReply(
        together=together,
        proposal_id=proposal_id,
        reply_id=reply_id,
        task_id=TaskId(row["task_id"]),
        unit=UnitCode(row["unit"]),
        round=row["round"],
        result_class=row["result_class"],
        promises=tuple(one["promise_id"] for one in promises),
        accepted=row["accepted_on"] is not None,
        void=row["void_on"] is not None,
        superseded=superseded,
    )


async def lock_sent(tx: Tx, proposal_id: ProposalId, letter_id: str) -> Sent:
    """A letter, be it a reply or an opinion, and how it stands in public."""
    await tx.lock(proposal_id)
    return await sent(tx, proposal_id, letter_id)


async def sent(tx: Tx, proposal_id: ProposalId, letter_id: str) -> Sent:
    """The same, to read only."""
    row = await tx.fetchrow(
        """
        SELECT publications.*, proposals.number, proposals.title AS proposal_title,
               coalesce(proposals.wants_publication, true) AS wished,
               coalesce(replies.summary, opinions.opinion) AS summary,
               coalesce(texts.text, opinions.opinion) AS whole
          FROM publications
          LEFT JOIN proposals USING (proposal_id)
          LEFT JOIN replies ON replies.proposal_id = publications.proposal_id
               AND replies.reply_id = publications.letter_id
          LEFT JOIN texts ON texts.proposal_id = replies.handled_in
               AND texts.task_id = replies.task_id
               AND texts.round = replies.round
               AND texts.draft = replies.draft
          LEFT JOIN opinions ON opinions.proposal_id = publications.proposal_id
               AND opinions.letter_id = publications.letter_id
         WHERE publications.proposal_id = $1 AND publications.letter_id = $2
        """,
        proposal_id,
        letter_id,
    )
    if row is None:
        raise UnknownLetter(id=letter_id)
    return Sent(
        proposal_id=proposal_id,
        letter_id=letter_id,
        unit=UnitCode(row["unit"]),
        kind=row["kind"],
        title=public_title(
            row["kind"],
            number=row["number"],
            title=row["proposal_title"] if row["wished"] else None,
        ),
        full=row["whole"],
        summary=row["summary"],
        wished=row["wished"],
        proposed=row["proposed"],
        decided=row["decided"],
        form=row["form"],
        released=row["released_on"] is not None,
        void=row["void_on"] is not None,
    )


async def lock_unsolved(tx: Tx, proposal_id: ProposalId, reply_id: str) -> tuple[Unsolved, ...]:
    """A reply that promised something, for each proposal that got it; promised on the home."""
    await lock_together(tx, proposal_id)
    rows = await tx.fetch(
        """
        SELECT others.proposal_id, others.unit, others.meaning,
               others.void_on IS NOT NULL AS void,
               count(promise_id) AS promised,
               count(promise_id) FILTER (WHERE kept_on IS NULL) AS open
          FROM replies
          JOIN replies AS others
            ON others.handled_in = replies.handled_in AND others.reply_id = replies.reply_id
          LEFT JOIN promises
            ON promises.proposal_id = replies.handled_in AND promises.reply_id = replies.reply_id
         WHERE replies.proposal_id = $1 AND replies.reply_id = $2
         GROUP BY others.proposal_id, others.reply_id, replies.handled_in
         ORDER BY others.proposal_id <> replies.handled_in, others.proposal_id
        """,
        proposal_id,
        reply_id,
    )
    if not rows:
        raise UnknownReply(id=reply_id)
    await tx.lock_all(row["proposal_id"] for row in rows)
    return tuple(
        Unsolved(
            proposal_id=row["proposal_id"],
            reply_id=reply_id,
            unit=UnitCode(row["unit"]),
            meaning=row["meaning"],
            promised=row["promised"],
            open=row["open"],
            void=row["void"],
        )
        for row in rows
    )


async def words_of(
    tx: Tx, proposal_id: ProposalId, task_id: TaskId, *, round: int, draft: int
) -> str:
    """The words of one version of a draft."""
    text: str | None = await tx.fetchval(
        """
        SELECT text FROM texts
         WHERE proposal_id = $1 AND task_id = $2 AND round = $3 AND draft = $4
        """,
        proposal_id,
        task_id,
        round,
        draft,
    )
    if text is None:
        raise UnknownDraft(draft=draft)
    return text
