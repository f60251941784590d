"""Service accounts; of their keys the digest only."""

from services.registry.views import Accounts, AccountView
from shared.contracts.registry import ServiceAccountRegistered
from shared.work import Tx

ACCOUNT = "account, name, post, unit, acts, until"


async def every_account(tx: Tx) -> list[ServiceAccountRegistered]:
    """All accounts, those that have ended too."""
    rows = await tx.fetch(f"SELECT {ACCOUNT}, key_digest FROM accounts")  # noqa: S608
    return [ServiceAccountRegistered(**row) for row in rows]


async def put_account(tx: Tx, one: ServiceAccountRegistered) -> None:
    """The account as it now stands."""
    await tx.execute(
        """
        INSERT INTO accounts (account, name, post, unit, key_digest, acts, until)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (account) DO UPDATE
           SET name = excluded.name, post = excluded.post, unit = excluded.unit,
               key_digest = excluded.key_digest, acts = excluded.acts, until = excluded.until,
               recorded_at = now()
        """,
        one.account,
        one.name,
        one.post,
        one.unit,
        one.key_digest,
        one.acts,
        one.until,
    )


async def accounts(tx: Tx, *, after: str | None, limit: int) -> Accounts:
    """Accounts in the order of their names, those that follow ``after``; never a key."""
    rows = await tx.fetch(
        f"SELECT {ACCOUNT} FROM accounts"  # noqa: S608
        " WHERE $1::text IS NULL OR account > $1 ORDER BY account LIMIT $2",
        after,
        limit + 1,
    )
    found = [AccountView(**row) for row in rows[:limit]]
    return Accounts(accounts=found, next=found[-1].account if len(rows) > limit else None)
