"""Replaying: a read side is built anew from the topics beside the one that serves, then swapped.

The live consumer group is not touched: the replay reads by assignment, into a shadow schema with
inbox, cursors and parking of its own. The swap waits for the live listener's transaction, reads
the last few records, deals with parked ones as operators did before, renames the schemas and lets
the listener go on; whatever it had in hand comes to the new schema as a duplicate.
"""

import gc
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass

import asyncpg
from aiokafka import AIOKafkaConsumer

from shared import parking
from shared.clock import monotonic_seconds
from shared.contracts.event import PROPOSALS, REFERENCE
from shared.hearing import Ears, Hearing
from shared.postgres import migrate, migrations, open_pool
from shared.refusals import Refusal
from shared.settings import Settings
from shared.work import Desk

POLL_RECORDS = 4000
CLOSE_ENOUGH = 1000

Say = Callable[[int, int], None]


class ReplayUnderWay(Refusal):
    """{service}正在重建，请等它结束。"""


class TopicsMissing(Refusal):
    """Kafka 上没有主题{topics}，请先运行 huiban prepare。"""


@dataclass(frozen=True)
class Rebuilt:
    """What a replay did."""

    records: int
    seconds: float
    parked: int


async def rebuild(settings: Settings, *, service: str, ears: Ears, say: Say) -> Rebuilt:
    """Build a read side anew and put it in the place of the old one.

    ``say`` is told how many records of how many have been read.

    Raises:
        ReplayUnderWay: somebody else is at it.
        TopicsMissing: there is nothing to read from.
    """
    shadow = f"{service}_next"
    began = monotonic_seconds()
    connection = await asyncpg.connect(settings.database_url, timeout=10)
    try:
        mine = await connection.fetchval(
            "SELECT pg_try_advisory_lock(hashtextextended('replay ' || $1, 0))", service
        )
        if not mine:
            raise ReplayUnderWay(service=service)
        await connection.execute(f"DROP SCHEMA IF EXISTS {shadow} CASCADE")
        await connection.execute(f"CREATE SCHEMA {shadow}")
        async with (
            open_pool(settings.database_url, schema=shadow) as pool,
            _reading(settings) as consumer,
        ):
            await migrate(pool, migrations(f"services.{service}"), schema=shadow)
            desk = Desk(pool, service=service)
            hearing = Hearing(desk, ears)
            with _seldom_collecting():
                records = await _read_on(consumer, hearing, say=say, until_left=CLOSE_ENOUGH)
            async with connection.transaction():
                await connection.execute(f"LOCK TABLE {service}.cursors IN EXCLUSIVE MODE")
                records += await _read_on(consumer, hearing, say=say, until_left=0)
                for decision in await _decisions(connection, service=service):
                    await _repeat(decision, desk, hearing)
                parked: int = await pool.fetchval("SELECT count(*) FROM parked")
                await pool.close()
                await _swap(connection, service=service, shadow=shadow)
        await connection.execute(f"DROP SCHEMA {service}_before CASCADE")
        return Rebuilt(records, monotonic_seconds() - began, parked)
    finally:
        await connection.close()


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """A replay makes values by the million and hardly a cycle: the search costs a third of it."""
    usual = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


async def _decisions(
    connection: "asyncpg.Connection[asyncpg.Record]", *, service: str
) -> list[parking.Decision]:
    rows = await connection.fetch(
        f"""
        SELECT topic, partition, record_offset, by, reason, after
          FROM {service}.park_actions
         WHERE action IN ('skip', 'correct')
         ORDER BY id
        """  # noqa: S608
    )
    return [parking.Decision(**row) for row in rows]


async def _repeat(decision: parking.Decision, desk: Desk, hearing: Hearing) -> None:
    """A rebuilt read side need not be put right once more."""
    with suppress(Refusal):
        async with desk.transaction() as tx:
            await parking.repeat(tx, decision)
    await hearing.retry_parked()


async def _swap(
    connection: "asyncpg.Connection[asyncpg.Record]", *, service: str, shadow: str
) -> None:
    """Rename the schemas; what is on file of operators' acts stays as it is."""
    columns = (
        "parked_id, event_id, topic, partition, record_offset,"
        " action, by, reason, before, after, done_at"
    )
    await connection.execute(f"TRUNCATE {shadow}.park_actions")
    await connection.execute(
        f"INSERT INTO {shadow}.park_actions ({columns})"  # noqa: S608
        f" SELECT {columns} FROM {service}.park_actions ORDER BY id"
    )
    await connection.execute(f"ALTER SCHEMA {service} RENAME TO {service}_before")
    await connection.execute(f"ALTER SCHEMA {shadow} RENAME TO {service}")


@asynccontextmanager
async def _reading(settings: Settings) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer without a group: it is given every partition, from the first record on."""
    topics = [settings.topic(REFERENCE), settings.topic(PROPOSALS)]
    consumer = AIOKafkaConsumer(
        *topics,
        bootstrap_servers=settings.kafka_bootstrap_servers,
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=8_388_608,
    )
    await consumer.start()
    try:
        there = {place.topic for place in consumer.assignment()}
        if missing := [topic for topic in topics if topic not in there]:
            raise TopicsMissing(topics="、".join(missing))
        yield consumer
    finally:
        await consumer.stop()


async def _read_on(
    consumer: AIOKafkaConsumer, hearing: Hearing, *, say: Say, until_left: int
) -> int:
    """Take records in until at most this many are left of those there are now."""
    ends = await consumer.end_offsets(list(consumer.assignment()))
    read = 0
    while True:
        positions = {place: await consumer.position(place) for place in ends}
        left = sum(max(0, ends[place] - positions[place]) for place in ends)
        say(sum(positions.values()), sum(ends.values()))
        if left <= until_left:
            return read
        polled = await consumer.getmany(timeout_ms=500, max_records=POLL_RECORDS)
        records = [record for batch in polled.values() for record in batch]
        if records:
            await hearing.hear(records)
            read += len(records)
