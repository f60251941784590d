"""Acts that come at once, in a queue that a test has put in order."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from tests.waiting import comes_true
from tests.world import Answer, World


async def queued(
    world: World, service: str, key: str, *acts: Coroutine[Any, Any, Answer]
) -> list[Answer]:
    """What each act is answered when all come before the first is decided.

    The stream ``key`` is held until every act waits for it; PostgreSQL lets who waits for a row
    through in the order in which they came. So each way in which a race may end can be walked.
    """
    under_way: list[asyncio.Task[Answer]] = []

    async def all_wait() -> bool:
        waiting = await world.rows(
            service,
            "SELECT FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock' AND query LIKE '%FROM streams%'",
        )
        return len(waiting) == len(under_way)

    async with world[service].desk.transaction() as tx:
        await tx.execute("SELECT FROM streams WHERE key = $1 FOR UPDATE", key)
        for act in acts:
            under_way.append(asyncio.create_task(act))
            await comes_true(all_wait, every=0.005)
    return await asyncio.gather(*under_way)
