"""Journeys: who was sent to the city's sign-in, and what they must bring back."""

from datetime import datetime
from typing import Any

from shared.work import Tx


async def set_out(
    tx: Tx,
    *,
    state: bytes,
    nonce: str,
    verifier: str,
    next: str,
    session: int | None,
    now: datetime,
    forget_before: datetime,
) -> None:
    """Write down that somebody leaves; those who never came back are forgotten."""
    await tx.execute("DELETE FROM journeys WHERE began_at < $1", forget_before)
    await tx.execute(
        "INSERT INTO journeys (state, nonce, verifier, next, session, began_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        state,
        nonce,
        verifier,
        next,
        session,
        now,
    )


async def come_back(tx: Tx, state: bytes, *, since: datetime) -> dict[str, Any] | None:
    """What was written down of a journey; one comes back once only."""
    row = await tx.fetchrow(
        "DELETE FROM journeys WHERE state = $1 RETURNING nonce, verifier, next, session, began_at",
        state,
    )
    return dict(row) if row is not None and row["began_at"] >= since else None
