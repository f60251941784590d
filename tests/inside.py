"""Inside an installation: what its logs, its tables and its topics hold."""

import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
from aiokafka import AIOKafkaConsumer, ConsumerRecord

from deploy.local.databases import in_database
from deploy.local.parts import LocalParts
from deploy.local.roles import DATABASE
from deploy.local.topics import TOPICS
from deploy.services import SERVICES

Records = list["ConsumerRecord[bytes, bytes]"]
Rows = list[tuple[Any, ...]]


class Place(NamedTuple):
    """Where an event stands in its teller's story of a key."""

    teller: str
    key: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Logged:
    """An event as its teller's log holds it."""

    place: Place
    id: UUID
    type: str
    topic: str
    payload: bytes
    extensions: Mapping[str, str]
    occurred_at: datetime


@asynccontextmanager
async def database(parts: LocalParts) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """The administrator's look into all schemas."""
    url = in_database(parts.addresses.admin_database, database=DATABASE)
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def counted(parts: LocalParts, what: str, *args: object) -> int:
    """How many rows there are: ``reply.parked``, ``intake.events WHERE …``."""
    async with database(parts) as connection:
        found: int = await connection.fetchval(f"SELECT count(*) FROM {what}", *args)  # noqa: S608
        return found


async def everywhere(parts: LocalParts, what: str, *args: object) -> dict[str, int]:
    """How many such rows each service has: ``parked``, ``events WHERE …``."""
    return {service: await counted(parts, f"{service}.{what}", *args) for service in SERVICES}


async def logged(parts: LocalParts) -> list[Logged]:
    """All events of all logs."""
    async with database(parts) as connection:
        return [
            Logged(
                place=Place(row["aggregatetype"], row["aggregateid"], row["aggregateseq"]),
                id=row["id"],
                type=row["type"],
                topic=row["topic"],
                payload=row["payload"],
                extensions=json.loads(row["headers"]),
                occurred_at=row["occurred_at"],
            )
            for service in SERVICES
            for row in await connection.fetch(
                f"SELECT * FROM {service}.events ORDER BY seq"  # noqa: S608
            )
        ]


async def on_kafka(parts: LocalParts) -> Records:
    """All records of both topics, each partition's in order."""
    consumer = AIOKafkaConsumer(
        *(topic.name for topic in TOPICS),
        bootstrap_servers=parts.addresses.kafka,
        auto_offset_reset="earliest",
    )
    await consumer.start()
    try:
        ends = await consumer.end_offsets(list(consumer.assignment()))
        records: Records = []
        while any([await consumer.position(place) < end for place, end in ends.items()]):
            for polled in (await consumer.getmany(timeout_ms=500)).values():
                records += polled
        return records
    finally:
        await consumer.stop()


# Moments of the day, and what depends on how often something was tried or counted.
BY_CHANCE = re.compile(
    r'\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)|"(tries|score)": ?[\d.]+|（第\d+次发送）'
)
# Left out: bookkeeping, how often a mail server was asked, how common words were when counted.
TABLES = """
    SELECT table_name AS name,
           string_agg(quote_ident(column_name), ', ' ORDER BY column_name) AS columns
      FROM information_schema.columns
      JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = $1
       AND table_type = 'BASE TABLE'
       AND table_name NOT IN (
               'answers', 'events', 'inbox', 'migrations', 'park_actions', 'parked',
               'tries', 'term_shares'
           )
       AND (table_name, column_name) NOT IN (
               ('deliveries', 'tries'), ('deliveries', 'why'), ('similar_answers', 'score')
           )
       AND data_type <> 'timestamp with time zone'
       AND is_identity = 'NO'
     GROUP BY 1
"""


def but_for_chance(text: str) -> str:
    """A text without what differs from one run of the same year to another."""
    return BY_CHANCE.sub("…", text)


async def tables(parts: LocalParts, service: str) -> dict[str, Rows]:
    """How a service stands, table by table; without ids of events, and moments of any kind."""
    async with database(parts) as connection:
        return {
            table["name"]: sorted(
                tuple(but_for_chance(str(value)) for value in row)
                for row in await connection.fetch(
                    f"SELECT {table['columns']} FROM {service}.{table['name']}"  # noqa: S608
                )
            )
            for table in await connection.fetch(TABLES, service)
        }
