"""What the overview reads: a year in numbers, what presses, what happened last."""

from collections.abc import Collection
from datetime import date

from services.portal.store.rows import UNIT_DUTIES, Row, horizon, near_until, rows_of
from services.portal.store.seeing import Seen
from shared.contracts.event import UnitCode
from shared.nearness import Horizon
from shared.work import Tx

ACTS_SHOWN = 12
BUSY_SHOWN = 50


async def newest_day(tx: Tx) -> date | None:
    """The newest business day that was heard of."""
    return await tx.fetchval("SELECT max(on_day) FROM timeline")  # type: ignore[no-any-return]


async def busy_units(tx: Tx) -> list[UnitCode]:
    """The units that have had most tasks."""
    rows = await tx.fetch(
        "SELECT unit FROM tasks GROUP BY unit ORDER BY count(*) DESC, unit LIMIT $1", BUSY_SHOWN
    )
    return [row["unit"] for row in rows]


async def years(tx: Tx) -> list[int]:
    """The years from the first to the last proposal, newest first."""
    first = await tx.fetchval("SELECT min(year) FROM proposals")
    last = await tx.fetchval("SELECT max(year) FROM proposals")
    return [] if last is None else list(range(last, first - 1, -1))


async def states(tx: Tx, *, year: int, seen: Seen) -> dict[str, int]:
    """How many proposals of a year stand where."""
    rows = await tx.fetch(
        "SELECT state, count(*) AS proposals FROM proposals"  # noqa: S608
        f" WHERE year = $1 AND state IS NOT NULL AND {seen.rows('proposals', 2)}"
        " GROUP BY state",
        year,
        *seen.given,
    )
    return {row["state"]: row["proposals"] for row in rows}


async def marks(tx: Tx, *, year: int, seen: Seen) -> Row:
    """How many proposals of a year are key, merged into another, or composed for show."""
    rows = await tx.fetch(
        f"""
        SELECT count(*) FILTER (WHERE is_key) AS key_ones,
               count(merged_into) AS merged,
               count(*) FILTER (WHERE origin = 'composed') AS composed
          FROM proposals WHERE year = $1 AND {seen.rows("proposals", 2)}
        """,  # noqa: S608
        year,
        *seen.given,
    )
    return dict(rows[0])


async def units_in_numbers(tx: Tx, *, year: int, near: Horizon, seen: Seen) -> list[Row]:
    """Each unit's parts of a year by role and its duties by light, the most pressed unit first."""
    until = near_until("clock", 3)
    return rows_of(
        await tx.fetch(
            f"""
            SELECT unit,
                   coalesce(lead, 0) AS lead, coalesce(split, 0) AS split,
                   coalesce(co_handle, 0) AS co_handle,
                   coalesce(red, 0) AS red, coalesce(yellow, 0) AS yellow,
                   coalesce(green, 0) AS green,
                   coalesce(done, 0) AS done, coalesce(late, 0) AS late
              FROM (SELECT unit,
                           count(*) FILTER (WHERE role = 'lead') AS lead,
                           count(*) FILTER (WHERE role = 'split') AS split,
                           count(*) FILTER (WHERE role = 'co_handle') AS co_handle
                      FROM tasks JOIN proposals USING (proposal_id)
                     WHERE year = $1 AND parent IS NULL AND ended_on IS NULL
                       AND role IS NOT NULL
                       AND {seen.duties("tasks.proposal_id", "unit", 5)}
                     GROUP BY unit) AS parts
              FULL JOIN
                   (SELECT unit,
                           count(*) FILTER (WHERE open AND due_on < $2) AS red,
                           count(*) FILTER (WHERE open AND due_on BETWEEN $2 AND {until}) AS yellow,
                           count(*) FILTER (WHERE open AND due_on >= $2
                                                  AND due_on > {until}) AS green,
                           count(*) FILTER (WHERE done_on <= due_on) AS done,
                           count(*) FILTER (WHERE done_on > due_on) AS late
                      FROM (SELECT unit, due_on, done_on, coalesce(clock, clocks.kind) AS clock,
                                   done_on IS NULL AND dead_on IS NULL
                                       AND paused IS NOT TRUE AS open
                              FROM clocks JOIN proposals USING (proposal_id)
                             WHERE year = $1 AND clocks.kind = ANY($4)
                               AND due_on IS NOT NULL
                               AND {seen.duties("clocks.proposal_id", "unit", 5)}) AS owed
                     GROUP BY unit) AS duties USING (unit)
             ORDER BY red DESC, yellow DESC, green DESC, done DESC, unit
            """,  # noqa: S608
            year,
            near.on,
            horizon(near),
            UNIT_DUTIES,
            *seen.given,
        )
    )


async def classes(tx: Tx, *, year: int, seen: Seen) -> list[Row]:
    """Replies of a year by result class."""
    return rows_of(
        await tx.fetch(
            f"""
            SELECT result_class, min(meaning) AS meaning, count(*) AS replies
              FROM replies JOIN proposals USING (proposal_id)
             WHERE year = $1 AND {seen.rows("proposals", 2)}
             GROUP BY result_class
             ORDER BY result_class
            """,  # noqa: S608
            year,
            *seen.given,
        )
    )


async def ratings_of_year(tx: Tx, *, year: int, seen: Seen) -> list[Row]:
    """Ratings of a year: how many said what of the process, and of the result."""
    return rows_of(
        await tx.fetch(
            f"""
            SELECT rating,
                   count(*) FILTER (WHERE about = 'process') AS process,
                   count(*) FILTER (WHERE about = 'result') AS result
              FROM ratings JOIN proposals USING (proposal_id),
                   LATERAL (VALUES ('process', process), ('result', result))
                           AS said (about, rating)
             WHERE year = $1 AND {seen.rows("proposals", 2)}
               AND {seen.ratings("ratings", 2)}
             GROUP BY rating
            """,  # noqa: S608
            year,
            *seen.given,
        )
    )


async def months(tx: Tx, *, year: int, seen: Seen) -> list[Row]:
    """Month by month: proposals handed over, replies issued."""
    return rows_of(
        await tx.fetch(
            f"""
            SELECT month,
                   count(*) FILTER (WHERE what = 'handed_over') AS handed_over,
                   count(*) FILTER (WHERE what = 'replied') AS replied
              FROM (SELECT extract(month FROM assigned_on)::int AS month, 'handed_over' AS what
                      FROM proposals
                     WHERE year = $1 AND extract(year FROM assigned_on) = $1
                       AND {seen.rows("proposals", 2)}
                    UNION ALL
                    SELECT extract(month FROM issued_on)::int, 'replied'
                      FROM replies JOIN proposals USING (proposal_id)
                     WHERE year = $1 AND extract(year FROM issued_on) = $1
                       AND {seen.rows("proposals", 2)}) AS happened
             GROUP BY month
            """,  # noqa: S608
            year,
            *seen.given,
        )
    )


async def pressing(tx: Tx, *, near: Horizon, limit: int, seen: Seen) -> list[Row]:
    """The open duties that are late or near, the oldest first."""
    return rows_of(
        await tx.fetch(
            f"""
            SELECT proposal_id, owed.kind, owed.clock, owed.unit, due_on, provisional,
                   number, title, is_key, origin
              FROM open_clocks AS owed JOIN proposals USING (proposal_id)
             WHERE due_on <= $1 AND due_on <= {near_until("owed.clock", 4)}
               AND owed.kind = ANY($2)
               AND {seen.duties("owed.proposal_id", "owed.unit", 5)}
             ORDER BY due_on, number, clock_id
             LIMIT $3
            """,  # noqa: S608
            near.latest,
            UNIT_DUTIES,
            limit,
            horizon(near),
            *seen.given,
        )
    )


async def open_matters(tx: Tx, *, seen: Seen) -> list[Row]:
    """Matters that wait for a decision at city level."""
    return rows_of(
        await tx.fetch(
            f"""
            SELECT proposal_id, matter_id, rule, evidence, parties, flagged_on, number, title,
                   is_key, origin
              FROM matters JOIN proposals USING (proposal_id)
             WHERE decided_on IS NULL AND dismissed_on IS NULL AND flagged_on IS NOT NULL
               AND {seen.rows("proposals", 1)}
             ORDER BY flagged_on, number
             LIMIT 20
            """,  # noqa: S608
            *seen.given,
        ),
        "parties",
    )


async def latest_acts(
    tx: Tx, *, seen: Seen, told: Collection[str] | None, untold: Collection[str]
) -> list[Row]:
    """What happened last, anywhere that the reader sees; ``told`` None means of every kind."""
    return rows_of(
        await tx.fetch(
            f"""
            SELECT timeline.proposal_id, type, on_day, parts, number, title
              FROM timeline LEFT JOIN proposals USING (proposal_id)
             WHERE ($2::text[] IS NULL OR type = ANY($2)) AND type <> ALL($3)
               AND {seen.proposals("timeline.proposal_id", 4)}
             ORDER BY on_day DESC, at DESC, timeline.proposal_id, teller, sequence DESC
             LIMIT $1
            """,  # noqa: S608
            ACTS_SHOWN,
            list(told) if told is not None else None,
            list(untold),
            *seen.given,
        ),
        "parts",
    )
