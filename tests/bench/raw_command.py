"""The raw shape of a command: a validated POST, a row changed and an event kept in a transaction.

No token, no decision, no relay, no ears: what FastAPI and asyncpg can do at all on this machine.
Run by uvicorn as a process of its own, like a service.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from fastapi import FastAPI, Request
from pydantic import BaseModel

SCHEMA = "raw_command"
TABLES = f"""
    CREATE SCHEMA {SCHEMA};
    CREATE TABLE {SCHEMA}.keys (key text PRIMARY KEY, n bigint NOT NULL) WITH (fillfactor = 70);
    CREATE TABLE {SCHEMA}.events (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                                  key text NOT NULL, payload bytea NOT NULL);
"""


class Said(BaseModel):
    """What the client sends."""

    key: str
    text: str


class Kept(BaseModel):
    """What it is answered."""

    key: str


@asynccontextmanager
async def _with_pool(app: FastAPI) -> AsyncIterator[None]:
    async with asyncpg.create_pool(
        os.environ["DATABASE_URL"], max_size=12, server_settings={"search_path": SCHEMA}
    ) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=_with_pool)


@app.get("/ready")
async def ready() -> None:
    """The pool is open."""


@app.post("/commands")
async def command(said: Said, request: Request) -> Kept:
    """Change the key's row, keep the event."""
    async with request.app.state.pool.acquire() as connection, connection.transaction():
        await connection.execute(
            "INSERT INTO keys VALUES ($1, 1) ON CONFLICT (key) DO UPDATE SET n = keys.n + 1",
            said.key,
        )
        await connection.execute(
            "INSERT INTO events (key, payload) VALUES ($1, $2)", said.key, said.text.encode()
        )
    return Kept(key=said.key)
