"""What a year's report reads: the facts of one unit's year."""

from collections.abc import Collection

from services.portal.domain.figures import Received, Year
from services.portal.store.rows import Row, rows_of
from services.portal.store.seeing import Seen
from shared.work import Tx

# A merged proposal is handled in its main one: whoever has a part there has it here too.
OURS = """
    WITH ours AS (
        SELECT DISTINCT ON (proposals.proposal_id)
               proposals.*, tasks.task_id, tasks.role,
               tasks.answered_on AS opinion_on, tasks.days_late AS opinion_late
          FROM proposals
          JOIN tasks ON tasks.proposal_id = coalesce(merged_into, proposals.proposal_id)
         WHERE tasks.unit = $1 AND year = $2 AND parent IS NULL AND ended_on IS NULL
           AND role IN ('lead', 'split', 'co_handle')
         ORDER BY proposals.proposal_id,
                  array_position(ARRAY['lead', 'split', 'co_handle'], role))
    """


async def year_of(tx: Tx, unit: str, *, year: int, seen: Seen) -> Year:
    """All facts of a unit's year from which its figures are counted."""
    received = await tx.fetch(
        f"""
        {OURS}
        SELECT ours.proposal_id, number, title, role, category, origin,
               is_key IS TRUE AS is_key, merged_into IS NOT NULL AS is_merged,
               CASE role WHEN 'co_handle' THEN opinion_on ELSE issued_on END AS answered_on,
               CASE role WHEN 'co_handle' THEN opinion_late ELSE days_late END AS days_late
          FROM ours
          LEFT JOIN replies ON replies.proposal_id = ours.proposal_id
                AND replies.unit = $1 AND round = 1
         ORDER BY number
        """,  # noqa: S608
        unit,
        year,
    )
    counted = await tx.fetchrow(
        f"""
        {OURS}
        SELECT (SELECT count(*) FROM clocks JOIN ours USING (proposal_id)
                 WHERE clocks.kind = 'redo' AND unit = $1) AS redone,
               (SELECT count(*) FROM timeline JOIN proposals USING (proposal_id)
                 WHERE year = $2 AND type = 'huiban.assignment.AssignmentReturned.v1'
                   AND by_unit = $1
                   AND proposal_id IN (SELECT tasks.proposal_id FROM tasks WHERE unit = $1)
               ) AS returned,
               (SELECT count(*) FROM timeline JOIN ours USING (proposal_id)
                 WHERE type = 'huiban.reply.ContactRecorded.v1' AND by_unit = $1) AS contacts,
               (SELECT count(*) FROM tasks JOIN ours USING (proposal_id)
                 WHERE tasks.parent = ours.task_id) AS handed_down
        """,  # noqa: S608
        unit,
        year,
    )
    assert counted is not None
    return Year(
        received=[Received(**one) for one in received],
        replies=await _facts(tx, "replies", unit, year=year),
        ratings=await _ratings(tx, unit, year=year, seen=seen),
        promises=await _facts(tx, "promises", unit, year=year),
        matters=await _facts(tx, "matters", unit, year=year),
        **counted,
    )


async def _facts(tx: Tx, what: str, unit: str, *, year: int) -> list[Row]:
    return rows_of(await tx.fetch(OURS + THEIRS[what], unit, year))


async def _ratings(tx: Tx, unit: str, *, year: int, seen: Seen) -> list[Row]:
    return rows_of(
        await tx.fetch(
            f"""
            {OURS}
            SELECT process, result
              FROM ratings
              JOIN ours USING (proposal_id)
              JOIN replies USING (proposal_id, reply_id)
             WHERE unit = $1 AND {seen.ratings("ratings", 3)}
            """,  # noqa: S608
            unit,
            year,
            *seen.given,
        )
    )


THEIRS = {
    "replies": """
        SELECT result_class
          FROM replies JOIN ours USING (proposal_id)
         WHERE unit = $1 AND void_on IS NULL
        """,
    "promises": """
        SELECT kept_on
          FROM promises JOIN ours USING (proposal_id)
         WHERE unit = $1 AND made_on IS NOT NULL AND promises.state IS DISTINCT FROM 'void'
        """,
    "matters": """
        SELECT decided_on
          FROM matters JOIN ours USING (proposal_id)
         WHERE flagged_on IS NOT NULL
        """,
}


async def cases_of(tx: Tx, unit: str, *, year: int) -> list[Row]:
    """The proposals that a unit answers in a year and a report may tell of.

    Composed ones serve to show the system: only key ones among them are told.
    """
    return rows_of(
        await tx.fetch(
            f"""
            {OURS}
            SELECT proposal_id, number, title, kind, proposers, is_key IS TRUE AS is_key, origin,
                   coalesce(merged_into, proposal_id) AS home
              FROM ours
             WHERE role IN ('lead', 'split') AND (origin <> 'composed' OR is_key)
             ORDER BY is_key IS TRUE DESC, number
             LIMIT 100
            """,  # noqa: S608
            unit,
            year,
        ),
        "proposers",
    )


async def summaries_of(tx: Tx, unit: str, proposals: Collection[str]) -> list[Row]:
    """What a unit's replies to these proposals say, in the order in which they went out."""
    return rows_of(
        await tx.fetch(
            "SELECT proposal_id, summary FROM replies"
            " WHERE unit = $1 AND proposal_id = ANY($2) ORDER BY issued_on, round",
            unit,
            list(proposals),
        )
    )


async def meetings_of(tx: Tx, unit: str, *, year: int) -> list[Row]:
    """The meetings at which a unit's work of a year was handed over to it, or handed down by it."""
    return rows_of(
        await tx.fetch(
            """
            SELECT tasks.assigned_on AS on_day, tasks.meeting AS name
              FROM tasks JOIN proposals USING (proposal_id)
             WHERE year = $2 AND tasks.meeting IS NOT NULL
               AND (unit = $1 AND parent IS NULL OR handed_by = $1)
             GROUP BY 1, 2
             ORDER BY 1, 2
             LIMIT 6
            """,
            unit,
            year,
        )
    )
