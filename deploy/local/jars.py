"""Apache Kafka's jars: fetched once through Maven, kept for every checkout on this machine."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local.processes import start
from deploy.troubles import Trouble

VERSION = "4.3.0"
RECIPE = Path(__file__).resolve().parents[1] / "kafka"


class NoMaven(Trouble):
    """没有找到 mvn 命令，无法下载 Kafka。请安装 Maven：apt-get install -y maven。"""


class NotFetched(Trouble):
    """未能下载 Kafka：{why}。请检查网络后重试，详见{log}。"""


class NotGenuine(Trouble):
    """下载到的文件{name}与预期的校验值不符，已弃用。请检查 Maven 的镜像设置后重试。"""


@dataclass(frozen=True)
class Jar:
    """A file that Kafka needs, and how to know it."""

    sha256: str
    size: int
    name: str


def wanted() -> list[Jar]:
    """What one Kafka node needs, as committed."""
    lines = (RECIPE / "jars.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return [Jar(sha256, int(size), name) for sha256, size, name in rows]


def are_complete(folder: Path) -> bool:
    """Is every jar there in its full size? Their hashes were checked when they came."""
    try:
        return all((folder / jar.name).stat().st_size == jar.size for jar in wanted())
    except OSError:
        return False


def shelves(own: Path, *, env: Mapping[str, str] = os.environ) -> list[Path]:
    """Where jars may lie: shared by all checkouts first, then with our own data."""
    shared = env.get("HUIBAN_CACHE")
    if not shared and env.get("HOME"):
        shared = f"{env['HOME']}/.cache/huiban"
    return [*([Path(shared) / f"kafka-{VERSION}" / "libs"] if shared else []), own / "libs"]


async def jars(own: Path, *, log: Path, say: Callable[[str], None]) -> Path:
    """The folder with all of Kafka's jars; Maven is asked only when none is complete.

    Raises:
        NoMaven, NotFetched, NotGenuine: there is no complete folder and none can be made.
    """
    places = shelves(own)
    for folder in places:
        if are_complete(folder):
            return folder
    shelf = next(folder for folder in places if _is_writable(folder) or folder == places[-1])
    say(f"首次运行：正在通过 Maven 下载 Apache Kafka {VERSION}（约 44 MB）……")
    shelf.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=shelf.parent, prefix="fetching-") as basket:
        fetched = Path(basket) / "libs"
        await _fetch(fetched, log=log)
        _check(fetched)
        _put(fetched, shelf)
    return shelf


async def _fetch(folder: Path, *, log: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise NoMaven
    process = start(
        [
            *(maven, "-q", "-B", "-f", RECIPE / "pom.xml", "dependency:copy-dependencies"),
            *(f"-DoutputDirectory={folder}", "-DincludeScope=runtime"),
        ],
        log=log,
        folder=folder.parent,
    )
    try:
        code = await process.ended()
    finally:
        await process.kill()
    if code != 0:
        raise NotFetched(why=_reason(process.words()), log=log)


def _reason(words: str) -> str:
    if "No space left" in words:
        return "磁盘空间不足"
    if "Could not transfer" in words or "UnknownHost" in words or "offline" in words:
        return "连不上 Maven 仓库"
    return "Maven 报错"


def _check(folder: Path) -> None:
    for jar in wanted():
        try:
            content = (folder / jar.name).read_bytes()
        except FileNotFoundError:
            raise NotGenuine(name=jar.name) from None
        if hashlib.sha256(content).hexdigest() != jar.sha256:
            raise NotGenuine(name=jar.name)


def _put(fetched: Path, shelf: Path) -> None:
    # Another checkout may have been quicker: what is complete stays, what is not goes.
    if are_complete(shelf):
        return
    shutil.rmtree(shelf, ignore_errors=True)
    fetched.chmod(0o755)
    fetched.replace(shelf)


def _is_writable(folder: Path) -> bool:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder.parent, os.W_OK)
