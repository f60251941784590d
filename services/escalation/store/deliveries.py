"""What leaves the house: a message a person, day and channel, taken up by one loop at a time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.escalation.domain.channels import Outcome
from services.escalation.domain.clock import Clock
from services.escalation.domain.digesting import Channel
from services.escalation.store.clocks import clock_in
from services.escalation.views import DeliveryView
from shared.contracts.event import PersonId, ProposalId
from shared.work import Tx


@dataclass(frozen=True, slots=True)
class ToSend:
    """A message still to be opened."""

    person: PersonId
    channel: Channel
    address: str
    language: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this loop is about to send; ``tries`` counts this time too."""

    delivery_id: int
    person: PersonId
    digest: date
    address: str
    language: str
    tries: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a message may speak of: a proposal, and the clock for which it was told."""

    proposal_id: ProposalId
    number: str | None
    clock: Clock | None


async def persons_to_tell(
    tx: Tx, *, on: date, hour: int, usual_hour: int, limit: int
) -> list[PersonId]:
    """Whose hour has come, with something new, who got no message yet today."""
    rows = await tx.fetch(
        """
        SELECT DISTINCT person
          FROM notices LEFT JOIN preferences USING (person)
         WHERE digest IS NULL
           AND told_on <= $1
           AND coalesce(digest_hour, $3) <= $2
           AND NOT EXISTS (SELECT FROM notices AS told
                            WHERE told.person = notices.person AND told.digest = $1)
         ORDER BY person
         LIMIT $4
        """,
        on,
        hour,
        usual_hour,
        limit,
    )
    return [row["person"] for row in rows]


async def open_digests(
    tx: Tx, people: Sequence[PersonId], messages: Sequence[ToSend], *, on: date, at: datetime
) -> None:
    """Everything new for these people goes into today's message; some have no channel for it."""
    await tx.execute(
        "UPDATE notices SET digest = $2"
        " WHERE person = ANY($1) AND digest IS NULL AND told_on <= $2",
        list(people),
        on,
    )
    await tx.execute(
        """
        INSERT INTO deliveries (person, digest, channel, address, language, next_at)
        SELECT person, $5, channel, address, language, $6
          FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
               AS new (person, channel, address, language)
            ON CONFLICT (person, digest, channel) DO NOTHING
        """,
        [one.person for one in messages],
        [one.channel for one in messages],
        [one.address for one in messages],
        [one.language for one in messages],
        on,
        at,
    )


async def claim(
    tx: Tx, channel: Channel, *, at: datetime, until: datetime, limit: int
) -> list[Claimed]:
    """Messages whose time has come, for this loop alone until ``until``."""
    rows = await tx.fetch(
        """
        WITH due AS MATERIALIZED (
            SELECT delivery_id
              FROM deliveries
             WHERE channel = $1 AND state = 'queued' AND next_at <= $2
             ORDER BY next_at, delivery_id
             LIMIT $4
               FOR UPDATE SKIP LOCKED
        )
        UPDATE deliveries
           SET tries = tries + 1, next_at = $3
          FROM due
         WHERE deliveries.delivery_id = due.delivery_id
        RETURNING deliveries.delivery_id, person, digest, address, language, tries
        """,
        channel,
        at,
        until,
        limit,
    )
    return [Claimed(**row) for row in sorted(rows, key=lambda row: row["delivery_id"])]


async def what_to_say(tx: Tx, claimed: Sequence[Claimed]) -> dict[int, list[Said]]:
    """What each message may still speak of: nothing of a clock that has ended meanwhile.

    A notice without a clock speaks of the proposal's most urgent one.
    """
    rows = await tx.fetch(
        """
        SELECT wanted.delivery_id, notices.proposal_id AS told_of, proposals.number, clock.*
          FROM unnest($1::bigint[], $2::text[], $3::date[])
               AS wanted (delivery_id, person, digest)
          JOIN notices ON notices.person = wanted.person AND notices.digest = wanted.digest
          LEFT JOIN proposals ON proposals.proposal_id = notices.proposal_id
          LEFT JOIN LATERAL (
               SELECT clocks.* FROM clocks
                WHERE clocks.proposal_id = notices.proposal_id
                  AND state IN ('running', 'paused')
                  AND (notices.clock_id IS NULL
                       OR clocks.clock_id = notices.clock_id
                          AND clocks.generation = notices.generation)
                ORDER BY due_on, clock_id LIMIT 1) AS clock ON true
         WHERE notices.clock_id IS NULL OR clock.clock_id IS NOT NULL
         ORDER BY notices.notice_id
        """,
        [one.delivery_id for one in claimed],
        [one.person for one in claimed],
        [one.digest for one in claimed],
    )
    said: dict[int, list[Said]] = defaultdict(list)
    for row in rows:
        clock = clock_in(row) if row["clock_id"] is not None else None
        said[row["delivery_id"]].append(Said(ProposalId(row["told_of"]), row["number"], clock))
    return said


async def settle(
    tx: Tx, tried: Sequence[tuple[Claimed, Outcome, str, datetime]], *, at: datetime
) -> None:
    """What came of some tries: the state of each message, and when it is tried again."""
    await tx.execute(
        """
        WITH tried AS (
            INSERT INTO tries (delivery_id, n, tried_at, result, why)
            SELECT delivery_id, n, $7, result, why
              FROM unnest($1::bigint[], $2::int[], $3::text[], $4::text[])
                   AS tried (delivery_id, n, result, why)
                ON CONFLICT DO NOTHING
        )
        UPDATE deliveries
           SET state = settled.state, why = settled.why, next_at = settled.next_at
          FROM unnest($1::bigint[], $5::text[], $4::text[], $6::timestamptz[])
               AS settled (delivery_id, state, why, next_at)
         WHERE deliveries.delivery_id = settled.delivery_id
        """,
        [one.delivery_id for one, _, _, _ in tried],
        [one.tries for one, _, _, _ in tried],
        [outcome.result for _, outcome, _, _ in tried],
        [outcome.why for _, outcome, _, _ in tried],
        [state for _, _, state, _ in tried],
        [next_at for _, _, _, next_at in tried],
        at,
    )


async def deliveries(tx: Tx, *, state: str | None, limit: int, offset: int) -> list[DeliveryView]:
    """Messages that left or should have, the newest first, each with its tries."""
    rows = await tx.fetch(
        "SELECT delivery_id, person, digest, channel, state, tries, next_at, why FROM deliveries"
        " WHERE $1::text IS NULL OR state = $1 ORDER BY delivery_id DESC LIMIT $2 OFFSET $3",
        state,
        limit,
        offset,
    )
    return [DeliveryView(**dict(row)) for row in rows]
