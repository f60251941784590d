"""Failures: who tried in vain, from where; counted here, since portals are several."""

from datetime import datetime

from shared.work import Tx


async def queue_up(tx: Tx, name: str) -> None:
    """Let tries upon one name come one after the other."""
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended('signin ' || $1, 0))", name)


async def of_name(tx: Tx, name: str, *, most: int) -> list[datetime]:
    """When somebody last failed, the newest first."""
    rows = await tx.fetch(
        "SELECT failed_at FROM failures WHERE name = $1 ORDER BY failed_at DESC LIMIT $2",
        name,
        most,
    )
    return [row["failed_at"] for row in rows]


async def from_address(tx: Tx, address: str, *, since: datetime) -> int:
    """How many tries from an address have failed since then."""
    count: int = await tx.fetchval(
        "SELECT count(*) FROM failures WHERE address = $1 AND failed_at >= $2", address, since
    )
    return count


async def note(tx: Tx, name: str, address: str, *, now: datetime) -> int:
    """Write down a try as failed."""
    failure: int = await tx.fetchval(
        "INSERT INTO failures (name, address, failed_at) VALUES ($1, $2, $3) RETURNING failure",
        name,
        address,
        now,
    )
    return failure


async def take_back(tx: Tx, failure: int) -> None:
    """This try did not fail."""
    await tx.execute("DELETE FROM failures WHERE failure = $1", failure)


async def forgive(tx: Tx, name: str) -> None:
    """Count somebody's failures no more."""
    await tx.execute("DELETE FROM failures WHERE name = $1", name)


async def forget_before(tx: Tx, moment: datetime) -> None:
    """Forget failures that count no more."""
    await tx.execute("DELETE FROM failures WHERE failed_at < $1", moment)
