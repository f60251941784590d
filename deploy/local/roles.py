"""The database and its rooms: a role per service, with a schema of its own and nothing else."""

import os
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import asyncpg

from deploy.local.databases import as_role, connected, in_database
from deploy.local.passwords import password, verifier
from deploy.services import SERVICES
from deploy.troubles import Trouble

DATABASE = "huiban"
CREATE_DATABASE = f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
# The portal is rebuilt in a schema beside its own, which then takes its place.
REBUILDS = "portal"


class WrongDatabase(Trouble):
    """数据库{name}的编码是{encoding}、字符分类是{ctype}，须为 UTF8 和 C.UTF-8；请重建该数据库。"""


class NeedsAdministrator(Trouble):
    """DATABASE_URL 的用户无权完成以下设置，请数据库管理员用 psql 连接{where}后执行：{sql}"""

    def __init__(self, *, where: str, statements: Iterable[str]) -> None:
        lines = (text if text.startswith("\\") else f"{text};" for text in statements)
        super().__init__(where=where, sql="\n" + "\n".join(lines))


async def prepare_database(
    url: str, *, keys: Path, within: float = 30.0, env: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """See that the database, the roles and the schemas are there: each service's DATABASE_URL.

    Only what is missing is made, so a user without rights suffices when nothing is.

    Raises:
        Trouble: with one sentence, and with the SQL if somebody else must run it.
    """
    words = {service: password(service, keys=keys, env=env) for service in SERVICES}
    await _prepare_database(url, words, within=within)
    async with connected(in_database(url, database=DATABASE), within=within) as connection:
        # Two who prepare at once would stumble over one another.
        await connection.execute("SELECT pg_advisory_lock(hashtext('huiban prepare'))")
        if statements := await _missing(connection, url, words):
            with suppress(asyncpg.InsufficientPrivilegeError):
                for statement in statements:
                    await connection.execute(statement)
            # A REVOKE without the right to it only warns: what counts is what is there now.
            if left := await _missing(connection, url, words):
                raise NeedsAdministrator(where=DATABASE, statements=left)
    return {service: _url(url, service, word) for service, word in words.items()}


def role(service: str) -> str:
    """The role under which a service signs in."""
    return f"huiban_{service}"


async def _prepare_database(url: str, words: Mapping[str, str], *, within: float) -> None:
    async with connected(url, within=within) as connection:
        if not await _there(connection):
            try:
                await connection.execute(CREATE_DATABASE)
            except (asyncpg.DuplicateDatabaseError, asyncpg.UniqueViolationError):
                pass
            except asyncpg.InsufficientPrivilegeError:
                script = [CREATE_DATABASE, f"\\connect {DATABASE}", *_everything(words)]
                raise NeedsAdministrator(where="postgres", statements=script) from None
        await _check_encoding(connection)


async def _there(connection: "asyncpg.Connection") -> bool:
    return bool(
        await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", DATABASE)
    )


async def _check_encoding(connection: "asyncpg.Connection") -> None:
    found = await connection.fetchrow(
        """
        SELECT pg_encoding_to_char(encoding) AS encoding, datctype AS ctype
          FROM pg_database
         WHERE datname = $1
        """,
        DATABASE,
    )
    if found["encoding"] != "UTF8" or found["ctype"].upper().replace("-", "") != "C.UTF8":
        raise WrongDatabase(name=DATABASE, **found)


def _everything(words: Mapping[str, str]) -> list[str]:
    statements = [f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC", _close("SCHEMA public")]
    for service, word in words.items():
        statements += [
            _create_role(service, word),
            f"GRANT {', '.join(_rights(service))} ON DATABASE {DATABASE} TO {role(service)}",
            f"CREATE SCHEMA {service} AUTHORIZATION {role(service)}",
        ]
    return statements


async def _missing(
    connection: "asyncpg.Connection", url: str, words: Mapping[str, str]
) -> list[str]:
    """What is not yet as it should be, as statements that would make it so."""
    rows = await connection.fetch("SELECT rolname FROM pg_roles")
    there = {row["rolname"] for row in rows}
    statements = await _missing_closures(connection)
    for service, word in words.items():
        if role(service) not in there:
            statements.append(_create_role(service, word))
        elif not await _lets_in(_url(url, service, word)):
            statements.append(f"ALTER ROLE {role(service)} LOGIN PASSWORD '{_verifier(word)}'")
        statements += await _missing_grants(connection, service)
        statements += await _missing_schema(connection, service, new=role(service) not in there)
    return statements


async def _missing_closures(connection: "asyncpg.Connection") -> list[str]:
    rows = await connection.fetch(
        """
        SELECT 'DATABASE ' || quote_ident(datname) AS what
          FROM pg_database,
               aclexplode(coalesce(datacl, acldefault('d', datdba))) AS granted
         WHERE datname = current_database() AND granted.grantee = 0
         UNION
        SELECT 'SCHEMA public'
          FROM pg_namespace,
               aclexplode(coalesce(nspacl, acldefault('n', nspowner))) AS granted
         WHERE nspname = 'public' AND granted.grantee = 0
        """
    )
    return [_close(row["what"]) for row in rows]


async def _missing_grants(connection: "asyncpg.Connection", service: str) -> list[str]:
    rows = await connection.fetch(
        """
        SELECT granted.privilege_type AS "right"
          FROM pg_database,
               aclexplode(coalesce(datacl, acldefault('d', datdba))) AS granted
         WHERE datname = current_database()
           AND granted.grantee = (SELECT oid FROM pg_roles WHERE rolname = $1)
        """,
        role(service),
    )
    held = {row["right"] for row in rows}
    missing = ", ".join(right for right in _rights(service) if right not in held)
    return [f"GRANT {missing} ON DATABASE {DATABASE} TO {role(service)}"] if missing else []


async def _missing_schema(
    connection: "asyncpg.Connection", service: str, *, new: bool
) -> list[str]:
    owner = await connection.fetchval(
        "SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = $1", service
    )
    if owner == role(service):
        return []
    # Who may create a role may give it something only after becoming its member.
    joining = [] if await _acts_for(connection, service, new=new) else [_join(service)]
    if owner is not None:
        return [*joining, f"ALTER SCHEMA {service} OWNER TO {role(service)}"]
    return [*joining, f"CREATE SCHEMA {service} AUTHORIZATION {role(service)}"]


async def _acts_for(connection: "asyncpg.Connection", service: str, *, new: bool) -> bool:
    if new:
        superuser = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
        return bool(await connection.fetchval(superuser))
    # PostgreSQL 16 tells being a member from being allowed to act as one.
    kind = "SET" if connection.get_server_version().major >= 16 else "MEMBER"
    return bool(await connection.fetchval("SELECT pg_has_role($1, $2)", role(service), kind))


def _rights(service: str) -> list[str]:
    return ["CONNECT", "TEMPORARY", *(["CREATE"] if service == REBUILDS else [])]


def _close(what: str) -> str:
    return f"REVOKE ALL ON {what} FROM PUBLIC"


def _join(service: str) -> str:
    return f"GRANT {role(service)} TO CURRENT_USER"


def _create_role(service: str, word: str) -> str:
    return f"CREATE ROLE {role(service)} LOGIN PASSWORD '{_verifier(word)}'"


def _verifier(word: str) -> str:
    return verifier(word, salt=secrets.token_bytes(16))


def _url(url: str, service: str, word: str) -> str:
    return as_role(url, database=DATABASE, role=role(service), word=word)


async def _lets_in(url: str) -> bool:
    try:
        connection = await asyncpg.connect(url, timeout=5)
    except asyncpg.InvalidAuthorizationSpecificationError:
        return False
    except asyncpg.InsufficientPrivilegeError:
        # Known by its password, but not allowed to connect yet.
        return True
    await connection.close()
    return True
