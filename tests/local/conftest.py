"""Real parts for testing the local parts: a folder that any user can reach, Kafka, PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from deploy.local.kafka import Kafka
from deploy.local.postgres import Postgres
from deploy.local.up import silently
from tests.folders import passable_folder


@pytest.fixture
def root() -> Iterator[Path]:
    with passable_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def house() -> Iterator[Path]:
    """The folder of the Kafka and the PostgreSQL that many tests share."""
    with passable_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
async def kafka(house: Path) -> AsyncIterator[Kafka]:
    node = Kafka(house / "kafka", log=house / "log" / "kafka.log", say=silently)
    try:
        await node.start()
        yield node
    finally:
        await node.stop()


@pytest.fixture(scope="session")
async def postgres(house: Path) -> AsyncIterator[Postgres]:
    cluster = Postgres(house / "postgres", log=house / "log" / "postgres.log", password="admin")
    try:
        await cluster.start()
        yield cluster
    finally:
        await cluster.stop()
