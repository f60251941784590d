"""Whatever becomes of the client on Kafka, what was told is heard."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from operator import attrgetter
from typing import Any

import pytest
import uvloop
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.conn import AIOKafkaConnection, create_conn
from aiokafka.errors import KafkaConnectionError
from aiokafka.protocol.admin import ApiVersionRequest

from shared import listening
from shared.clock import monotonic_seconds
from shared.connections import fail_as_kafka_fails
from shared.health import Heartbeats
from shared.listening import Listener
from shared.settings import Settings
from tests.backbone.conftest import Lab
from tests.waiting import comes_true

Tell = Callable[..., Awaitable[None]]


@pytest.fixture
async def listener(lab: Lab, settings: Settings) -> AsyncIterator[Listener]:
    """The lab listens; a client that stands still is given little time."""
    with pytest.MonkeyPatch.context() as hurried:
        hurried.setattr(listening, "LOOK_SECONDS", 0.2)
        hurried.setattr(listening, "STANDSTILL_SECONDS", 1.0)
        hurried.setattr(listening, "COMMIT_ANSWER_SECONDS", 0.5)
        listener = Listener(settings, lab.hearing, service="lab", beats=Heartbeats())
        await listener.start()
        running = asyncio.create_task(listener.run())
        try:
            await comes_true(lambda: _said(listener.assigned()))
            yield listener
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await listener.stop()


@pytest.fixture
async def tell(lab: Lab, listener: Listener, settings: Settings) -> AsyncIterator[Tell]:
    """Tell the lab of a proposal, and wait until it has heard that."""
    async with AIOKafkaProducer(bootstrap_servers=settings.kafka_bootstrap_servers) as producer:

        async def tell(proposal: str, *numbers: int) -> None:
            for record in lab.story(proposal, *numbers):
                await producer.send_and_wait(
                    listener.topics[0], record.value, key=record.key, headers=record.headers
                )

            async def all_is_heard() -> bool:
                return (await lab.noted(proposal))[-len(numbers) :] == list(numbers)

            await comes_true(all_is_heard, within=30)

        yield tell


async def _said(there: Any) -> bool:
    return bool(there)


def consumer_of(listener: Listener) -> AIOKafkaConsumer:
    """The client that is listening now."""
    consumer: AIOKafkaConsumer | None = listener._subscriber.consumer
    assert consumer is not None
    return consumer


@pytest.mark.parametrize(
    ("asked_for", "task"),
    [
        ("FetchRequest", "_fetcher._fetch_task"),
        ("FindCoordinatorRequest", "_coordinator._coordination_task"),
    ],
)
async def test_a_client_that_will_never_hear_again_is_replaced(
    listener: Listener, tell: Tell, asked_for: str, task: str
) -> None:
    await tell("p", 1)
    before = consumer_of(listener)
    send, dying = before._client.send, attrgetter(task)(before)

    async def fails(node: Any, request: Any, **more: Any) -> Any:
        if type(request).__name__ == asked_for:
            raise RuntimeError("the handler is closed")
        return await send(node, request, **more)

    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(before._client, "send", fails)
        before._coordinator.coordinator_dead()  # it will be looked for
        await comes_true(lambda: _said(dying.done()))
    assert dying.exception() is not None

    await tell("p", 2)

    assert consumer_of(listener) is not before
    await tell("p", 3)


async def test_a_client_that_has_nothing_to_hear_is_left_alone(
    listener: Listener, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    await tell("p", 1)
    before, lag = consumer_of(listener), listener.lag
    looked_at: list[float] = []

    async def noted() -> int | None:
        looked_at.append(monotonic_seconds())
        return await lag()

    monkeypatch.setattr(listener, "lag", noted)

    async def was_looked_at_for_long() -> bool:
        return bool(looked_at) and looked_at[-1] - looked_at[0] > 2 * listening.STANDSTILL_SECONDS

    await comes_true(was_looked_at_for_long)

    assert consumer_of(listener) is before


async def test_a_poll_that_fails_unexpectedly_comes_again(
    lab: Lab, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    hear = lab.hearing.hear
    failed: list[Sequence[Any]] = []

    async def fails_once(records: Sequence[Any]) -> None:
        if not failed:
            failed.append(records)
            raise RuntimeError("nobody expected this")
        await hear(records)

    monkeypatch.setattr(lab.hearing, "hear", fails_once)

    await tell("p", 1, 2)

    assert failed
    assert await lab.noted("p") == [1, 2]


async def test_it_goes_on_hearing_while_kafka_does_not_take_its_offsets(
    listener: Listener, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    async def no_answer(*offsets: Any) -> None:
        asked.append(offsets)
        await asyncio.Event().wait()

    monkeypatch.setattr(consumer_of(listener), "commit", no_answer)

    for number in range(1, 6):
        await tell("p", number)

    assert asked


async def test_on_uvloop_writing_to_a_closed_connection_fails_as_kafka_fails(
    kafka: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def write_to_a_closed_connection() -> None:
        host, port = kafka.split(":")
        connection = await create_conn(host, int(port))
        connection._writer.transport.abort()
        assert connection.connected(), "its reader has not noticed yet"
        with pytest.raises(KafkaConnectionError):
            await connection.send(ApiVersionRequest())
        assert not connection.connected()

    monkeypatch.setattr(AIOKafkaConnection, "send", AIOKafkaConnection.send)
    fail_as_kafka_fails()

    await asyncio.to_thread(uvloop.run, write_to_a_closed_connection())
