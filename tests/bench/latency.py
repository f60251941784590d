"""From the commit in one service to the effect in another, at a steady 300 events a second."""

import asyncio
import time
from contextlib import suppress
from datetime import date

from shared.contracts.event import PROPOSALS, REFERENCE, SYSTEM, ProposalId
from shared.contracts.intake import ProposalAccepted
from shared.health import Heartbeats
from shared.hearing import Ears, Hearing
from shared.listening import Listener
from shared.postgres import open_pool
from shared.telling import Relay
from shared.work import Desk, Tx
from tests.bench.surroundings import PARTITIONS, Surroundings

PER_SECOND = 300
SECONDS = 20
WARM_UP_SECONDS = 3


async def bench(place: Surroundings) -> dict[str, float]:
    """Median and 99th percentile in milliseconds; teller and listener share this process."""
    settings = place.settings(huiban_city="latency")
    await place.topic(settings.topic(PROPOSALS), PARTITIONS)
    await place.topic(settings.topic(REFERENCE), 1)
    for schema in ("teller", "hearer"):
        await place.schema(schema, package="services.intake", kernel_only=True)
    taken: list[float] = []
    ears = Ears("hearer")

    @ears.on(ProposalAccepted)
    async def on_accepted(event: ProposalAccepted, tx: Tx) -> None:
        taken.append(time.perf_counter() - float(event.number))

    async with (
        open_pool(place.database_url, schema="teller") as telling,
        open_pool(place.database_url, schema="hearer") as hearing,
    ):
        desk, beats = Desk(telling, service="teller"), Heartbeats()
        relay = Relay(settings, service="teller", beats=beats)
        listener = Listener(
            settings,
            Hearing(Desk(hearing, service="hearer"), ears),
            service="hearer",
            beats=beats,
        )
        relaying = asyncio.create_task(relay.run())
        await listener.start()
        try:
            await _tell(desk, relay, seconds=WARM_UP_SECONDS)
            await asyncio.sleep(1)
            taken.clear()
            await _tell(desk, relay, seconds=SECONDS)
            while len(taken) < SECONDS * PER_SECOND:
                await asyncio.sleep(0.05)
        finally:
            await listener.stop()
            relaying.cancel()
            with suppress(asyncio.CancelledError):
                await relaying
    taken.sort()
    return {
        "p50_ms": taken[len(taken) // 2] * 1000,
        "p99_ms": taken[len(taken) * 99 // 100] * 1000,
        "max_ms": taken[-1] * 1000,
    }


async def _tell(desk: Desk, relay: Relay, *, seconds: int) -> None:
    async def one(n: int) -> None:
        key = ProposalId(f"p{n % 500}")
        async with desk.transaction() as tx:
            await tx.lock(key)
            # The number carries the moment at which the commit was about to be asked for.
            number = str(time.perf_counter())
            tx.record(
                ProposalAccepted(proposal_id=key, by=SYSTEM, on=date(2024, 1, 15), number=number)
            )
        relay.wake()

    began = time.perf_counter()
    under_way = []
    for n in range(seconds * PER_SECOND):
        await asyncio.sleep(max(0.0, began + n / PER_SECOND - time.perf_counter()))
        under_way.append(asyncio.create_task(one(n)))
    await asyncio.gather(*under_way)
