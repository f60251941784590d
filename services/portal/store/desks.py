"""What the desks read of those whose work is not one unit's: office, committee, leaders.

Each row of a list says in ``of_all`` how many there would be if it were shown whole.
"""

from collections.abc import Collection
from datetime import date

from services.portal.store.rows import UNIT_DUTIES, Row, owed, rows_of
from services.portal.store.seeing import Seen
from shared.work import Tx

LONGEST = 2_000


async def in_state(tx: Tx, state: str, *, most: int) -> list[Row]:
    """Proposals that wait in a state, the oldest first."""
    return rows_of(
        await tx.fetch(
            """
            SELECT proposal_id, number, title, kind, is_key, origin, merged_into, proposers,
                   submitted_on, accepted_on, count(*) OVER () AS of_all
              FROM proposals
             WHERE state = $1 AND merged_into IS NULL
             ORDER BY year, number NULLS LAST, submitted_on, proposal_id
             LIMIT $2
            """,
            state,
            most,
        ),
        "proposers",
    )


async def returns_waiting(tx: Tx, *, most: int) -> list[Row]:
    """Returns that wait for a decision, by the day on which it is due."""
    return rows_of(
        await tx.fetch(
            """
            SELECT proposal_id, task_id, due_on, clock, provisional, due, number, title, is_key,
                   origin, tasks.unit, return_reason, proposed_unit, count(*) OVER () AS of_all
              FROM open_clocks AS owed
              JOIN tasks USING (proposal_id, task_id)
              JOIN proposals USING (proposal_id)
             WHERE owed.kind = 'decide'
             ORDER BY due_on, number
             LIMIT $1
            """,
            most,
        )
    )


async def red_lights(tx: Tx, *, today: date, seen: Seen, most: int) -> list[Row]:
    """What units are late with, the latest first."""
    return rows_of(
        await tx.fetch(
            f"""
            SELECT proposal_id, clock_id, task_id, owed.kind, clock, owed.unit, due_on, provisional,
                   due, number, title, is_key, origin, count(*) OVER () AS of_all
              FROM open_clocks AS owed
              JOIN proposals USING (proposal_id)
             WHERE due_on < $1 AND owed.kind = ANY($2)
               AND {seen.duties("owed.proposal_id", "owed.unit", 4)}
             ORDER BY due_on, number, clock_id
             LIMIT $3
            """,  # noqa: S608
            today,
            UNIT_DUTIES,
            most,
            *seen.given,
        )
    )


async def to_endorse(tx: Tx, unit: str, *, kinds: Collection[str], most: int) -> list[Row]:
    """Approved drafts of a district's replies that its leaders have yet to endorse.

    ``kinds`` are those for which the rules want it: key proposals, others, or both.
    """
    return rows_of(
        await tx.fetch(
            f"""
            SELECT proposal_id, task_id, unit, number, title, is_key, origin,
                   key_leader AS says, owed.due_on, owed.clock, owed.provisional, owed.due,
                   count(*) OVER () AS of_all
              FROM tasks
              JOIN proposals USING (proposal_id)
              {owed("reply", "redo")}
             WHERE unit = $1 AND desk = 'issue' AND ended_on IS NULL
               AND CASE WHEN is_key THEN 'key' ELSE 'other' END = ANY($2)
             ORDER BY owed.due_on, number
             LIMIT $3
            """,  # noqa: S608
            unit,
            list(kinds),
            most,
        )
    )


async def key_proposals(tx: Tx, *, year: int, most: int) -> list[Row]:
    """The key proposals of a year, with who leads them."""
    return rows_of(
        await tx.fetch(
            """
            SELECT proposal_id, number, title, is_key, origin, state, key_leader, key_supervisor,
                   count(*) OVER () AS of_all
              FROM proposals WHERE is_key AND year = $1 ORDER BY number LIMIT $2
            """,
            year,
            most,
        )
    )


async def ratings_waiting(tx: Tx, *, most: int) -> list[Row]:
    """Replies whose proposers have not all rated them yet, by the day on which they should."""
    return rows_of(
        await tx.fetch(
            """
            SELECT replies.proposal_id, reply_id, replies.unit, document_number, number, title,
                   is_key, origin, due_on, clock, provisional, due, count(*) OVER () AS of_all
              FROM open_clocks AS owed
              JOIN replies ON replies.proposal_id = owed.proposal_id
                          AND owed.clock_id = reply_id || '/rate'
              JOIN proposals ON proposals.proposal_id = owed.proposal_id
             WHERE owed.kind = 'rate'
             ORDER BY due_on, number
             LIMIT $1
            """,
            most,
        )
    )


async def of_proposer(tx: Tx, person: str) -> list[Row]:
    """A proposer's own proposals, the newest first, with how far each has come.

    A reply is ``open`` while its rating runs and this proposer has not given theirs.
    """
    return rows_of(
        await tx.fetch(
            """
            SELECT proposals.proposal_id, number, year, title, kind, is_key, origin, merged_into,
                   state, submitted_on, proposers,
                   (SELECT json_agg(json_build_object(
                               'reply_id', reply_id, 'unit', unit, 'issued_on', issued_on,
                               'round', round, 'asked', asked_on IS NOT NULL,
                               'open', closed_on IS NULL AND NOT EXISTS (
                                    SELECT FROM ratings, json_array_elements(proposers) AS one
                                     WHERE ratings.proposal_id = replies.proposal_id
                                       AND ratings.reply_id = replies.reply_id
                                       AND one->>'person' = $1
                                       AND ratings.proposer = one->>'name'))
                               ORDER BY issued_on)
                      FROM replies
                     WHERE replies.proposal_id = proposals.proposal_id AND void_on IS NULL)
                        AS replies
              FROM proposals
             WHERE proposers::jsonb @> jsonb_build_array(jsonb_build_object('person', $1::text))
             ORDER BY year DESC, number DESC NULLS FIRST, proposal_id
             LIMIT $2
            """,
            person,
            LONGEST,
        ),
        "proposers",
        "replies",
    )


async def talks_to_confirm(tx: Tx, person: str) -> list[Row]:
    """Talks about a proposer's own proposals of which they have not said whether they were.

    Once all is rated, nobody need be asked any more.
    """
    return rows_of(
        await tx.fetch(
            """
            SELECT contacts.proposal_id, contact_id, contacts.unit, talked_on, summary, number,
                   title
              FROM contacts
              JOIN proposals USING (proposal_id),
                   json_array_elements(proposers) AS one
             WHERE proposers::jsonb @> jsonb_build_array(jsonb_build_object('person', $1::text))
               AND one->>'person' = $1 AND state IN ('handling', 'merged', 'replied', 'redo')
               AND NOT EXISTS (SELECT FROM contact_words AS said
                                WHERE said.proposal_id = contacts.proposal_id
                                  AND said.contact_id = contacts.contact_id
                                  AND said.proposer = one->>'name')
             ORDER BY talked_on, contact_id
             LIMIT $2
            """,
            person,
            LONGEST,
        )
    )


async def drafts_to_sign(tx: Tx, person: str, *, today: date) -> list[Row]:
    """Others' drafts that somebody is asked to sign and that are not handed in yet."""
    return rows_of(
        await tx.fetch(
            """
            SELECT signatures.proposal_id AS draft_id, signatures.title, author,
                   (until AT TIME ZONE 'Asia/Shanghai')::date AS until
              FROM signatures
             WHERE person = $1 AND answer = 'asked'
               AND (until AT TIME ZONE 'Asia/Shanghai')::date >= $2
               AND NOT EXISTS (SELECT FROM proposals
                                WHERE proposals.proposal_id = signatures.proposal_id
                                  AND submitted_on IS NOT NULL)
             ORDER BY until, draft_id
             LIMIT $3
            """,
            person,
            today,
            LONGEST,
        )
    )


WAITING = {
    "extension": """
        SELECT proposal_id, task_id, tasks.unit, extension_why AS says, extension_until AS until
          FROM tasks WHERE extension = 'asked' AND ended_on IS NULL
    """,
    "objection": """
        SELECT proposal_id, task_id, tasks.unit, objection AS says, objected_on AS until
          FROM tasks
         WHERE objected_on IS NOT NULL AND objection_upheld IS NULL AND ended_on IS NULL
           AND meeting_on IS NULL
    """,
    "objection-met": """
        SELECT proposal_id, task_id, tasks.unit, objection AS says, objected_on AS until
          FROM tasks
         WHERE objected_on IS NOT NULL AND objection_upheld IS NULL AND ended_on IS NULL
           AND meeting_on IS NOT NULL
    """,
    "disagreement": """
        SELECT proposal_id, disagreement_id, disagreements.unit, about AS says, opened_on AS until
          FROM disagreements WHERE settled_on IS NULL AND level = 'office'
    """,
    "disagreement-up": """
        SELECT proposal_id, disagreement_id, disagreements.unit, about AS says, opened_on AS until
          FROM disagreements WHERE settled_on IS NULL AND level = 'leader'
    """,
    "carry-out": """
        SELECT proposal_id, matter_id, effect_unit AS unit, decision AS says, due_on AS until
          FROM open_clocks JOIN matters USING (proposal_id)
         WHERE kind = 'carry_out' AND clock_id = matter_id || '/carry_out'
    """,
    "look-back": """
        SELECT proposal_id, look_back AS year, item, look_backs.unit, NULL AS says,
               opened_on AS until
          FROM look_backs WHERE opened_on IS NOT NULL AND found_on IS NULL
    """,
    "unchecked": """
        SELECT proposal_id, reply_id, replies.unit, document_number AS says, issued_on AS until
          FROM replies WHERE accepted_on IS NULL AND void_on IS NULL AND closed_on IS NULL
    """,
    "unasked": """
        SELECT proposal_id, reply_id, replies.unit, document_number AS says, issued_on AS until
          FROM replies
         WHERE accepted_on IS NOT NULL AND asked_on IS NULL AND void_on IS NULL
           AND closed_on IS NULL
    """,
    "reported": """
        SELECT proposal_id, promise_id, promises.unit, reported AS says, reported_on AS until
          FROM promises WHERE state = 'reported'
    """,
    "change": """
        SELECT proposal_id, promise_id, promises.unit, why AS says, promises.due_on AS until
          FROM promises WHERE state = 'change_asked'
    """,
    "publication": """
        SELECT proposal_id, letter_id, publications.unit, reason AS says, NULL::date AS until
          FROM publications WHERE state = 'proposed'
    """,
    "release": """
        SELECT proposal_id, letter_id, publications.unit, reason AS says, NULL::date AS until
          FROM publications WHERE state = 'decided' AND decided = 'open'
    """,
    "supervision": """
        SELECT proposal_id, supervision_id, supervisions.unit, answer AS says,
               answered_on AS until
          FROM supervisions WHERE answered_on IS NOT NULL AND closed_on IS NULL
    """,
}


async def waiting(tx: Tx, what: str, *, most: int) -> list[Row]:
    """What waits for one act of those whose work is the whole of a city's, the oldest first."""
    return rows_of(
        await tx.fetch(
            f"""
            SELECT found.*, number, title, is_key, origin, count(*) OVER () AS of_all
              FROM ({WAITING[what]}) AS found
              JOIN proposals USING (proposal_id)
             ORDER BY until NULLS LAST, number
             LIMIT $1
            """,  # noqa: S608
            most,
        )
    )
