"""PostgreSQL: a pool per service on its own schema, numbered migrations, what an outage is."""

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Protocol

import asyncpg


class Sql(Protocol):
    """A connection or a transaction, as far as statements need it."""

    async def fetch(self, query: str, *args: Any) -> Sequence[Mapping[str, Any]]:
        """All rows."""

    async def fetchrow(self, query: str, *args: Any) -> Mapping[str, Any] | None:
        """The first row."""

    async def execute(self, query: str, *args: Any) -> str:
        """A statement without rows."""


class DatabaseAway(ConnectionError):
    """The connection was lost in the middle of a transaction."""


# A lost server, a full disk, a server that starts or stops: not the event's fault.
OUTAGES: tuple[type[Exception], ...] = (
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.InvalidAuthorizationSpecificationError,
    ConnectionError,
    TimeoutError,
    OSError,
)
COLLISIONS: tuple[type[Exception], ...] = (
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.UniqueViolationError,
    asyncpg.InvalidCachedStatementError,  # the schema was swapped under a cached statement
)


class SchemaTooNew(Exception):
    """数据库结构版本（{found}）比本程序（{known}）新，请升级程序后再启动。"""

    def __init__(self, *, found: str, known: str) -> None:
        super().__init__((type(self).__doc__ or "").format(found=found, known=known))


class WrongLocale(Exception):
    """数据库的字符分类是{found}，须为 C.UTF-8，否则中文检索会失效。请用 C.UTF-8 重建数据库。"""

    def __init__(self, *, found: str) -> None:
        super().__init__((type(self).__doc__ or "").format(found=found))


# A statement is planned once per connection, often while its tables are still empty: a plan that
# reads a whole table would stay, and slow down as the table grows.
BY_INDEX = {"enable_seqscan": "off", "jit": "off"}


def open_pool(url: str, *, schema: str, size: int = 12) -> "asyncpg.Pool[asyncpg.Record]":
    """A pool whose connections see one schema only."""
    return asyncpg.create_pool(
        url,
        min_size=1,
        max_size=size,
        server_settings={
            "search_path": schema,
            "application_name": f"huiban {schema}",
            **BY_INDEX,
        },
        timeout=10,
        reset=_leave_as_it_is,
    )


async def _leave_as_it_is(_: object) -> None:
    """No transaction of ours changes its session, so there is nothing to reset on release."""


def migrations(package: str) -> list[tuple[str, str]]:
    """The numbered migrations of the kernel and of one service: (name, SQL), in order."""
    return [*_scripts(files("shared") / "migrations"), *_scripts(files(package) / "migrations")]


def _scripts(folder: Traversable) -> list[tuple[str, str]]:
    return [
        (script.name, script.read_text(encoding="utf-8"))
        for script in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if re.fullmatch(r"\d{4}_\w+\.sql", script.name)
    ]


async def migrate(
    pool: "asyncpg.Pool[asyncpg.Record]", scripts: list[tuple[str, str]], *, schema: str
) -> None:
    """Bring the schema up to date, one script per transaction; two starters wait for one another.

    Raises:
        SchemaTooNew: a newer program was here before; this one must not touch its tables.
        WrongLocale: Chinese text could not be searched in this database.
    """
    async with pool.acquire() as connection:
        locale = await connection.fetchval("SELECT current_setting('lc_ctype', true)")
        if locale is None:
            locale = await connection.fetchval(
                "SELECT datctype FROM pg_database WHERE datname = current_database()"
            )
        if locale.upper().replace("-", "") not in ("C.UTF8", "ZH_CN.UTF8", "EN_US.UTF8"):
            raise WrongLocale(found=locale)
        async with connection.transaction():
            await connection.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended('migrate ' || $1, 0))", schema
            )
            await connection.execute(
                "CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY,"
                " applied_at timestamptz NOT NULL DEFAULT now())"
            )
            rows = await connection.fetch("SELECT name FROM migrations ORDER BY name")
            applied = {row["name"] for row in rows}
            known = [name for name, _ in scripts]
            if unknown := sorted(applied - set(known)):
                raise SchemaTooNew(found=unknown[-1], known=known[-1])
            for name, script in scripts:
                if name not in applied:
                    await connection.execute(script)
                    await connection.execute("INSERT INTO migrations (name) VALUES ($1)", name)
