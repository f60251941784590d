"""A service's listener with everything on, beside the raw shapes on the same broker and server."""

import asyncio
import gc
import time
from datetime import UTC, date, datetime
from uuid import uuid4

from aiokafka import AIOKafkaProducer

from shared.contracts.event import PROPOSALS, REFERENCE, SYSTEM, ProposalId
from shared.contracts.intake import ProposalAccepted, ProposalDeclined
from shared.envelope import headers_of
from shared.health import Heartbeats
from shared.hearing import Ears, Hearing
from shared.listening import Listener
from shared.postgres import open_pool
from shared.work import Desk, Tx
from tests.bench import raw
from tests.bench.surroundings import PARTITIONS, Surroundings

EVENTS = 40_000
KEYS = 2_000
FILLER = 700  # with the envelope about 1 KB a record
DAY = date(2024, 1, 15)


def ears_of(events: int) -> tuple[Ears, asyncio.Event]:
    """Ears with one effect statement and one follow-up event per event, as a service has them."""
    ears, done, heard = Ears("bench"), asyncio.Event(), 0

    @ears.on(ProposalAccepted)
    async def on_accepted(event: ProposalAccepted, tx: Tx) -> None:
        nonlocal heard
        await tx.lock(event.proposal_id)
        await tx.execute(raw.EFFECT, event.proposal_id, event.number[:8])
        tx.record(
            ProposalDeclined(
                proposal_id=event.proposal_id,
                by=SYSTEM,
                on=event.on,
                reason_code="bench",
                reason=event.number,
            )
        )
        heard += 1
        if heard >= events:
            done.set()

    return ears, done


async def fill(kafka: str, topic: str, *, events: int, keys: int) -> None:
    """Real events in real envelopes, each key's sequence without gaps."""
    producer = AIOKafkaProducer(
        bootstrap_servers=kafka,
        acks="all",
        enable_idempotence=True,
        linger_ms=5,
        max_batch_size=500_000,
    )
    await producer.start()
    try:
        for start in range(0, events, 2000):
            sent = []
            for n in range(start, min(start + 2000, events)):
                event = ProposalAccepted(
                    proposal_id=ProposalId(f"k{n % keys}"),
                    by=SYSTEM,
                    on=DAY,
                    number=f"{n:08d}" + "x" * FILLER,
                )
                headers = headers_of(
                    id=uuid4(),
                    type=event.type_name(),
                    teller="intake",
                    key=event.key,
                    sequence=n // keys + 1,
                    occurred_at=datetime.now(UTC),
                    extensions={},
                )
                sent.append(
                    await producer.send(
                        topic,
                        event.model_dump_json().encode(),
                        key=event.key.encode(),
                        headers=headers,
                    )
                )
            await asyncio.gather(*sent)
    finally:
        await producer.stop()


async def ours(place: Surroundings) -> float:
    """Events per second through listener, lanes, inbox, cursors, parking check, effect, answer."""
    settings = place.settings(huiban_city="bench")
    await place.topic(settings.topic(PROPOSALS))
    await place.topic(settings.topic(REFERENCE), partitions=1)
    await place.schema("bench", package="services.intake", kernel_only=True)
    await fill(place.kafka, settings.topic(PROPOSALS), events=EVENTS, keys=KEYS)
    async with open_pool(place.database_url, schema="bench") as pool:
        await pool.execute(
            "CREATE TABLE effects (key text PRIMARY KEY, n bigint NOT NULL, last text)"
            " WITH (fillfactor=70)"
        )
        await pool.execute(
            "INSERT INTO effects (key, n) SELECT 'k' || n, 0 FROM generate_series(0, 1999) AS n"
        )
        ears, done = ears_of(EVENTS)
        listener = Listener(
            settings,
            Hearing(Desk(pool, service="bench"), ears),
            service="bench",
            beats=Heartbeats(),
        )
        await listener.start()
        try:
            while not listener.assigned():
                await asyncio.sleep(0.01)
            began = time.perf_counter()
            await done.wait()
            while await pool.fetchval("SELECT count(*) FROM events") < EVENTS:
                await asyncio.sleep(0.005)  # the last lanes' commits
            took = time.perf_counter() - began
            assert await pool.fetchval("SELECT count(*) FROM parked") == 0
        finally:
            await listener.stop()
    return EVENTS / took


async def bench(place: Surroundings) -> dict[str, float]:
    """Ours and the raw shapes, one after another, each on an idle machine."""
    figures = {}
    gc.collect()
    gc.freeze()  # as `huiban serve` does
    for shape in ("lanes", "set_based"):
        topic = f"raw_{shape}"
        await place.topic(topic, PARTITIONS)
        await raw.fill(place.kafka, topic, events=EVENTS, keys=KEYS, filler=FILLER + 200)
        figures[f"raw_{shape}"] = await raw.consume(
            place.database_url, place.kafka, topic, events=EVENTS, shape=shape
        )
    figures["ours"] = await ours(place)
    figures["ratio_to_raw_lanes"] = figures["ours"] / figures["raw_lanes"]
    return figures
