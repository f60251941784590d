"""The feed: what other systems are told, where each of them has come to, what waits for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from pydantic_core import from_json

from services.escalation.domain.subscribing import Subscription
from services.escalation.views import ParkedView
from shared.contracts.event import Actor, PersonId, ProposalEvent, ProposalId
from shared.envelope import source_of
from shared.policy import Sight
from shared.work import Tx

PLACED_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it is told to another system; ``waits`` if one before it was refused."""

    position: int
    event_id: UUID
    type: str
    source: str
    proposal_id: ProposalId
    value: bytes
    concerns: bool = True
    waits: bool = False
    again: bool = False


async def feed(tx: Tx, events: Sequence[tuple[UUID | None, Any]]) -> None:
    """Events of proposals are kept for those who subscribe; while nobody does, for nobody."""
    of_proposals = [
        (id, event) for id, event in events if id is not None and isinstance(event, ProposalEvent)
    ]
    if not of_proposals or not await tx.fetchval("SELECT EXISTS (SELECT FROM subscriptions)"):
        return
    await tx.execute(
        """
        INSERT INTO feed (event_id, type, source, proposal_id, value)
        SELECT event_id, type, source, proposal_id, value
          FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[])
               WITH ORDINALITY AS told (event_id, type, source, proposal_id, value, n)
         ORDER BY n
        """,
        [id for id, _ in of_proposals],
        [event.type_name() for _, event in of_proposals],
        [source_of(event.teller()) for _, event in of_proposals],
        [event.proposal_id for _, event in of_proposals],
        [event.model_dump_json().encode() for _, event in of_proposals],
    )


async def place_feed(tx: Tx) -> int:
    """Give positions to what was committed since, in order; how many got one."""
    head: int = await tx.fetchval("SELECT position FROM feed_head FOR UPDATE")
    placed: int = await tx.fetchval(
        """
        WITH fresh AS (
            SELECT n, row_number() OVER (ORDER BY n) AS place
              FROM (SELECT n FROM feed WHERE position IS NULL ORDER BY n LIMIT $2) AS waiting
        ), placed AS (
            UPDATE feed SET position = $1 + place FROM fresh WHERE feed.n = fresh.n RETURNING 1
        )
        SELECT count(*) FROM placed
        """,
        head,
        PLACED_AT_ONCE,
    )
    if placed:
        await tx.execute("UPDATE feed_head SET position = position + $1", placed)
    return placed


async def prune_feed(tx: Tx) -> None:
    """What everybody has been told is needed no more."""
    await tx.execute(
        "DELETE FROM feed WHERE position <= (SELECT coalesce(min(reached), 0) FROM subscriptions)"
        " OR NOT EXISTS (SELECT FROM subscriptions)"
    )


async def keep_subscription(tx: Tx, one: Subscription) -> None:
    """A subscription from now on, or the same one with another address; it is active again."""
    await tx.execute(
        """
        INSERT INTO subscriptions (subscription_id, name, url, secret, kinds, owner, owner_person,
                                   reached)
        SELECT $1, $2, $3, $4, $5, $6::text::json, $7, position FROM feed_head
            ON CONFLICT (subscription_id) DO UPDATE
           SET name = excluded.name, url = excluded.url, secret = excluded.secret,
               kinds = excluded.kinds, owner = excluded.owner, state = 'active', tries = 0,
               next_at = '-infinity', why = ''
        """,
        one.subscription_id,
        one.name,
        one.url,
        one.secret,
        one.kinds,
        one.owner.model_dump_json(),
        one.owner.person,
    )


async def remove_subscription(tx: Tx, subscription_id: str) -> None:
    """A subscription ends, with what waited for it."""
    await tx.execute("DELETE FROM subscriptions WHERE subscription_id = $1", subscription_id)


async def subscription(tx: Tx, subscription_id: str) -> Subscription | None:
    """One subscription, locked until the transaction ends."""
    row = await tx.fetchrow(
        "SELECT * FROM subscriptions WHERE subscription_id = $1 FOR UPDATE", subscription_id
    )
    return _subscription(row) if row is not None else None


async def subscriptions(tx: Tx, *, of: PersonId | None) -> list[tuple[Subscription, int]]:
    """Somebody's subscriptions, or all, each with how many events are parked for it."""
    rows = await tx.fetch(
        """
        SELECT subscriptions.*,
               (SELECT count(*) FROM feed_parked
                 WHERE feed_parked.subscription_id = subscriptions.subscription_id
                   AND feed_parked.state <> 'skipped') AS parked
          FROM subscriptions
         WHERE $1::text IS NULL OR owner_person = $1
         ORDER BY subscription_id
        """,
        of,
    )
    return [(_subscription(row), row["parked"]) for row in rows]


async def claim_subscription(
    tx: Tx, *, at: datetime, until: datetime, but: Sequence[str]
) -> Subscription | None:
    """A subscription for which something waits, for this loop alone until ``until``."""
    row = await tx.fetchrow(
        """
        UPDATE subscriptions
           SET next_at = $2
         WHERE subscription_id IN (
               SELECT subscription_id
                 FROM subscriptions
                WHERE state = 'active'
                  AND next_at <= $1
                  AND subscription_id <> ALL($3)
                  AND (reached < (SELECT position FROM feed_head)
                       OR EXISTS (SELECT FROM feed_parked
                                   WHERE feed_parked.subscription_id = subscriptions.subscription_id
                                     AND feed_parked.state = 'again'))
                ORDER BY next_at, subscription_id
                LIMIT 1
                  FOR UPDATE SKIP LOCKED)
        RETURNING *
        """,
        at,
        until,
        list(but),
    )
    return _subscription(row) if row is not None else None


async def to_tell(tx: Tx, one: Subscription, *, sight: Sight, limit: int) -> list[Told]:
    """What comes next for a subscription: first what is to be tried again, then what is new.

    ``concerns`` is whether its owner may see the proposal, and asked for this kind of event.
    """
    again = await tx.fetch(
        """
        SELECT position, event_id, type, source, proposal_id, value,
               true AS concerns, false AS waits, true AS again
          FROM feed_parked
         WHERE subscription_id = $1 AND state = 'again'
         ORDER BY position
         LIMIT $2
        """,
        one.subscription_id,
        limit,
    )
    if again:
        return [Told(**row) for row in again]
    new = await tx.fetch(
        """
        SELECT position, event_id, type, source, proposal_id, value,
               (cardinality($3::text[]) = 0 OR type = ANY($3))
               AND ($4
                    OR EXISTS (SELECT FROM concerned
                                WHERE concerned.proposal_id = feed.proposal_id
                                  AND concerned.unit = ANY($5))
                    OR EXISTS (SELECT FROM proposers
                                WHERE proposers.proposal_id = feed.proposal_id
                                  AND person = $6)) AS concerns,
               EXISTS (SELECT FROM feed_parked
                        WHERE feed_parked.subscription_id = $1
                          AND feed_parked.proposal_id = feed.proposal_id
                          AND feed_parked.state <> 'skipped') AS waits,
               false AS again
          FROM feed
         WHERE position > $2
         ORDER BY position
         LIMIT $7
        """,
        one.subscription_id,
        one.reached,
        list(one.kinds),
        sight.everything,
        list(sight.units),
        sight.person,
        limit,
    )
    return [Told(**row) for row in new]


async def settle_subscription(
    tx: Tx,
    one: Subscription,
    *,
    taken_again: Sequence[Told],
    parked: Sequence[tuple[Told, str, str]],
    next_at: datetime,
) -> None:
    """How far a subscription has come, what it would not take, when it goes on."""
    await tx.execute(
        "UPDATE subscriptions SET state = $2, reached = $3, tries = $4, why = $5, next_at = $6"
        " WHERE subscription_id = $1",
        one.subscription_id,
        one.state,
        one.reached,
        one.tries,
        one.why,
        next_at,
    )
    await tx.execute(
        "DELETE FROM feed_parked WHERE subscription_id = $1 AND position = ANY($2)",
        one.subscription_id,
        [told.position for told in taken_again],
    )
    await tx.executemany(
        """
        INSERT INTO feed_parked (subscription_id, position, event_id, type, source, proposal_id,
                                 value, state, why)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (subscription_id, position) DO UPDATE
           SET state = excluded.state, why = excluded.why
        """,
        [
            (
                one.subscription_id,
                told.position,
                told.event_id,
                told.type,
                told.source,
                told.proposal_id,
                told.value,
                state,
                why,
            )
            for told, state, why in parked
        ],
    )


async def parked_for(tx: Tx, subscription_id: str) -> list[ParkedView]:
    """What waits for a subscription's owner, in order."""
    rows = await tx.fetch(
        "SELECT position, type, proposal_id, state, why FROM feed_parked"
        " WHERE subscription_id = $1 AND state <> 'skipped' ORDER BY position LIMIT 200",
        subscription_id,
    )
    return [ParkedView(**dict(row)) for row in rows]


async def redrive(tx: Tx, subscription_id: str) -> int:
    """Try everything parked again; how much there was."""
    done = await tx.execute(
        "UPDATE feed_parked SET state = 'again'"
        " WHERE subscription_id = $1 AND state IN ('refused', 'behind')",
        subscription_id,
    )
    await tx.execute(
        "UPDATE subscriptions SET next_at = '-infinity', tries = 0, state = 'active', why = ''"
        " WHERE subscription_id = $1",
        subscription_id,
    )
    return int(done.rpartition(" ")[2])


async def skip(tx: Tx, subscription_id: str, position: int, *, why: str, by: Actor) -> bool:
    """Go on without one; whether it was there. What waited behind it is tried again."""
    row = await tx.fetchrow(
        "UPDATE feed_parked SET state = 'skipped', why = $3, settled_by = $4"
        " WHERE subscription_id = $1 AND position = $2 AND state = 'refused'"
        " RETURNING proposal_id",
        subscription_id,
        position,
        why,
        by.name,
    )
    if row is None:
        return False
    await tx.execute(
        "UPDATE feed_parked SET state = 'again'"
        " WHERE subscription_id = $1 AND proposal_id = $2 AND state = 'behind'",
        subscription_id,
        row["proposal_id"],
    )
    return True


def _subscription(row: asyncpg.Record) -> Subscription:
    return Subscription(
        subscription_id=row["subscription_id"],
        name=row["name"],
        url=row["url"],
        secret=row["secret"],
        kinds=tuple(row["kinds"]),
        owner=Actor.model_validate(from_json(row["owner"])),
        state=row["state"],
        reached=row["reached"],
        tries=row["tries"],
        why=row["why"],
    )
