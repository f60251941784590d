"""Stories begin on a morning when the registry is filled and everybody has heard of it."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import Opening
from tests.story.office import MONDAY
from tests.world import Keys, World, copy_of, world_on


@pytest.fixture(scope="session")
async def template(admin_url: str, template: str, keys: Keys) -> AsyncIterator[str]:
    """The name of a database in which Shenzhen's units, calendar and rules are known to all."""
    async with copy_of(admin_url, template) as url:
        async with world_on(url, keys) as world:
            seeded = await world.tell("registry", "/seed", {"place": "shenzhen"}, post="operator")
            assert seeded.status == 200
            await world.settle()
        yield urlsplit(url).path.removeprefix("/")


@pytest.fixture
async def world(open_world: Opening, kafka: str) -> AsyncIterator[World]:
    """All six services, on a Monday."""
    async with open_world(today=MONDAY, kafka=kafka) as all_services:
        yield all_services


@pytest.fixture
async def world_with_a_store(
    open_world: Opening, kafka: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    """All six services, and a folder for attachments."""
    monkeypatch.setenv("HUIBAN_STORE", str(tmp_path))
    async with open_world(today=MONDAY, kafka=kafka) as all_services:
        yield all_services
