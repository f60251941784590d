"""By keyboard alone: the ten acts that are done most, and one always sees where one is."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from tests.browser.acts.conftest import Coming, people_at
from tests.browser.acts.keys import Typist
from tests.browser.acts.ten_acts import ten_acts
from tests.world import World


@pytest.fixture
async def typist(browser: Browser, address: str, world: World) -> AsyncIterator[Coming]:
    """Somebody who has no mouse."""
    async with people_at(browser, address, world, kind=Typist) as comes:
        yield comes


async def test_the_ten_most_used_acts(typist: Coming, world: World) -> None:
    await ten_acts(typist, world, street="民治")
