"""Telling: the relay takes the event log to Kafka, in order per key, at least once.

One relay leads per service, by an advisory lock on a connection of its own. A second one that
believes it leads is harmless: both send runs that start at or before the first unmarked event,
so the order of first occurrences stays, and every listener drops the repetitions.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import chain

import asyncpg
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, RecordListTooLargeError
from aiokafka.partitioner import DefaultPartitioner
from aiokafka.producer.message_accumulator import BatchBuilder
from pydantic_core import from_json

from shared import metrics
from shared.clock import monotonic_seconds
from shared.envelope import headers_of
from shared.health import Heartbeats
from shared.postgres import BY_INDEX
from shared.settings import Settings

log = logging.getLogger("huiban.telling")

ROUND = 1000
POLL_SECONDS = 0.2
GATHER_SECONDS = 0.002  # a round costs Kafka the same for one event as for many
FULL_SCAN_SECONDS = 2.0
FLOOR_MARGIN = 10_000  # a transaction still open may hold a number this far below the floor
BATCH_BYTES = 1_000_000
ENDING_SECONDS = 5.0
ROUND_SECONDS = 60.0  # aiokafka gives a batch 40 seconds

NEVER = (MessageSizeTooLargeError, RecordListTooLargeError)

PENDING = """
    SELECT seq, id, aggregatetype, aggregateid, aggregateseq, topic, type, payload,
           headers::text AS extensions, occurred_at
      FROM events AS pending
     WHERE published_at IS NULL
       AND seq > $1
       AND NOT EXISTS (SELECT FROM events AS blocked
                        WHERE blocked.aggregateid = pending.aggregateid
                          AND blocked.blocked IS NOT NULL)
     ORDER BY seq
     LIMIT $2
"""


class Relay:
    """Sends what is pending whenever it is woken, and every 200 ms in case nobody woke it."""

    def __init__(self, settings: Settings, *, service: str, beats: Heartbeats) -> None:
        self._settings = settings
        self._service = service
        self._beats = beats
        self._wake = asyncio.Event()
        self._partition = DefaultPartitioner()
        self._floor = 0
        self._scanned_at = float("-inf")
        self._ending: set[asyncio.Task[None]] = set()
        self.leads = False

    def wake(self) -> None:
        """Something was committed: look now."""
        self._wake.set()

    async def run(self) -> None:
        """Lead, or wait for the leader to go; start over with a new producer after any failure."""
        pause = 0.2
        while True:
            try:
                await self._lead()
                pause = 0.2
            except (KafkaError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
                metrics.OUTBOX_ERRORS.labels(kind=type(error).__name__).inc()
                log.warning("relay starts over", extra={"error": repr(error)})
            except asyncpg.InternalClientError as error:
                # asyncpg reports some killed connections this way.
                log.warning("relay starts over", extra={"error": repr(error)})
            self._beats.beat("relay")
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)

    async def _lead(self) -> None:
        connection = await asyncpg.connect(
            self._settings.database_url,
            server_settings={
                "search_path": self._service,
                "application_name": f"huiban {self._service} relay",
                **BY_INDEX,
            },
            timeout=10,
            command_timeout=30,
        )
        try:
            while not await connection.fetchval(
                "SELECT pg_try_advisory_lock(hashtextextended('relay ' || $1, 0))", self._service
            ):
                self._beats.beat("relay")
                await asyncio.sleep(1.0)
            await self._relay(connection)
        finally:
            self.leads = False
            metrics.RELAY_LEADER.set(0)
            with suppress(Exception):
                await connection.close(timeout=2)

    async def _relay(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        async with self._producer() as producer:
            self.leads = True
            metrics.RELAY_LEADER.set(1)
            while True:
                self._beats.beat("relay")
                self._wake.clear()
                # A producer that has died answers nothing, and knows nothing of it.
                async with asyncio.timeout(ROUND_SECONDS):
                    sent = await self.round(connection, producer)
                if sent == 0:
                    with suppress(TimeoutError):
                        async with asyncio.timeout(POLL_SECONDS):
                            await self._wake.wait()
                elif sent < ROUND:
                    await asyncio.sleep(GATHER_SECONDS)

    @asynccontextmanager
    async def _producer(self) -> AsyncIterator[AIOKafkaProducer]:
        """One for each try: after an error an idempotent producer may stay out of sequence."""
        producer = AIOKafkaProducer(
            bootstrap_servers=self._settings.kafka_bootstrap_servers,
            client_id=f"{self._service}-relay",
            acks="all",
            enable_idempotence=True,
            max_batch_size=BATCH_BYTES,
            max_request_size=BATCH_BYTES,
        )
        # A start that is cancelled leaves its first connection open: it is let come to its end.
        starting = asyncio.create_task(producer.start())
        try:
            await asyncio.shield(starting)
            yield producer
        finally:
            ending = asyncio.create_task(_end(producer, starting))
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)
            # What takes longer ends by itself, beside the next try: a producer that is let go of
            # before it has stopped keeps its connection.
            with suppress(TimeoutError):
                async with asyncio.timeout(ENDING_SECONDS):
                    await asyncio.shield(ending)

    async def round(
        self, connection: "asyncpg.Connection[asyncpg.Record]", producer: AIOKafkaProducer
    ) -> int:
        """Send the oldest pending events and mark what Kafka acknowledged; how many there were.

        The index of pending events is read from a floor on, since its dead entries pile up
        below; every two seconds it is read whole, and the floor moves.
        """
        now = monotonic_seconds()
        full = now - self._scanned_at >= FULL_SCAN_SECONDS
        rows = await connection.fetch(PENDING, 0 if full else self._floor, ROUND)
        if full:
            self._scanned_at = now
            if rows:
                self._floor = max(0, rows[0]["seq"] - FLOOR_MARGIN)
        if rows:
            await self._send(connection, producer, rows)
        return len(rows)

    async def _send(
        self,
        connection: "asyncpg.Connection[asyncpg.Record]",
        producer: AIOKafkaProducer,
        rows: Sequence[asyncpg.Record],
    ) -> None:
        """One record batch per partition: nothing is sent behind a batch that may still fail."""
        by_partition: dict[tuple[str, int], list[asyncpg.Record]] = defaultdict(list)
        for row in rows:
            topic = self._settings.topic(row["topic"])
            by_partition[topic, await self._partition_of(producer, topic, row)].append(row)
        sent = await asyncio.gather(
            *(self._send_batch(producer, place, rows) for place, rows in by_partition.items()),
            return_exceptions=True,
        )
        await self._mark(connection, chain.from_iterable(s for s in sent if isinstance(s, list)))
        for (_, rows_of_partition), result in zip(by_partition.items(), sent, strict=True):
            if isinstance(result, NEVER) and len(rows_of_partition) == 1:
                await self._block(connection, rows_of_partition[0], result)
            elif isinstance(result, NEVER):
                await self._one_by_one(connection, rows_of_partition)
        for result in sent:
            if isinstance(result, BaseException):
                raise result

    async def _partition_of(
        self, producer: AIOKafkaProducer, topic: str, row: asyncpg.Record
    ) -> int:
        partitions = sorted(await producer.partitions_for(topic))
        return int(self._partition(row["aggregateid"].encode(), partitions, partitions))

    async def _send_batch(
        self,
        producer: AIOKafkaProducer,
        place: tuple[str, int],
        rows: Sequence[asyncpg.Record],
    ) -> list[tuple[int, int, int]]:
        """Send what fits into one batch; what was acknowledged, as (seq, partition, offset)."""
        topic, partition = place
        batch = producer.create_batch()
        fitting = 0
        for row in rows:
            if not _append(batch, row):
                break
            fitting += 1
        if fitting == 0:
            raise MessageSizeTooLargeError
        batch.close()
        written = await (await producer.send_batch(batch, topic, partition=partition))
        metrics.OUTBOX_PUBLISHED.labels(topic=topic).inc(fitting)
        return [(row["seq"], partition, written.offset + n) for n, row in enumerate(rows[:fitting])]

    async def _one_by_one(
        self, connection: "asyncpg.Connection[asyncpg.Record]", rows: Iterable[asyncpg.Record]
    ) -> None:
        """Find the event that Kafka refuses, with a producer for each, and hold only its key."""
        held: set[str] = set()
        for row in rows:
            if row["aggregateid"] in held:
                continue
            async with self._producer() as producer:
                try:
                    topic = self._settings.topic(row["topic"])
                    place = (topic, await self._partition_of(producer, topic, row))
                    await self._mark(connection, await self._send_batch(producer, place, [row]))
                except NEVER as error:
                    held.add(row["aggregateid"])
                    await self._block(connection, row, error)

    async def _mark(
        self,
        connection: "asyncpg.Connection[asyncpg.Record]",
        sent: Iterable[tuple[int, int, int]],
    ) -> None:
        marks = list(sent)
        if marks:
            seqs, partitions, offsets = zip(*marks, strict=True)
            await connection.execute(
                """
                UPDATE events
                   SET published_at = clock_timestamp(),
                       kafka_partition = sent.partition,
                       kafka_offset = sent.kafka_offset
                  FROM unnest($1::bigint[], $2::int[], $3::bigint[])
                       AS sent (seq, partition, kafka_offset)
                 WHERE events.seq = sent.seq AND events.seq = ANY($1)
                """,
                seqs,
                partitions,
                offsets,
            )

    async def _block(
        self,
        connection: "asyncpg.Connection[asyncpg.Record]",
        row: asyncpg.Record,
        error: BaseException,
    ) -> None:
        await connection.execute(
            "UPDATE events SET blocked = $2 WHERE seq = $1", row["seq"], repr(error)
        )
        log.error(
            "event blocked: Kafka will never take it; its key waits",
            extra={"event_id": str(row["id"]), "key": row["aggregateid"], "type": row["type"]},
        )


async def _end(producer: AIOKafkaProducer, starting: asyncio.Task[None]) -> None:
    """Let it come to the end of its start, deliver what it has taken, and close."""
    await asyncio.wait((starting,))
    with suppress(KafkaError):
        await producer.stop()


def _append(batch: BatchBuilder, row: asyncpg.Record) -> bool:
    """Add a row's record to the batch, unless the batch is full."""
    added = batch.append(
        key=row["aggregateid"].encode(),
        value=row["payload"],
        timestamp=int(row["occurred_at"].timestamp() * 1000),
        headers=headers_of(
            id=row["id"],
            type=row["type"],
            teller=row["aggregatetype"],
            key=row["aggregateid"],
            sequence=row["aggregateseq"],
            occurred_at=row["occurred_at"],
            extensions=from_json(row["extensions"]),
        ),
    )
    return added is not None
