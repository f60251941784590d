"""A fresh Kafka and a fresh PostgreSQL for one bench, on this machine."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe

import asyncpg
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.local.kafka import Kafka
from deploy.local.keys import make_keys
from deploy.local.postgres import Postgres
from deploy.local.topics import leaders_there
from deploy.places import VAR, Places
from shared.postgres import migrate, migrations, open_pool
from shared.settings import Settings
from tests.world import database

PARTITIONS = 4  # as in the raw runs beside it
ROOT = VAR / "bench"


@dataclass(frozen=True)
class Surroundings:
    """Where Kafka and PostgreSQL are, and the keys that sign."""

    kafka: str
    admin_url: str
    places: Places

    @property
    def database_url(self) -> str:
        return database(self.admin_url, "bench")

    def settings(self, **more: object) -> Settings:
        """A service's settings here."""
        return Settings.model_validate(
            {
                "database_url": self.database_url,
                "kafka_bootstrap_servers": self.kafka,
                "huiban_public_key": self.places.public_key,
                **more,
            }
        )

    async def topic(self, name: str, partitions: int = PARTITIONS) -> None:
        """A topic of its own, with a leader for each partition."""
        admin = AIOKafkaAdminClient(bootstrap_servers=self.kafka)
        await admin.start()
        try:
            await admin.create_topics([NewTopic(name, partitions, 1)])
        finally:
            await admin.close()
        await leaders_there(self.kafka, topics=[name], within=30)

    async def schema(self, name: str, *, package: str, kernel_only: bool = False) -> None:
        """An empty schema with a service's tables, or only the backbone's."""
        scripts = [s for s in migrations(package) if not kernel_only or s[0].startswith("0000")]
        async with open_pool(self.database_url, schema=name) as pool:
            await pool.execute(f"CREATE SCHEMA {name}")
            await migrate(pool, scripts, schema=name)


@asynccontextmanager
async def surroundings() -> AsyncIterator[Surroundings]:
    """Start both parts on an empty folder; end them afterwards. fsync is on, acks are all."""
    root: Path = ROOT / "parts"
    shutil.rmtree(root, ignore_errors=True)
    places = Places.made(root)
    make_keys(places.signing_key, public=places.public_key)
    kafka = Kafka(places.kafka, log=places.log("kafka"), say=print)
    postgres = Postgres(places.postgres, log=places.log("postgres"), password=token_urlsafe())
    await kafka.start()
    try:
        await postgres.start()
        try:
            connection = await asyncpg.connect(postgres.url)
            await connection.execute("CREATE DATABASE bench LOCALE 'C.UTF-8' TEMPLATE template0")
            await connection.close()
            yield Surroundings(kafka.bootstrap, postgres.url, places)
        finally:
            await postgres.stop()
    finally:
        await kafka.stop()
