"""A digest night: a hundred thousand notices leave by mail, and events take effect as before.

Mail is taken by a real server in a process of its own on this machine. Meanwhile another service
tells events at a steady pace through Kafka, and escalation's listener takes them in; it shares
process, pool and database with the loop that sends.
"""

import asyncio
import sys
import time
from contextlib import suppress
from datetime import datetime

from deploy.local.ports import free_port
from deploy.local.topics import prepare_topics
from services.escalation.delivering import open_messages, send_some
from services.escalation.outside import Outside
from services.escalation.views import Delivered
from shared.clock import OFFICE
from shared.contracts.event import SYSTEM, ProposalId
from shared.contracts.intake import ProposalAccepted
from shared.health import Heartbeats
from shared.hearing import Ears, Hearing
from shared.listening import Listener
from shared.postgres import open_pool
from shared.service import Backbone
from shared.telling import Relay
from shared.work import Desk, Tx
from tests.bench.surroundings import Surroundings
from tests.world import Keys, World, world_on

NOTICES = 100_000
PEOPLE = 5_000
PER_SECOND = 50
QUIET_SECONDS = 10
CITY = "notices"
MORNING = datetime(2024, 3, 20, 9, tzinfo=OFFICE)
TAKER = """
import asyncio, sys
from aiosmtpd.smtp import SMTP

class Taker:
    async def handle_DATA(self, server, session, envelope):
        return "250 OK"

async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Taker(), loop=loop), "127.0.0.1",
                                      int(sys.argv[1]))
    print("ready", flush=True)
    await server.serve_forever()

asyncio.run(main())
"""


async def bench(place: Surroundings) -> dict[str, float]:
    """How fast notices leave, and how fast events take effect before and meanwhile."""
    keys = Keys(place.places.signing_key, place.places.public_key)
    await prepare_topics(place.kafka, city=CITY)
    for schema in ("registry", "escalation"):
        await place.schema(schema, package=f"services.{schema}")
    await place.schema("teller", package="services.intake", kernel_only=True)
    async with world_on(
        place.database_url, keys, services=("registry", "escalation"), today=MORNING.date()
    ) as world:
        await world.tell("registry", "/seed", {"place": "shenzhen"}, post="operator")
        await world.settle()
        await _fill(world)
        port = free_port()
        taker = await asyncio.create_subprocess_exec(
            sys.executable, "-c", TAKER, str(port), stdout=asyncio.subprocess.PIPE
        )
        assert taker.stdout is not None
        await taker.stdout.readline()
        try:
            return await _measure(place, world, Outside({"mail": f"smtp://127.0.0.1:{port}"}))
        finally:
            taker.terminate()
            await taker.wait()


async def _measure(place: Surroundings, world: World, outside: Outside) -> dict[str, float]:
    taken: list[float] = []
    ears = Ears("escalation")

    @ears.on(ProposalAccepted)
    async def on_accepted(event: ProposalAccepted, tx: Tx) -> None:
        await tx.execute(
            "INSERT INTO proposals (proposal_id, number) VALUES ($1, $2)"
            " ON CONFLICT (proposal_id) DO UPDATE SET number = excluded.number",
            event.proposal_id,
            event.number,
        )
        taken.append(time.perf_counter() - float(event.number))

    settings = place.settings(huiban_city=CITY)
    backbone = world["escalation"].backbone
    async with open_pool(place.database_url, schema="teller") as telling:
        desk, beats = Desk(telling, service="teller"), Heartbeats()
        relay = Relay(settings, service="teller", beats=beats)
        ours = Relay(settings, service="escalation", beats=beats)
        listener = Listener(
            settings, Hearing(backbone.desk, ears), service="escalation", beats=beats
        )
        relaying = [asyncio.create_task(one.run()) for one in (relay, ours)]
        await _leads(ours)
        await listener.start()
        try:
            await _tell(desk, relay, until=asyncio.create_task(asyncio.sleep(3)))
            taken.clear()
            await _tell(desk, relay, until=asyncio.create_task(asyncio.sleep(QUIET_SECONDS)))
            quiet = sorted(taken)
            taken.clear()
            began = time.perf_counter()
            sending = asyncio.create_task(_send(backbone, outside))
            await _tell(desk, relay, until=sending)
            took = time.perf_counter() - began
            busy = sorted(taken)
        finally:
            await listener.stop()
            for task in relaying:
                task.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(*relaying)
    return {
        "notices": NOTICES,
        "messages": float(sending.result().taken),
        "seconds": took,
        "notices_per_second": NOTICES / took,
        "quiet_p50_ms": quiet[len(quiet) // 2] * 1000,
        "quiet_p99_ms": quiet[len(quiet) * 99 // 100] * 1000,
        "meanwhile_p50_ms": busy[len(busy) // 2] * 1000,
        "meanwhile_p99_ms": busy[len(busy) * 99 // 100] * 1000,
    }


async def _leads(relay: Relay) -> None:
    while not relay.leads:
        await asyncio.sleep(0.05)


async def _send(backbone: Backbone, outside: Outside) -> Delivered:
    await open_messages(backbone, outside, at=MORNING)
    total = 0
    while (done := await send_some(backbone, outside, "mail", at=MORNING)).taken:
        total += done.taken
    return Delivered(taken=total)


async def _tell(desk: Desk, relay: Relay, *, until: "asyncio.Task[object]") -> None:
    """Tell at a steady pace until something is over, and wait for the last to take effect."""

    async def one(n: int) -> None:
        key = ProposalId(f"other{n % 500}")
        async with desk.transaction() as tx:
            await tx.lock(key)
            number = str(time.perf_counter())
            day = MORNING.date()
            tx.record(ProposalAccepted(proposal_id=key, by=SYSTEM, on=day, number=number))
        relay.wake()

    began, n, under_way = time.perf_counter(), 0, []
    while not until.done():
        await asyncio.sleep(max(0.0, began + n / PER_SECOND - time.perf_counter()))
        under_way.append(asyncio.create_task(one(n)))
        n += 1
    await asyncio.gather(*under_way)
    await asyncio.sleep(1)


async def _fill(world: World) -> None:
    """Twenty notices for each person, each of a proposal of its own with a clock that runs."""
    async with world["escalation"].desk.transaction() as tx:
        await tx.execute(
            "INSERT INTO proposals (proposal_id, number, generation, office)"
            " SELECT 'p' || n, '2024' || n, 1, 'C007' FROM generate_series(0, $1::int - 1) AS n",
            NOTICES,
        )
        await tx.execute(
            """
            INSERT INTO clocks (proposal_id, clock_id, clock, awaits, subject, unit, started_on,
                                due_on, next_look_on)
            SELECT 'p' || n, 'C019.1/reply', 'reply', 'reply', 'C019.1', 'C019', '2024-01-22',
                   '2024-03-25', '2025-01-01'
              FROM generate_series(0, $1::int - 1) AS n
            """,
            NOTICES,
        )
        await tx.execute(
            """
            INSERT INTO notices (person, proposal_id, kind, facts, clock_id, generation, told_on)
            SELECT 'person' || n % $2::int, 'p' || n, 'reminder', '{}', 'C019.1/reply', 1, $3::date
              FROM generate_series(0, $1::int - 1) AS n
            """,
            NOTICES,
            PEOPLE,
            MORNING.date(),
        )
        await tx.execute(
            """
            INSERT INTO preferences (person, language, addresses)
            SELECT 'person' || n, 'zh-CN', json_build_object('mail', 'person' || n || '@localhost')
              FROM generate_series(0, $1::int - 1) AS n
            """,
            PEOPLE,
        )
    async with world["escalation"].desk.pool.acquire() as connection:
        for table in ("notices", "clocks", "proposals"):
            await connection.execute(f"VACUUM ANALYZE {table}")
