"""What a report on the whole city reads: counted by PostgreSQL, however many there are."""

from collections.abc import Mapping
from typing import Any

from services.portal.store.rows import Row, rows_of
from shared.work import Tx

# The proposals of a year that were handed over, and every part that a unit has in one of them.
PARTS = """
    WITH parts AS MATERIALIZED (
        SELECT proposals.proposal_id, tasks.unit, tasks.role, tasks.task_id, tasks.answered_on,
               tasks.days_late
          FROM proposals
          JOIN tasks ON tasks.proposal_id = coalesce(merged_into, proposals.proposal_id)
         WHERE year = $1 AND parent IS NULL AND ended_on IS NULL
           AND role IN ('lead', 'split', 'co_handle')),
    ours AS MATERIALIZED (
        SELECT proposal_id,
               bool_or(role IN ('lead', 'split')) AS answering,
               bool_or(role = 'co_handle') AS co_handling
          FROM parts GROUP BY proposal_id)
    """
CASES = 100


async def counted(tx: Tx, *, year: int) -> Row:
    """The figures of the city's year, by the names of its counting rules."""
    row = await tx.fetchrow(
        f"""
        {PARTS},
        answers AS MATERIALIZED (
            SELECT CASE role WHEN 'co_handle' THEN answered_on ELSE issued_on END AS answered_on,
                   CASE role WHEN 'co_handle' THEN parts.days_late ELSE replies.days_late
                        END AS days_late
              FROM parts
              LEFT JOIN replies ON replies.proposal_id = parts.proposal_id
                    AND replies.unit = parts.unit AND round = 1 AND role <> 'co_handle'),
        made AS MATERIALIZED (
            SELECT kept_on
              FROM promises JOIN ours USING (proposal_id)
             WHERE made_on IS NOT NULL AND state IS DISTINCT FROM 'void')
        SELECT (SELECT count(*) FROM ours) AS received,
               (SELECT count(*) FROM ours WHERE answering) AS answering,
               (SELECT count(*) FROM ours WHERE co_handling) AS co_handling,
               (SELECT count(*) FROM ours JOIN proposals USING (proposal_id)
                 WHERE is_key) AS "key",
               (SELECT count(*) FROM ours JOIN proposals USING (proposal_id)
                 WHERE merged_into IS NOT NULL) AS merged,
               (SELECT count(*) FROM answers) AS answers_owed,
               (SELECT count(answered_on) FROM answers) AS answered,
               (SELECT count(answered_on) FROM answers
                 WHERE coalesce(days_late, 0) = 0) AS answered_on_time,
               (SELECT count(*) FROM clocks JOIN ours USING (proposal_id)
                 WHERE kind = 'redo') AS redone,
               (SELECT count(*) FROM made) AS promises_made,
               (SELECT count(kept_on) FROM made) AS promises_kept,
               (SELECT count(*) FROM matters JOIN ours USING (proposal_id)
                 WHERE flagged_on IS NOT NULL) AS coordination_flagged,
               (SELECT count(decided_on) FROM matters JOIN ours USING (proposal_id)
                 WHERE flagged_on IS NOT NULL) AS coordination_decided,
               (SELECT count(*) FROM timeline JOIN proposals USING (proposal_id)
                 WHERE year = $1 AND type = 'huiban.assignment.AssignmentReturned.v1'
               ) AS returned,
               (SELECT count(*) FROM timeline JOIN ours USING (proposal_id)
                 WHERE type = 'huiban.reply.ContactRecorded.v1') AS contacts,
               (SELECT count(*) FROM tasks
                  JOIN proposals USING (proposal_id)
                 WHERE year = $1 AND parent IS NOT NULL) AS handed_down,
               (SELECT coalesce(bool_or(origin = 'composed'), false)
                  FROM ours JOIN proposals USING (proposal_id)) AS is_demo
        """,  # noqa: S608
        year,
    )
    assert row is not None
    return dict(row)


async def by_class(tx: Tx, *, year: int) -> dict[str, int]:
    """The replies that stand, by their class."""
    rows = await tx.fetch(
        f"""
        {PARTS}
        SELECT result_class, count(*) AS replies
          FROM replies JOIN ours USING (proposal_id)
         WHERE void_on IS NULL AND result_class IS NOT NULL
         GROUP BY result_class ORDER BY result_class
        """,  # noqa: S608
        year,
    )
    return {row["result_class"]: row["replies"] for row in rows}


async def ratings(tx: Tx, *, year: int) -> list[Row]:
    """How many said what of process and result together."""
    return rows_of(
        await tx.fetch(
            f"""
            {PARTS}
            SELECT process, result, count(*) AS forms
              FROM ratings JOIN ours USING (proposal_id)
             GROUP BY process, result
            """,  # noqa: S608
            year,
        )
    )


async def categories(tx: Tx, *, year: int, most: int) -> list[str]:
    """The categories with most proposals."""
    rows = await tx.fetch(
        f"""
        {PARTS}
        SELECT category
          FROM ours JOIN proposals USING (proposal_id)
         WHERE category IS NOT NULL
         GROUP BY category ORDER BY count(*) DESC, category LIMIT $2
        """,  # noqa: S608
        year,
        most,
    )
    return [row["category"] for row in rows]


async def shares(tx: Tx, *, year: int, groups: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    """What each group of units counts for itself: proposals, proposals that it answers, replies,
    promises, promises kept. ``groups`` has the group of each unit."""
    rows = await tx.fetch(
        f"""
        {PARTS},
        grouped AS (SELECT * FROM unnest($2::text[], $3::text[]) AS pairs (unit, name)),
        held AS (
            SELECT name, count(DISTINCT proposal_id) AS received,
                   count(DISTINCT proposal_id) FILTER (WHERE role <> 'co_handle') AS answering
              FROM parts JOIN grouped USING (unit) GROUP BY name),
        sent AS (
            SELECT name, count(*) AS replies
              FROM replies JOIN grouped USING (unit) JOIN ours USING (proposal_id)
             WHERE void_on IS NULL GROUP BY name),
        made AS (
            SELECT name, count(*) AS promised, count(kept_on) AS kept
              FROM promises JOIN grouped USING (unit) JOIN ours USING (proposal_id)
             WHERE made_on IS NOT NULL AND state IS DISTINCT FROM 'void' GROUP BY name)
        SELECT name, coalesce(received, 0) AS received, coalesce(answering, 0) AS answering,
               coalesce(replies, 0) AS replies, coalesce(promised, 0) AS promised,
               coalesce(kept, 0) AS kept
          FROM held FULL JOIN sent USING (name) FULL JOIN made USING (name)
        """,  # noqa: S608
        year,
        list(groups),
        list(groups.values()),
    )
    return {
        row["name"]: (
            row["received"],
            row["answering"],
            row["replies"],
            row["promised"],
            row["kept"],
        )
        for row in rows
    }


async def repeated(tx: Tx, *, year: int, groups: Mapping[str, str]) -> tuple[int, int]:
    """How often a proposal is counted by a further group: of those held, of those answered."""
    row = await tx.fetchrow(
        f"""
        {PARTS},
        grouped AS (SELECT * FROM unnest($2::text[], $3::text[]) AS pairs (unit, name)),
        per AS (
            SELECT count(DISTINCT name) AS held,
                   count(DISTINCT name) FILTER (WHERE role <> 'co_handle') AS answered
              FROM parts JOIN grouped USING (unit) GROUP BY proposal_id)
        SELECT coalesce(sum(greatest(held - 1, 0)), 0)::bigint AS held,
               coalesce(sum(greatest(answered - 1, 0)), 0)::bigint AS answered
          FROM per
        """,  # noqa: S608
        year,
        list(groups),
        list(groups.values()),
    )
    assert row is not None
    return row["held"], row["answered"]


async def cases_of(tx: Tx, *, year: int) -> list[Row]:
    """The answered proposals of a year that a report may tell of: key ones first."""
    found: list[Any] = await tx.fetch(
        f"""
        {PARTS}
        SELECT proposal_id, number, title, kind, proposers, is_key IS TRUE AS is_key, origin,
               coalesce(merged_into, proposal_id) AS home
          FROM ours JOIN proposals USING (proposal_id)
         WHERE answering AND (is_key OR origin <> 'composed')
           AND EXISTS (SELECT FROM replies WHERE replies.proposal_id = proposals.proposal_id)
         ORDER BY is_key IS TRUE DESC, number
         LIMIT {CASES}
        """,  # noqa: S608
        year,
    )
    return rows_of(found, "proposers")


async def summaries_of(tx: Tx, proposals: list[str]) -> list[Row]:
    """What the replies to these proposals say, whoever sent them."""
    return rows_of(
        await tx.fetch(
            "SELECT proposal_id, summary FROM replies"
            " WHERE proposal_id = ANY($1) AND void_on IS NULL ORDER BY issued_on, round",
            proposals,
        )
    )
