"""The matrix is asked on the stories' city, Shenzhen's units, calendar and rules, by hand."""

from collections.abc import AsyncIterator

import pytest

from tests.conftest import Opening
from tests.story.conftest import template
from tests.story.office import MONDAY
from tests.world import World

__all__ = ["template"]


@pytest.fixture
async def world(open_world: Opening) -> AsyncIterator[World]:
    """All six services, on a Monday."""
    async with open_world(today=MONDAY) as all_services:
        yield all_services
