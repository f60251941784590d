"""A morning's sweep over a million open clocks: only those are looked at whose day has come.

What must hold for the figure: every clock was looked at before with today's rules and calendar, so
that each knows its next day. A new edition of either has all of them looked at once; that is
measured apart, on a part of them, as clocks per second.
"""

import time
from datetime import date, timedelta

from services.escalation.sweeping import edition_of, sweep
from shared.service import Backbone
from tests.bench.surroundings import Surroundings
from tests.world import Keys, World, world_on

CLOCKS = 1_000_000
PER_PROPOSAL = 4
AHEAD_DAYS = 90  # due dates are spread over so many days, as over a year's handing over
LOOKED_AT_ANEW = 20_000
TODAY = date(2024, 3, 20)


async def bench(place: Surroundings) -> dict[str, float]:
    """Seconds for the sweep, and what it looked at and told."""
    keys = Keys(place.places.signing_key, place.places.public_key)
    for schema in ("registry", "escalation"):
        await place.schema(schema, package=f"services.{schema}")
    async with world_on(
        place.database_url, keys, services=("registry", "escalation"), today=TODAY
    ) as world:
        await world.tell("registry", "/seed", {"place": "shenzhen"}, post="operator")
        await world.settle()
        backbone = world["escalation"].backbone
        await _fill(world, looked_with=await _looked_with(backbone))
        began = time.perf_counter()
        swept = await sweep(backbone, on=TODAY)
        took = time.perf_counter() - began
        assert swept.failed == 0
        again = await _seconds(backbone)
        await _forget(world)
        anew = await _seconds(backbone)
    return {
        "open_clocks": CLOCKS,
        "seconds": took,
        "proposals_looked_at": swept.proposals,
        "clocks_looked_at": swept.clocks,
        "told": swept.near + swept.missed + swept.reminders + swept.flagged + swept.supervised,
        "seconds_when_nothing_is_due": again,
        "clocks_per_second_with_new_rules": LOOKED_AT_ANEW / anew,
    }


async def _seconds(backbone: Backbone) -> float:
    began = time.perf_counter()
    await sweep(backbone, on=TODAY)
    return time.perf_counter() - began


async def _looked_with(backbone: Backbone) -> str:
    known = await backbone.desk.reference()
    return edition_of(known.rules_on(TODAY), known.calendar, on=TODAY)


async def _fill(world: World, *, looked_with: str) -> None:
    """A million running clocks of replies, each to be looked at a week before its date.

    Due dates run from a week ahead on, so that today is the next day of one in ninety.
    """
    async with world["escalation"].desk.transaction() as tx:
        await tx.execute(
            "INSERT INTO proposals (proposal_id, number, generation, office, committee)"
            " SELECT 'p' || n, '2024' || n, 1, 'C007', 'C004'"
            "   FROM generate_series(1, $1::int) AS n",
            CLOCKS // PER_PROPOSAL,
        )
        await tx.execute(
            "INSERT INTO handlers (proposal_id, task_id, unit, role)"
            " SELECT 'p' || n, 'C019.1', 'C019', 'lead' FROM generate_series(1, $1::int) AS n",
            CLOCKS // PER_PROPOSAL,
        )
    for part in range(PER_PROPOSAL):
        async with world["escalation"].desk.transaction() as tx:
            await tx.execute(
                """
                INSERT INTO clocks (proposal_id, clock_id, clock, awaits, subject, unit, started_on,
                                    due_on, next_look_on, looked_with)
                SELECT 'p' || n, 'C019.' || $2 || '/reply', 'reply', 'reply', 'C019.' || $2, 'C019',
                       '2024-01-22', $3::date + 7 + n % $4::int, $3::date + n % $4::int, $5
                  FROM generate_series(1, $1::int) AS n
                """,
                CLOCKS // PER_PROPOSAL,
                str(part + 1),
                TODAY,
                AHEAD_DAYS,
                looked_with,
            )
    async with world["escalation"].desk.pool.acquire() as connection:
        await connection.execute("VACUUM ANALYZE clocks")
        await connection.execute("VACUUM ANALYZE proposals")
        await connection.execute("VACUUM ANALYZE handlers")


async def _forget(world: World) -> None:
    """As after a new edition: these were looked at with other rules."""
    async with world["escalation"].desk.transaction() as tx:
        await tx.execute(
            "UPDATE clocks SET looked_with = 'before', next_look_on = $2"
            " WHERE proposal_id IN (SELECT 'p' || n FROM generate_series(1, $1::int) AS n)",
            LOOKED_AT_ANEW // PER_PROPOSAL,
            TODAY + timedelta(days=30),
        )
