"""The registry alone, empty or with Shenzhen's starting data."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest

from tests.conftest import Opening
from tests.world import Keys, World, copy_of, world_on


@pytest.fixture
async def registry(open_world: Opening) -> AsyncIterator[World]:
    """An empty registry."""
    async with open_world("registry") as world:
        yield world


@pytest.fixture(scope="session")
async def shenzhen(admin_url: str, template: str, keys: Keys) -> AsyncIterator[str]:
    """The name of a database in which Shenzhen was seeded, to be copied for each test."""
    async with copy_of(admin_url, template) as url:
        async with world_on(url, keys, services=["registry"]) as world:
            answer = await world.tell("registry", "/seed", {"place": "shenzhen"}, post="operator")
            assert answer.status == 200, answer.body
        yield urlsplit(url).path.removeprefix("/")


@pytest.fixture
async def seeded(admin_url: str, shenzhen: str, keys: Keys) -> AsyncIterator[World]:
    """A registry that holds Shenzhen."""
    async with (
        copy_of(admin_url, shenzhen) as url,
        world_on(url, keys, services=["registry"]) as world,
    ):
        yield world
