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


async def open_matters(tx: Tx, *, seen: Seen, most: int) -> list[Row]:
    """Matters that wait for a decision at city level."""
    return rows_of(
        await tx.fetch(
            f"""
            SELECT proposal_id, matter_id, rule, evidence, parties, flagged_on, number, title,
                   is_key, origin, count(*) OVER () AS of_all
              FROM matters JOIN proposals USING (proposal_id)
             WHERE decided_on IS NULL AND dismissed_on IS NULL AND flagged_on IS NOT NULL
               AND {seen.rows("proposals", 2)}
             ORDER BY flagged_on, number
             LIMIT $1
            """,  # noqa: S608
            most,
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
            SELECT proposal_id, type, on_day, parts, number, title
              FROM (SELECT proposal_id, teller, sequence, type, on_day, at, parts
                      FROM timeline
                     WHERE ($2::text[] IS NULL OR type = ANY($2)) AND type <> ALL($3)
                       AND {seen.proposals("timeline.proposal_id", 4)}
                     ORDER BY on_day DESC, at DESC, proposal_id, teller, sequence DESC
                     LIMIT $1) AS newest
              LEFT JOIN proposals USING (proposal_id)
             ORDER BY on_day DESC, at DESC, proposal_id, teller, sequence DESC
            """,  # noqa: S608
            ACTS_SHOWN,
            list(told) if told is not None else None,
            list(untold),
            *seen.given,
        ),
        "parts",
    )
