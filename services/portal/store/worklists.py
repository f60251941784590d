"""What a unit's worklist reads: everything open for it, and what it gave to others."""

from datetime import date

from services.portal.store.rows import UNIT_DUTIES, Row, rows_of
from services.portal.store.seeing import Seen
from shared.work import Tx

LONGEST_WORKLIST = 500


async def open_by_unit(tx: Tx, *, today: date, near: date) -> dict[str, Row]:
    """Each unit's open duties of all years, by light."""
    rows = await tx.fetch(
        """
        SELECT unit,
               count(*) FILTER (WHERE due_on < $1) AS red,
               count(*) FILTER (WHERE due_on BETWEEN $1 AND $2) AS yellow,
               count(*) FILTER (WHERE due_on > $2) AS green
          FROM open_clocks
         WHERE kind = ANY($3)
         GROUP BY unit
        """,
        today,
        near,
        UNIT_DUTIES,
    )
    return {row["unit"]: dict(row) for row in rows}


async def duties_of(tx: Tx, unit: str) -> list[Row]:
    """What is open for a unit, by due date, with the task it belongs to."""
    return rows_of(
        await tx.fetch(
            """
            SELECT owed.proposal_id, clock_id, owed.kind, task_id, owed.due_on, provisional, due,
                   number, title, is_key, origin, merged_into, role, duty, proposed_unit,
                   return_by,
                   promises.text AS promise
              FROM open_clocks AS owed
              JOIN proposals USING (proposal_id)
              LEFT JOIN tasks USING (proposal_id, task_id)
              LEFT JOIN promises ON promises.proposal_id = owed.proposal_id
                    AND clock_id = promise_id || '/promise'
             WHERE owed.unit = $1
             ORDER BY owed.due_on, number, clock_id
             LIMIT $2
            """,
            unit,
            LONGEST_WORKLIST,
        ),
        "due",
    )


async def drafts_of(tx: Tx, unit: str) -> list[Row]:
    """A unit's drafts, of replies and opinions, that wait for somebody, each with its date."""
    return rows_of(
        await tx.fetch(
            """
            SELECT proposal_id, task_id, desk, number, title, is_key, origin, owed.due_on,
                   owed.provisional, owed.due
              FROM tasks
              JOIN proposals USING (proposal_id)
              LEFT JOIN LATERAL (
                   SELECT due_on, provisional, due
                     FROM open_clocks
                    WHERE open_clocks.proposal_id = tasks.proposal_id
                      AND open_clocks.task_id = tasks.task_id
                      AND kind IN ('reply', 'redo', 'opinion')
                    ORDER BY due_on DESC
                    LIMIT 1) AS owed ON true
             WHERE unit = $1 AND ended_on IS NULL
               AND desk IN ('approval', 'issue', 'endorsed', 'opinion-check', 'opinion-issue')
             ORDER BY owed.due_on, number
             LIMIT $2
            """,
            unit,
            LONGEST_WORKLIST,
        ),
        "due",
    )


async def returns_to_decide(tx: Tx, office: str, *, seen: Seen) -> list[Row]:
    """Returns that wait for the office which handed the proposal over, whoever reassigned it."""
    return rows_of(
        await tx.fetch(
            f"""
            SELECT proposal_id, task_id, due_on, provisional, due, number, title, is_key, origin,
                   tasks.unit, return_reason, proposed_unit
              FROM open_clocks AS owed
              JOIN tasks USING (proposal_id, task_id)
              JOIN proposals USING (proposal_id)
             WHERE owed.kind = 'decide'
               AND EXISTS (SELECT FROM tasks AS first
                            WHERE first.proposal_id = owed.proposal_id
                              AND first.generation = 1
                              AND first.parent IS NULL
                              AND first.handed_by = $1)
               AND {seen.rows("proposals", 3)}
             ORDER BY due_on, number
             LIMIT $2
            """,  # noqa: S608
            office,
            LONGEST_WORKLIST,
            *seen.given,
        ),
        "due",
    )


async def work_below(tx: Tx, unit: str) -> list[Row]:
    """What a unit handed down and is not finished yet."""
    return rows_of(
        await tx.fetch(
            """
            SELECT below.proposal_id, below.unit, below.duty, due_on, provisional, due,
                   number, title, is_key, origin
              FROM tasks AS above
              JOIN tasks AS below
                ON below.proposal_id = above.proposal_id AND below.parent = above.task_id
              JOIN open_clocks AS owed
                ON owed.proposal_id = below.proposal_id AND owed.task_id = below.task_id
               AND owed.kind = 'work'
              JOIN proposals ON proposals.proposal_id = below.proposal_id
             WHERE above.unit = $1
             ORDER BY due_on, number, below.unit
             LIMIT $2
            """,
            unit,
            LONGEST_WORKLIST,
        ),
        "due",
    )


async def parts_of_unit(tx: Tx, unit: str) -> dict[str, int]:
    """How many proposals a unit holds in each role, all years."""
    rows = await tx.fetch(
        "SELECT role, count(*) AS tasks FROM tasks"
        " WHERE unit = $1 AND ended_on IS NULL AND parent IS NULL AND role IS NOT NULL"
        " GROUP BY role",
        unit,
    )
    return {row["role"]: row["tasks"] for row in rows}
