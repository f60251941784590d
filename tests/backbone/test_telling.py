"""Whatever becomes of the producer, what was told comes to Kafka."""

import asyncio
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer

from shared import telling
from shared.health import Heartbeats
from shared.settings import Settings
from shared.telling import Relay
from tests.backbone.conftest import Lab, accepted
from tests.waiting import comes_true


async def test_a_producer_that_never_answers_is_replaced(
    lab: Lab, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_batch = AIOKafkaProducer.send_batch
    first: list[AIOKafkaProducer] = []

    async def answers_unless_it_is_the_first(
        producer: AIOKafkaProducer, *batch: Any, **to: Any
    ) -> Any:
        if not first:
            first.append(producer)
        if producer is first[0]:
            await asyncio.Event().wait()
        return await send_batch(producer, *batch, **to)

    async def all_is_published() -> bool:
        return all(row["published_at"] for row in await lab.logged("p"))

    monkeypatch.setattr(AIOKafkaProducer, "send_batch", answers_unless_it_is_the_first)
    monkeypatch.setattr(telling, "ROUND_SECONDS", 0.5)
    async with lab.desk.transaction() as tx:
        await tx.lock("p")
        tx.record(accepted("p", 1))

    relaying = asyncio.create_task(Relay(settings, service="lab", beats=Heartbeats()).run())
    try:
        await comes_true(all_is_published, within=30)
    finally:
        relaying.cancel()
        await asyncio.gather(relaying, return_exceptions=True)

    assert first
