"""The supervisor: what dies is started again after a growing pause; what is stopped stays away."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.local import supervisor as supervising
from deploy.local.processes import Identity
from deploy.local.supervisor import Job, Supervisor, next_pause
from tests.local.waiting import comes_true

LIVES = "import time; print('here', flush=True); time.sleep(60)"
DIES = "import sys; sys.exit(3)"
DEAF = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    " print('here', flush=True); time.sleep(60)"
)


@pytest.mark.parametrize(
    ("last", "lived", "pause"),
    [
        (None, 0.1, 1),
        (1, 0.1, 2),
        (2, 0.1, 4),
        (16, 0.1, 30),
        (30, 0.1, 30),
        (30, 59.9, 30),
        (30, 60.0, 1),
    ],
)
def test_the_pause_doubles_up_to_half_a_minute_and_a_good_minute_ends_it(
    last: float | None, lived: float, pause: float
) -> None:
    assert next_pause(last, lived=lived) == pause


@pytest.fixture
async def heard() -> list[str]:
    return []


@pytest.fixture
async def supervisor(
    heard: list[str], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Supervisor]:
    monkeypatch.setattr(supervising, "SHORTEST_PAUSE", 0.2)
    running = Supervisor(say=heard.append)
    yield running
    await running.stop()


async def test_a_process_that_was_killed_is_started_again(
    supervisor: Supervisor, heard: list[str], tmp_path: Path
) -> None:
    kept = await supervisor.add(_job(tmp_path, LIVES))
    first = kept.pid

    await kept.kill()
    assert kept.pid is None
    await comes_true(lambda: kept.pid is not None)

    assert kept.pid != first
    assert heard == ["收案服务意外退出（信号 9），0.2 秒后重新启动。"]


async def test_the_pause_grows_while_it_keeps_dying(
    supervisor: Supervisor, heard: list[str], tmp_path: Path
) -> None:
    kept = await supervisor.add(_job(tmp_path, DIES))

    await comes_true(lambda: kept.deaths == 3)

    assert heard == [
        "收案服务意外退出（退出码 3），0.2 秒后重新启动。",
        "收案服务意外退出（退出码 3），0.4 秒后重新启动。",
        "收案服务意外退出（退出码 3），0.8 秒后重新启动。",
    ]


async def test_a_process_that_was_stopped_stays_away(
    supervisor: Supervisor, heard: list[str], tmp_path: Path
) -> None:
    kept = await supervisor.add(_job(tmp_path, LIVES))

    await kept.stop()
    await asyncio.sleep(0.5)

    assert kept.pid is None
    assert heard == []


async def test_a_stop_during_the_pause_calls_the_next_start_off(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    kept = await supervisor.add(_job(tmp_path, LIVES))
    await kept.kill()
    await asyncio.sleep(0.1)

    await kept.stop()
    await asyncio.sleep(0.5)

    assert kept.pid is None


async def test_a_restart_is_no_accident(
    supervisor: Supervisor, heard: list[str], tmp_path: Path
) -> None:
    kept = await supervisor.add(_job(tmp_path, LIVES))
    first = kept.pid

    await kept.restart()

    assert kept.pid not in (None, first)
    assert heard == []


async def test_the_end_reaches_those_who_do_not_listen(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervising, "STOP_SECONDS", 0.3)
    deaf = await supervisor.add(_job(tmp_path, DEAF))
    await comes_true(lambda: "here" in deaf.words())
    process = Identity.of(deaf.pid or 0)
    assert process is not None

    await supervisor.stop()

    assert not process.alive


async def test_one_that_left_is_forgotten(supervisor: Supervisor, tmp_path: Path) -> None:
    kept = await supervisor.add(_job(tmp_path, LIVES))

    await supervisor.remove("intake")

    assert kept.pid is None
    assert list(supervisor) == []


async def test_each_process_writes_its_own_log(supervisor: Supervisor, tmp_path: Path) -> None:
    kept = await supervisor.add(_job(tmp_path, LIVES))

    await comes_true(lambda: "here" in kept.words())

    assert kept.job.log.read_text() == "here\n"


def _job(folder: Path, script: str) -> Job:
    return Job(
        name="intake",
        title="收案服务",
        command=[sys.executable, "-c", script],
        env={},
        log=folder / "intake.log",
    )
