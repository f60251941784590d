"""A portal with all services behind it, and one page of each kind for each of its readers."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from playwright.async_api import Browser

from deploy.local.serving import served
from shared.policy import UNIT
from tests.browser.conftest import DESK, Visitor, at_a_screen
from tests.browser.everywhere.crawling import Crawled, a_stranger, comes_in, crawl, kind_of
from tests.story.busy_city import CAST, City, Part, a_busy_city
from tests.story.office import LONGHUA, MONDAY
from tests.world import Keys, World, copy_of, world_on

CITIZEN = Part("citizen", "")
# Those who stand ready at the door of the demo.
READERS = (
    CITIZEN,
    *(part for part in CAST if part.post not in UNIT or part.unit == LONGHUA),
)
# What looks otherwise to each reader; of all other kinds the first one who comes there looks.
EACH = ("/", "/desk", "/ledger", "/units/…", "/proposals/…")


@dataclass
class Place:
    """A city, its portal's address, and what each reader has to look at there."""

    world: World
    city: City
    address: str
    taken: dict[str, Part] = field(default_factory=dict)  # each kind of page, and who looks at it
    found: dict[Part, dict[str, str]] = field(default_factory=dict)
    crawls: dict[Part, Crawled] = field(default_factory=dict)

    async def kinds(self, part: Part) -> dict[str, str]:
        """An address of every kind of page that this reader looks at."""
        if part not in self.found:
            self.found[part] = await self._kinds(part)
        return self.found[part]

    async def _kinds(self, part: Part) -> dict[str, str]:
        found = await self.crawled(part)
        kinds: dict[str, str] = {}
        for path in sorted(found.pages, key=lambda path: (len(found.pages[path]), path)):
            kind = kind_of(path)
            if self.is_first(part, kind) or kind in EACH:
                kinds[kind] = path  # the fullest page of its kind
        return kinds

    def is_first(self, part: Part, kind: str) -> bool:
        """Whether nobody else came to a page of this kind before; citizens take it from nobody."""
        return part is CITIZEN or self.taken.setdefault(kind, part) is part

    async def crawled(self, part: Part) -> Crawled:
        """Where this reader comes to by all links; nobody changes anything there any more."""
        if part not in self.crawls:
            self.crawls[part] = await self._crawled(part)
        return self.crawls[part]

    async def _crawled(self, part: Part) -> Crawled:
        if part is CITIZEN:
            return await crawl(a_stranger(self.world), "/public", "/sign-in")
        visitor = await comes_in(self.world, part)
        by_the_door = "authorization" not in visitor.client.headers
        return await crawl(visitor, "/", *(["/account"] if by_the_door else []))


@pytest.fixture(scope="session")
async def place(admin_url: str, template: str, keys: Keys) -> AsyncIterator[Place]:
    """All services in the midst of a city's year, the portal among them on loopback."""
    async with (
        copy_of(admin_url, template) as database_url,
        world_on(database_url, keys, today=MONDAY) as world,
    ):
        await world.tell("registry", "/seed", {"place": "shenzhen"}, post="operator")
        await world.settle()
        city = await a_busy_city(world)
        async with served(lambda _: world["portal"].app) as address:
            yield Place(world, city, address)


Comes = Callable[[Part], Awaitable[Visitor]]


@pytest.fixture
async def comes(browser: Browser, place: Place) -> AsyncIterator[Comes]:
    """Let somebody come to the portal, at a desk."""
    here: list[Visitor] = []

    async def coming(part: Part) -> Visitor:
        visitor = await at_a_screen(browser, place.address, width=DESK, script=True)
        here.append(visitor)
        if part is not CITIZEN:
            door = f'form:has(input[value="{part.who}"]) .cast-one'
            await visitor.enters(visitor.page.locator(door).first)
        return visitor

    yield coming
    for visitor in here:
        await visitor.page.context.close()
