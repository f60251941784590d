"""What a unit's worklist reads: everything open for it, and what it gave to others."""

from datetime import date

from services.portal.store.rows import UNIT_DUTIES, Row, horizon, near_until, owed, rows_of
from services.portal.store.seeing import Seen
from shared.nearness import Horizon
from shared.work import Tx

LONGEST_WORKLIST = 2_000


async def open_by_unit(tx: Tx, *, near: Horizon) -> dict[str, Row]:
    """Each unit's open duties of all years, by light."""
    until = near_until("clock", 2)
    rows = await tx.fetch(
        f"""
        SELECT unit,
               count(*) FILTER (WHERE due_on < $1) AS red,
               count(*) FILTER (WHERE due_on BETWEEN $1 AND {until}) AS yellow,
               count(*) FILTER (WHERE due_on >= $1 AND due_on > {until}) AS green
          FROM open_clocks
         WHERE kind = ANY($3)
         GROUP BY unit
        """,  # noqa: S608
        near.on,
        horizon(near),
        UNIT_DUTIES,
    )
    return {row["unit"]: dict(row) for row in rows}


async def duties_of(tx: Tx, unit: str) -> list[Row]:
    """What is open for a unit, by due date, with the task it belongs to."""
    return rows_of(
        await tx.fetch(
            """
            SELECT owed.proposal_id, clock_id, owed.kind, clock, task_id, owed.due_on, provisional,
                   due, proposals.number, proposals.title, is_key, origin, merged_into, role, duty,
                   proposed_unit,
                   return_by, consented_on, consent_asked_on, binding, objected_on, objection_why,
                   return_why,
                   CASE owed.kind WHEN 'promise' THEN (
                       SELECT text FROM promises
                        WHERE promises.proposal_id = owed.proposal_id
                          AND promise_id || '/promise' = clock_id)
                   END AS promise,
                   CASE owed.kind WHEN 'publish' THEN (
                       SELECT state FROM publications
                        WHERE publications.proposal_id = owed.proposal_id
                          AND letter_id || '/publish' = clock_id)
                   END AS publication,
                   CASE owed.kind WHEN 'finding' THEN findings.says WHEN 'supervise' THEN (
                       SELECT demand FROM supervisions
                        WHERE supervisions.proposal_id = owed.proposal_id
                          AND supervision_id || '/supervise' = clock_id)
                   END AS demand,
                   inspection_id
              FROM open_clocks AS owed
              JOIN proposals USING (proposal_id)
              LEFT JOIN tasks USING (proposal_id, task_id)
              LEFT JOIN findings ON findings.proposal_id = owed.proposal_id
                    AND finding_id || '/finding' = clock_id
             WHERE owed.unit = $1
             ORDER BY owed.due_on, proposals.number, clock_id
             LIMIT $2
            """,
            unit,
            LONGEST_WORKLIST,
        )
    )


async def drafts_of(tx: Tx, unit: str) -> list[Row]:
    """A unit's drafts, of replies and opinions, that wait for somebody, each with its date."""
    return rows_of(
        await tx.fetch(
            f"""
            SELECT proposal_id, task_id, desk, number, title, is_key, origin, owed.due_on,
                   owed.clock, owed.provisional, owed.due
              FROM tasks
              JOIN proposals USING (proposal_id)
              {owed("reply", "redo", "opinion")}
             WHERE unit = $1 AND ended_on IS NULL
               AND desk IN ('approval', 'issue', 'endorsed', 'opinion-check', 'opinion-issue')
             ORDER BY owed.due_on, number
             LIMIT $2
            """,  # noqa: S608
            unit,
            LONGEST_WORKLIST,
        )
    )


async def asked_of(tx: Tx, unit: str, *, today: date) -> list[Row]:
    """What a unit is asked for, or may still do, without a clock of its own running.

    A head's consent to a return, their objection to a refused one; a name under another unit's
    draft; its position in a matter. A version that was overtaken waits for nobody.
    """
    return rows_of(
        await tx.fetch(
            """
            SELECT asked.*, asked.kind AS clock, NULL::boolean AS provisional, NULL::json AS due,
                   number, title, is_key, origin
              FROM (SELECT 'object' AS kind, proposal_id, task_id, NULL AS matter_id,
                           object_by AS due_on, return_why AS says
                      FROM tasks
                     WHERE unit = $1 AND return_upheld IS FALSE AND objected_on IS NULL
                       AND ended_on IS NULL AND signed_on IS NULL AND answered_on IS NULL
                       AND binding IS NOT TRUE AND (object_by IS NULL OR object_by >= $2)
                     UNION ALL
                    SELECT 'consent', proposal_id, task_id, NULL, return_by, consent_asked_why
                      FROM tasks
                     WHERE unit = $1 AND consent_asked_on IS NOT NULL AND consented_on IS NULL
                       AND returned_on IS NULL AND signed_on IS NULL AND ended_on IS NULL
                       AND (return_by IS NULL OR return_by >= $2)
                     UNION ALL
                    SELECT 'countersign', own.proposal_id, own.task_id, NULL, NULL, lead.unit
                      FROM countersigns AS wanted
                      JOIN tasks AS lead USING (proposal_id, task_id)
                      JOIN tasks AS own ON own.proposal_id = wanted.proposal_id
                                       AND own.unit = wanted.unit AND own.role = 'co_handle'
                                       AND own.ended_on IS NULL
                     WHERE wanted.unit = $1 AND wanted.answered_on IS NULL
                       AND lead.ended_on IS NULL AND lead.desk IN ('issue', 'endorsed')
                       AND (lead.draft_round, lead.draft) = (wanted.round, wanted.draft)
                     UNION ALL
                    SELECT 'position', proposal_id, NULL, matter_id, decide_by, evidence
                      FROM matters
                     WHERE decided_on IS NULL AND dismissed_on IS NULL
                       AND parties::jsonb ? $1
                       AND NOT EXISTS (SELECT FROM positions
                                        WHERE positions.proposal_id = matters.proposal_id
                                          AND positions.matter_id = matters.matter_id
                                          AND positions.unit = $1)) AS asked
              JOIN proposals USING (proposal_id)
             ORDER BY due_on NULLS LAST, number
             LIMIT $3
            """,
            unit,
            today,
            LONGEST_WORKLIST,
        )
    )


async def returns_to_decide(tx: Tx, office: str, *, seen: Seen) -> list[Row]:
    """Returns that wait for the office which handed the proposal over, whoever reassigned it."""
    return rows_of(
        await tx.fetch(
            f"""
            SELECT proposal_id, task_id, due_on, clock, provisional, due, number, title, is_key,
                   origin, tasks.unit, return_reason, proposed_unit
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
        )
    )


async def work_below(tx: Tx, unit: str) -> list[Row]:
    """What a unit handed down and is not finished yet."""
    return rows_of(
        await tx.fetch(
            """
            SELECT below.proposal_id, below.unit, below.duty, due_on, clock, provisional, due,
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
        )
    )
