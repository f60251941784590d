"""The schema: the portal's own is swapped by a replay, this one stays."""

import asyncpg

SCHEMA = "signin"


async def make(pool: "asyncpg.Pool[asyncpg.Record]") -> None:
    """See that the schema is there; two starters wait for one another."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", SCHEMA)
        if not await connection.fetchval(
            "SELECT true FROM pg_namespace WHERE nspname = $1", SCHEMA
        ):
            await connection.execute(f"CREATE SCHEMA {SCHEMA}")
