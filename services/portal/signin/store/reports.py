"""Reports that people write: drafts with their words, and frozen snapshots. Nothing is deleted."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from pydantic_core import from_json, to_json

from shared.work import Tx

Row = dict[str, Any]


async def begin(tx: Tx, *, unit: str, period: str, by: str, now: datetime) -> int:
    """The report of a unit on a period: the one that there is, or a new one."""
    return await tx.fetchval(  # type: ignore[no-any-return]
        """
        INSERT INTO reports AS had (unit, period, begun_by, begun_at, edited_by, edited_at)
        VALUES ($1, $2, $3, $4, $3, $4)
            ON CONFLICT (unit, period) DO UPDATE SET unit = had.unit
        RETURNING report
        """,
        unit,
        period,
        by,
        now,
    )


async def listed(tx: Tx, units: Collection[str] | None) -> list[Row]:
    """The reports of these units, or of all; the newest period first."""
    rows = await tx.fetch(
        """
        SELECT reports.*,
               (SELECT count(*) FROM report_snapshots AS frozen
                 WHERE frozen.report = reports.report) AS snapshots
          FROM reports
         WHERE $1::text[] IS NULL OR unit = ANY($1)
         ORDER BY period DESC, unit
         LIMIT 200
        """,
        None if units is None else list(units),
    )
    return [dict(row) for row in rows]


async def found(tx: Tx, report: int) -> Row | None:
    """A report with its words."""
    row = await tx.fetchrow("SELECT * FROM reports WHERE report = $1", report)
    if row is None:
        return None
    return {
        **row,
        "parts": from_json(row["parts"]),
        "cases": None if row["cases"] is None else from_json(row["cases"]),
    }


async def save(
    tx: Tx,
    report: int,
    *,
    parts: Sequence[str | None],
    cases: Sequence[str] | None,
    revision: int,
    by: str,
    now: datetime,
) -> bool:
    """Keep a report's words, unless somebody else has kept others since they were read."""
    saved = await tx.fetchval(
        """
        UPDATE reports
           SET parts = $3::text::json, cases = $4::text::json, revision = revision + 1,
               edited_by = $5, edited_at = $6
         WHERE report = $1 AND revision = $2
        RETURNING true
        """,
        report,
        revision,
        to_json(list(parts)).decode(),
        None if cases is None else to_json(list(cases)).decode(),
        by,
        now,
    )
    return bool(saved)


async def freeze(
    tx: Tx, report: int, *, as_of: date, fingerprint: str, snapshot: bytes, by: str, now: datetime
) -> int:
    """Keep a snapshot for good; its number among those of the report."""
    await tx.execute("SELECT FROM reports WHERE report = $1 FOR UPDATE", report)
    return await tx.fetchval(  # type: ignore[no-any-return]
        """
        INSERT INTO report_snapshots
        SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6
          FROM report_snapshots WHERE report = $1
        RETURNING number
        """,
        report,
        as_of,
        by,
        now,
        fingerprint,
        snapshot,
    )


async def snapshots(tx: Tx, report: int) -> list[Row]:
    """The snapshots of a report, the newest first."""
    rows = await tx.fetch(
        """
        SELECT number, as_of, frozen_by, frozen_at, fingerprint
          FROM report_snapshots WHERE report = $1 ORDER BY number DESC
        """,
        report,
    )
    return [dict(row) for row in rows]


async def snapshot(tx: Tx, report: int, number: int) -> bytes | None:
    """A snapshot as it was frozen."""
    return await tx.fetchval(  # type: ignore[no-any-return]
        "SELECT snapshot FROM report_snapshots WHERE report = $1 AND number = $2", report, number
    )
