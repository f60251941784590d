"""A service stops when it is told to, whatever it is doing at that moment."""

from asyncio import Event, Future, Task, create_task, gather, timeout
from collections.abc import Callable
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.conn import AIOKafkaConnection

from shared import telling
from tests.conftest import Opening
from tests.waiting import comes_true


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
        connects, connections = Event(), relays_connections(monkeypatch)

        def noticed(request: Any) -> None:
            if type(request).__name__ == asked_for:
                connects.set()

        connections.told = noticed
        again = create_task(running.backbone.relay.run())
        await connects.wait()
        await ended(again)

        assert not connections.open()


async def test_it_closes_a_producer_in_the_end_although_that_takes_long(
    open_world: Opening, kafka: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_world("intake", kafka=kafka) as world:
        running = world.running["intake"]
        assert running.carried is not None
        await ended(running.carried)
        connections, started, goes_on = relays_connections(monkeypatch), Event(), Event()
        start = AIOKafkaProducer.start

        async def slow(producer: AIOKafkaProducer) -> None:
            await start(producer)
            started.set()
            await goes_on.wait()

        monkeypatch.setattr(AIOKafkaProducer, "start", slow)
        monkeypatch.setattr(telling, "ENDING_SECONDS", 0.1)
        again = create_task(running.backbone.relay.run())
        await started.wait()
        await ended(again)
        assert connections.open(), "it is not waited for"

        goes_on.set()

        async def all_are_closed() -> bool:
            return not connections.open()

        await comes_true(all_are_closed)


class Connections:
    """The connections that relays open from now on."""

    def __init__(self) -> None:
        self.seen: set[AIOKafkaConnection] = set()
        self.told: Callable[[Any], None] = lambda _: None

    def open(self) -> list[AIOKafkaConnection]:
        """Those that nobody has closed yet."""
        return [connection for connection in self.seen if connection.connected()]


def relays_connections(monkeypatch: pytest.MonkeyPatch) -> Connections:
    """Notice every connection of the intake's relay, and what it asks."""
    connections, send = Connections(), AIOKafkaConnection.send

    def noticed(connection: AIOKafkaConnection, request: Any, **more: Any) -> Future[Any]:
        if connection._client_id == "intake-relay":
            connections.seen.add(connection)
            connections.told(request)
        sent: Future[Any] = send(connection, request, **more)
        return sent

    monkeypatch.setattr(AIOKafkaConnection, "send", noticed)
    return connections


async def ended(task: Task[Any]) -> None:
    """It is told to stop, and does so soon."""
    task.cancel()
    async with timeout(10):
        await gather(task, return_exceptions=True)
    assert task.cancelled()
