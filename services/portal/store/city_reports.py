"""What a report on the whole city reads: counted by PostgreSQL, however many there are."""

from collections.abc import Mapping

from services.portal.store.rows import Row, rows_of
from shared.work import Tx

# The proposals of a year that were handed over, and every part that a unit has in one of them.
PARTS = """
    WITH parts AS MATERIALIZED (
        SELECT proposals.proposal_id, tasks.unit, tasks.role, tasks.answered_on,
               tasks.days_late, category, is_key, merged_into IS NOT NULL AS is_merged,
               origin = 'composed' AS is_composed
          FROM proposals
          JOIN tasks ON tasks.proposal_id = coalesce(merged_into, proposals.proposal_id)
         WHERE year = $1 AND parent IS NULL AND ended_on IS NULL
           AND role IN ('lead', 'split', 'co_handle')),
    ours AS MATERIALIZED (
        SELECT proposal_id,
               bool_or(role IN ('lead', 'split')) AS answering,
               bool_or(role = 'co_handle') AS co_handling,
               bool_or(is_key) AS is_key, bool_or(is_merged) AS is_merged,
               bool_or(is_composed) AS is_composed, min(category) AS category
          FROM parts GROUP BY proposal_id)
    """
CASES = 100


async def counted(tx: Tx, *, year: int, groups: Mapping[str, str], most: int) -> Row:
    """The figures of the city's year, by the names of its counting rules, in one statement that
    goes through the year's parts once.

    ``groups`` has the group of each unit: ``shares`` are what each of them counts for itself, and
    ``held_again`` and ``answered_again`` how often a proposal is counted by a further group.
    ``categories`` are the ``most`` common ones.
    """
    row = await tx.fetchrow(
        f"""
        {PARTS},
        grouped AS (SELECT * FROM unnest($2::text[], $3::text[]) AS pairs (unit, name)),
        answers AS MATERIALIZED (
            SELECT CASE role WHEN 'co_handle' THEN answered_on ELSE issued_on END AS answered_on,
                   CASE role WHEN 'co_handle' THEN parts.days_late ELSE replies.days_late
                        END AS days_late
              FROM parts
              LEFT JOIN replies ON replies.proposal_id = parts.proposal_id
                    AND replies.unit = parts.unit AND round = 1 AND role <> 'co_handle'),
        sent AS MATERIALIZED (
            SELECT unit, result_class
              FROM replies JOIN ours USING (proposal_id) WHERE void_on IS NULL),
        made AS MATERIALIZED (
            SELECT promises.unit, kept_on
              FROM promises JOIN ours USING (proposal_id)
             WHERE made_on IS NOT NULL AND promises.state IS DISTINCT FROM 'void'),
        held AS MATERIALIZED (
            SELECT proposal_id, name, bool_or(role <> 'co_handle') AS answers
              FROM parts JOIN grouped USING (unit) GROUP BY proposal_id, name),
        rated AS (
            SELECT process, result, count(*) AS forms
              FROM ratings JOIN ours USING (proposal_id) GROUP BY process, result),
        held_by AS (
            SELECT name, count(*) AS received, count(*) FILTER (WHERE answers) AS answering
              FROM held GROUP BY name),
        sent_by AS (
            SELECT name, count(*) AS replies FROM sent JOIN grouped USING (unit) GROUP BY name),
        made_by AS (
            SELECT name, count(*) AS promised, count(kept_on) AS kept
              FROM made JOIN grouped USING (unit) GROUP BY name),
        shares AS (
            SELECT name, coalesce(received, 0) AS received, coalesce(answering, 0) AS answering,
                   coalesce(replies, 0) AS replies, coalesce(promised, 0) AS promised,
                   coalesce(kept, 0) AS kept
              FROM held_by FULL JOIN sent_by USING (name) FULL JOIN made_by USING (name)),
        again AS (
            SELECT sum(greatest(count - 1, 0)) AS held, sum(greatest(answering - 1, 0)) AS answered
              FROM (SELECT count(*) AS count, count(*) FILTER (WHERE answers) AS answering
                      FROM held GROUP BY proposal_id) AS by_proposal)
        SELECT (SELECT count(*) FROM ours) AS received,
               (SELECT count(*) FROM ours WHERE answering) AS answering,
               (SELECT count(*) FROM ours WHERE co_handling) AS co_handling,
               (SELECT count(*) FROM ours WHERE is_key) AS "key",
               (SELECT count(*) FROM ours WHERE is_merged) AS merged,
               (SELECT count(*) FROM answers) AS answers_owed,
               (SELECT count(answered_on) FROM answers) AS answered,
               (SELECT count(answered_on) FROM answers
                 WHERE coalesce(days_late, 0) = 0) AS answered_on_time,
               (SELECT count(*) FROM sent) AS replies,
               (SELECT json_object_agg(result_class, count ORDER BY result_class)
                  FROM (SELECT result_class, count(*) FROM sent
                         WHERE result_class IS NOT NULL GROUP BY result_class) AS classes
               ) AS by_class,
               (SELECT count(*) FROM clocks JOIN ours USING (proposal_id)
                 WHERE kind = 'redo') AS redone,
               (SELECT json_agg(rated) FROM rated) AS ratings,
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
               (SELECT count(*) FROM tasks JOIN proposals USING (proposal_id)
                 WHERE year = $1 AND parent IS NOT NULL) AS handed_down,
               (SELECT json_agg(category)
                  FROM (SELECT category FROM ours WHERE category IS NOT NULL
                         GROUP BY category ORDER BY count(*) DESC, category LIMIT $4) AS common
               ) AS categories,
               (SELECT coalesce(bool_or(is_composed), false) FROM ours) AS is_demo,
               (SELECT json_agg(shares) FROM shares) AS shares,
               (SELECT coalesce(held, 0)::bigint FROM again) AS held_again,
               (SELECT coalesce(answered, 0)::bigint FROM again) AS answered_again
        """,  # noqa: S608
        year,
        list(groups),
        list(groups.values()),
        most,
    )
    assert row is not None
    return rows_of([row], "by_class", "ratings", "categories", "shares")[0]


async def cases_of(tx: Tx, *, year: int) -> list[Row]:
    """The answered proposals of a year that a report may tell of: key ones first."""
    return rows_of(
        await tx.fetch(
            f"""
            SELECT proposal_id, number, title, kind, proposers, is_key IS TRUE AS is_key, origin,
                   coalesce(merged_into, proposal_id) AS home
              FROM proposals
             WHERE year = $1 AND (is_key OR origin <> 'composed')
               AND EXISTS (SELECT FROM tasks
                            WHERE tasks.proposal_id = coalesce(merged_into, proposals.proposal_id)
                              AND parent IS NULL AND ended_on IS NULL
                              AND role IN ('lead', 'split'))
               AND EXISTS (SELECT FROM replies
                            WHERE replies.proposal_id = proposals.proposal_id
                              AND void_on IS NULL)
             ORDER BY is_key IS TRUE DESC, number
             LIMIT {CASES}
            """,  # noqa: S608
            year,
        ),
        "proposers",
    )


async def summaries_of(tx: Tx, proposals: list[str]) -> list[Row]:
    """What the replies to these proposals say, whoever sent them."""
    return rows_of(
        await tx.fetch(
            "SELECT proposal_id, summary FROM replies"
            " WHERE proposal_id = ANY($1) AND void_on IS NULL ORDER BY issued_on, round",
            proposals,
        )
    )
