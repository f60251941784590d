"""Kafka, PostgreSQL or room on the disk are away for a while: said in a sentence, nothing lost."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from random import Random
from signal import SIGTERM
from typing import Any
from uuid import uuid4

import httpx
import pytest

from deploy.local.parts import LocalParts
from deploy.local.ports import free_port, says_ready
from deploy.local.processes import Process, start
from deploy.services import SERVICES
from shared.calendar import days
from tests.connected.operating import Operator
from tests.connected.tiny_disk import on_a_tiny_disk
from tests.inside import counted, everywhere
from tests.waiting import comes_true

pytestmark = pytest.mark.connected

ORDERLY_STOP_SECONDS = 20


async def test_while_kafka_is_away_commands_are_taken_and_told_afterwards(
    operator: Operator,
) -> None:
    async with _kafka_away(operator.parts):
        taken = await operator.registers("without.kafka")
        figures = await operator.figures("registry")
        doctor = await operator.types("doctor", "--json")

    await operator.until_all_know("without.kafka")
    wrong = {one["subject"] for one in json.loads(doctor.said) if one["mark"] == "wrong"}
    assert taken.status_code == 200
    assert figures["huiban_outbox_pending"] == 1
    assert figures["huiban_outbox_oldest_pending_age_seconds"] > 0
    assert "Kafka" in wrong
    assert await everywhere(operator.parts, "parked") == dict.fromkeys(SERVICES, 0)


async def test_while_the_database_is_away_a_command_is_refused_and_later_takes_effect_once(
    operator: Operator,
) -> None:
    once = str(uuid4())
    portal = operator.parts.addresses.url("portal")
    async with _postgres_away(operator.parts):
        refused = await operator.registers("without.database", once=once)
        async with httpx.AsyncClient(timeout=60, headers={"Accept": "text/html"}) as client:
            page = await client.get(f"{portal}/public")

    await operator.parts.ready()
    taken = await operator.registers("without.database", once=once)
    again = await operator.registers("without.database", once=once)
    await operator.until_all_know("without.database")

    assert refused.status_code == 503
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["code"] == "database-away"
    assert refused.json()["detail"] == "数据库暂时不可用，请稍后重试。"
    assert page.status_code == 503
    assert "数据库暂时不可用，请稍后重试。" in page.text
    assert "Traceback" not in page.text + refused.text
    assert (taken.status_code, taken.json()) == (200, again.json())
    assert again.headers["idempotent-replayed"] == "true"
    told = "registry.events WHERE aggregateid = 'person/without.database'"
    assert await counted(operator.parts, told) == 1
    assert await everywhere(operator.parts, "parked") == dict.fromkeys(SERVICES, 0)


async def test_a_service_alone_says_what_it_waits_for_and_stops_in_order(
    operator: Operator,
) -> None:
    parts, port = operator.parts, free_port()
    async with AsyncExitStack() as stack:
        async with _kafka_away(parts):
            async with _postgres_away(parts):
                alone = await stack.enter_async_context(_alone(parts, "intake", port=port))
                await _says_that_it_waits_for("数据库", port)
                live = await _get(port, "/live")
            await _says_that_it_waits_for("Kafka", port)
            told_off = await _get(port, "/status")
        await comes_true(lambda: says_ready(port))
        await alone.stop(SIGTERM, patience=ORDERLY_STOP_SECONDS)
    await parts.ready()

    said = [json.loads(line)["message"] for line in alone.words().splitlines()]
    assert live.status_code == 200
    assert (told_off.status_code, told_off.json()["code"]) == (503, "starting-up")
    assert told_off.json()["detail"] == "服务正在启动，等待Kafka就绪，请稍后重试。"
    assert {"waiting for the database", "waiting for Kafka"} <= {*said}
    assert alone.exit_code == 0


async def test_when_the_disk_is_full_a_listener_pauses_and_parks_nothing(
    operator: Operator,
) -> None:
    parts = operator.parts
    known = "reference WHERE key = 'calendar/2098'"
    async with on_a_tiny_disk(parts, "portal.reference") as disk:
        disk.fill()
        await operator.announces(2098, days=_senseless(2098))

        async def all_but_the_portal_know() -> bool:
            return await everywhere(parts, known) == dict.fromkeys(SERVICES, 1) | {"portal": 0}

        async def the_portal_pauses() -> bool:
            log = parts.places.log("portal").read_text("utf-8")
            return "database is away: listening pauses" in log and "DiskFull" in log

        async def the_portal_lags() -> bool:
            return ((await operator.status("portal"))["lag"] or 0) > 0

        await comes_true(all_but_the_portal_know)
        await comes_true(the_portal_pauses)
        await comes_true(the_portal_lags)
        disk.clear()

        async def the_portal_knows() -> bool:
            return await counted(parts, f"portal.{known}") == 1

        await comes_true(the_portal_knows)

    assert await everywhere(parts, "parked") == dict.fromkeys(SERVICES, 0)


async def test_when_the_disk_is_full_a_command_is_refused_and_later_takes_effect_once(
    operator: Operator,
) -> None:
    once = str(uuid4())
    async with on_a_tiny_disk(operator.parts, "registry.events") as disk:
        disk.fill()
        refused = await operator.proposes(2099, days=_senseless(2099), once=once)
        disk.clear()
        taken = await operator.proposes(2099, days=_senseless(2099), once=once)

    assert refused.status_code == 503
    assert refused.json()["detail"] == "数据库暂时不可用，请稍后重试。"
    assert taken.status_code == 201
    told = "registry.events WHERE aggregateid = 'calendar-proposal/2099'"
    assert await counted(operator.parts, told) == 1


@asynccontextmanager
async def _kafka_away(parts: LocalParts) -> AsyncIterator[None]:
    assert parts.kafka is not None
    await parts.kafka.stop()
    try:
        yield
    finally:
        await parts.kafka.start()


@asynccontextmanager
async def _postgres_away(parts: LocalParts) -> AsyncIterator[None]:
    assert parts.postgres is not None
    await parts.postgres.stop()
    try:
        yield
    finally:
        await parts.postgres.start()


@asynccontextmanager
async def _alone(parts: LocalParts, service: str, *, port: int) -> AsyncIterator[Process]:
    """One more process of a service, which nobody supervises."""
    job = parts.job(service, name=f"{service}-alone", port=port)
    process = start(job.command, log=job.log, env=job.env, folder=job.folder)
    try:
        yield process
    finally:
        await process.kill()


async def _says_that_it_waits_for(what: str, port: int) -> None:
    async def says_so() -> bool:
        try:
            ready = await _get(port, "/ready")
        except httpx.TransportError:
            return False
        missing: list[str] = ready.json()["missing"]
        return missing == [f"正在等待{what}"]

    await comes_true(says_so)


async def _get(port: int, path: str) -> httpx.Response:
    async with httpx.AsyncClient(timeout=60) as client:
        return await client.get(f"http://127.0.0.1:{port}{path}")


def _senseless(year: int) -> list[dict[str, Any]]:
    """Every day of a year with a long and senseless name: no page has room for it."""
    dice = Random(year)

    def name() -> str:
        return "".join(chr(dice.randint(0x4E00, 0x9FFF)) for _ in range(60))

    return [
        {"day": day.isoformat(), "works": day.weekday() >= 5, "name": name()}
        for day in days(date(year, 1, 1), date(year, 12, 31))
    ]
