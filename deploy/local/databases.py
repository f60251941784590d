"""Reaching PostgreSQL: addresses for each role, and a connection as soon as there is one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import asyncpg

from deploy.troubles import Trouble

POLL_SECONDS = 0.25
AWAY = (OSError, TimeoutError, asyncpg.CannotConnectNowError, asyncpg.TooManyConnectionsError)


class DatabaseAway(Trouble):
    """连不上 PostgreSQL（{place}），请确认它已启动、地址无误（环境变量 DATABASE_URL）。"""


class BadDatabaseUrl(Trouble):
    """DATABASE_URL 不是可用的地址（{why}），应形如 postgresql://用户:口令@主机:端口/postgres。"""


class NotLetIn(Trouble):
    """PostgreSQL（{place}）不接受 DATABASE_URL 里的用户或口令。"""


def in_database(url: str, *, database: str) -> str:
    """The same server and user, another database."""
    parts = urlsplit(url)
    return urlunsplit(
        parts._replace(path=f"/{database}", query=_without(parts.query, "dbname", "database"))
    )


def as_role(url: str, *, database: str, role: str, word: str) -> str:
    """The same server, this database, another user."""
    parts = urlsplit(in_database(url, database=database))
    hosts = parts.netloc.rpartition("@")[2]
    return urlunsplit(
        parts._replace(
            netloc=f"{role}:{quote(word, safe='')}@{hosts}",
            query=_without(parts.query, "user", "password"),
        )
    )


def place(url: str) -> str:
    """Where a server is, without user and password."""
    return urlsplit(url).netloc.rpartition("@")[2] or "本机"


@asynccontextmanager
async def connected(url: str, *, within: float) -> "AsyncIterator[asyncpg.Connection]":
    """A connection, as soon as the server takes it.

    Raises:
        DatabaseAway, BadDatabaseUrl, NotLetIn: it does not.
    """
    connection = await _connected(url, within=within)
    try:
        yield connection
    finally:
        await connection.close()


async def _connected(url: str, *, within: float) -> "asyncpg.Connection":
    deadline = asyncio.get_running_loop().time() + within
    while True:
        try:
            return await asyncpg.connect(url, timeout=5)
        except AWAY:
            if asyncio.get_running_loop().time() > deadline:
                raise DatabaseAway(place=place(url)) from None
        except asyncpg.InvalidAuthorizationSpecificationError:
            raise NotLetIn(place=place(url)) from None
        except (ValueError, asyncpg.InterfaceError) as error:
            raise BadDatabaseUrl(why=error) from None
        except asyncpg.InvalidCatalogNameError:
            raise BadDatabaseUrl(why="没有这个数据库") from None
        await asyncio.sleep(POLL_SECONDS)


def _without(query: str, *names: str) -> str:
    return urlencode([(name, value) for name, value in parse_qsl(query) if name not in names])
