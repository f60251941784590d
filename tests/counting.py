"""Counting the statements that a page takes: how many times the portal asks the database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from asyncpg.connection import LoggedQuery

from tests.world import World

OF_A_TRANSACTION = ("BEGIN", "COMMIT", "ROLLBACK", "SET ")


@asynccontextmanager
async def statements(world: World) -> AsyncIterator[list[str]]:
    """What the portal asks its database for meanwhile."""
    pool = world["portal"].desk.pool
    asked: list[str] = []

    def note(record: LoggedQuery) -> None:
        if not record.query.lstrip().upper().startswith(OF_A_TRANSACTION):
            asked.append(record.query)

    # Every connection that it may use, so that none asks unheard.
    connections = [await pool.acquire() for _ in range(pool.get_max_size())]
    for connection in connections:
        connection.add_query_logger(note)
        await pool.release(connection)
    yield asked
    connections = [await pool.acquire() for _ in range(pool.get_max_size())]
    for connection in connections:
        connection.remove_query_logger(note)
        await pool.release(connection)
