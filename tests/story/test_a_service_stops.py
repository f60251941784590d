"""A service stops when it is told to, whatever it is doing at that moment."""

import gc
from asyncio import Event, Future, Task, create_task, gather, timeout
from typing import Any

import pytest
from aiokafka.conn import AIOKafkaConnection

from tests.conftest import Opening


async def test_it_stops_although_its_relay_is_woken_in_the_same_moment(
    open_world: Opening, kafka: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_world("intake", kafka=kafka) as world:
        running = world.running["intake"]
        relay = running.backbone.relay
        assert running.carried is not None
        waits = Event()

        async def nothing_to_send(*_: Any) -> int:
            waits.set()  # and goes on, without a pause, to wait until it is woken
            return 0

        monkeypatch.setattr(relay, "round", nothing_to_send)
        await waits.wait()
        relay.wake()

        await ended(running.carried)


@pytest.mark.parametrize("asked_for", ["ApiVersionRequest", "MetadataRequest"])
async def test_it_leaves_no_connection_open_although_it_is_only_just_connecting(
    open_world: Opening, kafka: str, monkeypatch: pytest.MonkeyPatch, asked_for: str
) -> None:
    async with open_world("intake", kafka=kafka) as world:
        running = world.running["intake"]
        assert running.carried is not None
        await ended(running.carried)
        connects, send = Event(), AIOKafkaConnection.send

        def noticed(connection: AIOKafkaConnection, request: Any, **more: Any) -> Future[Any]:
            if connection._client_id == "intake-relay" and type(request).__name__ == asked_for:
                connects.set()
            sent: Future[Any] = send(connection, request, **more)
            return sent

        monkeypatch.setattr(AIOKafkaConnection, "send", noticed)
        again = create_task(running.backbone.relay.run())
        await connects.wait()
        await ended(again)

        assert not [
            connection
            for connection in gc.get_objects()
            if isinstance(connection, AIOKafkaConnection)
            and connection._client_id == "intake-relay"
            and connection.connected()
        ]


async def ended(task: Task[Any]) -> None:
    """It is told to stop, and does so soon."""
    task.cancel()
    async with timeout(10):
        await gather(task, return_exceptions=True)
    assert task.cancelled()
