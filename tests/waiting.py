"""Waiting for what comes by itself: nobody sleeps and hopes."""

import asyncio
from collections.abc import Awaitable, Callable

PATIENCE_SECONDS = 90.0  # the machine may be busy with other things


async def comes_true(
    question: Callable[[], Awaitable[bool]],
    *,
    within: float = PATIENCE_SECONDS,
    every: float = 0.05,
) -> None:
    """Wait until the answer is yes; fail if it stays no."""
    async with asyncio.timeout(within):
        while not await question():  # noqa: ASYNC110
            await asyncio.sleep(every)
