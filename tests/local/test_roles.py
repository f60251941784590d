"""Roles: each service has a room of its own, and none has a key to another's."""

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from deploy.local import roles
from deploy.local.databases import (
    BadDatabaseUrl,
    DatabaseAway,
    NotLetIn,
    as_role,
    in_database,
    place,
)
from deploy.local.passwords import password
from deploy.local.ports import LOOPBACK, free_port
from deploy.local.postgres import Postgres, _wheel
from deploy.local.roles import NeedsAdministrator, WrongDatabase, prepare_database
from deploy.places import PROJECT
from deploy.services import SERVICES


@pytest.fixture
async def admin(postgres: Postgres) -> AsyncIterator[str]:
    """A server without our database and roles, seen as its administrator."""
    yield postgres.url
    connection = await asyncpg.connect(postgres.url)
    await connection.execute("DROP DATABASE IF EXISTS huiban")
    for row in await connection.fetch("SELECT rolname FROM pg_roles WHERE rolname ~ '^huiban_'"):
        await connection.execute(f"DROP ROLE {row['rolname']}")
    await connection.execute("DROP ROLE IF EXISTS clerk")
    await connection.close()


async def test_each_service_signs_in_and_works_in_its_own_schema(
    admin: str, tmp_path: Path
) -> None:
    urls = await prepare_database(admin, keys=tmp_path)

    assert list(urls) == list(SERVICES)
    for service, url in urls.items():
        await _execute(url, f"CREATE TABLE {service}.notes (says text)")


async def test_no_service_reads_anothers_tables(admin: str, tmp_path: Path) -> None:
    urls = await prepare_database(admin, keys=tmp_path)
    await _execute(urls["intake"], "CREATE TABLE intake.notes (says text)")

    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="schema intake"):
        await _execute(urls["reply"], "SELECT * FROM intake.notes")


@pytest.mark.parametrize("statement", ["CREATE SCHEMA mine", "CREATE TABLE public.notes (i int)"])
async def test_no_service_builds_outside_its_schema(
    admin: str, tmp_path: Path, statement: str
) -> None:
    urls = await prepare_database(admin, keys=tmp_path)

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _execute(urls["intake"], statement)


async def test_the_portal_may_be_rebuilt_beside_itself(admin: str, tmp_path: Path) -> None:
    urls = await prepare_database(admin, keys=tmp_path)

    await _execute(urls["portal"], "CREATE SCHEMA portal_next")
    await _execute(urls["portal"], "ALTER SCHEMA portal RENAME TO portal_before")
    await _execute(urls["portal"], "ALTER SCHEMA portal_next RENAME TO portal")
    await _execute(urls["portal"], "DROP SCHEMA portal_before")

    assert await prepare_database(admin, keys=tmp_path) == urls


async def test_a_second_time_nothing_is_changed(admin: str, tmp_path: Path) -> None:
    urls = await prepare_database(admin, keys=tmp_path)
    before = await _rights(admin)

    assert await prepare_database(admin, keys=tmp_path) == urls
    assert await _rights(admin) == before


async def test_a_password_that_was_lost_is_replaced(admin: str, tmp_path: Path) -> None:
    await prepare_database(admin, keys=tmp_path)
    (tmp_path / "intake.password").unlink()

    urls = await prepare_database(admin, keys=tmp_path)

    await _execute(urls["intake"], "SELECT 1")


async def test_passwords_that_are_given_are_used(admin: str, tmp_path: Path) -> None:
    given = {f"HUIBAN_{name.upper()}_DATABASE_PASSWORD": f"{name}/@: %" for name in SERVICES}

    urls = await prepare_database(admin, keys=tmp_path, env=given)

    await _execute(urls["intake"], "SELECT 1")
    assert os.listdir(tmp_path) == []


async def test_a_user_without_rights_suffices_when_nothing_is_missing(
    admin: str, tmp_path: Path
) -> None:
    urls = await prepare_database(admin, keys=tmp_path)
    clerk = await _clerk(admin, may="")
    await _execute(
        in_database(admin, database="huiban"), "GRANT CONNECT ON DATABASE huiban TO clerk"
    )

    assert await prepare_database(clerk, keys=tmp_path) == {
        service: as_role(clerk, database="huiban", role=f"huiban_{service}", word=_word(url))
        for service, url in urls.items()
    }


async def test_a_user_who_may_create_roles_and_databases_suffices(
    admin: str, tmp_path: Path
) -> None:
    clerk = await _clerk(admin, may="CREATEROLE CREATEDB")

    urls = await prepare_database(clerk, keys=tmp_path)

    await _execute(urls["portal"], "CREATE SCHEMA portal_next")
    await _execute(urls["intake"], "CREATE TABLE intake.notes (says text)")
    await _execute(admin, "DROP DATABASE huiban")
    for service in SERVICES:
        await _execute(clerk, f"DROP ROLE huiban_{service}")


async def test_without_the_right_to_create_a_database_all_the_sql_is_printed(
    admin: str, tmp_path: Path
) -> None:
    clerk = await _clerk(admin, may="")

    with pytest.raises(NeedsAdministrator) as told:
        await prepare_database(clerk, keys=tmp_path)
    _psql(admin, str(told.value).partition("\n")[2])

    await _execute(
        in_database(admin, database="huiban"), "GRANT CONNECT ON DATABASE huiban TO clerk"
    )
    assert len(await prepare_database(clerk, keys=tmp_path)) == len(SERVICES)


async def test_without_the_right_to_change_roles_what_is_left_is_printed(
    admin: str, tmp_path: Path
) -> None:
    await prepare_database(admin, keys=tmp_path)
    owner = in_database(admin, database="huiban")
    clerk = await _clerk(admin, may="")
    await _execute(owner, "GRANT CONNECT ON DATABASE huiban TO clerk, PUBLIC")
    await _execute(owner, "REVOKE TEMPORARY ON DATABASE huiban FROM huiban_reply")
    await _execute(owner, "DROP SCHEMA intake")
    (tmp_path / "portal.password").unlink()

    with pytest.raises(NeedsAdministrator) as told:
        await prepare_database(clerk, keys=tmp_path)
    sql = str(told.value).partition("\n")[2]

    assert [line.split(" PASSWORD ")[0] for line in sql.splitlines()] == [
        "REVOKE ALL ON DATABASE huiban FROM PUBLIC;",
        "ALTER ROLE huiban_portal LOGIN",
        "GRANT huiban_intake TO CURRENT_USER;",
        "CREATE SCHEMA intake AUTHORIZATION huiban_intake;",
        "GRANT TEMPORARY ON DATABASE huiban TO huiban_reply;",
    ]
    _psql(owner, sql)
    assert len(await prepare_database(clerk, keys=tmp_path)) == len(SERVICES)


async def test_a_password_is_never_told_in_clear(admin: str, tmp_path: Path) -> None:
    clerk = await _clerk(admin, may="")

    with pytest.raises(NeedsAdministrator) as told:
        await prepare_database(clerk, keys=tmp_path)

    assert "SCRAM-SHA-256$4096:" in str(told.value)
    for service in SERVICES:
        assert password(service, keys=tmp_path) not in str(told.value)


async def test_the_compose_script_gives_the_same_rights(
    admin: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await prepare_database(admin, keys=tmp_path)
    ours = await _rights(admin)
    await _execute(admin, "DROP DATABASE huiban")
    for service in SERVICES:
        await _execute(admin, f"DROP ROLE huiban_{service}")
        word = password(service, keys=tmp_path)
        monkeypatch.setenv(f"HUIBAN_{service.upper()}_DATABASE_PASSWORD", word)

    await _execute(admin, roles.CREATE_DATABASE)
    script = (PROJECT / "deploy" / "postgres" / "roles.sql").read_text(encoding="utf-8")
    _psql(in_database(admin, database="huiban"), script)

    assert await _rights(admin) == ours
    clerk = await _clerk(admin, may="")
    await _execute(
        in_database(admin, database="huiban"), "GRANT CONNECT ON DATABASE huiban TO clerk"
    )
    assert len(await prepare_database(clerk, keys=tmp_path)) == len(SERVICES)


async def test_a_database_in_which_chinese_cannot_be_searched_is_refused(
    admin: str, tmp_path: Path
) -> None:
    await _execute(admin, "CREATE DATABASE huiban TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")

    with pytest.raises(WrongDatabase, match=r"编码是UTF8、字符分类是C，须为 UTF8 和 C\.UTF-8"):
        await prepare_database(admin, keys=tmp_path)


async def test_two_who_prepare_at_once_do_not_stumble(admin: str, tmp_path: Path) -> None:
    first, second = await asyncio.gather(
        prepare_database(admin, keys=tmp_path), prepare_database(admin, keys=tmp_path)
    )

    assert first == second


async def test_a_server_that_is_away_is_named_without_its_password(tmp_path: Path) -> None:
    port = free_port()

    with pytest.raises(DatabaseAway, match=f"连不上 PostgreSQL（{LOOPBACK}:{port}）"):
        await prepare_database(
            f"postgresql://admin:secret@{LOOPBACK}:{port}/postgres", keys=tmp_path, within=0.3
        )


async def test_a_wrong_password_is_said_to_be_wrong(admin: str, tmp_path: Path) -> None:
    with pytest.raises(NotLetIn, match="不接受 DATABASE_URL 里的用户或口令"):
        await prepare_database(admin.replace("admin", "guess"), keys=tmp_path)


@pytest.mark.parametrize("url", ["mysql://root@localhost/db", "postgresql://h:port/db"])
async def test_an_address_of_another_kind_is_not_understood(url: str, tmp_path: Path) -> None:
    with pytest.raises(BadDatabaseUrl, match="DATABASE_URL 不是可用的地址"):
        await prepare_database(url, keys=tmp_path)


@pytest.mark.parametrize(
    ("url", "derived"),
    [
        (
            "postgresql://admin:x@db:5432/postgres?sslmode=require",
            "postgresql://huiban_reply:a%2Fb@db:5432/huiban?sslmode=require",
        ),
        (
            "postgresql://db/postgres?user=admin&password=x&dbname=y",
            "postgresql://huiban_reply:a%2Fb@db/huiban",
        ),
        (
            "postgresql:///postgres?host=%2Frun%2Fpg",
            "postgresql://huiban_reply:a%2Fb@/huiban?host=%2Frun%2Fpg",
        ),
    ],
)
def test_a_services_address_is_the_administrators_with_its_own_role(url: str, derived: str) -> None:
    assert as_role(url, database="huiban", role="huiban_reply", word="a/b") == derived


def test_a_place_is_named_without_user_and_password() -> None:
    assert place("postgresql://admin:secret@db:5432/postgres") == "db:5432"
    assert place("postgresql:///postgres?host=/run") == "本机"


async def _clerk(admin: str, *, may: str) -> str:
    await _execute(admin, f"CREATE ROLE clerk LOGIN PASSWORD 'clerk' {may}")
    return as_role(admin, database="postgres", role="clerk", word="clerk")


def _word(url: str) -> str:
    return url.partition("//")[2].partition("@")[0].partition(":")[2]


def _psql(url: str, script: str) -> None:
    wheel, _ = _wheel()
    ran = subprocess.run(
        [wheel / "bin" / "psql", "-v", "ON_ERROR_STOP=1", "-X", "-q", url],
        input=script,
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


async def _rights(admin: str) -> list[tuple[object, ...]]:
    """Who may do what: roles, the database, the schemas."""
    connection = await asyncpg.connect(in_database(admin, database="huiban"))
    rows = await connection.fetch(
        """
        SELECT 'role', rolname::text, rolcanlogin::text, rolsuper::text, rolcreaterole::text, ''
          FROM pg_roles
         WHERE rolname ~ '^huiban_'
         UNION ALL
        SELECT 'database', datname, pg_encoding_to_char(encoding), datctype, grantee::regrole::text,
               privilege_type
          FROM pg_database, aclexplode(datacl)
         WHERE datname = 'huiban'
         UNION ALL
        SELECT 'schema', nspname, nspowner::regrole::text, '', grantee::regrole::text,
               privilege_type
          FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner)))
         WHERE nspname !~ '^(pg_|information_schema)'
         ORDER BY 1, 2, 3, 4, 5, 6
        """
    )
    await connection.close()
    return [tuple(row) for row in rows]


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
