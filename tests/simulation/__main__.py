"""make year: play a whole year of a city, and say what happened: python -m tests.simulation."""

import argparse
import asyncio
import logging
import re
import secrets
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from time import monotonic

from rich.console import Console

from deploy.local.postgres import Postgres
from tests.folders import memory, passable_folder
from tests.simulation.books import ReadSide, must_be_the_same, read_side
from tests.simulation.city import Size
from tests.simulation.evenings import Books
from tests.simulation.rebuilding import rebuilt
from tests.simulation.wish import NotAsItShouldBe
from tests.simulation.year import Year
from tests.world import SERVICES, Keys, World, copy_of, database, prepare_template, world_on

Anew = Callable[..., Awaitable[ReadSide]]
CONSOLE = Console(soft_wrap=True, markup=False, highlight=False)
TEMPLATE = "huiban_year"
PROPOSAL = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOLD_OF, LINE = 3, 300  # how many proposals a failure tells of, and how much of each event


async def main() -> None:
    """Play it, and print what happened; a failure names the seed."""
    said = _arguments()
    seed = said.seed if said.seed is not None else secrets.randbelow(1_000_000)
    size = Size(said.proposals, said.units, said.members, said.days, said.patience)
    CONSOLE.print(f"seed {seed}, {size}")
    began = monotonic()
    async with opened() as (world, anew):
        year = Year(world, seed=seed, size=size, books=Books())
        try:
            await year.play()
            must_be_the_same(await read_side(world), await anew(world, seed=seed))
        except NotAsItShouldBe as wrong:
            for case in list(dict.fromkeys(PROPOSAL.findall(str(wrong))))[:TOLD_OF]:
                CONSOLE.print("\n".join([case, *await told_of(world, case)]))
            raise
        finally:
            report(year, seconds=monotonic() - began)


async def told_of(world: World, case: str) -> list[str]:
    """What was told of a proposal, the newest last."""
    rows = [
        row
        for service in SERVICES
        for row in await world.rows(
            service,
            "SELECT occurred_at, type, convert_from(payload, 'UTF8') AS says"
            "  FROM events WHERE aggregateid = $1",
            case,
        )
    ]
    in_order = sorted(rows, key=lambda row: row["occurred_at"])
    return [f"  {row['type'].split('.')[2]} {row['says'][:LINE]}" for row in in_order]


def _arguments() -> argparse.Namespace:
    usual = Size()
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seed", type=int, help="of a year that is to be played again")
    parser.add_argument("--proposals", type=int, default=usual.proposals)
    parser.add_argument("--units", type=int, default=usual.units)
    parser.add_argument("--members", type=int, default=usual.members)
    parser.add_argument("--days", type=int, default=usual.days)
    parser.add_argument("--patience", type=int, default=usual.patience)
    return parser.parse_args()


@asynccontextmanager
async def opened() -> AsyncIterator[tuple[World, Anew]]:
    """All six services on a PostgreSQL of their own, with Shenzhen's registry; and what builds
    the portal of such a world anew."""
    logging.disable(logging.WARNING)
    with passable_folder(memory()) as folder, tempfile.TemporaryDirectory() as keys:
        server = Postgres(folder, log=folder / "postgres.log", password=secrets.token_urlsafe())
        await server.start()
        try:
            await prepare_template(server.url, TEMPLATE)
            pair = Keys.made(Path(keys))
            async with world_on(database(server.url, TEMPLATE), pair) as world:
                await world.tell("registry", "/seed", {"place": "shenzhen"}, post="operator")
                await world.settle()
            async with copy_of(server.url, TEMPLATE) as url, world_on(url, pair) as world:
                yield (
                    world,
                    partial(rebuilt, admin_url=server.url, template=TEMPLATE, keys=pair),
                )
        finally:
            await server.stop()


def report(year: Year, *, seconds: float) -> None:
    """What happened, in numbers."""
    tally = year.tally
    for what, counted in (("done", tally.done), ("refused", tally.refused)):
        CONSOLE.print(f"{what}: {counted.total()}")
        for kind, times in counted.most_common():
            CONSOLE.print(f"  {times:7} {kind}")
    for part, spent in sorted(tally.seconds.items(), key=lambda one: -one[1]):
        CONSOLE.print(f"{spent:8.1f} s {part}")
    CONSOLE.print(
        f"{seconds:8.1f} s in all; until {year.world.today}; {tally.mistaken} mistakes refused"
    )


if __name__ == "__main__":
    asyncio.run(main())
