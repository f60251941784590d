"""Listening to Kafka: FastStream polls in batches, ``Hearing`` takes them in, offsets come last.

A client that stands still although there is more to hear is replaced by a new one: what it lost
is a place in the group, never an event.
"""

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
COMMIT_ANSWER_SECONDS = 5.0
LOOK_SECONDS = 5.0
STANDSTILL_SECONDS = 30.0  # longer than a group needs to find itself again
ENDING_SECONDS = 30.0


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
        self._settings = settings
        self._service = service
        self._hearing = hearing
        self._beats = beats
        self._pause = 1.0
        self._busy = False
        self._asking: AIOKafkaConsumer | None = None
        self._committed: dict[TopicPartition, int] = {}
        self._committed_at = float("-inf")
        self._seen_at: dict[TopicPartition, int] = {}
        self.topics = [settings.topic(PROPOSALS), settings.topic(REFERENCE)]
        self._renew()

    def _renew(self) -> None:
        """A client that has not joined the group yet."""
        self._membership = Membership()
        self._broker = KafkaBroker(
            self._settings.kafka_bootstrap_servers,
            client_id=self._service,
            allow_auto_create_topics=False,
            apply_types=False,
            logger=log,
            log_level=logging.DEBUG,
            graceful_timeout=15,
        )
        self._subscriber = self._broker.subscriber(
            *self.topics,
            group_id=self._settings.group(self._service),
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
        self._asking = AIOKafkaConsumer(
            bootstrap_servers=self._settings.kafka_bootstrap_servers, group_id=None
        )
        await self._asking.start()
        await self._broker.start()

    async def stop(self) -> None:
        """Finish the poll under way, commit, leave the group."""
        try:
            await self._commit(at_once=True)
            await self._broker.stop()
        finally:
            if self._asking is not None:
                await self._asking.stop()

    async def run(self) -> None:
        """Beat for the polling task and commit; begin anew where listening stands still."""
        looked_at = moved_at = monotonic_seconds()
        while True:
            # An empty topic brings no polls. A task that failed is followed by another.
            if any(not task.done() for task in self._subscriber.tasks):
                self._beats.beat("listener")
            await self._commit()
            if (now := monotonic_seconds()) - looked_at >= LOOK_SECONDS:
                looked_at = now
                if await self._moves():
                    moved_at = now
                elif now - moved_at >= STANDSTILL_SECONDS:
                    await self._begin_anew()
                    moved_at = monotonic_seconds()
            await asyncio.sleep(COMMIT_SECONDS)

    async def _moves(self) -> bool:
        """Whether it has come further since the last look, is at work, or has nothing to hear."""
        before, self._seen_at = self._seen_at, dict(self._membership.reached)
        spare = self.joined() and not self.assigned()
        return self._busy or spare or self._seen_at != before or await self.lag() == 0

    async def _begin_anew(self) -> None:
        """Close the client, which may have died without a word, and listen with a new one."""
        log.error("listening stands still: a new client takes over")
        metrics.LISTENING_ANEW.inc()
        pause = 1.0
        while True:
            try:
                async with asyncio.timeout(ENDING_SECONDS):
                    await self.stop()
            except Exception as error:
                log.warning("the client before did not close", extra={"error": repr(error)})
            self._renew()
            try:
                await self.start()
            except (KafkaError, OSError) as error:
                log.warning("listening waits for Kafka", extra={"error": repr(error)})
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            else:
                return

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
        except Exception as error:
            log.info("no telling how far behind", extra={"error": repr(error)})
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
        self._busy = True
        try:
            with metrics.POLL_SECONDS.time():
                await self._beats.beating("listener", self._hearing.hear(records))
        except Exception as error:
            # An outage, or a fault of ours: whatever is raised to FastStream is taken for heard.
            await self._go_back(consumer, records, error)
            return
        finally:
            self._busy = False
        self._pause = 1.0
        _note_age(records[-1].timestamp)
        ours = self.assigned()
        for record in records:
            if (place := TopicPartition(record.topic, record.partition)) in ours:
                self._membership.reached[place] = record.offset + 1
        await self._commit()

    async def _commit(self, *, at_once: bool = False) -> None:
        """Tell Kafka how far we are, now and then: what comes again is seen as duplicates.

        It has little time to answer, since the next poll waits.
        """
        consumer, reached = self._subscriber.consumer, dict(self._membership.reached)
        due = at_once or monotonic_seconds() - self._committed_at >= COMMIT_SECONDS
        if consumer is None or not due or not reached or reached == self._committed:
            return
        self._committed_at = monotonic_seconds()
        try:
            async with asyncio.timeout(COMMIT_ANSWER_SECONDS):
                await consumer.commit(reached)
        except Exception as error:
            # A partition went to another member, the broker is away, or the client has died.
            log.info("offsets not committed", extra={"error": repr(error)})
        else:
            self._committed = reached

    async def _go_back(
        self,
        consumer: Any,
        records: Sequence["ConsumerRecord[bytes, bytes]"],
        error: Exception,
    ) -> None:
        """Park nothing: go back to the first record of the poll and try again after a pause."""
        if isinstance(error, OUTAGES):
            log.warning("database is away: listening pauses", extra={"error": repr(error)})
        else:
            log.error("a poll failed: listening pauses", exc_info=error)
        first: dict[TopicPartition, int] = {}
        for record in records:
            first.setdefault(TopicPartition(record.topic, record.partition), record.offset)
        for partition, offset in first.items():
            if partition in consumer.assignment():
                consumer.seek(partition, offset)
        await self._beats.beating("listener", asyncio.sleep(self._pause))
        self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)


def _note_age(milliseconds: int) -> None:
    metrics.LAG_SECONDS.set(max(0.0, epoch_seconds() - milliseconds / 1000))


async def wrap(records: tuple["ConsumerRecord[bytes, bytes]", ...]) -> KafkaMessage:
    """A parser that cannot fail: it looks at nothing."""
    return KafkaMessage(body=b"", raw_message=records, consumer=None)  # type: ignore[arg-type]


async def unwrap(message: "StreamMessage[Any]") -> Any:
    """Hand over the records as they came."""
    return message.raw_message
