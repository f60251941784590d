"""Accounts: passwords, second factors, locks."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from services.portal.signin.domain.account import Account
from shared.work import Tx

COLUMNS = (
    "person, opened_at, subject, password, must_change, set_at, secret, enrolled_at, locked_at,"
    " locked_why"
)


async def account(tx: Tx, person: str) -> Account | None:
    """Somebody's account."""
    row = await tx.fetchrow(f"SELECT {COLUMNS} FROM accounts WHERE person = $1", person)  # noqa: S608
    return Account(**row) if row else None


async def lock_account(tx: Tx, person: str) -> Account | None:
    """Somebody's account, for a decision."""
    row = await tx.fetchrow(
        f"SELECT {COLUMNS} FROM accounts WHERE person = $1 FOR UPDATE",  # noqa: S608
        person,
    )
    return Account(**row) if row else None


async def account_of(tx: Tx, subject: str) -> Account | None:
    """The account of whom the city's sign-in knows under this name."""
    row = await tx.fetchrow(f"SELECT {COLUMNS} FROM accounts WHERE subject = $1", subject)  # noqa: S608
    return Account(**row) if row else None


async def accounts_of(tx: Tx, people: Iterable[str]) -> dict[str, Account]:
    """The accounts of these people, as far as they have any."""
    rows = await tx.fetch(
        f"SELECT {COLUMNS} FROM accounts WHERE person = ANY($1)",  # noqa: S608
        list(people),
    )
    return {row["person"]: Account(**row) for row in rows}


async def open_account(tx: Tx, person: str, *, now: datetime, subject: str | None = None) -> None:
    """Write down a new account; it has no password yet."""
    await tx.execute(
        "INSERT INTO accounts (person, opened_at, subject) VALUES ($1, $2, $3)",
        person,
        now,
        subject,
    )


async def name_subject(tx: Tx, person: str, subject: str | None) -> None:
    """Write down under which name the city's sign-in knows somebody."""
    await tx.execute("UPDATE accounts SET subject = $2 WHERE person = $1", person, subject)


async def set_password(
    tx: Tx, person: str, password: str, *, now: datetime, must_change: bool
) -> None:
    """Write down a new password, and keep the one before among the earlier ones."""
    await tx.execute(
        """
        WITH earlier AS (
            INSERT INTO earlier_passwords (person, set_at, password)
            SELECT person, set_at, password FROM accounts
             WHERE person = $1 AND password IS NOT NULL AND NOT must_change
                ON CONFLICT DO NOTHING
        )
        UPDATE accounts SET password = $2, set_at = $3, must_change = $4 WHERE person = $1
        """,
        person,
        password,
        now,
        must_change,
    )


async def hash_anew(tx: Tx, person: str, *, old: str, new: str) -> None:
    """Write down the same password as today's settings would hash it."""
    await tx.execute(
        "UPDATE accounts SET password = $3 WHERE person = $1 AND password = $2", person, old, new
    )


async def last_passwords(tx: Tx, person: str, *, many: int) -> list[str]:
    """The newest passwords of somebody, the one in use first."""
    rows = await tx.fetch(
        """
        SELECT password
          FROM (SELECT password, set_at FROM accounts
                 WHERE person = $1 AND password IS NOT NULL
                 UNION ALL
                SELECT password, set_at FROM earlier_passwords WHERE person = $1) AS used
         ORDER BY set_at DESC
         LIMIT $2
        """,
        person,
        many,
    )
    return [row["password"] for row in rows]


async def lock(tx: Tx, person: str, *, now: datetime, why: str) -> None:
    """Let somebody in no more."""
    await tx.execute(
        "UPDATE accounts SET locked_at = $2, locked_why = $3 WHERE person = $1", person, now, why
    )


async def unlock(tx: Tx, person: str) -> None:
    """Let somebody in again."""
    await tx.execute(
        "UPDATE accounts SET locked_at = NULL, locked_why = NULL WHERE person = $1", person
    )


async def keep_secret(tx: Tx, person: str, secret: bytes) -> None:
    """Keep the secret of a second factor that has to be confirmed yet."""
    await tx.execute(
        "UPDATE accounts SET secret = $2, enrolled_at = NULL WHERE person = $1", person, secret
    )


async def confirm_secret(tx: Tx, person: str, *, now: datetime) -> None:
    """From now on the second factor is asked for."""
    await tx.execute("UPDATE accounts SET enrolled_at = $2 WHERE person = $1", person, now)


async def remove_secret(tx: Tx, person: str) -> None:
    """Ask for no second factor any more."""
    await tx.execute("DELETE FROM recovery_codes WHERE person = $1", person)
    await tx.execute(
        "UPDATE accounts SET secret = NULL, enrolled_at = NULL WHERE person = $1", person
    )


async def use_step(tx: Tx, person: str, step: int) -> bool:
    """Use the code of a step; False if it or a later one was used already."""
    used = await tx.fetchval(
        "UPDATE accounts SET used_step = $2 WHERE person = $1 AND used_step < $2 RETURNING true",
        person,
        step,
    )
    return used is True


async def keep_recovery_codes(tx: Tx, person: str, digests: Iterable[bytes]) -> None:
    """Put these in the place of the recovery codes that there were."""
    await tx.execute("DELETE FROM recovery_codes WHERE person = $1", person)
    await tx.executemany(
        "INSERT INTO recovery_codes (person, digest) VALUES ($1, $2)",
        [(person, digest) for digest in digests],
    )


async def use_recovery_code(tx: Tx, person: str, digest: bytes, *, now: datetime) -> bool:
    """Use a recovery code; False if there is none such, or it was used already."""
    used = await tx.fetchval(
        "UPDATE recovery_codes SET used_at = $3"
        " WHERE person = $1 AND digest = $2 AND used_at IS NULL RETURNING true",
        person,
        digest,
        now,
    )
    return used is True


async def recovery_codes_left(tx: Tx, person: str) -> int:
    """How many recovery codes somebody has left."""
    left: int = await tx.fetchval(
        "SELECT count(*) FROM recovery_codes WHERE person = $1 AND used_at IS NULL", person
    )
    return left


async def figures(tx: Tx) -> dict[str, Any]:
    """How many accounts there are, and how they stand."""
    row = await tx.fetchrow(
        """
        SELECT count(*) AS accounts,
               count(*) FILTER (WHERE locked_at IS NOT NULL) AS locked,
               count(*) FILTER (WHERE must_change) AS waiting,
               count(*) FILTER (WHERE enrolled_at IS NOT NULL) AS enrolled
          FROM accounts
        """
    )
    return dict(row or {})
