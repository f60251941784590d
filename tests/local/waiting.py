"""Waiting for what other processes do: asked again and again, but not for ever."""

import asyncio
from collections.abc import Callable


async def comes_true(question: Callable[[], bool], *, within: float = 10) -> None:
    """Wait until the answer is yes; fail if it stays no."""
    async with asyncio.timeout(within):
        while not question():  # noqa: ASYNC110
            await asyncio.sleep(0.02)
