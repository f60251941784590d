"""Everybody of the demo's cast follows every link: nothing is dead, broken, or another's."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from html import unescape

import pytest

from tests.story.busy_city import CAST, City, Part, a_busy_city
from tests.story.crawling import a_stranger, comes_in, crawl, is_private
from tests.story.office import (
    MONDAY,
)
from tests.world import Keys, World, copy_of, world_on


@dataclass(frozen=True, slots=True)
class Played:
    world: World
    city: City


@pytest.fixture(scope="module")
async def played(admin_url: str, template: str, keys: Keys) -> AsyncIterator[Played]:
    """A city in the midst of its year; nobody changes anything there any more."""
    async with (
        copy_of(admin_url, template) as database_url,
        world_on(database_url, keys, today=MONDAY) as world,
    ):
        yield Played(world, await a_busy_city(world))


@pytest.mark.parametrize("part", CAST, ids=str)
async def test_every_link_leads_somewhere_and_nowhere_foreign(played: Played, part: Part) -> None:
    world, city = played.world, played.city
    visitor = await comes_in(world, part)
    own = set(city.cases) if part.sees_all else city.seen_by(part.unit, part.person)

    found = await crawl(
        visitor, "/", *(["/account"] if "authorization" not in visitor.client.headers else [])
    )

    assert found.faults == []
    met = set[str]()
    for path, page in found.pages.items():
        words = unescape(page)
        here = {
            name for name, case in city.cases.items() if case in words or city.titles[name] in words
        }
        assert not (is_private(path) and here - own), path
        met |= here
    assert met >= own, "what concerns one is reached by links"


async def test_a_citizen_follows_every_link(played: Played) -> None:
    found = await crawl(a_stranger(played.world), "/public", "/sign-in")

    assert found.faults == []
    read = {
        name
        for name in played.city.cases
        if any(
            path.startswith("/public") and played.city.titles[name] in unescape(page)
            for path, page in found.pages.items()
        )
    }
    assert "answered" in read
    assert "waiting" not in read
