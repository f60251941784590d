"""Is this process alive, and may it be given work: the loops report, readiness reads."""

import asyncio
from collections.abc import Awaitable

from shared import metrics

STALE_SECONDS = 20.0


class Heartbeats:
    """When each loop last came round."""

    def __init__(self) -> None:
        self._last: dict[str, float] = {}

    def beat(self, loop: str) -> None:
        """This loop has just come round."""
        self._last[loop] = asyncio.get_running_loop().time()

    def ages(self) -> dict[str, float]:
        """Seconds since each loop's last beat."""
        now = asyncio.get_running_loop().time()
        ages = {loop: now - last for loop, last in self._last.items()}
        for loop, age in ages.items():
            metrics.LOOP_AGE.labels(loop=loop).set(age)
        return ages

    def stale(self) -> list[str]:
        """The loops that have not come round for too long."""
        return sorted(loop for loop, age in self.ages().items() if age > STALE_SECONDS)

    async def beating(self, loop: str, work: Awaitable[object], *, every: float = 5.0) -> None:
        """Beat for a loop while a piece of its work is under way."""
        task = asyncio.ensure_future(work)
        try:
            while not task.done():
                self.beat(loop)
                await asyncio.wait({task}, timeout=every)
            await task
        finally:
            task.cancel()
