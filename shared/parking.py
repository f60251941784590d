"""Parking: events that could not be taken in wait in PostgreSQL, in order, and hold their key.

States: ``retry`` is tried again with growing pauses; after the last try it is ``dead`` and waits
for an operator. ``behind`` waits for an earlier one of its key. ``gap`` waits for an event that
has not arrived. ``unreadable`` could not be decoded; it holds a key only if its envelope named one.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from shared.contracts.event import REFERENCE
from shared.envelope import Heard, Record, Unreadable, read
from shared.refusals import Malformed, Refusal, Unknown
from shared.work import Tx

State = Literal["retry", "behind", "gap", "unreadable", "dead"]
Verdict = Literal["take", "duplicate", "gap", "behind"]

TRIES = 8
FIRST_PAUSE_SECONDS = 1
LONGEST_PAUSE_SECONDS = 300
GAP_PAUSE_SECONDS = 2


class NotHolding(Refusal):
    """搁置记录{id}已经处理完毕，无需再操作。"""


class NotFirst(Refusal):
    """记录{id}之前，同一提案还有更早的搁置记录{first}，请先处理那一条。"""


class StillUnreadable(Malformed):
    """更正后的内容仍不能识别：{why}"""


@dataclass(frozen=True, slots=True)
class Hold:
    """The first parked event of a key: everything after it waits."""

    state: str
    source: str | None


def judge(topic: str, *, source: str, sequence: int, reached: int, held_by: Hold | None) -> Verdict:
    """What becomes of an event, seen from how far its teller was heard and what holds its key.

    A key held by a gap lets pass the very event that the gap waits for.
    """
    if sequence <= reached:
        return "duplicate"
    follows = sequence == reached + 1 or topic.rpartition(".")[2] == REFERENCE
    if held_by is not None and not (follows and held_by == Hold("gap", source)):
        return "behind"
    return "take" if follows else "gap"


async def holds(tx: Tx, keys: Sequence[str]) -> dict[str, Hold]:
    """Which of these keys are held, and by what."""
    rows = await tx.fetch(
        "SELECT DISTINCT ON (key) key, state, source FROM parked"
        " WHERE key = ANY($1) AND holds ORDER BY key, id",
        keys,
    )
    return {row["key"]: Hold(row["state"], row["source"]) for row in rows}


async def park(tx: Tx, record: Record, heard: Heard | None, *, state: State, why: str) -> None:
    """Put a record aside, whole. The same event or record is parked once."""
    headers = [
        [name, value.decode("latin-1") if value is not None else None]
        for name, value in record.headers
    ]
    if heard is not None:
        key = heard.key
    elif record.key is not None:
        key = record.key.decode("utf-8", "replace").replace("\x00", "\N{REPLACEMENT CHARACTER}")
    else:
        key = f"{record.topic}/{record.partition}"
    await tx.execute(
        """
        INSERT INTO parked (event_id, topic, partition, record_offset, key, holds, source, type,
                            sequence, headers, value, state, why)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT DO NOTHING
        """,
        heard.id if heard else None,
        record.topic,
        record.partition,
        record.offset,
        key,
        heard is not None,
        heard.source if heard else None,
        heard.type if heard else None,
        heard.sequence if heard else None,
        json.dumps(headers),
        record.value,
        state,
        _kept(why),
    )


def _kept(why: str) -> str:
    return why[:2000].replace("\x00", "\N{REPLACEMENT CHARACTER}")


@dataclass(frozen=True, slots=True)
class Stored:
    """A parked record, in the shape in which Kafka handed it over."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes | None]]


@dataclass(frozen=True, slots=True)
class Head:
    """The first parked event of a key."""

    id: int
    topic: str
    attempts: int
    heard: Heard


async def next_head(tx: Tx) -> Head | None:
    """Lock and return the first event of some key that may be tried now."""
    row = await tx.fetchrow(
        """
        SELECT id, topic, partition, record_offset, key, headers, value, attempts
          FROM parked
         WHERE state IN ('retry', 'behind', 'gap')
           AND next_at <= now()
           AND holds
           AND NOT EXISTS (SELECT FROM parked AS earlier
                            WHERE earlier.key = parked.key AND earlier.id < parked.id
                              AND earlier.holds)
         ORDER BY id
         LIMIT 1
           FOR UPDATE SKIP LOCKED
        """
    )
    return _head(row) if row is not None else None


async def parked_behind(tx: Tx, head: Head, *, sequence: int) -> Head | None:
    """The very event that a gap waits for, if it is parked too and may be tried now."""
    row = await tx.fetchrow(
        """
        SELECT id, topic, partition, record_offset, key, headers, value, attempts
          FROM parked
         WHERE key = $1 AND source = $2 AND sequence = $3
           AND state IN ('retry', 'behind') AND next_at <= now()
           FOR UPDATE
        """,
        head.heard.key,
        head.heard.source,
        sequence,
    )
    return _head(row) if row is not None else None


def _head(row: Any) -> Head:
    return Head(
        id=row["id"], topic=row["topic"], attempts=row["attempts"], heard=read(_stored(row))
    )


def _stored(row: Any) -> Stored:
    return Stored(
        topic=row["topic"],
        partition=row["partition"],
        offset=row["record_offset"],
        key=row["key"].encode(),
        value=row["value"],
        headers=[
            (name, value.encode("latin-1") if value is not None else None)
            for name, value in json.loads(row["headers"])
        ],
    )


async def release(tx: Tx, parked_id: int) -> None:
    """The event took effect: the next one of its key comes to the head."""
    await tx.execute(
        "WITH gone AS (DELETE FROM parked WHERE id = $1 RETURNING key)"
        " UPDATE parked SET next_at = now() FROM gone"
        " WHERE parked.key = gone.key AND parked.state IN ('behind', 'gap')",
        parked_id,
    )


async def wait_for_gap(tx: Tx, parked_id: int) -> None:
    """The missing event has still not come."""
    await tx.execute(
        "UPDATE parked SET state = 'gap', attempts = attempts + 1,"
        " next_at = clock_timestamp() + make_interval(secs => $2) WHERE id = $1",
        parked_id,
        GAP_PAUSE_SECONDS,
    )


async def failed_again(tx: Tx, head: Head, *, why: str) -> None:
    """Another try failed: wait twice as long, or give it up to an operator."""
    pause = min(FIRST_PAUSE_SECONDS * 2**head.attempts, LONGEST_PAUSE_SECONDS)
    await tx.execute(
        """
        UPDATE parked
           SET attempts = attempts + 1,
               state = CASE WHEN attempts + 1 >= $2 THEN 'dead' ELSE 'retry' END,
               next_at = clock_timestamp() + make_interval(secs => $3),
               why = $4
         WHERE id = $1
        """,
        head.id,
        TRIES,
        pause,
        _kept(why),
    )


@dataclass(frozen=True, slots=True)
class Parked:
    """A parked event as an operator sees it."""

    id: int
    event_id: UUID | None
    key: str
    type: str | None
    state: State
    why: str
    attempts: int
    parked_at: datetime
    next_at: datetime
    source: str | None
    sequence: int | None
    topic: str
    partition: int
    record_offset: int
    value: str | None


async def listing(tx: Tx, *, after: int = 0, limit: int = 50) -> list[Parked]:
    """The parked events, oldest first, without their content."""
    rows = await tx.fetch(
        """
        SELECT id, event_id, key, type, state, why, attempts, parked_at, next_at, source, sequence,
               topic, partition, record_offset, NULL::text AS value
          FROM parked WHERE id > $1 ORDER BY id LIMIT $2
        """,
        after,
        limit,
    )
    return [Parked(**row) for row in rows]


async def one(tx: Tx, parked_id: int) -> Parked:
    """One parked event, with its content as text."""
    row = await tx.fetchrow(
        """
        SELECT id, event_id, key, type, state, why, attempts, parked_at, next_at, source, sequence,
               topic, partition, record_offset, value
          FROM parked WHERE id = $1
        """,
        parked_id,
    )
    if row is None:
        raise Unknown(what="搁置记录", id=parked_id)
    return Parked(**{**row, "value": (row["value"] or b"").decode("utf-8", "replace")})


async def _lock(tx: Tx, parked_id: int) -> Any:
    await tx.lock_all(())  # no stream is concerned, but who asks twice is answered as before
    row = await tx.fetchrow("SELECT * FROM parked WHERE id = $1 FOR UPDATE", parked_id)
    if row is None:
        raise NotHolding(id=parked_id)
    return row


async def _audit(
    tx: Tx, row: Any, *, action: str, by: str, reason: str, after: bytes | None = None
) -> None:
    await tx.execute(
        """
        INSERT INTO park_actions (parked_id, event_id, topic, partition, record_offset,
                                  action, by, reason, before, after)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        row["id"],
        row["event_id"],
        row["topic"],
        row["partition"],
        row["record_offset"],
        action,
        by,
        reason,
        row["value"],
        after,
    )


async def redrive(tx: Tx, parked_id: int, *, by: str, reason: str) -> None:
    """Try it again from now on, as if it had just been parked."""
    row = await _lock(tx, parked_id)
    try:
        heard = read(_stored(row))
    except Unreadable as why:
        raise StillUnreadable(why=why) from None
    await _audit(tx, row, action="redrive", by=by, reason=reason)
    await tx.execute(
        "UPDATE parked SET state = 'retry', attempts = 0, next_at = now(), holds = true, key = $2"
        " WHERE id = $1",
        parked_id,
        heard.key,
    )


async def correct(tx: Tx, parked_id: int, *, value: bytes, by: str, reason: str) -> None:
    """Put a corrected copy in its place and try it; the old content stays in the audit."""
    row = await _lock(tx, parked_id)
    try:
        copy = read(_stored({**row, "value": value}))
        _ = copy.event
        if copy.data.get("proposal_id", copy.key) != copy.key:
            raise Unreadable("更正不得改变所属提案")
    except Unreadable as why:
        raise StillUnreadable(why=why) from None
    await _audit(tx, row, action="correct", by=by, reason=reason, after=value)
    await tx.execute(
        "UPDATE parked SET value = $2, state = 'retry', attempts = 0, next_at = now(), why = $3"
        " WHERE id = $1",
        parked_id,
        value,
        f"已更正：{reason}",
    )


async def skip(tx: Tx, parked_id: int, *, by: str, reason: str) -> None:
    """Go on without it; of a gap: go on without the events that never came.

    The cursor moves along, so that the next event of the key is not taken for a gap.
    """
    row = await _lock(tx, parked_id)
    first = await tx.fetchval(
        "SELECT min(id) FROM parked WHERE key = $1 AND holds AND $2", row["key"], row["holds"]
    )
    if first is not None and first < parked_id:
        raise NotFirst(id=parked_id, first=first)
    await _audit(tx, row, action="skip", by=by, reason=reason)
    if row["source"] is not None:
        missing_only = row["state"] == "gap"
        await tx.execute(
            "INSERT INTO cursors (key, source, sequence) VALUES ($1, $2, $3)"
            " ON CONFLICT (key, source) DO UPDATE"
            " SET sequence = greatest(cursors.sequence, excluded.sequence)",
            row["key"],
            row["source"],
            row["sequence"] - missing_only,
        )
        if missing_only:
            await tx.execute("UPDATE parked SET next_at = now() WHERE id = $1", parked_id)
            return
        await tx.execute(
            "INSERT INTO inbox (event_id, source, key, sequence, outcome)"
            " VALUES ($1, $2, $3, $4, 'skipped') ON CONFLICT DO NOTHING",
            row["event_id"],
            row["source"],
            row["key"],
            row["sequence"],
        )
    await release(tx, parked_id)


@dataclass(frozen=True, slots=True)
class Decision:
    """What an operator decided about a record: to go on without it, or what to put in its place."""

    topic: str
    partition: int
    record_offset: int
    by: str
    reason: str
    after: bytes | None


async def repeat(tx: Tx, decision: Decision) -> None:
    """Deal with a record as an operator dealt with it before, if it is parked here too."""
    parked_id = await tx.fetchval(
        "SELECT id FROM parked WHERE topic = $1 AND partition = $2 AND record_offset = $3",
        decision.topic,
        decision.partition,
        decision.record_offset,
    )
    if parked_id is None:
        return
    if decision.after is None:
        await skip(tx, parked_id, by=decision.by, reason=decision.reason)
    else:
        await correct(tx, parked_id, value=decision.after, by=decision.by, reason=decision.reason)
