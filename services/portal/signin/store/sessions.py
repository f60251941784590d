"""Sessions: who is in, in which browser, since when, in which seat."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from services.portal.signin.domain.account import Seat, Session
from shared.contracts.event import PersonId, UnitCode
from shared.work import Tx

COLUMNS = (
    "number, person, way, began_at, seen_at, proved_at, second_at, post, unit, on_behalf_of,"
    " ended_at, ended_why, address, browser"
)


def _session(row: Mapping[str, Any]) -> Session:
    facts = dict(row)
    post, unit, giver = (facts.pop(name) for name in ("post", "unit", "on_behalf_of"))
    seat = Seat(post, UnitCode(unit), PersonId(giver) if giver else None) if post else None
    return Session(**facts, seat=seat)


async def begin(
    tx: Tx,
    *,
    digest: bytes,
    person: str,
    way: str,
    now: datetime,
    address: str,
    browser: str,
    second: bool = False,
) -> int:
    """Write down that somebody came in."""
    number: int = await tx.fetchval(
        """
        INSERT INTO sessions (digest, person, way, began_at, seen_at, proved_at, second_at,
                              address, browser)
        VALUES ($1, $2, $3, $4, $4, $4, $5, $6, $7)
        RETURNING number
        """,
        digest,
        person,
        way,
        now,
        now if second else None,
        address,
        browser,
    )
    return number


async def session(tx: Tx, digest: bytes) -> Session | None:
    """The session of whoever holds the id with this digest."""
    row = await tx.fetchrow(f"SELECT {COLUMNS} FROM sessions WHERE digest = $1", digest)  # noqa: S608
    return _session(row) if row else None


async def numbered(tx: Tx, number: int) -> Session | None:
    """The session of this number."""
    row = await tx.fetchrow(f"SELECT {COLUMNS} FROM sessions WHERE number = $1", number)  # noqa: S608
    return _session(row) if row else None


async def open_sessions(tx: Tx, person: str) -> list[Session]:
    """The sessions of somebody that were not ended, the one last used first."""
    rows = await tx.fetch(
        f"SELECT {COLUMNS} FROM sessions WHERE person = $1 AND ended_at IS NULL"  # noqa: S608
        " ORDER BY seen_at DESC, number DESC",
        person,
    )
    return [_session(row) for row in rows]


async def all_open(tx: Tx, *, since: datetime, limit: int) -> list[Session]:
    """Everybody's sessions that were used since then and not ended."""
    rows = await tx.fetch(
        f"SELECT {COLUMNS} FROM sessions WHERE ended_at IS NULL AND seen_at >= $1"  # noqa: S608
        " ORDER BY seen_at DESC, number DESC LIMIT $2",
        since,
        limit,
    )
    return [_session(row) for row in rows]


async def open_by_person(tx: Tx, people: Iterable[str], *, since: datetime) -> dict[str, int]:
    """How many open sessions these people have."""
    rows = await tx.fetch(
        "SELECT person, count(*) AS sessions FROM sessions"
        " WHERE person = ANY($1) AND ended_at IS NULL AND seen_at >= $2 GROUP BY person",
        list(people),
        since,
    )
    return {row["person"]: row["sessions"] for row in rows}


async def seen(tx: Tx, number: int, *, now: datetime) -> None:
    """Write down that it was used."""
    await tx.execute("UPDATE sessions SET seen_at = $2 WHERE number = $1", number, now)


async def proved(
    tx: Tx, number: int, *, now: datetime, digest: bytes | None = None, second: bool = False
) -> None:
    """Write down that they proved who they are; with a new id, if there is one."""
    await tx.execute(
        """
        UPDATE sessions
           SET proved_at = $2,
               seen_at = $2,
               second_at = CASE WHEN $4 THEN $2 ELSE second_at END,
               digest = coalesce($3, digest)
         WHERE number = $1 AND ended_at IS NULL
        """,
        number,
        now,
        digest,
        second,
    )


async def take_seat(tx: Tx, number: int, seat: Seat) -> None:
    """Write down in which seat they act."""
    await tx.execute(
        "UPDATE sessions SET post = $2, unit = $3, on_behalf_of = $4 WHERE number = $1",
        number,
        seat.post,
        seat.unit,
        seat.on_behalf_of,
    )


async def end(tx: Tx, number: int, *, now: datetime, why: str) -> bool:
    """End a session; False if it had ended already."""
    ended = await tx.fetchval(
        "UPDATE sessions SET ended_at = $2, ended_why = $3"
        " WHERE number = $1 AND ended_at IS NULL RETURNING true",
        number,
        now,
        why,
    )
    return ended is True


async def end_all(tx: Tx, person: str, *, now: datetime, why: str, but: int | None = None) -> int:
    """End all sessions of somebody, but for one: how many there were."""
    rows = await tx.fetch(
        "UPDATE sessions SET ended_at = $2, ended_why = $3"
        " WHERE person = $1 AND ended_at IS NULL AND number IS DISTINCT FROM $4 RETURNING number",
        person,
        now,
        why,
        but,
    )
    return len(rows)


async def forget_before(tx: Tx, moment: datetime) -> None:
    """Forget sessions that nobody has used since then; the trail remembers them."""
    await tx.execute("DELETE FROM sessions WHERE seen_at < $1", moment)
