"""Settling: a day is over when every service has heard all that the others have told."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from deploy.troubles import Trouble

PATIENCE_SECONDS = 120.0  # Kafka may have to come back, and the groups to find themselves again
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.015, 0.1


class NotSettled(Trouble):
    """事件超过{seconds:.0f}秒没有传递完毕：{why}。请运行 huiban doctor 查看原因。"""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many events a service has told, and how many of each teller's it has heard."""

    told: int
    heard: Mapping[str, int]


async def settle(client: httpx.AsyncClient, *, addresses: Mapping[str, str]) -> None:
    """Wait until nothing is under way between the services.

    Raises:
        NotSettled: something does not come to rest.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    pause = FIRST_PAUSE_SECONDS
    while why := await _restless(client, addresses=addresses):
        if time.monotonic() > deadline:
            raise NotSettled(seconds=PATIENCE_SECONDS, why=why)
        await asyncio.sleep(pause)
        pause = min(pause * 1.5, LONGEST_PAUSE_SECONDS)


async def _restless(client: httpx.AsyncClient, *, addresses: Mapping[str, str]) -> str:
    """Who has not heard all yet; empty when everybody has.

    A service tells what follows from an event in the transaction that takes it in, and answers
    from one snapshot: so if all have heard all that was told, nobody can have more to tell.
    """
    try:
        asked = (_progress(client, address) for address in addresses.values())
        progress = dict(zip(addresses, await asyncio.gather(*asked), strict=True))
    except httpx.HTTPError as error:
        return repr(error)
    return "；".join(
        f"{listener}只收到{teller}的{one.heard.get(teller, 0)}/{other.told}个事件"
        for listener, one in progress.items()
        for teller, other in progress.items()
        if teller != listener and one.heard.get(teller, 0) != other.told
    )


async def _progress(client: httpx.AsyncClient, address: str) -> Progress:
    response = await client.get(f"{address}/progress")
    progress = response.raise_for_status().json()
    return Progress(told=progress["told"], heard=progress["heard"])
