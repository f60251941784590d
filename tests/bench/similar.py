"""Similar cases and lists among a million proposals, through HTTP in the client's own process."""

import asyncio
import resource
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import asyncpg

from services.intake.domain.wording import VERSION, matter, plain, terms_of
from services.intake.indexing import index
from tests.bench.composed_titles import titles
from tests.bench.surroundings import Surroundings
from tests.world import Answer, Keys, World, world_on

PROPOSALS = 1_000_000
QUESTIONS = 300
YEARS = range(2005, 2025)
CATEGORIES = ("经济", "政治", "文化", "社会", "生态")
DAY = date(2024, 1, 15)
COLUMNS = (
    "proposal_id", "year", "title", "text", "kind", "proposer_names", "proposer_persons",
    "category", "suggested_units", "wants_publication", "origin", "submitted_on", "state",
    "number", "matter", "words", "terms", "terms_version",
)  # fmt: skip
AT_ONCE = 20_000


async def bench(place: Surroundings) -> dict[str, float]:
    """Milliseconds for a suggestion and for pages of the list; what index and process weigh."""
    for schema in ("registry", "intake"):
        await place.schema(schema, package=f"services.{schema}")
    keys = Keys(place.places.signing_key, place.places.public_key)
    async with world_on(
        place.database_url, keys, services=("registry", "intake"), today=DAY
    ) as world:
        await world.tell("registry", "/seed", {"place": "shenzhen"}, post="operator")
        await world.settle()
        index_mb = await _fill(place)
        before = _resident_mb()
        await index(world["intake"].backbone)
        figures = {f"suggest_{name}": value for name, value in (await _suggest(world)).items()}
        figures |= {f"list_{name}": value for name, value in (await _list(world)).items()}
    return figures | {"index_mb": index_mb, "process_grew_mb": _resident_mb() - before}


async def _fill(place: Surroundings) -> float:
    connection = await asyncpg.connect(
        place.database_url, server_settings={"search_path": "intake"}
    )
    rows = _rows()
    while batch := [row for row, _ in zip(rows, range(AT_ONCE), strict=False)]:
        await connection.copy_records_to_table("proposals", records=batch, columns=COLUMNS)
    await connection.execute("VACUUM ANALYZE proposals")
    weighs = await connection.fetchval("SELECT pg_relation_size('proposals_by_term')")
    await connection.close()
    return float(weighs) / 1_048_576


def _rows() -> Iterator[tuple[Any, ...]]:
    a_year = PROPOSALS // len(YEARS)
    for n, title in enumerate(titles(PROPOSALS, seed=1)):
        year = YEARS[n // a_year]
        name, number = f"委员{n % 5000}", f"{year}{n % a_year:05}"
        yield (
            f"p{n}", year, title, "建议如下。", "single", [name], [f"m{n % 5000}"],
            CATEGORIES[n % 5], [], True, "composed", DAY,
            "accepted", number,
            matter(title), f"{plain(title)} {name} {number}",
            terms_of(name, number, title=title), VERSION,
        )  # fmt: skip


async def _suggest(world: World) -> dict[str, float]:
    questions = iter(list(titles(QUESTIONS + 20, seed=2)))
    # Twenty to warm up: statements prepared, pages of the index in memory.
    for _ in range(20):
        await _ask_similar(world, next(questions))
    return await _measured([lambda q=q: _ask_similar(world, q) for q in questions])  # type: ignore[misc]


async def _ask_similar(world: World, title: str) -> Answer:
    return await world.tell("intake", "/similar", {"title": title}, post="committee")


async def _list(world: World) -> dict[str, float]:
    narrowed: list[dict[str, Any]] = [
        {},
        {"year": 2023},
        {"state": "accepted"},
        {"year": 2010, "category": "社会"},
        {"year": 2024, "state": "declined"},
        {"key": True},
        {"q": "电梯"},
        {"q": "生物医药标准"},
        {"q": "20150"},
        {"q": "委员77"},
        {"year": 2012, "q": "邮轮"},
        {"q": "没有这样的案由"},
    ]
    asked = [
        lambda query=query: world.ask("intake", "/proposals", post="committee", **query)
        for _ in range(10)
        for query in narrowed
    ]
    own = [
        lambda n=n: world.ask("intake", "/proposals", post="proposer", person=f"m{n}")
        for n in range(20)
    ]
    return await _measured([*asked, *own])


async def _measured(questions: list[Callable[[], Awaitable[Answer]]]) -> dict[str, float]:
    took = []
    for ask in questions:
        began = time.perf_counter()
        answer = await ask()
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status == 200, answer
        await asyncio.sleep(0)
    return {"p50_ms": median(took), "p95_ms": quantiles(took, n=20)[-1]}


def _resident_mb() -> float:
    """What this process holds now, the client included."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1_048_576
