"""An installation in operation: asked, explained, measured, rebuilt while people read in it."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from deploy.services import SERVICES
from shared.clock import office_day
from tests.connected.operating import Operator
from tests.inside import tables
from tests.living import PlayedYear
from tests.waiting import comes_true

pytestmark = pytest.mark.connected

PAGES = (
    "/",
    "/units",
    "/units/D07",
    "/ledger?year=2024",
    "/report?unit=D07&year=2024",
    "/report.json?unit=D07&year=2024",
)
LOOPS = ("listener", "relay", "retry", "measure")


async def test_a_well_installation_is_well(operator: Operator) -> None:
    await _enter_this_years_holidays(operator)

    doctor = await operator.types("doctor")

    assert doctor.code == 0, doctor.said
    assert all(service in doctor.said for service in ("数据库", "Kafka", *SERVICES))
    assert "异常" not in doctor.said


async def test_the_doctor_names_the_service_that_is_stopped(operator: Operator) -> None:
    reply = operator.parts.services["reply"]
    await reply.stop()

    doctor = await operator.types("doctor", "--json")

    await reply.start()
    await operator.parts.ready("reply")
    wrong = [one for one in json.loads(doctor.said) if one["mark"] == "wrong"]
    assert doctor.code == 1
    assert [one["subject"] for one in wrong] == ["reply"]
    assert "没有应答" in wrong[0]["says"]
    assert wrong[0]["advice"]


async def test_the_days_of_a_proposal_are_explained_step_by_step(operator: Operator) -> None:
    explained = await operator.types("explain", "20240080")

    assert explained.code == 0
    assert "龙华区人民政府（主办）" in explained.said
    assert "签收期限：2024-01-18" in explained.said
    assert "2024-01-18  加3个工作日" in explained.said
    assert "依据：shenzhen-2024@2 sign" in explained.said


async def test_a_proposal_that_is_not_there_is_not_explained(operator: Operator) -> None:
    explained = await operator.types("explain", "20249998")

    assert (explained.code, explained.complained) == (1, "没有案号为20249998的提案。\n")


async def test_another_system_is_given_a_key_at_the_terminal(operator: Operator) -> None:
    words = ("--name=人事系统", "--post=operator", "--unit=C001", "--acts=read,registry.people")
    registered = await operator.types("account", "register", "hr-sync", *words)
    key = registered.said.partition("Authorization: ")[2].strip()
    url = operator.parts.addresses.url("registry")

    async def opens(path: str = "/units") -> bool:
        async with httpx.AsyncClient(timeout=60, headers={"Authorization": key}) as client:
            return (await client.get(f"{url}{path}")).status_code == 200

    async def closes() -> bool:
        return not await opens()

    await comes_true(opens)
    assert not await opens("/accounts"), "it is for the acts that it was given"
    assert "hr-sync" in (await operator.types("account", "list")).said
    assert key.partition(".")[2] not in (await operator.types("account", "list", "--json")).said
    await operator.types("account", "rotate", "hr-sync")
    await comes_true(closes)
    ended = await operator.types("account", "end", "hr-sync")
    again = await operator.types("account", "end", "hr-sync")
    assert (ended.code, ended.said) == (0, "已停用：hr-sync。\n")
    assert (again.code, again.complained.endswith("停用。（account-ended）\n")) == (1, True)


async def test_a_minted_token_is_taken_by_a_service(operator: Operator) -> None:
    minted = await operator.types("token", "--person=p", "--post=operator", "--unit=C001")
    url = operator.parts.addresses.url("reply") + "/parked"

    async with httpx.AsyncClient(timeout=60) as client:
        named = await client.get(url, headers={"Authorization": f"Bearer {minted.said.strip()}"})
        nameless = await client.get(url)

    assert named.status_code == 200
    assert nameless.status_code == 401
    assert "请先登录" in nameless.json()["detail"]


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_is_live_ready_and_has_nothing_left_to_do(
    operator: Operator, service: str
) -> None:
    live = await operator.asks("GET", service, "/live")
    ready = await operator.asks("GET", service, "/ready")

    async def nothing_is_left() -> bool:
        status = await operator.status(service)
        return (status["outbox_pending"], status["lag"], status["parked"]) == (0, 0, {})

    assert live.json() == {"status": "live"}
    assert ready.json() == {"ready": True, "missing": []}
    await comes_true(nothing_is_left)


@pytest.mark.parametrize("service", SERVICES)
async def test_prometheus_finds_what_it_watches(operator: Operator, service: str) -> None:
    figures = await operator.figures(service)

    assert figures["huiban_outbox_oldest_pending_age_seconds"] == 0
    assert figures["huiban_consumer_lag_records"] == 0
    assert figures["huiban_consumer_lag_seconds"] == 0
    assert figures['huiban_parked_events{state="dead"}'] == 0
    for loop in LOOPS:
        assert figures[f'huiban_loop_heartbeat_age_seconds{{loop="{loop}"}}'] < 20


async def test_the_read_side_is_rebuilt_while_people_read(
    played_year: PlayedYear, operator: Operator
) -> None:
    before = await tables(operator.parts, "portal")
    rebuilt = asyncio.Event()
    reading = [asyncio.create_task(_read_until(rebuilt, operator)) for _ in range(2)]

    replay = await operator.types("replay", "portal")

    rebuilt.set()
    read = [page for pages in await asyncio.gather(*reading) for page in pages]
    assert replay.code == 0, replay.complained
    assert "重建portal" in replay.said
    assert "搁置0条" in replay.said
    assert len(read) > len(PAGES)
    assert [page for page in read if page[1] != 200] == []
    assert await tables(operator.parts, "portal") == before
    assert await _report(operator) == played_year.report


async def test_a_rebuilt_read_side_goes_on_hearing(operator: Operator) -> None:
    (await operator.registers("after.replay")).raise_for_status()

    await operator.until_all_know("after.replay")


async def _read_until(rebuilt: asyncio.Event, operator: Operator) -> list[tuple[str, int]]:
    """Read page after page; at least one round, and one after it was rebuilt."""
    read = []
    over = False
    while not over:
        over = rebuilt.is_set()
        for page in PAGES:
            read.append((page, (await operator.asks("GET", "portal", page)).status_code))
    return read


async def _report(operator: Operator) -> dict[str, Any]:
    answer = await operator.asks("GET", "portal", PAGES[-1])
    report: dict[str, Any] = answer.json()
    return report


async def _enter_this_years_holidays(operator: Operator) -> None:
    """What the doctor would ask for in a year that was not announced when this was written."""
    year = office_day().year
    if (await operator.asks("GET", "registry", f"/calendars/{year}")).status_code == 404:
        await operator.announces(year, days=[])
