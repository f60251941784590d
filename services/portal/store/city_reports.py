"""What a report on the whole city reads: counted by PostgreSQL, however many there are."""

from collections.abc import Mapping

from services.portal.domain.period import Period
from services.portal.store.rows import Row, rows_of
from services.portal.store.spans import Span
from shared.work import Tx

CASES = 100
PART = """proposals.proposal_id, tasks.unit, tasks.role, tasks.assigned_on AS got_on,
               tasks.answered_on, tasks.days_late, category, is_key,
               merged_into IS NOT NULL AS is_merged, origin = 'composed' AS is_composed"""
HANDLES = "parent IS NULL AND ended_on IS NULL AND role IN ('lead', 'split', 'co_handle')"


def _parts(span: Span) -> str:
    """Every part that a unit has in one of the period's proposals; between two days, every part
    in which an answer may be owed then.

    What was answered before is passed over by the parts alone; of a merged proposal the part does
    not say it, for it is another proposal's.
    """
    if not span.is_days:
        return f"""
        SELECT {PART}
          FROM proposals
          JOIN tasks ON tasks.proposal_id = coalesce(merged_into, proposals.proposal_id)
         WHERE {span.proposals} AND {HANDLES}
        """  # noqa: S608
    return f"""
        SELECT {PART}
          FROM proposals JOIN tasks USING (proposal_id)
         WHERE merged_into IS NULL AND {HANDLES} AND {span.within("tasks.assigned_on")}
         UNION ALL
        SELECT {PART}
          FROM proposals JOIN tasks USING (proposal_id)
         WHERE merged_into IS NULL AND {HANDLES} AND {span.before("tasks.assigned_on")}
           AND {span.still_owed("tasks.answered_on")}
         UNION ALL
        SELECT {PART}
          FROM proposals JOIN tasks ON tasks.proposal_id = merged_into
         WHERE merged_into IS NOT NULL AND {HANDLES} AND {span.by_its_end("tasks.assigned_on")}
        """  # noqa: S608


async def counted(tx: Tx, *, period: Period, groups: Mapping[str, str], most: int) -> Row:
    """The figures of the city in a period, by the names of its counting rules, in one statement
    that goes through the parts once.

    ``groups`` has the group of each unit: ``shares`` are what each of them counts for itself, and
    ``held_again`` and ``answered_again`` how often a proposal is counted by a further group.
    ``categories`` are the ``most`` common ones.
    """
    span = Span(period, 4)
    among = "" if span.is_days else "JOIN ours USING (proposal_id)"
    redone = span.within("(due ->> 'starts_on')::date") if span.is_days else "true"
    of_proposals = "" if span.is_days else "JOIN proposals USING (proposal_id)"
    row = await tx.fetchrow(
        f"""
        WITH parts AS MATERIALIZED ({_parts(span)}),
        ours AS MATERIALIZED (
            SELECT proposal_id,
                   bool_or(role IN ('lead', 'split')) AS answering,
                   bool_or(role = 'co_handle') AS co_handling,
                   bool_or(is_key) AS is_key, bool_or(is_merged) AS is_merged,
                   bool_or(is_composed) AS is_composed, min(category) AS category
              FROM parts WHERE {span.within("got_on")} GROUP BY proposal_id),
        grouped AS (SELECT * FROM unnest($1::text[], $2::text[]) AS pairs (unit, name)),
        answers AS MATERIALIZED (
            SELECT CASE WHEN {span.by_its_end("given_on")} THEN given_on END AS answered_on,
                   days_late
              FROM (SELECT CASE role WHEN 'co_handle' THEN answered_on ELSE issued_on
                                END AS given_on,
                           CASE role WHEN 'co_handle' THEN parts.days_late ELSE replies.days_late
                                END AS days_late
                      FROM parts
                      LEFT JOIN replies ON replies.proposal_id = parts.proposal_id
                            AND replies.unit = parts.unit AND round = 1 AND role <> 'co_handle'
                   ) AS given
             WHERE {span.still_owed("given_on")}),
        sent AS MATERIALIZED (
            SELECT unit, result_class
              FROM replies {among}
             WHERE void_on IS NULL AND {span.within("issued_on")}),
        made AS MATERIALIZED (
            SELECT promises.unit, CASE WHEN {span.by_its_end("kept_on")} THEN kept_on END AS kept_on
              FROM promises {among}
             WHERE made_on IS NOT NULL AND promises.state IS DISTINCT FROM 'void'
               AND {span.within("made_on")}),
        flagged AS MATERIALIZED (
            SELECT CASE WHEN {span.by_its_end("decided_on")} THEN decided_on END AS decided_on
              FROM matters {among}
             WHERE flagged_on IS NOT NULL AND {span.within("flagged_on")}),
        held AS MATERIALIZED (
            SELECT proposal_id, name, bool_or(role <> 'co_handle') AS answers
              FROM parts JOIN grouped USING (unit)
             WHERE {span.within("got_on")} GROUP BY proposal_id, name),
        rated AS (
            SELECT process, result, count(*) AS forms
              FROM ratings {among} WHERE {span.within("rated_on")} GROUP BY process, result),
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
               (SELECT count(*) FROM clocks {among}
                 WHERE kind = 'redo' AND {redone}) AS redone,
               (SELECT json_agg(rated) FROM rated) AS ratings,
               (SELECT count(*) FROM made) AS promises_made,
               (SELECT count(kept_on) FROM made) AS promises_kept,
               (SELECT count(*) FROM flagged) AS coordination_flagged,
               (SELECT count(decided_on) FROM flagged) AS coordination_decided,
               (SELECT count(*) FROM timeline {of_proposals}
                 WHERE type = 'huiban.assignment.AssignmentReturned.v1'
                   AND {span.proposals} AND {span.within("on_day")}) AS returned,
               (SELECT count(*) FROM timeline {among}
                 WHERE type = 'huiban.reply.ContactRecorded.v1'
                   AND {span.within("on_day")}) AS contacts,
               (SELECT count(*) FROM tasks {of_proposals}
                 WHERE parent IS NOT NULL
                   AND {span.proposals} AND {span.within("tasks.assigned_on")}) AS handed_down,
               (SELECT json_agg(category)
                  FROM (SELECT category FROM ours WHERE category IS NOT NULL
                         GROUP BY category ORDER BY count(*) DESC, category LIMIT $3) AS common
               ) AS categories,
               (SELECT coalesce(bool_or(is_composed), false) FROM parts) AS is_demo,
               (SELECT json_agg(shares) FROM shares) AS shares,
               (SELECT coalesce(held, 0)::bigint FROM again) AS held_again,
               (SELECT coalesce(answered, 0)::bigint FROM again) AS answered_again
        """,  # noqa: S608
        list(groups),
        list(groups.values()),
        most,
        *span.given,
    )
    assert row is not None
    return rows_of([row], "by_class", "ratings", "categories", "shares")[0]


async def cases_of(tx: Tx, *, period: Period) -> list[Row]:
    """The proposals answered, in a period, that a report may tell of: key ones first."""
    span = Span(period, 1)
    return rows_of(
        await tx.fetch(
            f"""
            SELECT proposal_id, number, title, kind, proposers, is_key IS TRUE AS is_key, origin,
                   coalesce(merged_into, proposal_id) AS home
              FROM proposals
             WHERE {span.proposals} AND (is_key OR origin <> 'composed')
               AND EXISTS (SELECT FROM tasks
                            WHERE tasks.proposal_id = coalesce(merged_into, proposals.proposal_id)
                              AND parent IS NULL AND ended_on IS NULL
                              AND role IN ('lead', 'split'))
               AND EXISTS (SELECT FROM replies
                            WHERE replies.proposal_id = proposals.proposal_id
                              AND void_on IS NULL AND {span.within("issued_on")})
             ORDER BY is_key IS TRUE DESC, number
             LIMIT {CASES}
            """,  # noqa: S608
            *span.given,
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
