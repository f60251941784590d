"""Commands through HTTP: token, decision, event committed; client, service, PostgreSQL together."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import httpx

from deploy.local.ports import free_port
from deploy.local.topics import prepare_topics
from shared.contracts.event import SYSTEM, ProposalId
from shared.contracts.intake import ProposalAccepted
from shared.identity import mint
from tests.bench import raw_command
from tests.bench.surroundings import Surroundings
from tests.waiting import comes_true
from tests.world import Keys, World, world_on

PROPOSALS = 4_000
CONNECTIONS = 32
CITY = "commands"
DAY = date(2024, 1, 15)
LEAD, DISTRICT, HELPERS = "C017", "D07", ("C018", "C019", "D07")
BUREAUS = ("S003", "S006")
Request = tuple[str, dict[str, object], str]
Task = tuple[str, str, str]  # its proposal, its id, its unit


async def bench(place: Surroundings) -> dict[str, float]:
    """Commands per second beside raw: submit (intake), sign, return, hand down (assignment)."""
    await prepare_topics(place.kafka, city=CITY)
    keys = Keys(place.places.signing_key, place.places.public_key)
    figures = {}
    for schema in ("registry", "intake", "assignment"):
        await place.schema(schema, package=f"services.{schema}")
    async with world_on(
        place.database_url, keys, services=("registry", "intake", "assignment"), today=DAY
    ) as world:
        await world.tell("registry", "/seed", {"place": "shenzhen"}, post="operator")
        await world.settle()
        tasks = await _hand_over(world)
    figures["raw"] = await _raw(place)
    figures["submit"] = await _measure(place, _service("intake"), list(_submissions(place)))
    for act, requests in (
        ("return", _returns(place, [task for task in tasks if task[2] == LEAD])),
        ("sign", _signatures(place, [task for task in tasks if task[2] in HELPERS])),
        ("hand_down", _handings_down(place, [task for task in tasks if task[2] == DISTRICT])),
    ):
        figures[act] = await _measure(place, _service("assignment"), list(requests))
    figures["ratio_of_submit_to_raw"] = figures["submit"] / figures["raw"]
    return figures


async def _raw(place: Surroundings) -> float:
    connection = await asyncpg.connect(place.database_url)
    await connection.execute(raw_command.TABLES)
    await connection.close()
    text = "老旧住宅没有电梯，老人和小孩上下楼困难。" * 20
    requests: list[Request] = [
        ("/commands", {"key": f"k{n % 2000}", "text": text}, "") for n in range(PROPOSALS * 3)
    ]
    server = ["-m", "uvicorn", "tests.bench.raw_command:app", "--loop", "uvloop"]
    return await _measure(place, [*server, "--http", "httptools", "--no-access-log"], requests)


def _service(name: str) -> list[str]:
    return ["-m", "deploy.cli", "serve", name]


async def _hand_over(world: World) -> list[Task]:
    """Proposals with a lead, which will return its task, and three co-handlers each."""
    proposals = [ProposalId(str(uuid4())) for _ in range(PROPOSALS)]
    for start in range(0, PROPOSALS, 500):
        await world.hears(
            "assignment",
            *(
                ProposalAccepted(proposal_id=each, by=SYSTEM, on=DAY, number=f"2024{n:04d}")
                for n, each in enumerate(proposals[start : start + 500], start)
            ),
        )
    tasks = []
    for start in range(0, PROPOSALS, 200):
        items = [
            {"proposal_id": each, "lead": LEAD, "co_handlers": list(HELPERS)}
            for each in proposals[start : start + 200]
        ]
        answer = await world.tell("assignment", "/hand-overs", {"items": items}, post="office")
        assert answer.status == 200, answer
        tasks += [
            (event["key"], task["task_id"], task["unit"])
            for event in answer.body["events"]
            for task in event["data"]["tasks"]
        ]
    return tasks


def _submissions(place: Surroundings) -> Iterator[Request]:
    token = _token(place, post="committee", unit="C004")
    for n in range(PROPOSALS * 3):
        body: dict[str, object] = {
            "year": 2024,
            "title": f"关于加快推进老旧住宅加装电梯的提案（{n}）",
            "text": "老旧住宅没有电梯，老人和小孩上下楼困难。" * 20,
            "kind": "single",
            "proposers": [{"name": "示例委员"}],
        }
        yield "/proposals", body, token


def _returns(place: Surroundings, tasks: list[Task]) -> Iterator[Request]:
    token = _token(place, post="head", unit=LEAD)
    why = {"reason_code": "not-our-duty", "reason": "不属于本单位职责", "proposed_unit": "C027"}
    for proposal, task, _ in tasks:
        yield f"/proposals/{proposal}/tasks/{task}/return", {**why}, token


def _handings_down(place: Surroundings, tasks: list[Task]) -> Iterator[Request]:
    token = _token(place, post="officer", unit=DISTRICT)
    for proposal, task, _ in tasks:
        work = [{"unit": bureau, "duty": "提出方案"} for bureau in BUREAUS]
        yield f"/proposals/{proposal}/tasks/{task}/hand-down", {"tasks": work}, token


def _signatures(place: Surroundings, tasks: list[Task]) -> Iterator[Request]:
    tokens = {unit: _token(place, post="officer", unit=unit) for unit in HELPERS}
    # One unit after the other: two signatures in one proposal at once would wait for each other.
    for proposal, task, unit in sorted(tasks, key=itemgetter(2)):
        yield f"/proposals/{proposal}/tasks/{task}/sign", {}, tokens[unit]


def _token(place: Surroundings, *, post: str, unit: str) -> str:
    return mint(
        place.places.signing_key,
        person=f"{post}.{unit}",
        name=post,
        post=post,
        unit=unit,
        minutes=60,
    )


async def _measure(place: Surroundings, words: list[str], requests: list[Request]) -> float:
    """Let the program run as its own process, and send the requests over a few connections."""
    port = free_port()
    log = place.places.log("measured")
    log.parent.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {
        "DATABASE_URL": place.database_url,
        "KAFKA_BOOTSTRAP_SERVERS": place.kafka,
        "HUIBAN_PUBLIC_KEY": str(place.places.public_key),
        "HUIBAN_CITY": CITY,
        "HUIBAN_DEMO": "1",
        "HUIBAN_PORT": str(port),
        "UVICORN_PORT": str(port),
    }
    with Path(log).open("ab") as said:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *words, env=environment, stdout=said, stderr=said
        )
    try:
        await _ready(f"http://127.0.0.1:{port}/ready")
        if words == _service(words[-1]):
            await _quiet(f"http://127.0.0.1:{port}/status")
        wire = [_wire(request) for request in requests]
        await _send(port, wire[:500])  # warm up: prepared statements, token cache
        rest = wire[500:]
        began = time.perf_counter()
        await _send(port, rest)
        return len(rest) / (time.perf_counter() - began)
    finally:
        process.terminate()
        await process.wait()


async def _ready(url: str) -> None:
    async with httpx.AsyncClient() as client:
        for _ in range(300):
            try:
                if (await client.get(url)).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.1)
    raise TimeoutError(url)


async def _quiet(url: str) -> None:
    """Let the service hear first what others told meanwhile: only commands are to be measured."""
    async with httpx.AsyncClient() as client:

        async def heard_all() -> bool:
            status = (await client.get(url)).json()
            return bool(status["lag"] == status["outbox_pending"] == 0)

        await comes_true(heard_all)


def _wire(request: Request) -> bytes:
    path, body, token = request
    content = json.dumps(body, ensure_ascii=False).encode()
    head = (
        f"POST {urlsplit(path).path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n"
        f"Idempotency-Key: {uuid4()}\r\nHuiban-Today: {DAY}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


async def _send(port: int, wire: list[bytes]) -> None:
    """A client that costs little, so that it measures the service: keep-alive, one at a time."""
    waiting = iter(wire)

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in waiting:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")), head
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
        writer.close()

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
