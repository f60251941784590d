"""Keeps processes running: a dead one is started again, after a pause that grows."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM

from deploy.local.processes import Process, start

SHORTEST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
ALIVE_LONG_ENOUGH = 60.0
STOP_SECONDS = 20.0

Say = Callable[[str], None]


def next_pause(last: float | None, *, lived: float) -> float:
    """How long to wait before the next start: 1, 2, 4 … 30 s, and 1 s again after a good minute."""
    if last is None or lived >= ALIVE_LONG_ENOUGH:
        return SHORTEST_PAUSE
    return min(last * 2, LONGEST_PAUSE)


@dataclass(frozen=True)
class Job:
    """What is to be kept running."""

    name: str
    title: str
    command: Sequence[str | Path]
    env: Mapping[str, str]
    log: Path
    folder: Path | None = None


class Kept:
    """A process that is started again whenever it dies, until it is stopped."""

    def __init__(self, job: Job, *, say: Say) -> None:
        self.job = job
        self.deaths = 0
        self._say = say
        self._process: Process | None = None
        self._keeping: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The process, when it runs."""
        return self._process.pid if self._process and self._process.running else None

    def words(self) -> str:
        """What the newest process has said so far."""
        return self._process.words() if self._process else ""

    async def start(self) -> None:
        """Start it, and keep it running from now on."""
        if self._keeping is None:
            self._process = self._spawn()
            self._keeping = asyncio.create_task(self._keep(self._process), name=self.job.name)

    async def stop(self) -> None:
        """End it in order, and leave it."""
        await self._leave()
        if self._process is not None:
            await self._process.stop(SIGTERM, patience=STOP_SECONDS)

    async def kill(self) -> None:
        """End it as a power cut would; it will be started again after the pause."""
        if self._process is not None:
            await self._process.kill()

    async def restart(self) -> None:
        """End it in order, and start it again at once."""
        await self.stop()
        await self.start()

    async def _leave(self) -> None:
        keeping, self._keeping = self._keeping, None
        if keeping is not None:
            keeping.cancel()
            await asyncio.wait({keeping})

    async def _keep(self, process: Process) -> None:
        clock = asyncio.get_running_loop().time
        pause: float | None = None
        while True:
            began = clock()
            code = await process.ended()
            self.deaths += 1
            pause = next_pause(pause, lived=clock() - began)
            self._say(f"{self.job.title}意外退出（{_how(code)}），{pause:g} 秒后重新启动。")
            await asyncio.sleep(pause)
            self._process = process = await self._spawned()

    async def _spawned(self) -> Process:
        while True:
            try:
                return self._spawn()
            except OSError as error:
                self._say(f"{self.job.title}暂时无法启动（{error.strerror}），稍后再试。")
                await asyncio.sleep(LONGEST_PAUSE)

    def _spawn(self) -> Process:
        return start(self.job.command, log=self.job.log, env=self.job.env, folder=self.job.folder)


class Supervisor:
    """All that is kept running. It starts and ends nothing else."""

    def __init__(self, *, say: Say) -> None:
        self._say = say
        self._kept: dict[str, Kept] = {}

    def __getitem__(self, name: str) -> Kept:
        return self._kept[name]

    def __iter__(self) -> Iterator[Kept]:
        return iter(list(self._kept.values()))

    async def add(self, job: Job) -> Kept:
        """Start one more, and keep it running."""
        kept = self._kept[job.name] = Kept(job, say=self._say)
        await kept.start()
        return kept

    async def remove(self, name: str) -> None:
        """End one in order, and forget it."""
        await self._kept[name].stop()
        del self._kept[name]

    async def stop(self) -> None:
        """End all, side by side."""
        await asyncio.gather(*(kept.stop() for kept in self))


def _how(code: int) -> str:
    return f"信号 {-code}" if code < 0 else f"退出码 {code}"
