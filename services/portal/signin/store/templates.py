"""The letter templates that offices bring: which there are, and which one is in force."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from shared.work import Tx

Row = dict[str, Any]
LISTED = (
    "template, unit, kind, name, digest, asked, missing, brought_by, brought_at, in_force,"
    " changed_by, changed_at"
)


async def bring(
    tx: Tx,
    *,
    unit: str,
    kind: str,
    name: str,
    content: bytes,
    digest: str,
    asked: Sequence[str],
    missing: Sequence[str],
    by: str,
    now: datetime,
) -> int:
    """Keep a template; it is in force only when somebody says so."""
    return await tx.fetchval(  # type: ignore[no-any-return]
        """
        INSERT INTO templates (unit, kind, name, content, digest, brought_by, brought_at,
                               asked, missing)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        RETURNING template
        """,
        unit,
        kind,
        name,
        content,
        digest,
        by,
        now,
        list(asked),
        list(missing),
    )


async def of_unit(tx: Tx, unit: str) -> list[Row]:
    """A unit's templates, those in force first, then the newest."""
    rows = await tx.fetch(
        f"SELECT {LISTED} FROM templates WHERE unit = $1"  # noqa: S608
        " ORDER BY kind, in_force DESC, template DESC LIMIT 200",
        unit,
    )
    return [dict(row) for row in rows]


async def found(tx: Tx, template: int, *, unit: str) -> Row | None:
    """One of a unit's templates, with its content."""
    row = await tx.fetchrow(
        f"SELECT {LISTED}, content FROM templates WHERE template = $1 AND unit = $2",  # noqa: S608
        template,
        unit,
    )
    return dict(row) if row is not None else None


async def in_force(tx: Tx, *, unit: str, kind: str) -> Row | None:
    """The template by which a unit's letters of a kind are written now."""
    row = await tx.fetchrow(
        "SELECT name, content FROM templates WHERE unit = $1 AND kind = $2 AND in_force",
        unit,
        kind,
    )
    return dict(row) if row is not None else None


async def put_in_force(
    tx: Tx, template: int, *, unit: str, kind: str, by: str, now: datetime
) -> None:
    """It takes the place of the one before."""
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"{unit} {kind}")
    await take_back(tx, unit=unit, kind=kind, by=by, now=now)
    await tx.execute(
        "UPDATE templates SET in_force = true, changed_by = $3, changed_at = $4"
        " WHERE template = $1 AND unit = $2",
        template,
        unit,
        by,
        now,
    )


async def take_back(tx: Tx, *, unit: str, kind: str, by: str, now: datetime) -> None:
    """From now on the letters of this kind are as the system writes them."""
    await tx.execute(
        "UPDATE templates SET in_force = false, changed_by = $3, changed_at = $4"
        " WHERE unit = $1 AND kind = $2 AND in_force",
        unit,
        kind,
        by,
        now,
    )
