"""Attachments that clamd looks at first: clean, infected, and clamd in all its moods."""

import asyncio
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from deploy.commands.doctor import attachments
from shared.attachments import Attachments, ScannerAway, attachments_at
from tests.conftest import Opening
from tests.service.intake.acts import send_file, submit
from tests.service.intake.conftest import RULES
from tests.world import Answer, World

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"
VIRUS = b"X5O!P%@AP"  # no virus, but our clamd takes it for one
LIMIT = 900
AWAY = (503, "scanner-away", "病毒检查暂时不可用，附件没有收下，请稍后重试。")
Desk = Callable[[int], AbstractAsyncContextManager[World]]


class Clamd:
    """A listener on loopback that speaks clamd's PING and INSTREAM as its manual has them."""

    def __init__(self) -> None:
        self.port = 0
        self.answers = asyncio.Event()
        self.answers.set()
        self.asked = asyncio.Event()
        self.falls_silent = False

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["Clamd"]:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        command = await reader.readline()
        self.asked.set()
        await self.answers.wait()
        if not self.falls_silent:
            writer.write(b"PONG\n" if command == b"nPING\n" else await self._verdict(reader))
            await writer.drain()
        writer.close()

    @staticmethod
    async def _verdict(reader: asyncio.StreamReader) -> bytes:
        content = b""
        while size := struct.unpack("!L", await reader.readexactly(4))[0]:
            content += await reader.readexactly(size)
        if len(content) > LIMIT:
            return b"INSTREAM size limit exceeded. ERROR\n"
        return b"stream: Eicar-Test-Signature FOUND\n" if VIRUS in content else b"stream: OK\n"


@pytest.fixture
async def clamd() -> AsyncIterator[Clamd]:
    async with Clamd().listening() as there:
        yield there


@pytest.fixture
def desk(open_world: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Intake with a folder for attachments and a clamd at a port."""

    @asynccontextmanager
    async def opened(port: int) -> AsyncIterator[World]:
        attachments_at.cache_clear()
        monkeypatch.setenv("HUIBAN_STORE", str(tmp_path))
        monkeypatch.setenv("HUIBAN_CLAMD", f"127.0.0.1:{port}")
        async with open_world("intake") as world:
            await world.hears("intake", RULES)
            yield world

    return opened


async def bring(world: World, content: bytes = PDF) -> Answer:
    return await send_file(world, "/attachments", content, name="方案.pdf")


def kept_in(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


async def test_what_is_clean_is_taken_and_what_is_infected_is_not(
    desk: Desk, clamd: Clamd, tmp_path: Path
) -> None:
    async with desk(clamd.port) as intake:
        clean = await bring(intake)
        infected = await bring(intake, PDF + VIRUS)
        uploads = await intake.rows("intake", "SELECT digest FROM uploads")

    assert clean.status == 201
    assert (infected.status, infected.code) == (422, "infected")
    assert infected.says == "文件“方案.pdf”没有通过病毒检查（Eicar-Test-Signature），不能收下。"
    assert kept_in(tmp_path) == [row["digest"] for row in uploads] == [clean.body["digest"]]


async def test_what_clamd_does_not_look_at_for_its_size_is_not_taken(
    desk: Desk, clamd: Clamd, tmp_path: Path
) -> None:
    async with desk(clamd.port) as intake:
        answer = await bring(intake, PDF + b" " * LIMIT)

    assert (answer.status, answer.code) == (422, "too-large-to-scan")
    assert "超过了病毒检查的上限" in answer.says
    assert kept_in(tmp_path) == []


async def test_while_clamd_is_away_nothing_is_taken(desk: Desk, tmp_path: Path) -> None:
    async with Clamd().listening() as gone:
        pass
    async with desk(gone.port) as intake:
        answer = await bring(intake)

    assert (answer.status, answer.code, answer.says) == AWAY
    assert kept_in(tmp_path) == []


async def test_a_clamd_that_falls_silent_is_away(desk: Desk, clamd: Clamd, tmp_path: Path) -> None:
    clamd.falls_silent = True
    async with desk(clamd.port) as intake:
        answer = await bring(intake)

    assert (answer.status, answer.code, answer.says) == AWAY
    assert kept_in(tmp_path) == []


async def test_while_clamd_hangs_everything_else_is_answered(
    desk: Desk, clamd: Clamd, tmp_path: Path
) -> None:
    clamd.answers.clear()
    async with desk(clamd.port) as intake:
        bringing = asyncio.create_task(bring(intake))
        await clamd.asked.wait()
        submitted = await submit(intake, "a")
        kept, still_waits = kept_in(tmp_path), not bringing.done()
        clamd.answers.set()
        brought = await bringing

    assert submitted.status == 201
    assert (kept, still_waits) == ([], True)
    assert brought.status == 201


async def test_nobody_waits_for_clamd_for_ever(clamd: Clamd, tmp_path: Path) -> None:
    clamd.answers.clear()
    there = Attachments(str(tmp_path), clamd=f"127.0.0.1:{clamd.port}", patience=0.05)

    with pytest.raises(ScannerAway):
        await there.keep(PDF, name="方案.pdf", kinds={"application/pdf": "PDF"}, largest=1000)

    clamd.answers.set()
    assert kept_in(tmp_path) == []


async def test_the_doctor_says_that_clamd_answers(
    clamd: Clamd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIBAN_CLAMD", f"127.0.0.1:{clamd.port}")

    found = await attachments(str(tmp_path))

    assert (found.mark, found.says) == (
        "well",
        f"{tmp_path} 可以存取，由 127.0.0.1:{clamd.port} 查毒",
    )
