"""A list of ten thousand rows: brought, checked to its end, taken over in one transaction."""

import io
import time
from datetime import date
from typing import Any

import xlsxwriter

from tests.bench.composed_titles import titles
from tests.bench.surroundings import Surroundings
from tests.world import Keys, World, world_on

ROWS = 10_000
DAY = date(2024, 1, 15)
HEADINGS = ("年度", "案号", "案由", "提案人", "主办单位", "会办单位", "办理结果", "答复日期")
UNITS = ("龙华区", "市住房和建设局", "市交通运输局", "市教育局")


async def bench(place: Surroundings) -> dict[str, float]:
    """Seconds for each step of an archive's way in, and rows a second for both together."""
    for schema in ("registry", "intake"):
        await place.schema(schema, package=f"services.{schema}")
    keys = Keys(place.places.signing_key, place.places.public_key)
    async with world_on(
        place.database_url, keys, services=("registry", "intake"), today=DAY
    ) as world:
        await world.tell("registry", "/seed", {"place": "shenzhen"}, post="operator")
        await world.settle()
        began = time.perf_counter()
        shown = await _bring(world)
        brought = time.perf_counter()
        while shown["checked"] < shown["total"]:
            shown = await _tell(world, f"/imports/{shown['import_id']}/check", None)
        checked = time.perf_counter()
        assert shown["faults"] == 0, shown["findings"][:3]
        body = {"digest": shown["digest"]}
        shown = await _tell(world, f"/imports/{shown['import_id']}/confirm", body)
        confirmed = time.perf_counter()
        assert shown["done"] == ROWS
    return {
        "bring_s": brought - began,
        "check_s": checked - brought,
        "confirm_s": confirmed - checked,
        "rows_per_second": ROWS / (confirmed - began),
    }


async def _bring(world: World) -> dict[str, Any]:
    token = world.token(post="committee", unit="C004")
    response = await world["intake"].client.post(
        "/imports",
        params={"kind": "archive", "name": "往年提案.xlsx"},
        content=_workbook(),
        headers={"Authorization": f"Bearer {token}", "Huiban-Today": DAY.isoformat()},
    )
    assert response.status_code == 201, response.text
    found: dict[str, Any] = response.json()
    return found


async def _tell(world: World, path: str, body: Any) -> dict[str, Any]:
    answer = await world.tell("intake", path, body, post="committee", unit="C004")
    assert answer.status == 200, answer
    found: dict[str, Any] = answer.body
    return found


def _workbook() -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for n, title in enumerate(titles(ROWS, seed=3), start=1):
            year, unit = 2014 + n % 10, UNITS[n % len(UNITS)]
            row = (year, f"{year}{n:05}", title, f"委员{n}", unit, "市财政局", "AB"[n % 2])
            sheet.write_row(n, 0, (*row, f"{year}-08-31"))
    return written.getvalue()
