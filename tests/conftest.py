"""A real PostgreSQL for the whole run, a database of its own for each test."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import date
from pathlib import Path
from secrets import token_urlsafe

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from deploy.local.kafka import Kafka
from deploy.local.postgres import Postgres
from tests.folders import memory, passable_folder
from tests.living import PlayedYear, played
from tests.world import SERVICES, Keys, World, copy_of, database, prepare_template, world_on

TEMPLATE = os.environ.get("HUIBAN_TEST_TEMPLATE", "huiban_template")


# Tests never measure time: a busy machine makes no example wrong.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

# The rooms whose tests share something that takes long to start; elsewhere a file is a room.
ROOMS_OF_ONE_INSTALLATION = {"connected", "local"}
ROOMS_OF_ONE_PORTAL = {"browser"}


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """With several workers a file stays with one, and so does what shares an installation."""

    def _split_scope(self, nodeid: str) -> str:
        _, room, *_ = parts = nodeid.partition("::")[0].split("/")
        if room in ROOMS_OF_ONE_INSTALLATION:
            return "installation"
        return "/".join(parts[:-1] if room in ROOMS_OF_ONE_PORTAL else parts)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """Who tests what."""
    return Together(config, log)


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """The key pair with which tests sign in."""
    return Keys.made(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="session")
async def admin_url() -> AsyncIterator[str]:
    """A server on which tests may create databases: the one of DATABASE_URL, or one of our own."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with passable_folder(memory()) as folder:
        server = Postgres(folder, log=folder / "postgres.log", password=token_urlsafe())
        await server.start()
        try:
            yield server.url
        finally:
            await server.stop()


@pytest.fixture(scope="session")
async def kafka() -> AsyncIterator[str]:
    """A broker for the whole run."""
    with passable_folder(memory()) as folder:
        node = Kafka(folder / "kafka", log=folder / "kafka.log", say=print)
        await node.start()
        try:
            yield node.bootstrap
        finally:
            await node.stop()


@pytest.fixture(scope="session")
async def template(admin_url: str, keys: Keys) -> str:
    """The name of a database in which every service's migrations have run."""
    await prepare_template(admin_url, TEMPLATE)
    here = [name for name in SERVICES if (Path("services") / name / "app.py").exists()]
    async with world_on(database(admin_url, TEMPLATE), keys, services=here):
        pass
    return TEMPLATE


@pytest.fixture
async def database_url(admin_url: str, template: str) -> AsyncIterator[str]:
    """A database of this test's own."""
    async with copy_of(admin_url, template) as url:
        yield url


Opening = Callable[..., AbstractAsyncContextManager[World]]


@pytest.fixture
def open_world(database_url: str, keys: Keys) -> Opening:
    """Open some services on this test's database: ``async with open_world("intake") as world``."""

    def opening(
        *services: str, today: date = date(2024, 1, 15), kafka: str | None = None
    ) -> AbstractAsyncContextManager[World]:
        everybody = services or SERVICES
        return world_on(database_url, keys, services=everybody, today=today, kafka=kafka)

    return opening


@pytest.fixture
async def world(open_world: Opening) -> AsyncIterator[World]:
    """All six services."""
    async with open_world() as all_services:
        yield all_services


@pytest.fixture(scope="session")
async def played_year() -> AsyncIterator[PlayedYear]:
    """A whole installation of processes on which the demo's year was played, undisturbed.

    It is shared and goes on running: whoever changes something there puts it right again.
    """
    async with played() as year:
        yield year
