"""Attachments in a store that speaks S3: there, not there, slow, and what becomes of a file."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from shared.attachments import Attachments, StoreAway, attachments_at
from tests.buckets import Bucket, bucket, surroundings
from tests.conftest import Opening
from tests.service.intake.acts import called, draft, fetch, page, send_file, submit
from tests.service.intake.conftest import RULES
from tests.world import Answer, World

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"
BROKEN = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
AWAY = (503, "store-away", "附件存放处暂时不可用，请稍后重试。")
Desk = Callable[..., AbstractAsyncContextManager[World]]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Bucket]:
    async with bucket(tmp_path / "s3") as there:
        yield there


@pytest.fixture
def desk(open_world: Opening, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Intake, told these surroundings."""

    @asynccontextmanager
    async def opened(told: dict[str, str]) -> AsyncIterator[World]:
        attachments_at.cache_clear()
        for name, value in told.items():
            monkeypatch.setenv(name, value)
        async with open_world("intake") as world:
            await world.hears("intake", RULES)
            yield world

    return opened


@asynccontextmanager
async def listener(answer: Callable[[], Awaitable[bytes]]) -> AsyncIterator[str]:
    """A server on loopback that reads what it is asked and says the same to everything."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(await answer())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def bring(world: World) -> Answer:
    return await send_file(world, "/attachments", PDF, name="方案.pdf")


async def lie_there(world: World, name: str) -> str:
    """A proposal with a file; its digest."""
    file = (await bring(world)).body
    named = {"name": file["name"], "digest": file["digest"]}
    assert (await submit(world, name, attachments=[named])).status == 201
    return str(file["digest"])


def said(answer: Answer) -> tuple[int, str, str]:
    return answer.status, answer.code, answer.says


async def test_a_file_is_kept_there_and_delivered_from_there(desk: Desk, store: Bucket) -> None:
    async with desk(store.surroundings()) as intake:
        digest = await lie_there(intake, "a")

        response = await fetch(intake, f"/proposals/{called('a')}/attachments/{digest}")

    assert (response.status_code, response.content) == (200, PDF)
    assert store.kept == [digest]


async def test_what_is_lost_there_is_not_found(desk: Desk, store: Bucket) -> None:
    async with desk(store.surroundings()) as intake:
        digest = await lie_there(intake, "a")
        next(store.folder.rglob(digest)).unlink()

        response = await fetch(intake, f"/proposals/{called('a')}/attachments/{digest}")

    assert (response.status_code, response.json()["code"]) == (404, "unknown")


@pytest.mark.parametrize("wrong", [{"secret": "another"}, {"where": "s3://no-such-bucket"}])
async def test_without_key_or_bucket_nothing_is_taken_and_nothing_is_said_to_be_lost(
    desk: Desk, store: Bucket, wrong: dict[str, str]
) -> None:
    async with desk(store.surroundings()) as intake:
        digest = await lie_there(intake, "a")
    told = surroundings(store.endpoint, **{"where": store.where, **wrong})
    async with desk(told) as intake:
        brought = await bring(intake)
        response = await fetch(intake, f"/proposals/{called('a')}/attachments/{digest}")

    assert said(brought) == AWAY
    assert (response.status_code, response.json()["code"]) == AWAY[:2]
    assert store.kept == [digest]


async def test_a_store_that_fails_leaves_nothing_half_done_and_the_rest_goes_on(
    desk: Desk,
) -> None:
    async def fail() -> bytes:
        return BROKEN

    async with listener(fail) as endpoint, desk(surroundings(endpoint, "s3://failing")) as intake:
        brought = await bring(intake)
        uploads = await intake.rows("intake", "SELECT * FROM uploads")
        plain = await submit(intake, "a")

    assert said(brought) == AWAY
    assert uploads == []
    assert plain.status == 201


async def test_a_store_that_nobody_runs_is_away(desk: Desk) -> None:
    async def nothing() -> bytes:
        return b""

    async with listener(nothing) as endpoint:
        pass
    async with desk(surroundings(endpoint, "s3://refusing")) as intake:
        brought = await bring(intake)

    assert said(brought) == AWAY


async def test_while_a_store_hangs_everything_else_is_answered(desk: Desk) -> None:
    asked, let_go = asyncio.Event(), asyncio.Event()

    async def hang() -> bytes:
        asked.set()
        await let_go.wait()
        return BROKEN

    async with listener(hang) as endpoint, desk(surroundings(endpoint, "s3://hanging")) as intake:
        bringing = asyncio.create_task(bring(intake))
        await asked.wait()
        drafted = await draft(intake, draft_id=called("d"))
        submitted = await submit(intake, "a")
        read = await page(intake, "a")
        still_waits = not bringing.done()
        let_go.set()
        brought = await bringing

    assert (drafted.status, submitted.status, read["attachments"]) == (201, 201, [])
    assert still_waits
    assert said(brought) == AWAY


async def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    let_go = asyncio.Event()

    async def hang() -> bytes:
        await let_go.wait()
        return BROKEN

    async with listener(hang) as endpoint:
        for name, value in surroundings(endpoint, "s3://hanging").items():
            monkeypatch.setenv(name, value)
        there = Attachments("s3://hanging", patience=0.05)
        with pytest.raises(StoreAway) as kept:
            await there.keep(PDF, name="方案.pdf", kinds={"application/pdf": "PDF"}, largest=1000)
        with pytest.raises(StoreAway):
            await there.content("0" * 64)
        let_go.set()

    assert isinstance(kept.value.__cause__, TimeoutError)
