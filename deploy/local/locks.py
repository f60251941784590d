"""Who uses a folder: locks that the kernel takes back when the last holder is gone."""

import asyncio
import contextlib
import fcntl
import json
import os
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from deploy.local.processes import Identity, Process
from deploy.troubles import Trouble

RELEASE_SECONDS = 15.0


class AlreadyUp(Trouble):
    """会办已经在运行（进程号{pid}，目录{folder}）；请先在那个窗口按 Ctrl-C 结束，再重新启动。"""


class FolderInUse(Trouble):
    """目录{folder}正被另一个{what}使用（进程号{pid}）；请先停止它，再重新启动。"""


@contextlib.contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Let one process at a time run an installation; a lock whose holder died is free.

    Raises:
        AlreadyUp: another process runs this installation.
    """
    with lock.open("a+", encoding="utf-8") as file:
        if not _take(file.fileno()):
            raise AlreadyUp(pid=lock.read_text(encoding="utf-8") or "未知", folder=lock.parent)
        lock.write_text(str(os.getpid()), encoding="utf-8")
        try:
            yield
        finally:
            lock.write_text("", encoding="utf-8")


def is_held(lock: Path) -> bool:
    """Does a process run this installation now?"""
    try:
        with lock.open("r", encoding="utf-8") as file:
            return not _take(file.fileno())
    except FileNotFoundError:
        return False


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class Claim:
    """A part's hold on its data: inherited by the part's processes, so it lasts as long as they.

    Kafka itself does not notice a second node on the same data, and spoils it.
    """

    def __init__(self, folder: Path, *, what: str, ends_with: signal.Signals) -> None:
        self._folder = folder
        self._file = folder / "lock"
        self._what = what
        self._ends_with = ends_with

    @contextlib.asynccontextmanager
    async def taken(self) -> AsyncIterator[int]:
        """The lock's descriptor, to be given to the part; ours is closed afterwards.

        A part left over by a starter that died is ended first.

        Raises:
            FolderInUse: the part belongs to somebody who lives, or does not end.
        """
        with self._file.open("a+", encoding="utf-8") as file:
            await self._until_ours(file.fileno())
            yield file.fileno()

    def sign(self, process: Process) -> None:
        """Write down which process holds the lock, and who started it."""
        note = [_told(Identity.of(pid)) for pid in (process.pid, os.getpid())]
        self._file.write_text(json.dumps(note), encoding="utf-8")

    async def _until_ours(self, descriptor: int) -> None:
        deadline = asyncio.get_running_loop().time() + RELEASE_SECONDS
        asked = False
        while not _take(descriptor):
            holder, owner = self._signed()
            late = asyncio.get_running_loop().time() > deadline
            if late or (holder and holder.alive and owner and owner.alive):
                pid = holder.pid if holder else "未知"
                raise FolderInUse(folder=self._folder, what=self._what, pid=pid)
            if holder and holder.alive and not asked:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(holder.pid, self._ends_with)
                asked = True
            await asyncio.sleep(0.05)

    def _signed(self) -> tuple[Identity | None, Identity | None]:
        try:
            holder, owner = json.loads(self._file.read_text(encoding="utf-8"))
        except (ValueError, TypeError, OSError):
            return None, None
        return Identity(*holder), Identity(*owner)


def _told(identity: Identity | None) -> tuple[int, str]:
    return (identity.pid, identity.started) if identity else (0, "")
