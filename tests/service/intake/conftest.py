"""Intake alone on a real PostgreSQL, with two units and a small rule set."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from shared.contracts.event import UnitCode
from shared.contracts.registry import (
    Deadline,
    Reason,
    RulesPublished,
    UnitLevel,
    UnitRegistered,
)
from tests.conftest import Opening
from tests.world import World

MONDAY = date(2024, 1, 15)
RULES = RulesPublished(
    rules="test",
    place="test",
    year=2024,
    edition=1,
    effective_on=date(2024, 1, 1),
    source="试",
    deadlines={},
    inner_margin=Deadline(count=1, unit="working_days", source=None),
    near=Deadline(count=1, unit="working_days", source=None),
    classes=(),
    decline_reasons=(Reason(code="empty", says="内容空泛，没有具体建议"),),
    return_reasons=(),
    ladders={},
    coordination=(),
    limits={"title": 30, "text": 100, "suggested_units": 2},
)


def unit(code: str, name: str, short_name: str) -> UnitRegistered:
    return UnitRegistered(
        code=UnitCode(code),
        name=name,
        short_name=short_name,
        level=UnitLevel.CITY,
        parent=None,
        source="试",
    )


@pytest.fixture
async def intake(open_world: Opening) -> AsyncIterator[World]:
    """An empty desk on a Monday."""
    async with open_world("intake", today=MONDAY) as world:
        await world.hears(
            "intake",
            unit("C003", "中国人民政治协商会议深圳市委员会", "市政协"),
            unit("C004", "市政协提案委员会", "市政协提案委"),
            unit("C020", "深圳市交通运输局", "市交通运输局"),
            RULES,
        )
        yield world
