"""Escalation alone on a real PostgreSQL, knowing units, a calendar and a small rule set."""

from collections.abc import AsyncIterator

import pytest

from tests.conftest import Opening
from tests.domain.escalation.office import UNITS, YEAR_2024, day
from tests.service.escalation.acts import RULES
from tests.world import World


@pytest.fixture
async def watch(open_world: Opening) -> AsyncIterator[World]:
    """Nothing was handed over yet; it is Friday 1 March."""
    async with open_world("escalation", today=day("03-01")) as world:
        await world.hears("escalation", *UNITS.values(), YEAR_2024, RULES)
        yield world
        assert await world.rows("escalation", "SELECT type, why FROM parked") == []
