"""All six services on real Kafka and PostgreSQL, the portal served on loopback, people at it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser

from deploy.local.serving import served
from services.registry.starting_data import starting_data
from tests.browser.acts.clerk import Clerk, Part
from tests.browser.acts.town import busy_town
from tests.browser.conftest import DESK, PHONE, at_a_screen
from tests.story.office import MONDAY
from tests.world import Keys, World, copy_of, world_on

Coming = Callable[[Part], Awaitable[Clerk]]


@pytest.fixture(scope="session")
async def template(admin_url: str, template: str, keys: Keys) -> AsyncIterator[str]:
    """The name of a database in which Shenzhen's units, people, calendar and rules are known."""
    async with copy_of(admin_url, template) as url:
        async with world_on(url, keys) as world:
            seeded = await world.tell("registry", "/seed", {"place": "shenzhen"}, post="operator")
            assert seeded.status == 200
            await world.settle()
        yield urlsplit(url).path.removeprefix("/")


@pytest.fixture(scope="session")
async def world(
    admin_url: str,
    template: str,
    keys: Keys,
    kafka: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[World]:
    """All six services, for all lives: what is told is carried all the time."""
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("HUIBAN_STORE", str(tmp_path_factory.mktemp("store")))
        async with (
            copy_of(admin_url, template) as database_url,
            world_on(database_url, keys, today=MONDAY, kafka=kafka) as world,
        ):
            world.names |= {one.person: one.name for one in starting_data("shenzhen").people}
            await busy_town(world)
            yield world


@pytest.fixture(scope="session")
async def address(world: World) -> AsyncIterator[str]:
    """Where the portal is served."""
    async with served(lambda _: world["portal"].app) as address:
        yield address


@asynccontextmanager
async def people_at(
    browser: Browser,
    address: str,
    world: World,
    *,
    width: int = DESK,
    script: bool = True,
    kind: type[Clerk] = Clerk,
) -> AsyncIterator[Coming]:
    """People come in once, and stay; nobody's browser complained of anything."""
    there: dict[Part, Clerk] = {}

    async def comes(part: Part) -> Clerk:
        if part not in there:
            visitor = await at_a_screen(browser, address, width=width, script=script)
            there[part] = kind(visitor, world, part)
            await there[part].comes_in()
        return there[part]

    yield comes
    for clerk in there.values():
        await clerk.page.context.close()


@pytest.fixture(scope="session")
async def someone(browser: Browser, address: str, world: World) -> AsyncIterator[Coming]:
    """Somebody who sits at a desk: ``await someone(CLERK)``."""
    async with people_at(browser, address, world) as comes:
        yield comes


@pytest.fixture(scope="session")
async def scriptless(browser: Browser, address: str, world: World) -> AsyncIterator[Coming]:
    """Somebody whose browser runs no script."""
    async with people_at(browser, address, world, script=False) as comes:
        yield comes


@pytest.fixture(scope="session")
async def on_the_phone(browser: Browser, address: str, world: World) -> AsyncIterator[Coming]:
    """Somebody with a phone."""
    async with people_at(browser, address, world, width=PHONE) as comes:
        yield comes
