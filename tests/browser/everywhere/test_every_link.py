"""Everybody of the demo's cast follows every link: nothing is dead, broken, or another's."""

from html import unescape

import pytest

from tests.browser.everywhere.conftest import CITIZEN, Place
from tests.browser.everywhere.crawling import is_private
from tests.story.busy_city import CAST, Part


@pytest.mark.parametrize("part", CAST, ids=str)
async def test_every_link_leads_somewhere_and_nowhere_foreign(place: Place, part: Part) -> None:
    city = place.city
    own = set(city.cases) if part.sees_all else city.seen_by(part.unit, part.person)

    found = await place.crawled(part)

    assert found.faults == []
    met = set[str]()
    for path, page in (found.pages | found.data).items():
        words = unescape(page)
        here = {
            name for name, case in city.cases.items() if case in words or city.titles[name] in words
        }
        assert not (is_private(path) and here - own), path
        met |= here
    assert met >= own, "what concerns one is reached by links"


async def test_a_citizen_follows_every_link(place: Place) -> None:
    found = await place.crawled(CITIZEN)

    assert found.faults == []
    read = {
        name
        for name in place.city.cases
        if any(
            path.startswith("/public") and place.city.titles[name] in unescape(page)
            for path, page in found.pages.items()
        )
    }
    assert "answered" in read
    assert "waiting" not in read
