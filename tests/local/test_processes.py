"""Processes we start: logged, ended in order, and gone when we are."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from deploy.local.processes import LOG_BYTES, Identity, program, start
from deploy.places import PROJECT
from tests.local.waiting import comes_true

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = [
    *(sys.executable, "-u", "-c"),
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    " print('deaf'); time.sleep(60)",
]
STARTS_ONE_AND_WAITS = """
import sys, time
from pathlib import Path
from deploy.local.processes import start
child = start([sys.executable, "-c", "import time; time.sleep(60)"], log=Path(sys.argv[1]))
print(child.pid, flush=True)
time.sleep(60)
"""


def test_a_process_is_known_by_number_and_start() -> None:
    us = Identity.of(os.getpid())

    assert us is not None
    assert us.alive
    assert not Identity(us.pid, "another time").alive
    assert "python" in (program(os.getpid()) or "") or "pytest" in (program(os.getpid()) or "")


def test_a_number_that_nobody_has_is_no_process() -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()

    assert Identity.of(ended.pid) is None
    assert program(ended.pid) is None


async def test_a_process_that_listens_ends_in_order(tmp_path: Path) -> None:
    process = start(SLEEP, log=tmp_path / "log")

    await process.stop(signal.SIGTERM, patience=10)

    assert process.exit_code == -signal.SIGTERM


async def test_a_process_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    process = start(DEAF, log=tmp_path / "log")
    await comes_true(lambda: "deaf" in process.words())

    await process.stop(signal.SIGTERM, patience=0.3)

    assert process.exit_code == -signal.SIGKILL


async def test_ctrl_c_at_the_terminal_does_not_reach_it(tmp_path: Path) -> None:
    process = start(SLEEP, log=tmp_path / "log")

    assert os.getsid(process.pid) == process.pid

    await process.kill()


async def test_its_words_are_those_of_this_run_only(tmp_path: Path) -> None:
    log = tmp_path / "log"
    first = start(["echo", "first run"], log=log)
    await first.ended()

    second = start(["echo", "second run"], log=log)
    await second.ended()

    assert second.words() == "second run\n"
    assert log.read_text() == "first run\nsecond run\n"


async def test_a_long_log_is_turned_over(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("wb") as long:
        long.truncate(LOG_BYTES + 1)

    await start(["echo", "new page"], log=log).ended()

    assert log.read_text() == "new page\n"
    assert (tmp_path / "log.1").stat().st_size == LOG_BYTES + 1


def test_nothing_outlives_a_starter_that_was_killed(tmp_path: Path) -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTS_ONE_AND_WAITS, str(tmp_path / "log")],
        stdout=subprocess.PIPE,
        cwd=PROJECT,
    )
    assert starter.stdout is not None
    with starter.stdout:
        child = Identity.of(int(starter.stdout.readline()))
    assert child is not None
    assert child.alive

    starter.kill()
    starter.wait()

    assert _gone_within(child, seconds=5)


def _gone_within(process: Identity, *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while process.alive and time.monotonic() < deadline:
        time.sleep(0.02)
    return not process.alive
