"""Processes that we start: each in its own session, with its own log, and none that outlives us."""

import asyncio
import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

POLL_SECONDS = 0.05
LOG_BYTES = 20_000_000
LAST_WORDS = 16_000
PR_SET_PDEATHSIG = 1

if sys.platform == "linux":
    # Loaded before any fork: after one, only async-signal-safe work is allowed.
    _libc = ctypes.CDLL(None)


@dataclass(frozen=True)
class Account:
    """A user of this machine under whose name a process may run."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Identity:
    """A process and when it was started: numbers come round again, this pair does not."""

    pid: int
    started: str

    @classmethod
    def of(cls, pid: int) -> "Identity | None":
        """The process that has this number now, if any."""
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            told = _told_by_ps(pid, "lstart")
            return cls(pid, told) if told else None
        state, *rest = stat.rpartition(")")[2].split()
        return None if state == "Z" else cls(pid, rest[18])

    @property
    def alive(self) -> bool:
        """Is it still there?"""
        return Identity.of(self.pid) == self


def program(pid: int) -> str | None:
    """The name of the program that has this number now, if any."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return _told_by_ps(pid, "comm")


def _children(pid: int) -> list[Identity]:
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [child for number in told.split() if (child := Identity.of(int(number)))]


def _told_by_ps(pid: int, column: str) -> str | None:
    if Path("/proc/self/stat").exists():
        return None
    found = subprocess.run(
        ["ps", "-o", f"{column}=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or None


class Process:
    """A child of ours."""

    def __init__(self, popen: "subprocess.Popen[bytes]", *, log: Path, silent_until: int) -> None:
        self._popen = popen
        self.log = log
        self._silent_until = silent_until

    @property
    def pid(self) -> int:
        return self._popen.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; minus the signal's number when a signal ended it."""
        return self._popen.poll()

    @property
    def running(self) -> bool:
        return self.exit_code is None

    def words(self) -> str:
        """What it has said since its start, the last part of it: why would it not start?"""
        try:
            with self.log.open("rb") as lines:
                lines.seek(max(self._silent_until, self.log.stat().st_size - LAST_WORDS))
                return lines.read().decode(errors="replace")
        except OSError:
            return ""

    def send(self, number: signal.Signals) -> None:
        """Send a signal; one that has already ended does not mind."""
        if self.running:
            self._popen.send_signal(number)

    async def ended(self) -> int:
        """Wait for its end."""
        # Asking costs microseconds; a waiting thread per child could not be called off.
        while (code := self.exit_code) is None:  # noqa: ASYNC110
            await asyncio.sleep(POLL_SECONDS)
        return code

    async def stop(self, *politely: signal.Signals, patience: float) -> None:
        """Ask it to end, with each signal in turn; one that does not listen is killed."""
        for number in politely:
            self.send(number)
            if await self._ends_within(patience):
                return
        await self.kill()

    async def kill(self, *, family: bool = False) -> None:
        """End it at once, as a power cut would; with its own children, if these are meant too."""
        children = _children(self.pid) if family and self.running else []
        self.send(signal.SIGKILL)
        await self.ended()
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGKILL)

    async def _ends_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self.ended()
        except TimeoutError:
            return False
        return True


def start(
    command: Sequence[str | Path],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    folder: Path | None = None,
    account: Account | None = None,
    when_we_die: signal.Signals = signal.SIGKILL,
    holds: Sequence[int] = (),
) -> Process:
    """Start a process that gets a signal from the kernel should we die without a word.

    It has a session of its own, so that Ctrl-C at the terminal reaches only us and we end things
    in order. ``holds`` are file descriptors that it keeps open as long as it lives.
    """
    _turn_over(log)
    with log.open("ab") as out:
        silent_until = out.tell()
        popen = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=env,
            pass_fds=tuple(holds),
            start_new_session=True,
            preexec_fn=_bound_to_us(when_we_die),
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
        return Process(popen, log=log, silent_until=silent_until)


def _bound_to_us(number: signal.Signals) -> Callable[[], None] | None:
    # The kernel watches the thread that forked, so only the main thread's life is ours.
    if sys.platform != "linux" or threading.current_thread() is not threading.main_thread():
        return None
    us = os.getpid()

    def bind() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, int(number))
        if os.getppid() != us:
            os._exit(1)

    return bind


def _turn_over(log: Path) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))
