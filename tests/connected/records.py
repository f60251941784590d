"""Records that somebody else puts on the topic: foreign, broken, from a later version."""

import json
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import uuid4

from aiokafka import AIOKafkaProducer

from deploy.local.parts import LocalParts
from shared.contracts.event import PROPOSALS
from shared.envelope import headers_of

NINTH = datetime(2024, 1, 9, 9, tzinfo=UTC)
COMMITTEE = {"person": "committee.C004", "name": "测试", "post": "committee", "unit": "C004"}


class Put(NamedTuple):
    """A record on its way."""

    key: bytes | None
    value: bytes
    headers: list[tuple[str, bytes]]


FOREIGN = Put(key=None, value=b"\xff\x00 not ours", headers=[])


def about(key: str, name: str, *, sequence: int, version: int = 1, **data: Any) -> Put:
    """A record that looks like one that intake tells about this proposal."""
    headers = headers_of(
        id=uuid4(),
        type=f"huiban.intake.{name}.v{version}",
        teller="intake",
        key=key,
        sequence=sequence,
        occurred_at=NINTH,
        extensions={},
    )
    return Put(key.encode(), json.dumps(said(key, **data)).encode(), headers)


def said(key: str, **data: Any) -> dict[str, Any]:
    """An event's data."""
    return {"proposal_id": key, "by": COMMITTEE, "on": "2024-01-09", **data}


async def put(parts: LocalParts, *records: Put) -> None:
    """Put records on the topic, one after another."""
    producer = AIOKafkaProducer(bootstrap_servers=parts.addresses.kafka)
    await producer.start()
    try:
        for record in records:
            await producer.send_and_wait(
                PROPOSALS, key=record.key, value=record.value, headers=record.headers
            )
    finally:
        await producer.stop()
