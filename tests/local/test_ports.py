"""Ports: whether one is free, and which one to take."""

import asyncio
import socket

from deploy.local.ports import LOOPBACK, answers, free_port, is_free, says_ready


def test_a_port_somebody_listens_on_is_not_free() -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        port = server.getsockname()[1]

        assert not is_free(port)

    assert is_free(port)


def test_the_preferred_port_is_taken_when_it_is_free() -> None:
    preferred = free_port()

    assert free_port(preferred) == preferred


def test_another_port_is_taken_when_the_preferred_one_is_busy() -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        preferred = server.getsockname()[1]

        chosen = free_port(preferred)

    assert chosen != preferred
    assert is_free(chosen)


def test_a_chosen_port_is_never_one_that_outgoing_connections_use() -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        first_outgoing = min(server.getsockname()[1], 32768)

    assert all(free_port() < first_outgoing for _ in range(50))


async def test_a_server_answers_or_does_not() -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        port = server.getsockname()[1]

        assert await answers(LOOPBACK, port)

    assert not await answers(LOOPBACK, port)


async def test_only_a_service_that_answers_200_is_ready() -> None:
    said = b"HTTP/1.1 503 Service Unavailable\r\n\r\n"

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(said)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, LOOPBACK, 0) as server:
        port = server.sockets[0].getsockname()[1]

        assert not await says_ready(port)

        said = b"HTTP/1.1 200 OK\r\n\r\n"

        assert await says_ready(port)

    assert not await says_ready(port)
