"""PostgreSQL on this machine: under another name than root's, through stops and power cuts."""

import asyncio
import os
import pwd
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from deploy.local import accounts
from deploy.local.locks import FolderInUse
from deploy.local.ports import LOOPBACK
from deploy.local.postgres import Postgres, _wheel
from deploy.local.postgres_data import PostgresDataUnusable, PostgresPortBusy
from deploy.local.processes import Account, Identity, start
from deploy.places import PROJECT
from tests.local.waiting import comes_true

AS_ROOT = os.geteuid() == 0
STARTS_POSTGRES_AND_WAITS = """
import asyncio, sys
from pathlib import Path
from deploy.local.postgres import Postgres, _wheel
async def main():
    folder = Path(sys.argv[1])
    cluster = Postgres(folder, log=folder / "log", password="admin")
    await cluster.start()
    print(cluster.pid, flush=True)
    await asyncio.sleep(float(sys.argv[2]))
    await cluster.stop()
asyncio.run(main())
"""

RUNS_POSTGRES_AS = """
import asyncio, encodings.ascii, encodings.idna, os, sys
from pathlib import Path
from deploy.local import postgres
uid, folder, programs = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(folder.stat().st_gid)
    os.setuid(uid)
postgres._wheel = lambda: (programs, "18")
async def main():
    cluster = postgres.Postgres(folder / "postgres", log=folder / "log", password="admin")
    await cluster.start()
    print("served by", os.stat(f"/proc/{cluster.pid}").st_uid)
    await cluster.stop()
asyncio.run(main())
"""


@pytest.fixture
async def cluster(root: Path) -> AsyncIterator[Postgres]:
    own = _cluster(root / "会办")
    yield own
    await own.stop()


async def test_a_power_cut_loses_nothing_that_was_committed(cluster: Postgres) -> None:
    await cluster.start()
    await _execute(cluster, "CREATE TABLE facts (says text)")
    await _execute(cluster, "INSERT INTO facts VALUES ('before the cut')")

    await cluster.kill()
    assert cluster.pid is None
    await cluster.start()

    assert await _fetch(cluster, "SELECT says FROM facts") == "before the cut"


async def test_a_power_cut_ends_those_who_are_still_at_work(cluster: Postgres) -> None:
    await cluster.start()
    connection = await asyncpg.connect(cluster.url)
    busy = asyncio.ensure_future(
        connection.fetchval("SELECT count(*) FROM generate_series(1, 1000000000)")
    )
    await asyncio.sleep(0.2)

    await cluster.kill()

    with pytest.raises((asyncpg.PostgresError, OSError)):
        await busy
    async with asyncio.timeout(10):
        await cluster.start()


async def test_it_comes_back_where_its_clients_look_for_it(cluster: Postgres) -> None:
    await cluster.start()
    before = cluster.url, cluster.pid

    await cluster.stop()
    await cluster.start()

    assert cluster.url == before[0]
    assert cluster.pid not in (None, before[1])


async def test_it_stops_although_somebody_is_connected(cluster: Postgres) -> None:
    await cluster.start()
    connection = await asyncpg.connect(cluster.url)

    async with asyncio.timeout(10):
        await cluster.stop()

    assert cluster.pid is None
    connection.terminate()


async def test_chinese_is_told_letter_from_sign(cluster: Postgres) -> None:
    await cluster.start()

    assert await _fetch(cluster, "SHOW server_encoding") == "UTF8"
    assert await _fetch(cluster, "SELECT '提案' ~ '^[[:alpha:]]+$'")


async def test_nobody_comes_in_without_the_password(cluster: Postgres) -> None:
    await cluster.start()

    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(cluster.url.replace("admin", "guess"))


async def test_another_password_than_the_first_is_explained(cluster: Postgres, root: Path) -> None:
    await cluster.start()
    await cluster.stop()
    other = Postgres(root / "会办", log=root / "log", password="other")

    with pytest.raises(PostgresDataUnusable, match="管理口令不符"):
        await other.start()

    await other.stop()


async def test_a_second_server_on_the_same_data_is_refused(cluster: Postgres, root: Path) -> None:
    await cluster.start()

    with pytest.raises(FolderInUse, match=f"正被另一个PostgreSQL使用（进程号{cluster.pid}）"):
        await _cluster(root / "会办").start()

    assert cluster.pid is not None


async def test_a_stale_note_naming_another_program_is_put_away(
    cluster: Postgres, root: Path
) -> None:
    await cluster.start()
    await cluster.kill()
    note = root / "会办" / "data" / "postmaster.pid"
    lines = note.read_text().splitlines()
    note.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

    await cluster.start()

    assert note.read_text().splitlines()[0] == str(cluster.pid)


async def test_a_server_that_somebody_else_started_is_left_alone(
    cluster: Postgres, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await cluster.start()
    await cluster.stop()
    note = root / "会办" / "data" / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n")
    monkeypatch.setattr("deploy.local.postgres_data.program", lambda _: "postgres")

    with pytest.raises(FolderInUse, match=f"进程号{os.getpid()}"):
        await cluster.start()

    assert note.exists()


async def test_a_busy_port_is_named(cluster: Postgres) -> None:
    port = int(cluster.url.rpartition(":")[2].partition("/")[0])
    with (
        socket.create_server((LOOPBACK, port)),
        pytest.raises(PostgresPortBusy, match=f"端口{port}已被其他程序占用"),
    ):
        await cluster.start()


async def test_a_port_taken_at_the_last_moment_is_named_too(
    cluster: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(cluster.url.rpartition(":")[2].partition("/")[0])
    monkeypatch.setattr("deploy.local.postgres.is_free", lambda _: True)
    with (
        socket.create_server((LOOPBACK, port)),
        pytest.raises(PostgresPortBusy, match=f"端口{port}已被其他程序占用"),
    ):
        await cluster.start()


@pytest.mark.parametrize(
    ("version", "why"), [("15", "数据是 PostgreSQL 15 的"), (None, "缺少 PG_VERSION")]
)
async def test_data_of_another_version_is_left_alone(
    cluster: Postgres, root: Path, version: str | None, why: str
) -> None:
    data = root / "会办" / "data"
    data.mkdir(parents=True)
    if version is not None:
        (data / "PG_VERSION").write_text(f"{version}\n")

    with pytest.raises(PostgresDataUnusable, match=why):
        await cluster.start()


async def test_a_cluster_that_was_half_made_is_made_again(cluster: Postgres, root: Path) -> None:
    half = root / "会办" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    await cluster.start()

    assert await _fetch(cluster, "SELECT 1") == 1
    assert not half.exists()
    assert not (root / "会办" / "password.new").exists()


async def test_it_ends_with_the_one_who_started_it(root: Path) -> None:
    left_over, starter = _started_by_another(root)
    starter.kill()
    starter.wait()

    await comes_true(lambda: not left_over.alive)

    cluster = _cluster(root)
    await cluster.start()
    await cluster.stop()


async def test_it_never_runs_as_root(cluster: Postgres) -> None:
    await cluster.start()

    owner = os.stat(f"/proc/{cluster.pid}").st_uid

    assert owner != 0
    assert (owner == os.geteuid()) is not AS_ROOT


async def test_an_ordinary_user_can_run_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user = pwd.getpwnam("nobody") if AS_ROOT else pwd.getpwuid(os.geteuid())
    monkeypatch.setattr(accounts, "SHELTER", root / "shelter")
    wheel, version = _wheel()
    who = Account(user.pw_name, user.pw_uid, user.pw_gid) if AS_ROOT else None
    programs = accounts.programs(who, wheel=wheel, version=version)
    home = root / "home"
    home.mkdir()
    os.chown(home, user.pw_uid, user.pw_gid)

    ran = start(
        [sys.executable, "-c", RUNS_POSTGRES_AS, str(user.pw_uid), home, programs],
        log=root / "ran.log",
        folder=PROJECT,
    )

    assert await ran.ended() == 0, ran.words()
    assert ran.words() == f"served by {user.pw_uid}\n"


@pytest.mark.parametrize("closed", [AS_ROOT])
async def test_data_under_a_closed_folder_is_kept_where_postgres_can_go(
    root: Path, monkeypatch: pytest.MonkeyPatch, closed: bool
) -> None:
    home = root / "home of root"
    home.mkdir(mode=0o700)
    monkeypatch.setattr(accounts, "SHELTER", root / "shelter")
    cluster = _cluster(home / "postgres")

    await cluster.start()
    await _execute(cluster, "CREATE TABLE facts (says text)")
    await cluster.stop()
    again = _cluster(home / "postgres")
    await again.start()

    assert await _fetch(again, "SELECT count(*) FROM facts") == 0
    assert (home / "postgres" / "elsewhere").is_symlink() is closed
    await again.stop()


async def test_data_goes_on_belonging_to_its_owner(root: Path) -> None:
    owner = pwd.getpwnam("nobody") if AS_ROOT else pwd.getpwuid(os.geteuid())
    (root / "data").mkdir()
    os.chown(root / "data", owner.pw_uid, owner.pw_gid)

    found = accounts.account(root / "data")

    assert (found.name if found else None) == ("nobody" if AS_ROOT else None)


async def test_programs_out_of_reach_are_copied_once_and_whole(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "SHELTER", root / "shelter")
    monkeypatch.setattr(accounts, "reaches", lambda *_: False)
    wheel, version = _wheel()
    who = pwd.getpwnam("nobody") if AS_ROOT else pwd.getpwuid(os.geteuid())
    nobody = Account(who.pw_name, who.pw_uid, who.pw_gid)

    first = accounts.programs(nobody, wheel=wheel, version=version)
    again = accounts.programs(nobody, wheel=wheel, version=version)

    assert first == again
    assert first != wheel
    ran = start(
        [first / "bin" / "postgres", "--version"],
        log=root / "ran.log",
        folder=root,
        account=nobody if AS_ROOT else None,
    )
    assert await ran.ended() == 0
    assert ran.words().startswith("postgres (PostgreSQL) 18")


def _cluster(folder: Path) -> Postgres:
    return Postgres(folder, log=folder / "log", password="admin")


def _started_by_another(folder: Path) -> "tuple[Identity, subprocess.Popen[bytes]]":
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTS_POSTGRES_AND_WAITS, str(folder), "60"],
        stdout=subprocess.PIPE,
        cwd=PROJECT,
    )
    assert starter.stdout is not None
    with starter.stdout:
        process = Identity.of(int(starter.stdout.readline()))
    assert process is not None
    return process, starter


async def _execute(cluster: Postgres, statement: str) -> None:
    connection = await asyncpg.connect(cluster.url)
    await connection.execute(statement)
    await connection.close()


async def _fetch(cluster: Postgres, query: str) -> object:
    connection = await asyncpg.connect(cluster.url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()
