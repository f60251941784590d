"""The reply room alone, knowing the units, the calendar and the rules."""

from collections.abc import AsyncIterator

import pytest

from tests.conftest import Opening
from tests.service.reply.longhua import FACTS, MONDAY
from tests.world import World


@pytest.fixture
async def room(open_world: Opening) -> AsyncIterator[World]:
    """Nothing was submitted yet."""
    async with open_world("reply", today=MONDAY) as world:
        await world.hears("reply", *FACTS)
        yield world
