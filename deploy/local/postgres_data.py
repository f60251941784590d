"""Where PostgreSQL's data lies: made once, whole, and never by two at a time."""

import os
import shutil
from pathlib import Path

from deploy.local import accounts
from deploy.local.locks import FolderInUse
from deploy.local.processes import Account, Process, program, start
from deploy.troubles import DiskFull, Trouble

ADMIN = "postgres"


class PostgresPortBusy(Trouble):
    """PostgreSQL 要用的端口{port}已被其他程序占用；请释放该端口后重试。"""


class PostgresDataUnusable(Trouble):
    """{folder}里的 PostgreSQL 数据与本程序不符（{why}）；请恢复备份，或移走该目录后重新启动。"""


class PostgresNotReady(Trouble):
    """PostgreSQL 未能启动（{why}），详见{log}。"""


def room(folder: Path) -> Path:
    """Where the data really is: in its folder, or where PostgreSQL's user can reach it."""
    link = folder / "elsewhere"
    return link.resolve() if link.exists() else folder


def reachable_room(folder: Path, *, who: Account | None) -> Path:
    """The same, and a new place if this user cannot come to the folder."""
    if accounts.reaches(who, room(folder)) or who is None:
        return room(folder)
    link = folder / "elsewhere"
    link.unlink(missing_ok=True)
    link.symlink_to(accounts.shelter(who, instead_of=folder))
    return link.resolve()


async def make_cluster(
    data: Path, *, programs: Path, who: Account | None, password: str, log: Path
) -> None:
    """Make a new cluster, aside, and move it when it is whole: a half-made one is never used."""
    half = data.with_name("data.new")
    words = data.with_name("password.new")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    words.unlink(missing_ok=True)
    words.touch(mode=0o600)
    words.write_text(password, encoding="ascii")
    if who is not None:
        for path in (half, words):
            os.chown(path, who.uid, who.gid)
    process = start(
        [
            *(programs / "initdb", "-D", half, "-U", ADMIN, "-A", "scram-sha-256"),
            *(f"--pwfile={words}", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"),
        ],
        log=log,
        env=environment(),
        folder=Path("/"),
        account=who,
    )
    try:
        code = await process.ended()
    finally:
        await process.kill()
        words.unlink()
    if code != 0:
        raise explained(process, folder=half)
    half.rename(data)


def check(data: Path, *, version: str) -> None:
    """See that this program may use this data, and that nobody else does.

    Raises:
        PostgresDataUnusable, FolderInUse: it may not.
    """
    try:
        found = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    except OSError:
        raise PostgresDataUnusable(folder=data, why="缺少 PG_VERSION 文件") from None
    if found != version.partition(".")[0]:
        why = f"数据是 PostgreSQL {found} 的，程序是 {version} 的"
        raise PostgresDataUnusable(folder=data, why=why)
    _check_pid_file(data)


def _check_pid_file(data: Path) -> None:
    note = data / "postmaster.pid"
    try:
        pid = int(note.read_text(encoding="utf-8").split()[0])
    except (OSError, ValueError, IndexError):
        return
    found = program(pid)
    if found is None:
        return
    if "postgres" in found:
        raise FolderInUse(folder=data, what="PostgreSQL", pid=pid)
    # The number of a server that died belongs to another program now; PostgreSQL cannot tell.
    note.unlink()


def environment() -> dict[str, str]:
    """The administrator's own PG… variables are not meant for this cluster."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}


def explained(process: Process, *, folder: Path, port: int | None = None) -> Trouble:
    """What was in the way, from what the program said."""
    words = process.words()
    if "No space left on device" in words:
        return DiskFull(what="PostgreSQL")
    if "Address already in use" in words:
        return PostgresPortBusy(port=port)
    if "incompatible with server" in words:
        return PostgresDataUnusable(folder=folder, why="数据格式版本不同")
    if "wrong ownership" in words or "ermission denied" in words:
        return PostgresDataUnusable(folder=folder, why="目录属于另一个用户")
    return PostgresNotReady(why="超时" if process.running else "进程意外退出", log=process.log)
