"""Statements that read lists: who waits for what, page by page, as far as the reader may see.

The first four places of each are the reader's sight, the last two the page's limit and offset.
"""

from datetime import date
from typing import Literal

from services.reply.domain.counting import CONVERSION_RULE, rate_of
from services.reply.store.asking import page, seen_by
from services.reply.views import (
    ConversionRow,
    ConversionView,
    CountersignRow,
    DenialRow,
    DisagreementRow,
    DisclosureRow,
    DraftRow,
    LetterRow,
    LookBackRow,
    MeetingRow,
    OpinionRow,
    PromiseRow,
    RateRow,
)
from shared.contracts.event import Actor, UnitCode
from shared.policy import Sight
from shared.work import Tx


class Lists:
    """The lists as one reader sees them."""

    def __init__(self, tx: Tx, sight: Sight, *, caller: Actor, limit: int, offset: int) -> None:
        self._tx = tx
        self._seen = seen_by(sight, caller=caller)
        self._page = {"limit": limit, "offset": offset}

    async def letters(
        self, *, unit: UnitCode | None, result_class: str | None, unchecked: bool
    ) -> list[LetterRow]:
        """Replies, the newest first; ``unchecked``: those that the office has yet to look at."""
        return await page(
            self._tx,
            LetterRow,
            LETTERS,
            *self._seen,
            unit,
            result_class,
            unchecked,
            **self._page,
        )

    async def drafts(self, *, waits_for: str | None) -> list[DraftRow]:
        """Newest drafts of open rounds, with what each waits for; the most urgent first."""
        return await page(self._tx, DraftRow, DRAFTS, *self._seen, waits_for, **self._page)

    async def to_countersign(self) -> list[CountersignRow]:
        """Drafts that wait for a co-handler's name."""
        return await page(self._tx, CountersignRow, TO_COUNTERSIGN, *self._seen, **self._page)

    async def opinions(self, *, state: str | None, today: date) -> list[OpinionRow]:
        """Opinions that are due, missing, were late, or were withdrawn."""
        return await page(self._tx, OpinionRow, OPINIONS, *self._seen, state, today, **self._page)

    async def denials(self) -> list[DenialRow]:
        """Talks that proposers deny."""
        return await page(self._tx, DenialRow, DENIALS, *self._seen, **self._page)

    async def disagreements(self, *, level: str | None) -> list[DisagreementRow]:
        """Open disagreements; those that went up furthest first."""
        return await page(
            self._tx, DisagreementRow, DISAGREEMENTS, *self._seen, level, **self._page
        )

    async def to_rate(self) -> list[RateRow]:
        """Replies that somebody has still to rate, or whose rating waits to be closed."""
        return await page(self._tx, RateRow, TO_RATE, *self._seen, **self._page)

    async def meetings(self) -> list[MeetingRow]:
        """Meetings that have to be held."""
        return await page(self._tx, MeetingRow, MEETINGS, *self._seen, **self._page)

    async def disclosures(self, *, waits_for: str | None) -> list[DisclosureRow]:
        """Letters on their way to the public."""
        return await page(
            self._tx, DisclosureRow, DISCLOSURES, *self._seen, waits_for, **self._page
        )

    async def promises(
        self, *, unit: UnitCode | None, state: str | None, due_before: date | None
    ) -> list[PromiseRow]:
        """Promises, the first due first."""
        return await page(
            self._tx, PromiseRow, PROMISES, *self._seen, unit, state, due_before, **self._page
        )

    async def look_back(self, year: int) -> list[LookBackRow]:
        """The items of a year's look-back, those to be looked at first."""
        return await page(self._tx, LookBackRow, LOOK_BACK, *self._seen, str(year), **self._page)

    async def conversion(
        self, *, year: int | None, by: Literal["unit", "year", "category"]
    ) -> ConversionView:
        """How much of what was promised was kept, with the rule by which it is counted."""
        rows = await self._tx.fetch(
            CONVERSION, *self._seen, year, by, self._page["limit"], self._page["offset"]
        )
        return ConversionView(
            rule=CONVERSION_RULE,
            rows=[
                ConversionRow(**dict(row), rate=rate_of(kept=row["kept"], made=row["made"]))
                for row in rows
            ],
        )


LETTERS = """
    SELECT replies.*, title, paper IS NOT NULL AS on_paper
      FROM replies
      LEFT JOIN proposals USING (proposal_id)
     WHERE ($1 OR proposal_id IN (SELECT concerning($2, $3, $4)))
       AND ($5::text IS NULL OR unit = $5)
       AND ($6::text IS NULL OR result_class = $6)
       AND (NOT $7 OR accepted_on IS NULL AND void_on IS NULL)
     ORDER BY issued_on DESC, proposal_id, reply_id
     LIMIT $8 OFFSET $9
    """
DRAFTS = """
    SELECT *
      FROM (SELECT DISTINCT ON (proposal_id, task_id)
                   drafts.*, title, rounds.answer_by, rounds.issued_on, tasks.ended_on,
                   CASE WHEN sent_back_on IS NOT NULL THEN 'draft'
                        WHEN approved_on IS NULL THEN 'check'
                        WHEN EXISTS (SELECT FROM countersigns
                                      WHERE countersigns.proposal_id = drafts.proposal_id
                                        AND countersigns.task_id = drafts.task_id
                                        AND countersigns.round = drafts.round
                                        AND countersigns.draft = drafts.draft
                                        AND state = 'open') THEN 'countersign'
                        ELSE 'issue'
                   END AS waits_for
              FROM drafts
              JOIN rounds USING (proposal_id, task_id, round)
              LEFT JOIN tasks USING (proposal_id, task_id)
              LEFT JOIN proposals USING (proposal_id)
             WHERE ($1 OR drafts.unit = ANY($2))
               AND $3::text IS NULL AND $4::text IS NULL
               AND taken_back_on IS NULL
             ORDER BY proposal_id, task_id, round DESC, draft DESC) AS newest
     WHERE issued_on IS NULL AND ended_on IS NULL
       AND ($5::text IS NULL OR waits_for = $5)
     ORDER BY answer_by NULLS LAST, proposal_id, task_id
     LIMIT $6 OFFSET $7
    """
TO_COUNTERSIGN = """
    SELECT countersigns.*, title, drafts.unit AS lead
      FROM countersigns
      JOIN drafts USING (proposal_id, task_id, round, draft)
      LEFT JOIN proposals USING (proposal_id)
     WHERE state = 'open'
       AND ($1 OR countersigns.unit = ANY($2))
       AND $3::text IS NULL AND $4::text IS NULL
     ORDER BY asked_on, proposal_id, countersigns.unit
     LIMIT $5 OFFSET $6
    """
OPINIONS = """
    SELECT *
      FROM (SELECT tasks.proposal_id, title, tasks.task_id, tasks.unit, chief.lead,
                   tasks.answer_by, standing.given_on, standing.days_late,
                   gone.withdrawn_why AS why,
                   CASE WHEN standing.days_late > 0 THEN 'late'
                        WHEN standing.letter_id IS NOT NULL THEN 'given'
                        WHEN gone.letter_id IS NOT NULL THEN 'withdrawn'
                        WHEN tasks.answer_by < $6 AND tasks.paused_on IS NULL THEN 'missing'
                        ELSE 'due'
                   END AS state
              FROM tasks
              LEFT JOIN proposals USING (proposal_id)
              LEFT JOIN opinions AS standing
                ON standing.proposal_id = tasks.proposal_id
               AND standing.task_id = tasks.task_id AND standing.withdrawn_on IS NULL
              LEFT JOIN LATERAL (
                       SELECT letter_id, withdrawn_why
                         FROM opinions
                        WHERE opinions.proposal_id = tasks.proposal_id
                          AND opinions.task_id = tasks.task_id AND withdrawn_on IS NOT NULL
                        ORDER BY letter_id DESC
                        LIMIT 1) AS gone ON true
              LEFT JOIN LATERAL (
                       SELECT unit AS lead
                         FROM tasks AS theirs
                        WHERE theirs.proposal_id = tasks.proposal_id
                          AND theirs.role IN ('lead', 'split') AND theirs.ended_on IS NULL
                        ORDER BY position
                        LIMIT 1) AS chief ON true
             WHERE tasks.role = 'co_handle' AND tasks.ended_on IS NULL
               AND taken_back_on IS NULL
               AND ($1 OR tasks.proposal_id IN (SELECT concerning($2, $3, $4)))) AS found
     WHERE $5::text IS NULL AND state <> 'given' OR state = $5
     ORDER BY answer_by NULLS LAST, proposal_id, task_id
     LIMIT $7 OFFSET $8
    """
DENIALS = """
    SELECT contacts.*, title, words.proposer, words.says, words.said_on
      FROM contact_words AS words
      JOIN contacts USING (proposal_id, contact_id)
      LEFT JOIN proposals USING (proposal_id)
     WHERE denies
       AND ($1 OR proposal_id IN (SELECT concerning($2, $3, $4)))
     ORDER BY words.said_on DESC, proposal_id, contact_id, words.proposer
     LIMIT $5 OFFSET $6
    """
DISAGREEMENTS = """
    SELECT disagreements.*, title
      FROM disagreements
      JOIN tasks USING (proposal_id, task_id)
      LEFT JOIN proposals USING (proposal_id)
     WHERE settled_on IS NULL AND tasks.ended_on IS NULL AND taken_back_on IS NULL
       AND ($1 OR proposal_id IN (SELECT concerning($2, $3, $4)))
       AND ($5::text IS NULL OR level = $5)
     ORDER BY array_position(ARRAY['leader', 'office', 'heads'], level), opened_on,
              proposal_id, disagreement_id
     LIMIT $6 OFFSET $7
    """
TO_RATE = """
    SELECT replies.proposal_id, title, reply_id, unit, document_number, issued_on, rate_by,
           asked_on, reminders,
           ARRAY(SELECT name
                   FROM proposers
                  WHERE proposers.proposal_id = replies.proposal_id
                    AND NOT EXISTS (SELECT FROM ratings
                                     WHERE ratings.proposal_id = replies.proposal_id
                                       AND ratings.reply_id = replies.reply_id
                                       AND ratings.proposer = proposers.name)
                  ORDER BY position) AS silent
      FROM replies
      LEFT JOIN proposals USING (proposal_id)
     WHERE closed_on IS NULL AND void_on IS NULL
       AND ($1 OR cardinality($2::text[]) = 0
                  AND replies.proposal_id IN (SELECT concerning($2, $3, $4)))
     ORDER BY rate_by, replies.proposal_id, reply_id
     LIMIT $5 OFFSET $6
    """
MEETINGS = """
    SELECT proposal_id, title, reply_id, unit, meeting_ordered_on AS ordered_on, meet_by
      FROM replies
      LEFT JOIN proposals USING (proposal_id)
     WHERE meeting_ordered_on IS NOT NULL AND met_on IS NULL
       AND ($1 OR proposal_id IN (SELECT concerning($2, $3, $4)))
     ORDER BY meet_by NULLS LAST, proposal_id, reply_id
     LIMIT $5 OFFSET $6
    """
DISCLOSURES = """
    SELECT *
      FROM (SELECT publications.proposal_id, proposals.title, letter_id, publications.kind,
                   publications.unit, sent_on, publish_by,
                   coalesce(wants_publication, true) AS wished, proposed, decided, form,
                   CASE WHEN released_on IS NOT NULL THEN 'nothing'
                        WHEN decided IN ('on_request', 'closed') THEN 'nothing'
                        WHEN decided = 'open' THEN 'release'
                        WHEN proposed IS NOT NULL THEN 'decision'
                        ELSE 'attribute'
                   END AS waits_for
              FROM publications
              LEFT JOIN proposals USING (proposal_id)
              LEFT JOIN replies ON replies.proposal_id = publications.proposal_id
                   AND replies.reply_id = publications.letter_id
             WHERE publications.void_on IS NULL
               AND ($1 OR publications.proposal_id IN (SELECT concerning($2, $3, $4)))) AS found
     WHERE $5::text IS NULL AND waits_for <> 'nothing' OR waits_for = $5
     ORDER BY publish_by NULLS LAST, sent_on, proposal_id, letter_id
     LIMIT $6 OFFSET $7
    """
PROMISES = """
    SELECT *
      FROM (SELECT promises.*, title,
                   CASE WHEN void_on IS NOT NULL THEN 'void'
                        WHEN kept_on IS NOT NULL THEN 'kept'
                        WHEN broken_on IS NOT NULL THEN 'broken'
                        WHEN wanted_on IS NOT NULL THEN 'change_asked'
                        WHEN reported_on IS NOT NULL THEN 'reported'
                        ELSE 'open'
                   END AS state
              FROM promises
              LEFT JOIN proposals USING (proposal_id)
             WHERE ($1 OR proposal_id IN (SELECT concerning($2, $3, $4))
                       OR promises.unit = ANY($2))
               AND ($5::text IS NULL OR promises.unit = $5)) AS found
     WHERE ($6::text IS NULL OR state = $6)
       AND ($7::date IS NULL OR due_on < $7)
     ORDER BY due_on, proposal_id, promise_id
     LIMIT $8 OFFSET $9
    """
LOOK_BACK = """
    SELECT look_backs.*, coalesce(proposals.title, archived.title) AS title
      FROM look_backs
      LEFT JOIN proposals USING (proposal_id)
      LEFT JOIN archived USING (proposal_id, item)
     WHERE look_back = $5
       AND ($1 OR proposal_id IN (SELECT concerning($2, $3, $4)) OR look_backs.unit = ANY($2))
     ORDER BY found IS NOT NULL, proposal_id, item
     LIMIT $6 OFFSET $7
    """
CONVERSION = """
    SELECT CASE $6::text
                WHEN 'unit' THEN unit
                WHEN 'year' THEN extract(year FROM made_on)::int::text
                ELSE coalesce(category, '未分类')
           END AS of,
           count(*) AS made,
           count(kept_on) AS kept,
           count(broken_on) AS broken,
           count(*) - count(kept_on) - count(broken_on) AS open
      FROM promises
      LEFT JOIN proposals USING (proposal_id)
     WHERE void_on IS NULL
       AND ($1 OR proposal_id IN (SELECT concerning($2, $3, $4)) OR unit = ANY($2))
       AND ($5::int IS NULL OR extract(year FROM made_on) = $5)
     GROUP BY 1
     ORDER BY 1
     LIMIT $7 OFFSET $8
    """
