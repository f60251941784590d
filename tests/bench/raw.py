"""The raw shapes to measure against: no validation, no parking, no metrics, nothing but the path.

A record is an inbox row, an effect on the key's row and a follow-up event. ``lanes``: keys over
several connections, one transaction per connection and poll, one effect statement per event.
``set_based``: one transaction per poll, one statement each.
"""

import asyncio
import json
import time
from collections import defaultdict
from typing import Any
from uuid import UUID, uuid4
from zlib import crc32

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

LANES = 8
TABLES = """
    CREATE TABLE inbox (event_id uuid PRIMARY KEY);
    CREATE TABLE effects (key text PRIMARY KEY, n bigint NOT NULL, last text) WITH (fillfactor=70);
    CREATE TABLE follow_ups (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, event_id uuid,
                             key text, payload bytea);
    INSERT INTO effects (key, n) SELECT 'k' || n, 0 FROM generate_series(0, 1999) AS n;
"""
EFFECT = "UPDATE effects SET n = n + 1, last = $2 WHERE key = $1"


async def fill(bootstrap: str, topic: str, *, events: int, keys: int, filler: int) -> None:
    """Put events on the topic as the relay would: keyed, 1 KB, an id in the headers."""
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap,
        acks="all",
        enable_idempotence=True,
        linger_ms=5,
        max_batch_size=500_000,
    )
    await producer.start()
    payload = json.dumps({"text": "x" * filler}).encode()
    try:
        for start in range(0, events, 2000):
            await asyncio.gather(
                *[
                    await producer.send(
                        topic,
                        payload,
                        key=f"k{n % keys}".encode(),
                        headers=[("id", str(uuid4()).encode())],
                    )
                    for n in range(start, min(start + 2000, events))
                ]
            )
    finally:
        await producer.stop()


async def consume(url: str, bootstrap: str, topic: str, *, events: int, shape: str) -> float:
    """Events per second of one raw shape."""
    async with asyncpg.create_pool(
        url, min_size=LANES, max_size=LANES, server_settings={"search_path": topic}
    ) as pool:
        await pool.execute(f"CREATE SCHEMA {topic}; SET search_path = {topic}; {TABLES}")
        consumer = AIOKafkaConsumer(
            bootstrap_servers=bootstrap,
            enable_auto_commit=False,
            group_id=topic,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=4_194_304,
        )
        places = [TopicPartition(topic, n) for n in range(4)]
        consumer.assign(places)
        await consumer.start()
        try:
            seen, began = 0, time.perf_counter()
            while seen < events:
                polled = await consumer.getmany(timeout_ms=200, max_records=1000)
                records = [record for batch in polled.values() for record in batch]
                if not records:
                    continue
                if shape == "lanes":
                    await _in_lanes(pool, records)
                else:
                    await _set_based(pool, records)
                await consumer.commit(
                    {place: batch[-1].offset + 1 for place, batch in polled.items()}
                )
                seen += len(records)
            return events / (time.perf_counter() - began)
        finally:
            await consumer.stop()


async def _in_lanes(pool: Any, records: list[Any]) -> None:
    lanes: dict[int, list[Any]] = defaultdict(list)
    for record in records:
        lanes[crc32(record.key) % LANES].append(record)

    async def take_in(lane: list[Any]) -> None:
        async with pool.acquire() as connection, connection.transaction():
            await _enter(connection, lane)
            for record in lane:
                await connection.execute(EFFECT, record.key.decode(), str(record.offset))
            await _follow(connection, lane)

    await asyncio.gather(*(take_in(lane) for lane in lanes.values()))


async def _set_based(pool: Any, records: list[Any]) -> None:
    counts: dict[str, int] = defaultdict(int)
    for record in records:
        counts[record.key.decode()] += 1
    async with pool.acquire() as connection, connection.transaction():
        await _enter(connection, records)
        await connection.execute(
            "UPDATE effects SET n = effects.n + told.n FROM unnest($1::text[], $2::bigint[])"
            " AS told (key, n) WHERE effects.key = told.key",
            list(counts),
            list(counts.values()),
        )
        await _follow(connection, records)


async def _enter(connection: Any, records: list[Any]) -> None:
    await connection.execute(
        "INSERT INTO inbox SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING",
        [UUID(dict(record.headers)["id"].decode()) for record in records],
    )


async def _follow(connection: Any, records: list[Any]) -> None:
    await connection.execute(
        "INSERT INTO follow_ups (event_id, key, payload)"
        " SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[])",
        [uuid4() for _ in records],
        [record.key.decode() for record in records],
        [record.value for record in records],
    )
