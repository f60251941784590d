"""A service stops when it is told to, whatever it is doing at that moment."""

from asyncio import Event, gather, timeout
from typing import Any

import pytest

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
        running.carried.cancel()

        async with timeout(10):
            await gather(running.carried, return_exceptions=True)

        assert running.carried.cancelled()
