"""The portal's pages among a million proposals, while two hundred people have live pages open.

Some real lives are played through the services; the rows that the portal keeps of them are then
copied under other ids, numbers, units, years and titles until there are a million.
"""

import asyncio
import os
import re
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from gzip import compress
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles

import httpx

from deploy.local.ports import free_port
from deploy.local.topics import prepare_topics
from shared.identity import mint
from tests.bench.copying import DAY, PROPOSALS, multiply
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
    filed,
    hand_down,
    hand_over,
    row,
    sign,
)
from tests.waiting import comes_true
from tests.world import SERVICES, Keys, World, world_on

CITY = "pages"
PEOPLE = 200
ROUNDS = 40
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
    events = await multiply(place, closed=closed, still_open=still_open)
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
