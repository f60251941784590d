"""Settling: a day is over when everything that was told has been heard."""

import asyncio
import time
from collections.abc import Mapping

import httpx

from deploy.troubles import Trouble

PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.01
CALM_ROUNDS = 2  # what one round saw as done may still have been on its way to another service


class NotSettled(Trouble):
    """事件超过{seconds:.0f}秒没有传递完毕：{why}。请运行 huiban doctor 查看原因。"""


async def settle(client: httpx.AsyncClient, *, addresses: Mapping[str, str]) -> None:
    """Wait until no service has anything left to tell or to hear.

    Raises:
        NotSettled: something does not come to rest.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    calm = 0
    while calm < CALM_ROUNDS:
        restless = await asyncio.gather(
            *(_restless(client, service, address) for service, address in addresses.items())
        )
        open_ends = [why for why in restless if why]
        calm = 0 if open_ends else calm + 1
        if open_ends:
            if time.monotonic() > deadline:
                raise NotSettled(seconds=PATIENCE_SECONDS, why="；".join(open_ends))
            await asyncio.sleep(PAUSE_SECONDS)


async def _restless(client: httpx.AsyncClient, service: str, address: str) -> str:
    """What a service still has to do; empty when nothing."""
    try:
        response = await client.get(f"{address}/status")
    except httpx.TransportError as error:
        return f"{service}没有应答（{error!r}）"
    if not response.is_success:
        return f"{service}应答{response.status_code}"
    status = response.json()
    if status["outbox_pending"] or status["lag"] != 0:
        return f"{service}待发{status['outbox_pending']}条、待收{status['lag']}条"
    waiting = {state: n for state, n in status["parked"].items() if n}
    return f"{service}搁置{waiting}" if waiting else ""
