"""What aiokafka must be told of uvloop: writing to a closed connection fails as Kafka fails.

Where the other side has closed a connection, asyncio's own loop takes what is still written and
lets the reader notice; uvloop refuses with RuntimeError. aiokafka awaits OSError alone: the task
that wrote (it joins, fetches, or asks for metadata) ends for good, and the process never hears
again, https://github.com/aio-libs/aiokafka/issues/1038. To be dropped when that is mended there.
"""

from collections.abc import Awaitable
from functools import wraps
from typing import Any

from aiokafka.conn import AIOKafkaConnection, CloseReason
from aiokafka.errors import KafkaConnectionError


def fail_as_kafka_fails() -> None:
    """From now on, in this process, a write to a closed connection is a KafkaConnectionError."""
    send = AIOKafkaConnection.send

    @wraps(send)
    def tried(connection: Any, request: Any, expect_response: bool = True) -> Awaitable[Any]:
        try:
            sent: Awaitable[Any] = send(connection, request, expect_response)
        except RuntimeError as error:
            connection.close(reason=CloseReason.CONNECTION_BROKEN, exc=error)
            raise KafkaConnectionError(f"{connection!r} is closed") from error
        return sent

    AIOKafkaConnection.send = tried
