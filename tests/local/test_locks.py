"""Locks: one at a time, and none that outlives its holder."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local import locks
from deploy.local.locks import AlreadyUp, Claim, FolderInUse, is_held, only_one
from deploy.local.processes import Identity, Process, start
from deploy.places import PROJECT

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
HOLDS_AND_WAITS = """
import sys, time
from pathlib import Path
from deploy.local.locks import only_one
with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""
STARTS_A_PART_AND_DIES = """
import asyncio, os, signal, subprocess, sys
from pathlib import Path
from deploy.local.locks import Claim
from deploy.local.processes import Process
async def main():
    claim = Claim(Path(sys.argv[1]), what="Kafka", ends_with=signal.SIGTERM)
    async with claim.taken() as lock:
        popen = subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(60)"],
            pass_fds=[lock], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        claim.sign(Process(popen, log=Path("/dev/null"), silent_until=0))
    print(popen.pid, flush=True)
    os._exit(0)
asyncio.run(main())
"""


def test_a_second_starter_is_told_who_the_first_is(tmp_path: Path) -> None:
    lock = tmp_path / "up.lock"
    first = subprocess.Popen(
        [sys.executable, "-c", HOLDS_AND_WAITS, str(lock)], stdout=subprocess.PIPE, cwd=PROJECT
    )
    assert first.stdout is not None
    with first.stdout:
        assert first.stdout.readline() == b"held\n"

    with pytest.raises(AlreadyUp, match=rf"已经在运行（进程号{first.pid}，"), only_one(lock):
        pass

    assert is_held(lock)
    first.kill()
    first.wait()


def test_a_lock_whose_holder_was_killed_is_taken_over(tmp_path: Path) -> None:
    lock = tmp_path / "up.lock"
    first = subprocess.Popen(
        [sys.executable, "-c", HOLDS_AND_WAITS, str(lock)], stdout=subprocess.PIPE, cwd=PROJECT
    )
    assert first.stdout is not None
    with first.stdout:
        first.stdout.readline()
    first.kill()
    first.wait()

    assert lock.read_text() == str(first.pid)
    with only_one(lock):
        assert lock.read_text() == str(os.getpid())

    assert not is_held(lock)


def test_a_lock_that_was_never_there_is_not_held(tmp_path: Path) -> None:
    assert not is_held(tmp_path / "up.lock")


async def test_a_part_holds_its_folder_as_long_as_it_lives(tmp_path: Path) -> None:
    claim = Claim(tmp_path, what="Kafka", ends_with=signal.SIGTERM)
    part = await _part(claim, tmp_path)

    with pytest.raises(FolderInUse, match=rf"正被另一个Kafka使用（进程号{part.pid}）"):
        await _part(claim, tmp_path)

    await part.kill()
    again = await _part(claim, tmp_path)
    await again.kill()


async def test_a_part_whose_starter_died_is_ended_first(tmp_path: Path) -> None:
    orphan = _orphan(tmp_path)
    assert orphan.alive

    claim = Claim(tmp_path, what="Kafka", ends_with=signal.SIGTERM)
    async with claim.taken():
        assert not orphan.alive


async def test_a_part_that_does_not_end_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "RELEASE_SECONDS", 0.2)
    claim = Claim(tmp_path, what="Kafka", ends_with=signal.SIGTERM)
    part = await _part(claim, tmp_path, signed=False)

    with pytest.raises(FolderInUse, match="进程号未知"):
        await _part(claim, tmp_path)

    await part.kill()


def _orphan(folder: Path) -> Identity:
    told = subprocess.run(
        [sys.executable, "-c", STARTS_A_PART_AND_DIES, str(folder)],
        capture_output=True,
        cwd=PROJECT,
        check=True,
    )
    found = Identity.of(int(told.stdout))
    assert found is not None
    return found


async def _part(claim: Claim, folder: Path, *, signed: bool = True) -> Process:
    async with claim.taken() as lock:
        process = start(SLEEP, log=folder / "log", holds=[lock])
        if signed:
            claim.sign(process)
    return process
