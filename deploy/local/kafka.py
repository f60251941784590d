"""Apache Kafka on this machine: one node, broker and controller, on loopback."""

import asyncio
import base64
import os
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path
from signal import SIGTERM

from deploy.local import jars
from deploy.local.kafka_settings import ports_in, settings
from deploy.local.locks import Claim
from deploy.local.ports import LOOPBACK, free_port, is_free
from deploy.local.processes import Process, start
from deploy.local.topics import leaders_there
from deploy.troubles import DiskFull, Trouble

READY_SECONDS = 90.0
STOP_SECONDS = 15.0
JVM = (
    *("-Xmx384m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"),
    # Half the start and 40 MB less; the thorough compiler pays only after 300,000 events.
    "-XX:TieredStopAtLevel=1",
)
LOGGING = f"-Dlog4j2.configurationFile={jars.RECIPE / 'log4j2.xml'}"
FORMAT = ("kafka.tools.StorageTool", "format")
CLASSES_TOO_NEW = "UnsupportedClassVersionError"


class NoJava(Trouble):
    """没有找到 java 命令（须 Java 17 以上）。请安装：apt-get install -y default-jre-headless。"""


class JavaTooOld(Trouble):
    """本机的 Java 版本过低，Kafka 需要 Java 17 以上；请升级后重试。"""


class KafkaPortBusy(Trouble):
    """Kafka 要用的端口{port}已被其他程序占用；请释放该端口后重试。"""


class KafkaDataUnusable(Trouble):
    """{folder}里的 Kafka 数据与本程序不符（{why}）；请恢复备份，或把该目录移走后重新启动。"""


class KafkaNotReady(Trouble):
    """Kafka 未能启动（{why}），详见{log}。"""


class Kafka:
    """One node with its data under one folder. Its port stays the same over restarts."""

    def __init__(self, folder: Path, *, log: Path, say: Callable[[str], None]) -> None:
        self._folder = folder
        self._log = log
        self._say = say
        self._claim = Claim(folder, what="Kafka", ends_with=SIGTERM)
        self._process: Process | None = None
        self._ports: tuple[int, int] | None = None

    @property
    def bootstrap(self) -> str:
        """What KAFKA_BOOTSTRAP_SERVERS must say."""
        return f"{LOOPBACK}:{self._listening[0]}"

    @property
    def pid(self) -> int | None:
        """The process, when it runs."""
        return self._process.pid if self._process and self._process.running else None

    async def start(self) -> None:
        """Start the node and wait until it leads all its partitions.

        Raises:
            Trouble: with one sentence saying what is in the way.
        """
        java = _java()
        libs = await jars.jars(self._folder, log=self._log.with_name("maven.log"), say=self._say)
        self._folder.mkdir(parents=True, exist_ok=True)
        async with self._claim.taken() as lock:
            properties = self._write_settings()
            command = [java, *JVM, "-cp", f"{libs}/*", LOGGING]
            await self._format_once(command, properties)
            self._process = start(
                [*command, "kafka.Kafka", str(properties)],
                log=self._log,
                env=_environment(),
                folder=self._folder,
                when_we_die=SIGTERM,
                holds=[lock],
            )
            self._claim.sign(self._process)
        await self._ready(self._process)

    async def stop(self) -> None:
        """End the node in order."""
        if self._process is not None:
            await self._process.stop(SIGTERM, patience=STOP_SECONDS)

    async def kill(self) -> None:
        """End the node as a power cut would."""
        if self._process is not None:
            await self._process.kill()

    async def died(self) -> int:
        """Wait for the end of the running process: its exit code."""
        return 0 if self._process is None else await self._process.ended()

    @property
    def _listening(self) -> tuple[int, int]:
        if self._ports is None:
            before = ports_in(self._folder / "server.properties")
            self._ports = free_port(before[0]), free_port(before[1])
        return self._ports

    def _write_settings(self) -> Path:
        broker, controller = self._listening
        for port in (broker, controller):
            if not is_free(port):
                raise KafkaPortBusy(port=port)
        path = self._folder / "server.properties"
        text = settings(broker, controller=controller, data=self._folder / "data")
        path.write_text(text, encoding="ascii")
        return path

    async def _format_once(self, command: list[str], properties: Path) -> None:
        data = self._folder / "data"
        note = data / "meta.properties"
        if note.exists():
            _check_format(note)
            return
        # Formatting that was interrupted left no note: there was no data yet.
        shutil.rmtree(data, ignore_errors=True)
        process = start(
            [
                *command,
                "kafka.tools.StorageTool",
                "format",
                "-t",
                _new_cluster(),
                "-c",
                str(properties),
            ],
            log=self._log,
            env=_environment(),
            folder=self._folder,
        )
        try:
            code = await process.ended()
        finally:
            await process.kill()
        if code != 0:
            raise _explained(process, folder=self._folder, ports=self._listening)

    async def _ready(self, process: Process) -> None:
        waiting = asyncio.ensure_future(leaders_there(self.bootstrap, within=READY_SECONDS))
        dying = asyncio.ensure_future(process.ended())
        try:
            await asyncio.wait({waiting, dying}, return_when=asyncio.FIRST_COMPLETED)
            if dying.done():
                raise _explained(process, folder=self._folder, ports=self._listening)
            await waiting
        finally:
            waiting.cancel()
            dying.cancel()


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin") if home else None
    found = found or shutil.which("java")
    if found is None:
        raise NoJava
    return found


def _new_cluster() -> str:
    # An id that begins with a hyphen would be read as an option: one in sixty-four.
    while (found := base64.urlsafe_b64encode(uuid.uuid4().bytes).decode()[:22]).startswith("-"):
        pass
    return found


def _environment() -> dict[str, str]:
    # Java finds files with Chinese names only under a UTF-8 locale.
    return {**os.environ, "LC_ALL": "C.UTF-8"}


def _check_format(note: Path) -> None:
    lines = dict(line.partition("=")[::2] for line in note.read_text("utf-8").splitlines())
    if lines.get("version") != "1" or lines.get("node.id") != "1" or not lines.get("cluster.id"):
        raise KafkaDataUnusable(folder=note.parent, why="不是本程序建立的数据格式")


def _explained(process: Process, *, folder: Path, ports: tuple[int, int]) -> Trouble:
    words = process.words()
    if CLASSES_TOO_NEW in words:
        return JavaTooOld()
    if "No space left on device" in words:
        return DiskFull(what="Kafka")
    for port in ports:
        if f"{LOOPBACK}:{port}: Address already in use" in words:
            return KafkaPortBusy(port=port)
    if "Failed to acquire lock" in words:
        return KafkaDataUnusable(folder=folder, why="另有程序正在使用")
    if "cluster.id" in words or "meta.properties" in words or "InconsistentClusterId" in words:
        return KafkaDataUnusable(folder=folder, why="集群标识不一致")
    return KafkaNotReady(why="进程意外退出", log=process.log)
