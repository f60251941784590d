"""Years old: what a city's first version left open years ago is gone on with in today's.

``left_by/0.1.0.json.xz`` holds the rows that version 0.1.0 wrote, by service and table, when these
stories' first months were played with it in early 2024. They are laid into tables as that version
made them; then today's services start on them.
"""

import lzma
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from pydantic_core import from_json, to_json

from shared.postgres import migrate, migrations, open_pool
from tests.simulation.books import disagreements
from tests.story.answering import (
    approve,
    check_promise,
    draft,
    issue,
    rate,
    reply,
    report_promise,
    talk,
)
from tests.story.office import LONGHUA, TRANSPORT
from tests.story.registering import except_days
from tests.story.seeing import case_page, clocks, said, standing, told
from tests.story.watching import sweep
from tests.world import SERVICES, Keys, World, database, prepare_template, world_on

LEFT_BY = Path(__file__).parent / "left_by" / "0.1.0.json.xz"
LATER = "0002"  # 0.1.0 had the kernel's scripts and each service's first one
TODAY = date(2026, 11, 23)
BUSES = "81416826-1fb6-4492-bc4c-8f2224e20869"  # answered with a promise, not rated
SCHOOLS = "ede78c1c-767e-456e-bb38-45555bed3f41"  # dissatisfied, the second round is open
LIFTS = "3123bc63-b59e-4ee9-9119-053ec4a0638b"  # drafted, with an opinion missing
RIVER, STREAM = (  # merged, answered, not rated
    "228d57d2-3554-464d-8be3-a8025f0b02d0",
    "73ce894b-5962-407b-9404-49d6d3284a69",
)
COUNTED = """
    SELECT format('SELECT setval(pg_get_serial_sequence(%1$L, %2$L),'
                  '              (SELECT coalesce(max(%2$I), 0) + 1 FROM %1$I), false)',
                  table_name, column_name) AS go_on
      FROM information_schema.columns
     WHERE table_schema = current_schema() AND is_identity = 'YES'
    """


async def lay(pool: "asyncpg.Pool[asyncpg.Record]", tables: dict[str, list[object]]) -> None:
    """Rows as they were, and the counters behind them."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SET LOCAL session_replication_role = replica")
        for table, rows in tables.items():
            await connection.execute(
                f"INSERT INTO {table} OVERRIDING SYSTEM VALUE"  # noqa: S608
                f" SELECT * FROM json_populate_recordset(NULL::{table}, $1::text::json)",
                to_json(rows).decode(),
            )
        for counted in await connection.fetch(COUNTED):
            await connection.execute(counted["go_on"])


@pytest.fixture(scope="session")
async def left_by(admin_url: str) -> str:
    """The name of a database as 0.1.0 left it."""
    name = "huiban_left_by_0_1_0"
    left: dict[str, dict[str, list[object]]] = from_json(lzma.decompress(LEFT_BY.read_bytes()))
    await prepare_template(admin_url, name)
    for service in SERVICES:
        async with open_pool(database(admin_url, name), schema=service, size=1) as pool:
            scripts = [one for one in migrations(f"services.{service}") if one[0] < LATER]
            await migrate(pool, scripts, schema=service)
            await lay(pool, left[service])
    return name


@pytest.fixture
async def template(left_by: str) -> str:
    """Each story begins with a copy of it."""
    return left_by


@pytest.fixture
async def world(database_url: str, keys: Keys, kafka: str) -> AsyncIterator[World]:
    """Today's services, years later."""
    async with world_on(database_url, keys, today=TODAY, kafka=kafka) as world:
        yield world


async def amiss(world: World) -> dict[str, Any]:
    """What should never be, and is; but what that version did not listen to, it does not know:
    assignment was told of no opinion then."""
    found = await disagreements(world)
    found.pop("an opinion of a unit shown otherwise than it was given")
    return found


async def test_an_answer_of_years_ago_does_not_satisfy_and_is_answered_again(
    world: World,
) -> None:
    rated = await rate(world, BUSES, "D07.r1", result="dissatisfied")
    assert rated.told == ["ReplyRated", "RedoOrdered"]
    assert await standing(world, BUSES) == "重新办理"
    await reply(world, BUSES, LONGHUA)
    await rate(world, BUSES, "D07.r2")

    assert await standing(world, BUSES) == "已评价"
    first, second = sorted((await said(world, BUSES))["replies"], key=lambda one: one["round"])
    assert (first["document_number"], second["document_number"]) == (
        "龙华区函〔2024〕1号",
        "龙华区函〔2026〕1号",
    )
    assert "重新办理（第2轮）" in await case_page(world, BUSES)
    assert await amiss(world) == {}


async def test_a_second_round_that_is_open_since_years_is_late_answered_and_rated(
    world: World,
) -> None:
    assert (await clocks(world, SCHOOLS))["D07.r1/redo"] == "red"
    await sweep(world)
    [missed] = [
        one
        for one in await told(world, "escalation", SCHOOLS, "DeadlineMissed")
        if one["clock_id"] == "D07.r1/redo"
    ]
    assert missed["due_on"] == "2024-05-06"

    await reply(world, SCHOOLS, LONGHUA)
    await rate(world, SCHOOLS, "D07.r2")

    assert await standing(world, SCHOOLS) == "已评价"
    assert (await clocks(world, SCHOOLS))["D07.r1/redo"] == "stopped"
    [second] = [one for one in (await said(world, SCHOOLS))["replies"] if one["round"] == 2]
    assert second["days_late"] > 600
    assert await amiss(world) == {}


async def test_a_first_answer_that_was_drafted_years_ago_is_sent_without_the_missing_opinion(
    world: World,
) -> None:
    await talk(world, LIFTS, LONGHUA)
    number = await draft(world, LIFTS, LONGHUA)
    await approve(world, LIFTS, LONGHUA, number)
    await issue(world, LIFTS, LONGHUA, number, without_opinions_because="会办单位多年未反馈")

    assert (number, await standing(world, LIFTS)) == (2, "已答复")
    [letter] = (await said(world, LIFTS))["replies"]
    assert letter["without_opinions"] == [TRANSPORT]
    assert "会办单位多年未反馈" in await case_page(world, LIFTS)
    assert await amiss(world) == {}


async def test_each_of_a_group_of_years_ago_rates_for_itself(world: World) -> None:
    await rate(world, RIVER, "D07.r1")
    await rate(world, STREAM, "D07.r1", result="dissatisfied")

    assert (await standing(world, RIVER), await standing(world, STREAM)) == ("已评价", "重新办理")
    await reply(world, STREAM, LONGHUA)
    assert await standing(world, STREAM) == "已答复"
    assert await amiss(world) == {}


async def test_a_promise_of_years_ago_is_still_kept_by_its_unit_and_checked(world: World) -> None:
    await sweep(world)
    assert (await clocks(world, BUSES))["D07.r1.p1/promise"] == "red"

    await report_promise(world, BUSES, "D07.r1.p1")
    await check_promise(world, BUSES, "D07.r1.p1", "keep", {})

    assert (await clocks(world, BUSES))["D07.r1.p1/promise"] == "stopped"
    assert await amiss(world) == {}


async def test_a_calendar_changed_since_moves_what_was_stamped_years_ago(world: World) -> None:
    world.today = date(2024, 2, 6)
    await except_days(world, ("2024-02-20", False), why="台风停工")

    [moved] = await told(world, "reply", BUSES, "DatesMoved")

    [rating] = moved["moved"]
    assert (rating["clock"], rating["before"] < rating["due"]["on"]) == ("rate", True)
    assert f"评价期限由{rating['before']}改为{rating['due']['on']}" in await case_page(world, BUSES)
    assert (await said(world, BUSES))["replies"][0]["rate_by"] == rating["due"]["on"]
    assert await amiss(world) == {}
