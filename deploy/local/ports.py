"""Ports on loopback: is one free, and which may be taken."""

import asyncio
import random
import socket
from pathlib import Path

LOOPBACK = "127.0.0.1"
LOWEST = 15000
DEFAULT_EPHEMERAL = 32768


def is_free(port: int, *, host: str = LOOPBACK) -> bool:
    """May a server listen here now?"""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(preferred: int | None = None) -> int:
    """A free port: the preferred one, or any below those that outgoing connections use.

    A port of the outgoing range may be taken, while our server is down, by a client that keeps
    trying to reach it: such a connection meets itself.
    """
    if preferred is not None and is_free(preferred):
        return preferred
    candidates = range(LOWEST, _first_ephemeral())
    return next(port for port in random.sample(candidates, len(candidates)) if is_free(port))


async def answers(host: str, port: int) -> bool:
    """Does a server accept connections here?"""
    try:
        async with asyncio.timeout(3):
            _, writer = await asyncio.open_connection(host, port)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True


async def says_ready(port: int) -> bool:
    """Does the service on this port say that it may be given work?"""
    try:
        async with asyncio.timeout(5):
            reader, writer = await asyncio.open_connection(LOOPBACK, port)
            writer.write(b"GET /ready HTTP/1.0\r\nHost: localhost\r\n\r\n")
            status = await reader.readline()
            writer.close()
    except (OSError, TimeoutError, ValueError):
        return False
    return status.split()[1:2] == [b"200"]


def _first_ephemeral() -> int:
    try:
        text = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text()
        first = int(text.split()[0])
    except (OSError, ValueError, IndexError):
        return DEFAULT_EPHEMERAL
    return first if first > LOWEST + 1000 else DEFAULT_EPHEMERAL
