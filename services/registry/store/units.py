"""Units, their names, and who took over from whom."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic_core import from_json, to_json

from services.registry.domain.refusals import UnknownUnit
from services.registry.domain.register import names_of
from services.registry.views import Successions, Units, UnitStory
from shared.contracts.event import UnitCode
from shared.contracts.registry import Duty, UnitRegistered, UnitSucceeded
from shared.work import Tx

UNIT = (
    "code, name, short_name, aliases, level, parent, source, kind, duties::text AS duties,"
    " since, until"
)
SUCCESSION = 'old_name, old_code, successors, how, "on", year, source'


async def every_unit(tx: Tx) -> list[UnitRegistered]:
    """All units, those that are gone too."""
    return [_unit(row) for row in await tx.fetch(f"SELECT {UNIT} FROM units")]  # noqa: S608


async def every_succession(tx: Tx) -> list[UnitSucceeded]:
    """All successions."""
    rows = await tx.fetch(f"SELECT {SUCCESSION} FROM successions")  # noqa: S608
    return [UnitSucceeded(**row) for row in rows]


async def put_unit(tx: Tx, unit: UnitRegistered) -> None:
    """The unit, and its names, unless it is gone."""
    await tx.execute(
        """
        INSERT INTO units (code, name, short_name, aliases, level, parent, source, kind, duties,
                           since, until)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (code) DO UPDATE
           SET name = excluded.name, short_name = excluded.short_name, aliases = excluded.aliases,
               level = excluded.level, parent = excluded.parent, source = excluded.source,
               kind = excluded.kind, duties = excluded.duties,
               since = excluded.since, until = excluded.until, recorded_at = now()
        """,
        unit.code,
        unit.name,
        unit.short_name,
        unit.aliases,
        unit.level,
        unit.parent,
        unit.source,
        unit.kind,
        to_json(unit.duties).decode(),
        unit.since,
        unit.until,
    )
    await tx.execute("DELETE FROM unit_names WHERE unit = $1", unit.code)
    await tx.execute(
        """
        INSERT INTO unit_names (name, unit)
        SELECT name, $1 FROM unnest($2::text[]) AS of (name)
         WHERE name = $1 OR NOT EXISTS (
               SELECT FROM successions WHERE old_code = $1 AND how <> 'renamed')
        """,
        unit.code,
        names_of(unit),
    )


async def put_succession(tx: Tx, one: UnitSucceeded) -> None:
    """The succession; a unit that is gone gives its names free, and keeps its code."""
    await tx.execute(
        """
        INSERT INTO successions (old_name, old_code, successors, how, "on", year, source)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (old_name) DO UPDATE
           SET old_code = excluded.old_code, successors = excluded.successors,
               how = excluded.how, "on" = excluded."on", year = excluded.year,
               source = excluded.source, recorded_at = now()
        """,
        one.old_name,
        one.old_code,
        one.successors,
        one.how,
        one.on,
        one.year,
        one.source,
    )
    if one.ended is not None:
        await tx.execute("DELETE FROM unit_names WHERE unit = $1 AND name <> $1", one.ended)


async def units(
    tx: Tx,
    *,
    level: str | None,
    kind: str | None,
    parent: str | None,
    named: str | None,
    on: date | None,
    after: str | None,
    limit: int,
) -> Units:
    """Units in the order of their codes, those that follow ``after``."""
    rows = await tx.fetch(
        f"""
        SELECT {UNIT}
          FROM units
         WHERE ($1::text IS NULL OR level = $1)
           AND ($2::text IS NULL OR parent = (SELECT unit FROM unit_names WHERE name = $2))
           AND ($3::text IS NULL OR code = (SELECT unit FROM unit_names WHERE name = $3))
           AND ($4::text IS NULL OR code > $4)
           AND ($6::text IS NULL OR kind = $6)
           AND ($7::date IS NULL OR (coalesce(since <= $7, true) AND coalesce($7 <= until, true)))
         ORDER BY code
         LIMIT $5
        """,  # noqa: S608
        level,
        parent,
        named,
        after,
        limit + 1,
        kind,
        on,
    )
    found = [_unit(row) for row in rows[:limit]]
    return Units(units=found, next=found[-1].code if len(rows) > limit else None)


async def unit(tx: Tx, code: UnitCode) -> UnitStory:
    """One unit, gone or not, with what it was called and from whom its work came."""
    row = await tx.fetchrow(f"SELECT {UNIT} FROM units WHERE code = $1", code)  # noqa: S608
    if row is None:
        raise UnknownUnit(text=code)
    rows = await tx.fetch(
        f"""
        SELECT {SUCCESSION}
          FROM successions
         WHERE old_code = $1 OR successors @> ARRAY[$1]
         ORDER BY coalesce("on", make_date(year, 1, 1)), old_name
        """,  # noqa: S608
        code,
    )
    told = [UnitSucceeded(**one) for one in rows]
    return UnitStory(
        **dict(_unit(row)),
        called_before=[one for one in told if one.is_renaming],
        took_over=[one for one in told if not one.is_renaming and code in one.successors],
        succeeded=next((one for one in told if one.ended == code), None),
    )


async def successions(tx: Tx, *, of: str | None, after: str | None, limit: int) -> Successions:
    """Successions in the order of the old names, those that follow ``after``."""
    rows = await tx.fetch(
        f"""
        SELECT {SUCCESSION}
          FROM successions
         WHERE ($1::text IS NULL OR old_name > $1)
           AND ($3::text IS NULL OR old_code = $3 OR successors @> ARRAY[$3])
         ORDER BY old_name
         LIMIT $2
        """,  # noqa: S608
        after,
        limit + 1,
        of,
    )
    found = [UnitSucceeded(**row) for row in rows[:limit]]
    return Successions(successions=found, next=found[-1].old_name if len(rows) > limit else None)


def _unit(row: Mapping[str, Any]) -> UnitRegistered:
    return UnitRegistered(**{**row, "duties": _duties(row["duties"])})


def _duties(text: str) -> Sequence[Duty]:
    return tuple(Duty.model_validate(one) for one in from_json(text))
