"""The portal alone on a real PostgreSQL, knowing units and a small rule set."""

from collections.abc import AsyncIterator

import pytest

from shared.contracts.registry import Deadline, RulesPublished
from tests.conftest import Opening
from tests.service.portal.lives import UNITS, day
from tests.world import World

SEVEN_DAYS = Deadline(count=7, unit="calendar_days", source=None)
RULES = RulesPublished(
    rules="test",
    place="test",
    year=2024,
    edition=1,
    effective_on=day("01-01"),
    source="试",
    deadlines={},
    inner_margin=SEVEN_DAYS,
    near=SEVEN_DAYS,
    classes=(),
    decline_reasons=(),
    return_reasons=(),
    ladders={},
    coordination=(),
    limits={},
)


@pytest.fixture
async def portal(open_world: Opening) -> AsyncIterator[World]:
    """Nothing was heard yet; it is Friday 1 March, and the auditor is at the portal."""
    async with open_world("portal", today=day("03-01")) as world:
        reader = world.token(post="auditor", unit="C007")
        world["portal"].client.headers["authorization"] = f"Bearer {reader}"
        await world.hears("portal", *UNITS, RULES)
        yield world
