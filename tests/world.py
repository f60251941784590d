"""The services in one process on a real PostgreSQL; events are carried by Kafka, or by hand.

Nothing here stands in for our own code: the apps, their SQL, their logs and their ears are real,
and on Kafka their relays and listeners too. By hand is for what needs no more than that.
"""

import asyncio
from asyncio import gather
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid4

import asyncpg
import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from fastapi import FastAPI
from pydantic_core import from_json
from starlette.routing import BaseRoute

from deploy.local.topics import prepare_topics
from services.portal.calling import Callers
from shared.contracts.event import PROPOSALS, REFERENCE, Event
from shared.envelope import Headers, headers_of
from shared.identity import mint
from shared.service import Backbone
from shared.settings import Settings
from shared.work import Desk
from tests.waiting import comes_true

SERVICES = ("registry", "intake", "assignment", "reply", "escalation", "portal")

# FastAPI works out what each route takes when it is first asked, which takes longer than many a
# test. Routes know nothing of the app that they are in: every app of a service has the same.
WORKED_OUT: dict[str, list[BaseRoute]] = {}


@dataclass(frozen=True, slots=True)
class Carried:
    """A record as Kafka would hand it over."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers


@dataclass(frozen=True)
class Keys:
    """The sign-in's key pair, for tests."""

    private: Path
    public: Path

    @classmethod
    def made(cls, folder: Path) -> "Keys":
        """A new pair in this folder."""
        private = Ed25519PrivateKey.generate()
        keys = cls(folder / "signing.pem", folder / "public.pem")
        keys.private.write_bytes(
            private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        )
        keys.public.write_bytes(
            private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        )
        return keys


@dataclass(frozen=True)
class Answer:
    """What a service answered."""

    status: int
    body: Any

    @property
    def code(self) -> str:
        """The stable code of a refusal."""
        return str(self.body["code"])

    @property
    def says(self) -> str:
        """The sentence of a refusal."""
        return str(self.body["detail"])

    @property
    def told(self) -> list[str]:
        """The short names of the events that a command caused."""
        return [event["type"].split(".")[2] for event in self.body["events"]]


@dataclass
class Running:
    """One service: its app, its backbone, a client that calls it."""

    app: FastAPI
    backbone: Backbone
    client: httpx.AsyncClient
    carried: asyncio.Task[None] | None = None  # its relay and listener, when Kafka carries

    @property
    def desk(self) -> Desk:
        return self.backbone.desk


class World:
    """Some or all services, and a day that passes only when told to."""

    def __init__(
        self, keys: Keys, *, today: date = date(2024, 1, 15), on_kafka: bool = False
    ) -> None:
        self.today = today
        self.on_kafka = on_kafka
        self.running: dict[str, Running] = {}
        self.names: dict[str, str] = {}
        self._keys = keys
        self._tokens: dict[tuple[str, str, str, str | None], str] = {}
        self._offset = 0
        self._sequences: dict[tuple[str, str], int] = defaultdict(int)

    def __getitem__(self, service: str) -> Running:
        return self.running[service]

    def days_pass(self, days: int) -> None:
        """Let calendar days go by."""
        self.today += timedelta(days=days)

    def token(
        self, *, post: str, unit: str, person: str | None = None, on_behalf_of: str | None = None
    ) -> str:
        """A token for someone in this post of this unit, by default ``<post>.<unit>``."""
        who = (person or f"{post}.{unit}", post, unit, on_behalf_of)
        if who not in self._tokens:
            self._tokens[who] = mint(
                self._keys.private,
                person=who[0],
                name=self.names.get(who[0], who[0]),
                post=post,
                unit=unit,
                minutes=600,
                on_behalf_of=on_behalf_of,
            )
        return self._tokens[who]

    async def ask(
        self,
        service: str,
        path: str,
        *,
        post: str = "operator",
        unit: str = "C001",
        person: str | None = None,
        **query: Any,
    ) -> Answer:
        """Read something."""
        return await self.call(
            "GET", service, path, post=post, unit=unit, person=person, params=query or None
        )

    async def tell(
        self,
        service: str,
        path: str,
        body: Any = None,
        *,
        post: str,
        unit: str = "C001",
        person: str | None = None,
        method: str = "POST",
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Give a command as someone in a post of a unit, on the world's day."""
        return await self.call(
            method,
            service,
            path,
            post=post,
            unit=unit,
            person=person,
            json=body,
            headers=headers or {},
        )

    async def call(
        self,
        method: str,
        service: str,
        path: str,
        *,
        post: str,
        unit: str,
        person: str | None,
        headers: dict[str, str] | None = None,
        **request: Any,
    ) -> Answer:
        """Call a service in any way, as someone in a post of a unit, on the world's day."""
        response = await self[service].client.request(
            method,
            path,
            headers={
                "Authorization": f"Bearer {self.token(post=post, unit=unit, person=person)}",
                "Huiban-Today": self.today.isoformat(),
                **(headers or {}),
            },
            **request,
        )
        try:
            return Answer(response.status_code, response.json())
        except ValueError:
            return Answer(response.status_code, response.text)

    async def hears(self, service: str, *events: Event) -> None:
        """Let one service hear events that others would have told."""
        records = []
        for event in events:
            stream = (event.teller(), event.key)
            self._sequences[stream] += 1
            records.append(self.record(event, sequence=self._sequences[stream]))
        await self[service].backbone.hearing.hear(records)

    def record(self, event: Event, *, sequence: int, id: UUID | None = None) -> Carried:
        """An event as a record on its topic."""
        return self._carry(
            topic=event.topic,
            value=event.model_dump_json().encode(),
            headers=headers_of(
                id=id or uuid4(),
                type=event.type_name(),
                teller=event.teller(),
                key=event.key,
                sequence=sequence,
                occurred_at=datetime(2024, 1, 15, tzinfo=UTC),
                extensions={},
            ),
            key=event.key,
        )

    def _carry(self, *, topic: str, value: bytes, headers: Headers, key: str) -> Carried:
        self._offset += 1
        return Carried(topic, 0, self._offset, key.encode(), value, headers)

    async def settle(self) -> None:
        """Let every told event reach every service, until nobody has anything left to tell."""
        if self.on_kafka:
            await comes_true(self._at_rest, every=0.005)
        else:
            await self._carry_all()

    async def _at_rest(self) -> bool:
        # Each answers from one snapshot, and tells what follows from an event in the transaction
        # that takes it in: so if all have heard all that was told, nobody has more to tell.
        progress = {
            name: await running.backbone.progress() for name, running in self.running.items()
        }
        return all(
            one["heard"].get(teller, 0) >= other["told"]
            for listener, one in progress.items()
            for teller, other in progress.items()
            if teller != listener
        )

    async def tell_again(self) -> None:
        """Everything that was told of proposals is told once more, to everybody."""
        for service in self.running:
            await self.rows(
                service, "UPDATE events SET published_at = NULL WHERE topic = 'proposals'"
            )
        await comes_true(self._nothing_under_way)

    async def _nothing_under_way(self) -> bool:
        measured = [await running.backbone.measure() for running in self.running.values()]
        return all(one["outbox_pending"] == one["lag"] == 0 for one in measured)

    @asynccontextmanager
    async def away(self, service: str) -> AsyncIterator[None]:
        """Nobody reaches this service and it hears nothing; when it is back, it hears the rest."""
        gone = self.running.pop(service)
        await _goes(gone)
        yield
        self.running[service] = gone
        await _comes(gone)
        await self.settle()

    @asynccontextmanager
    async def carried_by_kafka(self) -> AsyncIterator[None]:
        """Relays and listeners run; the loops that act by themselves do not: days pass as told."""
        try:
            await gather(*map(_comes, self.running.values()))
            yield
        finally:
            await gather(*map(_goes, self.running.values()))

    async def _carry_all(self) -> None:
        while records := [
            record for running in self.running.values() for record in await self._pending(running)
        ]:
            await gather(
                *(running.backbone.hearing.hear(records) for running in self.running.values())
            )

    async def _pending(self, running: Running) -> list[Carried]:
        async with running.desk.transaction() as tx:
            rows = await tx.fetch(
                "UPDATE events SET published_at = now() WHERE published_at IS NULL"
                " RETURNING seq, id, aggregatetype, aggregateid, aggregateseq, topic, type,"
                " payload, headers::text AS extensions, occurred_at"
            )
        return [
            self._carry(
                topic=row["topic"],
                value=row["payload"],
                headers=headers_of(
                    id=row["id"],
                    type=row["type"],
                    teller=row["aggregatetype"],
                    key=row["aggregateid"],
                    sequence=row["aggregateseq"],
                    occurred_at=row["occurred_at"],
                    extensions=from_json(row["extensions"]),
                ),
                key=row["aggregateid"],
            )
            for row in sorted(rows, key=lambda row: row["seq"])
        ]

    async def rows(self, service: str, query: str, *args: Any) -> list[dict[str, Any]]:
        """Look into a service's tables."""
        async with self[service].desk.transaction() as tx:
            return [dict(row) for row in await tx.fetch(query, *args)]

    async def told_by(self, service: str, key: str | None = None) -> Sequence[str]:
        """The short names of all events that a service has told, in order."""
        rows = await self.rows(
            service,
            "SELECT type FROM events WHERE $1::text IS NULL OR aggregateid = $1 ORDER BY seq",
            key,
        )
        return [row["type"].split(".")[2] for row in rows]


async def _comes(running: Running) -> None:
    backbone = running.backbone
    running.carried = asyncio.create_task(backbone.on_kafka())

    async def has_joined() -> bool:
        return backbone.listener is not None and backbone.listener.joined()

    await comes_true(has_joined, every=0.005)


async def _goes(running: Running) -> None:
    if running.carried is not None:
        running.carried.cancel()
        await gather(running.carried, return_exceptions=True)
        running.carried = None


@asynccontextmanager
async def world_on(
    database_url: str,
    keys: Keys,
    *,
    services: Iterable[str] = SERVICES,
    today: date = date(2024, 1, 15),
    demo: bool = True,
    kafka: str | None = None,
    more: Mapping[str, str] | None = None,
) -> AsyncIterator[World]:
    """These services on this database, each with a schema of its own; ``more`` is told to all.

    On ``kafka``, if its address is given, they have topics of their own.
    """
    world = World(keys, today=today, on_kafka=kafka is not None)
    city = uuid4().hex if kafka else ""
    async with AsyncExitStack() as stack:
        for service in services:
            settings = Settings(
                database_url=database_url,
                kafka_bootstrap_servers=kafka or "127.0.0.1:1",
                huiban_city=city,
                huiban_public_key=keys.public,
                huiban_demo=demo,
                huiban_signing_key=keys.private if service == "portal" else None,
            ).model_copy(update=more or {})
            app = import_module(f"services.{service}.app").create_app(settings)
            app.router.routes = WORKED_OUT.setdefault(service, app.router.routes)
            backbone: Backbone = app.state.backbone
            await stack.enter_async_context(backbone.at_desk())
            client = await stack.enter_async_context(
                httpx.AsyncClient(
                    transport=httpx.ASGITransport(app=app), base_url=f"http://{service}"
                )
            )
            world.running[service] = Running(app, backbone, client)
        if "portal" in world.running:
            world["portal"].app.state.callers = Callers(
                {name: running.client for name, running in world.running.items()}
            )
        if kafka:
            await prepare_topics(kafka, city=city)
            await stack.enter_async_context(world.carried_by_kafka())
        yield world


async def prepare_template(admin_url: str, name: str) -> None:
    """A database with every service's schema, to be copied for each test."""
    connection = await asyncpg.connect(admin_url)
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.execute(
            f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0"
        )
    finally:
        await connection.close()
    connection = await asyncpg.connect(database(admin_url, name))
    try:
        for service in SERVICES:
            await connection.execute(f"CREATE SCHEMA {service}")
    finally:
        await connection.close()


@asynccontextmanager
async def copy_of(admin_url: str, template: str) -> AsyncIterator[str]:
    """A database of one's own, gone afterwards; yields its address."""
    name = f"test_{uuid4().hex}"
    connection = await asyncpg.connect(admin_url)
    try:
        await connection.execute(
            f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY'
        )
        try:
            yield database(admin_url, name)
        finally:
            await connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    finally:
        await connection.close()


def database(url: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


__all__ = ["PROPOSALS", "REFERENCE", "Keys", "World", "copy_of", "prepare_template", "world_on"]
