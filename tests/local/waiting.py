"""Waiting for what other processes do: asked again and again, but not for ever."""

from collections.abc import Callable

from tests import waiting


async def comes_true(question: Callable[[], bool], *, within: float = 10) -> None:
    """Wait until the answer is yes; fail if it stays no."""

    async def asked() -> bool:
        return question()

    await waiting.comes_true(asked, within=within, every=0.02)
