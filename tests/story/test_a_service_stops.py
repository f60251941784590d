"""A service stops when it is told to, whatever it is doing at that moment."""

from asyncio import gather, sleep, timeout

from tests.conftest import Opening
from tests.waiting import comes_true


async def test_it_stops_although_its_relay_is_woken_in_the_same_moment(
    open_world: Opening, kafka: str
) -> None:
    async with open_world("intake", kafka=kafka) as world:
        running = world.running["intake"]
        relay = running.backbone.relay
        assert running.carried is not None

        async def leads() -> bool:
            return relay.leads

        await comes_true(leads)
        await sleep(0.1)  # nothing is told: it waits to be woken
        relay.wake()
        running.carried.cancel()

        async with timeout(10):
            await gather(running.carried, return_exceptions=True)

        assert running.carried.cancelled()
