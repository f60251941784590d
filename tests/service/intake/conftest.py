"""Intake alone on a real PostgreSQL, with two units and a small rule set."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from shared.contracts.event import UnitCode
from shared.contracts.registry import (
    Deadline,
    Number,
    Policy,
    Reason,
    ResultClass,
    RulesPublished,
    Series,
    Session,
    UnitLevel,
    UnitRegistered,
    UnitSucceeded,
)
from tests.conftest import Opening
from tests.world import World

MONDAY = date(2024, 1, 15)
IN_SESSION = date(2024, 1, 10)


def number(value: int) -> Number:
    return Number(value=value, says="试", source=None)


def policy(value: str) -> Policy:
    return Policy(value=value, says="试", source=None)


def series(pattern: str) -> Series:
    return Series(pattern=pattern, says="试", source=None)


RULES = RulesPublished(
    rules="test",
    place="test",
    year=2024,
    edition=1,
    effective_on=date(2024, 1, 1),
    source="试",
    deadlines={"object_to_merge": Deadline(count=5, unit="working_days", source=None)},
    inner_margin=Deadline(count=1, unit="working_days", source=None),
    near=Deadline(count=1, unit="working_days", source=None),
    classes=(ResultClass(code="B", says="正在解决", meaning="in_progress"),),
    decline_reasons=(Reason(code="empty", says="内容空泛，没有具体建议"),),
    return_reasons=(),
    ladders={},
    coordination=(),
    limits={"title": 30, "text": 100, "suggested_units": 2},
    numbers={
        "joint_hours_in_session": number(3),
        "joint_hours_off_session": number(24),
        "attachments_most": number(2),
        "attachment_bytes": number(1000),
        "similar_shown": number(5),
        "similar_percent": number(30),
        "similar_years": number(3),
        "export_most": number(3),
        "import_most": number(50),
    },
    policies={
        "joint_signatures": policy("each_signs"),
        "put_by:sector": policy("in_session"),
        "form:sector": policy("convenor"),
        "form:party": policy("seal"),
        "review_group:社会": policy("social"),
        "review_group": policy("economy"),
    },
    reasons={
        "categories": (Reason(code="社会", says="社会"), Reason(code="经济", says="经济")),
        "review_groups": (
            Reason(code="social", says="社会组"),
            Reason(code="economy", says="经济组"),
        ),
        "turned_into": (Reason(code="opinion", says="社情民意"),),
        "attachment_kinds": (
            Reason(code="application/pdf", says="PDF文件"),
            Reason(code="text/plain", says="文本"),
        ),
    },
    series={
        "session_serial": series("{session}第{n:04}号"),
        "off_session_serial": series("{year}年平时第{n:04}号"),
        "category_serial": series("{category}类{n:03}号"),
    },
    sessions=(
        Session(session="七届四次", since=date(2024, 1, 8), until=date(2024, 1, 12), source=None),
    ),
    synonyms=(("老旧小区", "既有住宅"),),
)


def unit(
    code: str,
    name: str,
    short_name: str,
    *,
    level: UnitLevel = UnitLevel.CITY,
    parent: str | None = None,
) -> UnitRegistered:
    return UnitRegistered(
        code=UnitCode(code),
        name=name,
        short_name=short_name,
        level=level,
        parent=UnitCode(parent) if parent else None,
        source="试",
    )


@pytest.fixture
async def intake(
    open_world: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    """An empty desk on a Monday between two sessions, with a folder for attachments."""
    monkeypatch.setenv("HUIBAN_STORE", str(tmp_path / "attachments"))
    async with open_world("intake", today=MONDAY) as world:
        await world.hears(
            "intake",
            unit("C003", "中国人民政治协商会议深圳市委员会", "市政协"),
            unit("C004", "市政协提案委员会", "市政协提案委"),
            unit("C020", "深圳市交通运输局", "市交通运输局"),
            unit("D07", "深圳市龙华区人民政府", "龙华区", level=UnitLevel.DISTRICT),
            unit("S01", "龙华区教育局", "龙华区教育局", parent="D07"),
            UnitSucceeded(
                old_name="市运输委",
                successors=(UnitCode("C020"),),
                year=2019,
                source="试",
            ),
            RULES,
        )
        yield world
