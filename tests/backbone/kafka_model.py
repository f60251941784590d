"""A model of Kafka's promises, with faults that can be asked for: partitions, no more.

It stands in for a broker only where thousands of runs per minute are needed; the same claims
are checked on a real broker in tests/connected.
"""

from dataclasses import dataclass, field
from typing import Any

from aiokafka.errors import KafkaError
from aiokafka.partitioner import DefaultPartitioner
from aiokafka.structs import RecordMetadata, TopicPartition

from tests.world import Carried

PARTITIONS = 3


class Lost(KafkaError):  # type: ignore[misc]
    """The broker did not answer."""


@dataclass
class Batch:
    """What a relay puts together for one partition."""

    entries: list[tuple[bytes, bytes, list[tuple[str, bytes]]]] = field(default_factory=list)

    def append(
        self, *, timestamp: int, key: bytes, value: bytes, headers: list[tuple[str, bytes]]
    ) -> object:
        """Add a record."""
        self.entries.append((key, value, headers))
        return self

    def close(self) -> None:
        """Nothing more is added."""


@dataclass
class Model:
    """Partitions that keep what they are given, and a producer's view of them."""

    log: list[list[Carried]] = field(default_factory=lambda: [[] for _ in range(PARTITIONS)])
    faults: list[str] = field(default_factory=list)

    async def partitions_for(self, topic: str) -> set[int]:
        """The partitions of a topic."""
        return set(range(PARTITIONS))

    def create_batch(self) -> Batch:
        """An empty batch."""
        return Batch()

    async def send_batch(self, batch: Batch, topic: str, *, partition: int) -> Any:
        """Write a batch, or fail before or after writing it."""
        fault = self.faults.pop(0) if self.faults else "none"

        async def answer() -> RecordMetadata:
            if fault == "before":
                raise Lost
            offset = len(self.log[partition])
            for key, value, headers in batch.entries:
                place = len(self.log[partition])
                self.log[partition].append(
                    Carried("proposals", partition, place, key, value, headers)
                )
            if fault == "after":
                raise Lost
            where = TopicPartition(topic, partition)
            return RecordMetadata(topic, partition, where, offset, 0, 0, 0)

        return answer()


def partition_of(key: str) -> int:
    """Where a key's records are."""
    partitions = list(range(PARTITIONS))
    return int(DefaultPartitioner()(key.encode(), partitions, partitions))
