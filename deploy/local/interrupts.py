"""Ctrl-C: the first one ends everything in order, the following ones are answered with patience."""

import asyncio
import signal
from collections.abc import Coroutine

from deploy.local.supervisor import Say

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run_until_interrupted(work: Coroutine[None, None, None], *, say: Say) -> bool:
    """Run some work to its end, or until we are asked to stop: was it run to its end?"""
    return asyncio.run(_run(work, say=say))


async def _run(work: Coroutine[None, None, None], *, say: Say) -> bool:
    task = asyncio.ensure_future(work)
    asked = False

    def stop() -> None:
        nonlocal asked
        if not asked:
            say("正在停止，请稍候……")
            task.cancel()
        asked = True

    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, stop)
    try:
        await task
    except asyncio.CancelledError:
        if not asked:
            raise
        return False
    return True
