"""The portal's door on a real PostgreSQL, in earnest: no demo."""

from collections.abc import AsyncIterator

import pytest

from tests.service.portal.lives import UNITS
from tests.service.portal.signin.people import PEOPLE, STAND_IN, WITH_SIGN_IN
from tests.world import Keys, World, world_on


@pytest.fixture
async def world(database_url: str, keys: Keys) -> AsyncIterator[World]:
    """The portal knows its people; nobody has an account yet."""
    async with world_on(database_url, keys, services=["portal"], demo=False) as opened:
        await opened.hears("portal", *UNITS, *PEOPLE, STAND_IN, WITH_SIGN_IN)
        yield opened
