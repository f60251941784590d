"""The portal's pages among a million proposals, while two hundred people have live pages open.

Some real lives are played through the services; the rows that the portal keeps of them are then
copied under other ids, numbers, units, years and titles until there are a million.
"""

import asyncio
import os
import re
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from gzip import compress
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles

import asyncpg
import httpx

from deploy.local.ports import free_port
from deploy.local.topics import prepare_topics
from services.portal.domain.terms import plain, terms_of
from shared.identity import mint
from tests.bench.composed_titles import titles
from tests.bench.surroundings import Surroundings
from tests.counting import statements
from tests.story.answering import answered, check_reply, opine, publish, rate, reply
from tests.story.office import (
    EDUCATION,
    LONGHUA,
    LONGHUA_EDUCATION,
    MARKET,
    NANSHAN,
    OFFICE,
    TRANSPORT,
    WANG,
    filed,
    hand_down,
    hand_over,
    row,
    sign,
)
from tests.waiting import comes_true
from tests.world import SERVICES, Keys, World, world_on

PROPOSALS = int(os.environ.get("HUIBAN_BENCH_PROPOSALS", "1000000"))
STILL_OPEN = 0.002  # of a city's proposals of twenty years nearly all are closed
YEARS = 20
DAY = date(2024, 1, 22)
DAYS = 330  # from that day to December
A_DAY = 24 * 60 * 60  # seconds
CITY = "pages"
PEOPLE = 200
ROUNDS = 40
AT_ONCE = 20_000
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')
CHARTS = ("echarts", "charts.js")
PAGES = {
    "ledger": ["/ledger", "/ledger?year=2015", "/ledger?state=rated", "/ledger?year=2024"],
    "search": [
        "/ledger?q=电梯",
        "/ledger?q=20150",
        "/ledger?q=邮轮&year=2012",
        "/ledger?q=生物医药标准",
    ],
    "desk": ["/desk"],
    "report": [
        f"/report.json?unit={unit}&period={period}"
        for unit in ("C001", LONGHUA)
        for period in ("2015", "2015-01-01..2015-06-30")
    ],
    "figures": ["/?year=2015", "/figures?year=2015", f"/figures?year=2015&district={LONGHUA}"],
    "unit": [f"/units/{LONGHUA}", f"/units/{TRANSPORT}"],
}


async def bench(place: Surroundings) -> dict[str, float]:
    """Milliseconds, gzipped kilobytes and statements of each kind of page."""
    await prepare_topics(place.kafka, city=CITY)
    for schema in SERVICES:
        await place.schema(schema, package=f"services.{schema}")
    keys = Keys(place.places.signing_key, place.places.public_key)
    async with world_on(place.database_url, keys, today=DAY) as world:
        await world.tell("registry", "/seed", {"place": "shenzhen"}, post="operator")
        await world.settle()
        closed, still_open = await _closed(world), await _open(world)
    began = time.perf_counter()
    events = await _multiply(place, closed=closed, still_open=still_open)
    figures = {"events": float(events), "filling_s": time.perf_counter() - began}
    async with _portal(place) as ask, _live_pages(ask):
        for kind, paths in {**PAGES, "proposal": await _some_proposals(place)}.items():
            for name, value in (await _measured(ask, paths)).items():
                figures[f"{kind}_{name}"] = value
        figures["resident_mb"] = ask.resident_mb()
    async with world_on(place.database_url, keys, services=["portal"], today=DAY) as world:
        for kind, paths in {**PAGES, "proposal": await _some_proposals(place)}.items():
            figures[f"{kind}_statements"] = await _statements(world, paths[0])
    return figures


async def _statements(world: World, path: str) -> float:
    """How many statements a page takes, once what is learnt only once is known."""
    reader = {
        "Authorization": f"Bearer {world.token(post='office', unit=OFFICE)}",
        "Huiban-Today": DAY.isoformat(),
    }
    portal = world["portal"].client
    await portal.get(path, headers=reader, follow_redirects=True)
    async with statements(world) as asked:
        answer = await portal.get(path, headers=reader, follow_redirects=True)
    assert answer.status_code == 200, path
    return float(len(asked))


async def _closed(world: World) -> list[str]:
    """Lives that came to an end."""
    lives = []
    for lead in (LONGHUA, NANSHAN, TRANSPORT):
        case = await filed(world)
        await hand_over(world, row(case, lead=lead, co_handlers=[EDUCATION, MARKET]))
        await sign(world, case, lead, EDUCATION, MARKET)
        await opine(world, case, EDUCATION)
        await opine(world, case, MARKET)
        await reply(world, case, lead)
        await check_reply(world, case, f"{lead}.r1", "accept")
        await rate(world, case, f"{lead}.r1")
        for letter in (f"{lead}.r1", f"{EDUCATION}.1.o1", f"{MARKET}.1.o1"):
            for verb, body in (("decide-publication", {"attribute": "open"}), ("release", {})):
                await publish(world, case, letter, verb, body)
        lives.append(case)
    return lives


async def _open(world: World) -> list[str]:
    """Lives in the midst of being handled."""
    handed = await filed(world)
    await hand_over(world, row(handed, lead=LONGHUA, co_handlers=[TRANSPORT]))
    below = await filed(world)
    await hand_over(world, row(below, lead=LONGHUA, co_handlers=[EDUCATION]))
    await sign(world, below, LONGHUA, EDUCATION)
    await hand_down(world, below, LONGHUA, below=[LONGHUA_EDUCATION])
    return [await filed(world), handed, below, await answered(world)]


async def _multiply(place: Surroundings, *, closed: list[str], still_open: list[str]) -> int:
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
    beside = round(1 / STILL_OPEN)
    for n, title in enumerate(titles(PROPOSALS, seed=3)):
        is_open = n % beside == 0
        year = DAY.year if is_open else DAY.year - 1 - n % (YEARS - 1)
        # What is closed was filed on any day of its year; what is open stands where it was left.
        later = timedelta(0) if is_open else timedelta(days=n * 37 % DAYS, seconds=n * 7 % A_DAY)
        number = f"{year}{n // YEARS:05}"
        heading = f"{plain(title)}\n{WANG}"
        yield (
            next(opened) if is_open else next(lives), f"p{n}", n, year,
            later, number, title, heading, terms_of(heading=heading),
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


async def _some_proposals(place: Surroundings) -> list[str]:
    """Proposals from everywhere among the million."""
    step = PROPOSALS // ROUNDS
    return [f"/proposals/p{n}" for n in range(0, PROPOSALS, max(step, 1))]


class Asking:
    """A reader at a keyboard: the portal as a process, asked for pages."""

    def __init__(self, client: httpx.AsyncClient, *, pid: int) -> None:
        self.client = client
        self._pid = pid

    async def page(self, path: str) -> httpx.Response:
        """A page, whole."""
        answer = await self.client.get(path, follow_redirects=True)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:500])
        return answer

    def resident_mb(self) -> float:
        """What the portal's process holds."""
        text = Path(f"/proc/{self._pid}/smaps_rollup").read_text("ascii")
        return int(text.partition("Rss:")[2].split()[0]) / 1024


@asynccontextmanager
async def _portal(place: Surroundings) -> AsyncIterator[Asking]:
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": place.database_url,
        "KAFKA_BOOTSTRAP_SERVERS": place.kafka,
        "HUIBAN_PUBLIC_KEY": str(place.places.public_key),
        "HUIBAN_SIGNING_KEY": str(place.places.signing_key),
        "HUIBAN_CITY": CITY,
        "HUIBAN_DEMO": "1",
        "HUIBAN_PORT": str(port),
    }
    log = place.places.log("pages")
    log.parent.mkdir(parents=True, exist_ok=True)
    with Path(log).open("ab") as said:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "deploy.cli", "serve", "portal",
            env=environment, stdout=said, stderr=said,
        )  # fmt: skip
    token = mint(
        place.places.signing_key, person="office.C007", name="市政府督查室", post="office",
        unit=OFFICE, minutes=60,
    )  # fmt: skip
    headers = {"Authorization": f"Bearer {token}", "Huiban-Today": DAY.isoformat()}
    try:
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60,
            limits=httpx.Limits(max_connections=PEOPLE + 10),
        ) as client:  # fmt: skip

            async def is_ready() -> bool:
                try:
                    return (await client.get("/ready")).status_code == 200
                except httpx.HTTPError:
                    return False

            await comes_true(is_ready)
            yield Asking(client, pid=process.pid)
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def _live_pages(ask: Asking) -> AsyncIterator[None]:
    """Two hundred people have a page open that waits for changes."""
    opened = asyncio.Semaphore(0)

    async def watch() -> None:
        async with ask.client.stream("GET", "/changes", timeout=None) as stream:
            assert stream.status_code == 200
            opened.release()
            async for _ in stream.aiter_bytes():
                pass

    watching = [asyncio.create_task(watch()) for _ in range(PEOPLE)]
    try:
        for _ in watching:
            await opened.acquire()
        yield
    finally:
        for task in watching:
            task.cancel()
        await asyncio.gather(*watching, return_exceptions=True)


async def _measured(ask: Asking, paths: list[str]) -> dict[str, float]:
    for path in paths[:5]:  # statements prepared, templates read
        await ask.page(path)
    took, weighs = [], []
    assets = await _assets(ask, paths[0])
    for path in islice(cycle(paths), max(ROUNDS, 2 * len(paths))):
        began = time.perf_counter()
        answer = await ask.page(path)
        took.append((time.perf_counter() - began) * 1000)
        weighs.append(len(compress(answer.content)) / 1024)
    return {
        "p50_ms": median(took),
        "p95_ms": quantiles(took, n=20)[-1],
        "gzip_kb": max(weighs),
        "whole_gzip_kb": max(weighs) + assets,
    }


async def _assets(ask: Asking, path: str) -> float:
    """What a page loads besides, compressed, without the charts."""
    page = (await ask.page(path)).text
    found = {one for one in ASSET.findall(page) if not any(chart in one for chart in CHARTS)}
    return sum([len(compress((await ask.page(one)).content)) for one in found]) / 1024
