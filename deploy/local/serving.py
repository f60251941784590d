"""Serving an application on this machine from within a process: for the demo, and for tests."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp

from deploy.local.ports import LOOPBACK

PARTING_SECONDS = 1  # how long an answer without an end may go on when the server ends


@asynccontextmanager
async def served(made_for: Callable[[str], ASGIApp]) -> AsyncIterator[str]:
    """The address of an application, as long as one is inside; it is made knowing its address."""
    with socket.create_server((LOOPBACK, 0)) as listening:
        address = f"http://{LOOPBACK}:{listening.getsockname()[1]}"
        config = uvicorn.Config(
            made_for(address),
            lifespan="off",
            log_level="warning",
            timeout_graceful_shutdown=PARTING_SECONDS,
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield address
        finally:
            server.should_exit = True
            await serving
