"""The trail: entries are added one after the other, and never changed."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from services.portal.signin.chain import Link
from shared.postgres import Sql
from shared.work import Tx

AT_A_TIME = 1000


async def last_link(tx: Tx) -> Link | None:
    """The newest entry; whoever adds one waits until they are the only one."""
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended('signin trail', 0))")
    row = await tx.fetchrow("SELECT n, entry, digest FROM trail ORDER BY n DESC LIMIT 1")
    return Link(**row) if row else None


async def add(tx: Tx, link: Link, *, at: datetime, what: str, person: str) -> None:
    """Write down an entry."""
    await tx.execute(
        "INSERT INTO trail (n, at, what, person, entry, digest) VALUES ($1, $2, $3, $4, $5, $6)",
        link.n,
        at,
        what,
        person,
        link.entry,
        link.digest,
    )


async def page(
    tx: Tx, *, before: int | None, person: str, what: str, limit: int
) -> list[dict[str, Any]]:
    """Entries, the newest first; of one person or kind, where one is named."""
    rows = await tx.fetch(
        """
        SELECT n, at, what, person, entry, digest
          FROM trail
         WHERE n < coalesce($1, 9223372036854775807)
           AND ($2 = '' OR person = $2)
           AND ($3 = '' OR what = $3)
         ORDER BY n DESC
         LIMIT $4
        """,
        before,
        person,
        what,
        limit,
    )
    return [dict(row) for row in rows]


async def from_the_first(sql: Sql) -> AsyncIterator[tuple[Link, dict[str, Any]]]:
    """Every entry with the columns beside it, in order."""
    last = 0
    while rows := await sql.fetch(
        "SELECT n, at, what, person, entry, digest FROM trail WHERE n > $1 ORDER BY n LIMIT $2",
        last,
        AT_A_TIME,
    ):
        for row in rows:
            yield Link(row["n"], row["entry"], row["digest"]), dict(row)
        last = rows[-1]["n"]
