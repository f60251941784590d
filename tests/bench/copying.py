"""Copying: from the rows that the portal keeps of some real lives, those of a million proposals."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from itertools import cycle, islice
from math import ceil

import asyncpg

from services.portal.domain.terms import plain, terms_of
from tests.bench.composed_titles import titles
from tests.bench.surroundings import Surroundings
from tests.story.office import WANG

PROPOSALS = int(os.environ.get("HUIBAN_BENCH_PROPOSALS", "1000000"))
STILL_OPEN = 0.002  # of a city's proposals of twenty years nearly all are closed
YEARS = 20
DAY = date(2024, 1, 22)
DAYS = 330  # from that day to December
AT_ONCE = 20_000  # rows sent together


async def multiply(place: Surroundings, *, closed: list[str], still_open: list[str]) -> int:
    """Copy these lives under other ids, numbers, units, days and titles; how many acts there are.

    Most copies are of lives that are ``closed``, of any day of their years. They lie in the order
    of their days, as a portal has heard them.
    """
    connection = await asyncpg.connect(
        place.database_url, server_settings={"search_path": "portal"}
    )
    await connection.execute(
        "SET synchronous_commit = off; SET work_mem = '256MB'; SET maintenance_work_mem = '1GB'"
    )
    await _stage(connection, closed=closed, still_open=still_open)
    tables = await connection.fetch(
        "SELECT table_name AS name, array_agg(column_name::text ORDER BY ordinal_position) AS cols,"
        "       array_agg(data_type::text ORDER BY ordinal_position) AS types"
        "  FROM information_schema.columns JOIN information_schema.tables"
        " USING (table_schema, table_name)"
        " WHERE table_schema = 'portal' AND table_type = 'BASE TABLE'"
        " GROUP BY table_name HAVING 'proposal_id' = ANY(array_agg(column_name::text))"
    )
    for table in tables:
        if table["name"] != "copies":
            async with _indexed_after(connection, table["name"]):
                await connection.execute(_copying(table["name"], table["cols"], table["types"]))
    await connection.execute("DROP TABLE copies")
    await connection.execute("VACUUM ANALYZE")
    events = await connection.fetchval("SELECT count(*) FROM timeline")
    await connection.close()
    return int(events)


@asynccontextmanager
async def _indexed_after(
    connection: "asyncpg.Connection[asyncpg.Record]", table: str
) -> AsyncIterator[None]:
    """Take a table's indexes away and build them anew at the end: sorting once is much faster."""
    kept = await connection.fetch(
        """
        SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS away,
               format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,
                      pg_get_constraintdef(oid)) AS back
          FROM pg_constraint WHERE conrelid = $1::regclass AND contype IN ('p', 'u')
        UNION ALL
        SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
          FROM pg_index WHERE indrelid = $1::regclass
           AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
        """,
        table,
    )
    for index in kept:
        await connection.execute(index["away"])
    yield
    for index in kept:
        await connection.execute(index["back"])


async def _stage(
    connection: "asyncpg.Connection[asyncpg.Record]", *, closed: list[str], still_open: list[str]
) -> None:
    """Which life each copy is of, and what is its own: id, number, title, its year and day."""
    await connection.execute(
        "CREATE UNLOGGED TABLE copies (proposal_id text, copy text, n int, year int,"
        " later interval, number text, title text, words text, terms text[])"
    )
    rows = _copies(closed=closed, still_open=still_open)
    while batch := list(islice(rows, AT_ONCE)):
        await connection.copy_records_to_table("copies", records=batch)
    await connection.execute("CREATE INDEX ON copies (proposal_id)")
    await connection.execute(
        """
        CREATE FUNCTION turned(code text, n int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
            SELECT CASE WHEN code ~ '^[CDST][0-9]{3}$' OR code ~ '^D[0-9]{2}$'
                        THEN left(code, 1)
                             || CASE left(code, 1)
                                WHEN 'D' THEN lpad(((substr(code, 2)::int - 1 + n) % 11 + 1)::text,
                                                   2, '0')
                                ELSE lpad(((substr(code, 2)::int - 1 + n) % 40 + 1)::text, 3, '0')
                                END
                        ELSE code END
        $$
        """
    )


def _copies(*, closed: list[str], still_open: list[str]) -> Iterator[tuple[object, ...]]:
    lives, opened = cycle(closed), cycle(still_open)
    closed_ones = round(PROPOSALS * (1 - STILL_OPEN))
    in_a_year = ceil(closed_ones / (YEARS - 1))
    for n, title in enumerate(titles(PROPOSALS, seed=3)):
        # What is closed was filed on any day of its year; what is open stands where it was left.
        if n < closed_ones:
            life, (before, place) = next(lives), divmod(n, in_a_year)
            later = timedelta(days=DAYS) * place / in_a_year
        else:
            life, before, place, later = next(opened), YEARS - 1, n - closed_ones, timedelta(0)
        year = DAY.year - (YEARS - 1) + before
        number = f"{year}{place:05}"
        heading = f"{plain(title)}\n{WANG}"
        yield (
            life, f"p{n}", n, year, later, number, title, heading, terms_of(heading=heading),
        )  # fmt: skip


def _copying(table: str, columns: list[str], types: list[str]) -> str:
    """The statement that copies a table's rows of the lives as each copy has them."""
    own = {"proposal_id": "copy", "title": "copies.title", "words": "copies.words"}
    own |= {"terms": "copies.terms", "year": "copies.year"}
    own |= {"number": "copies.number"} if table == "proposals" else {}

    def value(column: str, kind: str) -> str:
        if column in own:
            return own[column]
        if column == "unit":
            return "turned(had.unit, n)"
        if (column, kind) == ("units", "ARRAY"):
            return "(SELECT array_agg(turned(one, n)) FROM unnest(had.units) AS one)"
        if kind in ("date", "timestamp with time zone"):
            moved = f"had.{column} - make_interval(years => {DAY.year} - copies.year) + later"
            return f"({moved})::{kind}"
        return f"had.{column}"

    values = ", ".join(map(value, columns, types))
    # Names of the portal's own tables and columns, read from its catalogue.
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values}"  # noqa: S608
        f"  FROM {table} AS had JOIN copies USING (proposal_id)"
    )
