"""Hearing: every event takes effect once and in order per key; what fails waits, the rest goes on.

A poll is split by key into lanes. A lane's events share one transaction: cursors, inbox,
effects, new events. When one of them fails, the lane runs again event by event, and the failing
key is parked in PostgreSQL in order. A database outage parks nothing: it is raised, and the
listener pauses.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from zlib import crc32

from shared import knowing, metrics, parking
from shared.contracts.event import REFERENCE, Event
from shared.envelope import Heard, Record, Unreadable, read, source_of
from shared.postgres import COLLISIONS, OUTAGES
from shared.work import Desk, Tx

log = logging.getLogger("huiban.hearing")

LANES = 4
QUICK_TRIES = 3
WHY = {
    "gap": "此前的事件尚未到达",
    "behind": "同一提案有更早的事件在等待处理",
}

E = TypeVar("E", bound=Event)
Listener = Callable[[Any, Tx], Awaitable[None]]
FoldingListener = Callable[[Sequence[Heard], Tx], Awaitable[None]]


class Ears:
    """What a service listens to: one function per event type, or one that folds them all."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.listeners: dict[str, Listener] = {}
        self.folding: FoldingListener | None = None

    def on(
        self, kind: type[E]
    ) -> Callable[[Callable[[E, Tx], Awaitable[None]]], Callable[[E, Tx], Awaitable[None]]]:
        """Decorate the function that hears this event."""

        def listen(function: Callable[[E, Tx], Awaitable[None]]) -> Any:
            self.listeners[kind.type_name()] = function
            return function

        return listen

    def on_all(self, function: FoldingListener) -> FoldingListener:
        """Decorate the function that hears everything, many events at a time."""
        self.folding = function
        return function

    def takes(self, one: Heard) -> bool:
        """Whether this event has an effect here, or just moves the cursor."""
        return (
            self.folding is not None
            or one.type in self.listeners
            or one.type.startswith(knowing.TOLD_BY)
        )

    async def hear(self, heard: Sequence[Heard], tx: Tx) -> None:
        """Let these events take effect, in order."""
        if facts := [one for one in heard if one.type.startswith(knowing.TOLD_BY)]:
            await knowing.keep(tx, facts)
            tx.reference_changed()
        if self.folding is not None:
            await self.folding(heard, tx)
        listened_to = [one for one in heard if one.type in self.listeners]
        if listened_to:
            await tx.lock_all(one.key for one in listened_to)
        for one in listened_to:
            tx.correlation, tx.causation = one.correlation, one.id
            await self.listeners[one.type](one.event, tx)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A readable record: the event, and where it came from."""

    record: Record
    heard: Heard


class Hearing:
    """One service's ears on one schema."""

    def __init__(self, desk: Desk, ears: Ears) -> None:
        self._desk = desk
        self._ears = ears
        self._own = source_of(desk.service)
        self.advanced = asyncio.Event()
        self.watches: set[Callable[[Collection[str]], None]] = set()  # told of keys, once written
        self.told: Callable[[], None] = lambda: None

    async def hear(self, records: Sequence[Record]) -> None:
        """Take in one poll: afterwards each record is handled, a duplicate, or parked.

        What this service told of proposals itself it need not be told.

        Raises:
            one of OUTAGES: PostgreSQL is away; whatever was not committed comes again.
        """
        lanes: dict[int, list[Arrival]] = defaultdict(list)
        for record in records:
            try:
                arrival = Arrival(record, read(record))
            except Unreadable as why:
                await self._park_unreadable(record, str(why))
                continue
            if arrival.heard.source != self._own or record.topic.endswith(REFERENCE):
                lanes[crc32(arrival.heard.key.encode()) % LANES].append(arrival)
        ended = await asyncio.gather(
            *(self._take_in(lane) for lane in lanes.values()), return_exceptions=True
        )
        for result in ended:
            if isinstance(result, BaseException):
                raise result
        keys = {arrival.heard.key for lane in lanes.values() for arrival in lane}
        for watch in tuple(self.watches):
            watch(keys)
        self.advanced.set()
        self.advanced.clear()

    async def has_heard(self, source: str, key: str, sequence: int) -> bool:
        """Whether this service has taken in a key's events up to this one."""
        reached = await self._desk.pool.fetchval(
            "SELECT sequence FROM cursors WHERE key = $1 AND source = $2", key, source
        )
        return reached is not None and reached >= sequence

    async def _take_in(self, lane: Sequence[Arrival]) -> None:
        try:
            async with self._desk.transaction() as tx:
                outcomes = await self._together(tx, lane)
        except OUTAGES:
            raise
        except Exception as error:
            if len(lane) > 1:
                log.info("lane runs again event by event", extra={"error": repr(error)})
            for arrival in lane:
                await self.take_in_alone(arrival)
        else:
            self._note(outcomes)

    async def _together(self, tx: Tx, lane: Sequence[Arrival]) -> dict[str, int]:
        """A whole lane in one transaction; any failure is the caller's to sort out."""
        keys = sorted({arrival.heard.key for arrival in lane})
        cursors = {
            (row["key"], row["source"]): row["sequence"]
            for row in await tx.fetch(
                "SELECT key, source, sequence FROM cursors"
                " WHERE key = ANY($1) ORDER BY key, source FOR UPDATE",
                keys,
            )
        }
        holds = await parking.holds(tx, keys)
        fresh: list[Heard] = []
        outcomes: dict[str, int] = defaultdict(int)
        for arrival in lane:
            heard = arrival.heard
            stand = (heard.key, heard.source)
            verdict = parking.judge(
                arrival.record.topic,
                source=heard.source,
                sequence=heard.sequence,
                reached=cursors.get(stand, 0),
                held_by=holds.get(heard.key),
            )
            if verdict == "take":
                cursors[stand] = heard.sequence
                fresh.append(heard)
                outcomes["handled"] += 1
            elif verdict == "duplicate":
                outcomes["duplicate"] += 1
            else:
                await parking.park(tx, arrival.record, heard, state=verdict, why=WHY[verdict])
                holds.setdefault(heard.key, parking.Hold(verdict, heard.source))
                outcomes["parked"] += 1
        if fresh:
            await _enter(tx, fresh, inbox=filter(self._ears.takes, fresh))
            await self._ears.hear(fresh, tx)
        return outcomes

    async def take_in_alone(self, arrival: Arrival) -> None:
        """One event in a transaction of its own; if it fails, it is parked and holds its key."""
        for attempt in range(1, QUICK_TRIES + 1):
            try:
                async with self._desk.transaction() as tx:
                    outcomes = await self._together(tx, [arrival])
            except OUTAGES:
                raise
            except COLLISIONS as error:
                if attempt == QUICK_TRIES:
                    await self._park_failed(arrival, error)
            except Exception as error:
                await self._park_failed(arrival, error)
                return
            else:
                self._note(outcomes)
                return

    async def _park_failed(self, arrival: Arrival, error: Exception) -> None:
        state: parking.State = "unreadable" if isinstance(error, Unreadable) else "retry"
        async with self._desk.transaction() as tx:
            await parking.park(tx, arrival.record, arrival.heard, state=state, why=_said(error))
        metrics.INBOX_EVENTS.labels(outcome="parked").inc()
        log.error(
            "event parked; its key waits",
            extra={
                "event_id": str(arrival.heard.id),
                "type": arrival.heard.type,
                "key": arrival.heard.key,
                "error": type(error).__name__,
            },
        )

    async def _park_unreadable(self, record: Record, why: str) -> None:
        async with self._desk.transaction() as tx:
            await parking.park(tx, record, None, state="unreadable", why=why)
        metrics.INBOX_EVENTS.labels(outcome="unreadable").inc()
        log.error(
            "record parked: it is no event of ours",
            extra={
                "topic": record.topic,
                "partition": record.partition,
                "record_offset": record.offset,
                "why": why,
            },
        )

    async def retry_parked(self) -> int:
        """Try the first parked event of each key whose time has come; how many took effect."""
        done = 0
        while True:
            async with self._desk.transaction() as tx:
                head = await parking.next_head(tx)
                if head is None:
                    return done
                done += await self._retry(tx, head)
            self.told()

    async def _retry(self, tx: Tx, head: parking.Head) -> bool:
        heard = head.heard
        reached = await tx.fetchval(
            "SELECT sequence FROM cursors WHERE key = $1 AND source = $2 FOR UPDATE",
            heard.key,
            heard.source,
        )
        verdict = parking.judge(
            head.topic,
            source=heard.source,
            sequence=heard.sequence,
            reached=reached or 0,
            held_by=None,
        )
        if verdict == "duplicate":
            await parking.release(tx, head.id)
            return True
        if verdict == "gap":
            # The missing event may itself have been parked, behind the one that waits for it.
            await parking.wait_for_gap(tx, head.id)
            missing = await parking.parked_behind(tx, head, sequence=(reached or 0) + 1)
            if missing is None:
                return False
            head, heard = missing, missing.heard
        try:
            async with tx.savepoint():
                await _enter(tx, [heard], inbox=filter(self._ears.takes, [heard]))
                await self._ears.hear([heard], tx)
        except OUTAGES:
            raise
        except Exception as error:
            await parking.failed_again(tx, head, why=_said(error))
            return False
        await parking.release(tx, head.id)
        return True

    def _note(self, outcomes: dict[str, int]) -> None:
        for outcome, count in outcomes.items():
            metrics.INBOX_EVENTS.labels(outcome=outcome).inc(count)
        self.told()


def _said(error: Exception) -> str:
    return str(error) if isinstance(error, Unreadable) else f"{type(error).__name__}: {error}"


async def _enter(tx: Tx, heard: Sequence[Heard], *, inbox: Iterable[Heard]) -> None:
    """Cursors for all events, and inbox rows for those that are about to take effect.

    A second process with the same event waits here for the first one's commit and then fails on
    the inbox's primary key: its lane runs again and finds a duplicate.
    """
    reached: dict[tuple[str, str], int] = {}
    for one in heard:
        reached[one.key, one.source] = one.sequence
    stands = sorted(reached)
    taken = list(inbox)
    await tx.execute(
        """
        WITH entered AS (
            INSERT INTO inbox (event_id, source, key, sequence, outcome)
            SELECT event_id, source, key, sequence, 'handled'
              FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[])
                   AS heard (event_id, source, key, sequence)
        )
        INSERT INTO cursors (key, source, sequence)
        SELECT key, source, sequence
          FROM unnest($5::text[], $6::text[], $7::bigint[]) AS reached (key, source, sequence)
            ON CONFLICT (key, source) DO UPDATE SET sequence = excluded.sequence
        """,
        [one.id for one in taken],
        [one.source for one in taken],
        [one.key for one in taken],
        [one.sequence for one in taken],
        [key for key, _ in stands],
        [source for _, source in stands],
        [reached[stand] for stand in stands],
    )
