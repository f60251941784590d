"""Listening to Kafka: FastStream polls in batches, ``Hearing`` takes them in, offsets come last."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.message import KafkaMessage
from faststream.message import StreamMessage

from shared import metrics
from shared.clock import epoch_seconds, monotonic_seconds
from shared.contracts.event import PROPOSALS, REFERENCE
from shared.health import Heartbeats
from shared.hearing import Hearing
from shared.postgres import OUTAGES
from shared.settings import Settings

log = logging.getLogger("huiban.listening")

POLL_RECORDS = 1000
POLL_WAIT_MS = 25  # after an empty poll FastStream sleeps as long again
LONGEST_PAUSE_SECONDS = 30.0
LAG_ANSWER_SECONDS = 1.0
COMMIT_SECONDS = 0.5


class Membership(ConsumerRebalanceListener):  # type: ignore[misc]
    """Whether the group has given this process its part, and how far it has come in it.

    A spare member's part is empty.
    """

    def __init__(self) -> None:
        self.joined = False
        self.reached: dict[TopicPartition, int] = {}

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        """A rebalance begins: of what may be another's from now on it is not ours to speak."""
        self.joined = False
        self.reached.clear()

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        """The group is whole again."""
        self.joined = True


class Listener:
    """The service's consumer group on both topics."""

    def __init__(
        self, settings: Settings, hearing: Hearing, *, service: str, beats: Heartbeats
    ) -> None:
        self._hearing = hearing
        self._beats = beats
        self._pause = 1.0
        self._membership = Membership()
        self._servers = settings.kafka_bootstrap_servers
        self._asking: AIOKafkaConsumer | None = None
        self._committed: dict[TopicPartition, int] = {}
        self._committed_at = float("-inf")
        self._every_seconds = COMMIT_SECONDS
        self.broker = KafkaBroker(
            settings.kafka_bootstrap_servers,
            client_id=service,
            allow_auto_create_topics=False,
            apply_types=False,
            logger=log,
            log_level=logging.DEBUG,
            graceful_timeout=15,
        )
        self.topics = [settings.topic(PROPOSALS), settings.topic(REFERENCE)]
        self._subscriber = self.broker.subscriber(
            *self.topics,
            group_id=settings.group(service),
            batch=True,
            max_records=POLL_RECORDS,
            batch_timeout_ms=POLL_WAIT_MS,
            ack_policy=AckPolicy.MANUAL,
            auto_offset_reset="earliest",
            session_timeout_ms=10_000,
            heartbeat_interval_ms=1_000,
            max_partition_fetch_bytes=4_194_304,
            listener=self._membership,
            parser=wrap,
            decoder=unwrap,
        )
        self._subscriber(self._on_poll)

    async def start(self) -> None:
        """Join the group and begin to poll."""
        self._beats.beat("listener")
        # Questions on the connection of the long poll would wait until it ends. This one comes
        # first: where Kafka is away, a broker that failed to start leaves its producer open.
        self._asking = AIOKafkaConsumer(bootstrap_servers=self._servers, group_id=None)
        await self._asking.start()
        await self.broker.start()

    async def stop(self) -> None:
        """Finish the poll under way, commit, leave the group."""
        self._every_seconds = 0.0
        try:
            await self._commit()
            await self.broker.stop()
        finally:
            if self._asking is not None:
                await self._asking.stop()

    def assigned(self) -> set[TopicPartition]:
        """The partitions that this process reads now; a spare member has none."""
        consumer = self._subscriber.consumer
        return set(consumer.assignment()) if consumer is not None else set()

    def joined(self) -> bool:
        """Whether the group has given this process its part, be it none."""
        consumer = self._subscriber.consumer
        return consumer is not None and self._membership.joined

    async def lag(self) -> int | None:
        """Records on the assigned partitions that are not yet taken in.

        None when there is no telling: nothing is assigned, or Kafka does not answer.
        """
        consumer, asking = self._subscriber.consumer, self._asking
        partitions = list(self.assigned())
        if consumer is None or asking is None or not partitions:
            return None
        reached = dict(self._membership.reached)
        quiet = [place for place in partitions if place not in reached]
        try:
            async with asyncio.timeout(LAG_ANSWER_SECONDS):
                ends, *committed = await asyncio.gather(
                    asking.end_offsets(partitions), *map(consumer.committed, quiet)
                )
                reached |= dict(zip(quiet, committed, strict=True))
                never = [place for place in quiet if reached[place] is None]
                reached |= await asking.beginning_offsets(never)
        except (KafkaError, TimeoutError):
            return None
        lag: int = sum(max(0, ends[place] - reached[place]) for place in partitions)
        metrics.LAG_RECORDS.set(lag)
        if lag == 0:
            metrics.LAG_SECONDS.set(0)
        return lag

    async def _on_poll(self, records: Sequence["ConsumerRecord[bytes, bytes]"]) -> None:
        consumer = self._subscriber.consumer
        assert consumer is not None
        _note_age(min(record.timestamp for record in records))
        with metrics.POLL_SECONDS.time():
            try:
                await self._beats.beating("listener", self._hearing.hear(records))
            except OUTAGES as error:
                await self._wait_for_database(consumer, records, error)
                return
        self._pause = 1.0
        _note_age(records[-1].timestamp)
        ours = self.assigned()
        for record in records:
            if (place := TopicPartition(record.topic, record.partition)) in ours:
                self._membership.reached[place] = record.offset + 1
        await self._commit()

    async def _commit(self) -> None:
        """Tell Kafka how far we are, now and then: what comes again is seen as duplicates."""
        consumer, reached = self._subscriber.consumer, dict(self._membership.reached)
        due = monotonic_seconds() - self._committed_at >= self._every_seconds
        if consumer is None or not due or not reached or reached == self._committed:
            return
        self._committed_at = monotonic_seconds()
        try:
            await consumer.commit(reached)
        except KafkaError as error:
            # A partition went to another member, or the broker is away.
            log.info("offsets not committed", extra={"error": repr(error)})
        else:
            self._committed = reached

    async def _wait_for_database(
        self,
        consumer: Any,
        records: Sequence["ConsumerRecord[bytes, bytes]"],
        error: BaseException,
    ) -> None:
        """Park nothing: go back to the first record of the poll and try again after a pause."""
        log.warning("database is away: listening pauses", extra={"error": repr(error)})
        first: dict[TopicPartition, int] = {}
        for record in records:
            first.setdefault(TopicPartition(record.topic, record.partition), record.offset)
        for partition, offset in first.items():
            if partition in consumer.assignment():
                consumer.seek(partition, offset)
        await self._beats.beating("listener", asyncio.sleep(self._pause))
        self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)

    async def keep_beating(self) -> None:
        """Beat for the polling task as long as it runs: an empty topic brings no polls."""
        while True:
            if self._subscriber.tasks and not any(task.done() for task in self._subscriber.tasks):
                self._beats.beat("listener")
            await self._commit()
            await asyncio.sleep(COMMIT_SECONDS)


def _note_age(milliseconds: int) -> None:
    metrics.LAG_SECONDS.set(max(0.0, epoch_seconds() - milliseconds / 1000))


async def wrap(records: tuple["ConsumerRecord[bytes, bytes]", ...]) -> KafkaMessage:
    """A parser that cannot fail: it looks at nothing."""
    return KafkaMessage(body=b"", raw_message=records, consumer=None)  # type: ignore[arg-type]


async def unwrap(message: "StreamMessage[Any]") -> Any:
    """Hand over the records as they came."""
    return message.raw_message
