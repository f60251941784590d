"""One transaction of a service: lock the aggregate first, decide, write the events last.

The two halves of that sentence are what keeps the log's order equal to the order of commits
within one key; ``Tx`` holds both, so that no service has to remember them.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import asyncpg
from pydantic import BaseModel

from shared.contracts.event import Event
from shared.knowing import Shelf
from shared.postgres import DatabaseAway
from shared.reference import Reference
from shared.refusals import Malformed

# The claim on an Idempotency-Key rides on the first lock, to save a statement.
LOCK_STREAMS = """
    WITH claimed AS (
        INSERT INTO answers (person, key, fingerprint)
        SELECT $2, $3, $4 WHERE $2::text IS NOT NULL
            ON CONFLICT DO NOTHING
        RETURNING person
    ), opened AS (
        INSERT INTO streams (key)
        SELECT key FROM unnest($1::text[]) AS wanted (key)
            ON CONFLICT DO NOTHING
        RETURNING key, sequence
    ), locked AS (
        SELECT key, sequence FROM streams WHERE key = ANY($1) ORDER BY key FOR UPDATE
    )
    SELECT key, sequence, false AS claim FROM opened
     UNION ALL SELECT key, sequence, false FROM locked
     UNION ALL SELECT person, 0, true FROM claimed
"""
LONGEST_SECONDS = 60.0
MAX_EVENT_BYTES = 900_000  # below Kafka's default of 1 MiB for a record, headers included


class NotLocked(Exception):
    """A programming error: an event was recorded under a key that was not locked first."""


class EventTooLarge(Exception):
    """A programming error: an act let through more text than an event can carry."""


class ToldEvent(BaseModel):
    """An event as its command's caller sees it."""

    id: UUID
    type: str
    source: str
    key: str
    sequence: int
    data: dict[str, Any]


class Receipt(BaseModel):
    """What every command answers: the events that it caused, none if there was nothing to do."""

    events: list[ToldEvent]


class KeyReused(Malformed):
    """同一个 Idempotency-Key 曾用于另一个请求，请换一个。"""


@dataclass(eq=False)
class AnsweredBefore(Exception):
    """This command was carried out before; the answer is the same."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Once:
    """A command that its sender marked with an Idempotency-Key."""

    person: str
    key: str
    fingerprint: bytes
    status: int


class Recorded:
    """An event on its way into the log."""

    __slots__ = ("causation", "correlation", "event", "id", "payload", "sequence")

    def __init__(
        self, event: Event, *, sequence: int, correlation: UUID | None, causation: UUID | None
    ) -> None:
        self.id = uuid4()
        self.event = event
        self.sequence = sequence
        self.payload = event.model_dump_json().encode()
        self.correlation = correlation or self.id
        self.causation = causation


class Tx:
    """A connection inside a transaction, the keys it has locked, the events it will tell."""

    def __init__(
        self,
        connection: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]",
        *,
        teller: str,
        shelf: Shelf,
        trace: str | None = None,
        once: Once | None = None,
    ) -> None:
        self._connection = connection
        self._teller = teller
        self._shelf = shelf
        self.changed_reference = False
        self._trace = trace
        self._locked: dict[str, int] = {}
        self.recorded: list[Recorded] = []
        self._once = once
        self._claimed = once is None
        self._receipt: Receipt | None = None
        self.correlation: UUID | None = None
        self.causation: UUID | None = None

    async def lock(self, key: str) -> None:
        """Make this the only decision on this key until the transaction ends.

        Comes first in every transaction that records; several keys are locked in sorted order.
        """
        if key not in self._locked:
            await self.lock_all([key])

    async def lock_all(self, keys: Iterable[str]) -> None:
        """Lock several keys, in an order that cannot make two transactions wait for each other."""
        # A key that another transaction opens meanwhile is seen by the next statement only.
        while (wanted := sorted(set(keys) - self._locked.keys())) or not self._claimed:
            once = None if self._claimed else self._once
            claim = (once.person, once.key, once.fingerprint) if once else (None, None, None)
            for row in await self.fetch(LOCK_STREAMS, wanted, *claim):
                if row["claim"]:
                    self._claimed = True
                else:
                    self._locked[row["key"]] = row["sequence"]
            if not self._claimed:
                await self._answer_as_before()

    async def _answer_as_before(self) -> None:
        assert self._once is not None
        earlier = await self.fetchrow(
            "SELECT fingerprint, status, body FROM answers WHERE person = $1 AND key = $2",
            self._once.person,
            self._once.key,
        )
        assert earlier is not None
        if earlier["fingerprint"] != self._once.fingerprint:
            raise KeyReused
        raise AnsweredBefore(status=earlier["status"], body=earlier["body"])

    def record(self, event: Event) -> None:
        """Tell this event, if the transaction commits.

        Raises:
            NotLocked: its key was not locked first.
            EventTooLarge: Kafka would never take it.
            Malformed: PostgreSQL would not take it at those who hear it.
        """
        if event.key not in self._locked:
            raise NotLocked(f"{type(event).__name__} {event.key}")
        self._locked[event.key] += 1
        recorded = Recorded(
            event,
            sequence=self._locked[event.key],
            correlation=self.correlation,
            causation=self.causation,
        )
        if len(recorded.payload) > MAX_EVENT_BYTES:
            raise EventTooLarge(f"{type(event).__name__} {event.key}")
        if b"\\u0000" in recorded.payload:
            raise Malformed(why="含有不能保存的字符")
        self.recorded.append(recorded)

    def receipt(self) -> Receipt:
        """The answer to the command that ran in this transaction."""
        if self._receipt is not None and len(self._receipt.events) == len(self.recorded):
            return self._receipt
        self._receipt = Receipt(
            events=[
                ToldEvent(
                    id=told.id,
                    type=told.event.type_name(),
                    source=self._teller,
                    key=told.event.key,
                    sequence=told.sequence,
                    data=told.event.model_dump(mode="json"),
                )
                for told in self.recorded
            ]
        )
        return self._receipt

    async def write_events(self) -> None:
        """Append what was recorded to the log: the transaction's last statement."""
        told, once = self.recorded, self._once
        if once is None and not told:
            return
        await self.lock_all(())  # an act that had nothing to lock has its claim still to make
        keys = sorted({one.event.key for one in told})
        await self.execute(
            """
            WITH advanced AS (
                INSERT INTO streams (key, sequence)
                SELECT key, sequence FROM unnest($1::text[], $2::bigint[]) AS told (key, sequence)
                    ON CONFLICT (key) DO UPDATE SET sequence = excluded.sequence
            ), answered AS (
                UPDATE answers SET status = $15, body = $16 WHERE person = $13 AND key = $14
            )
            INSERT INTO events (id, aggregatetype, aggregateid, aggregateseq, topic, type,
                                payload, headers)
            SELECT id, $3, key, sequence, topic, type, payload,
                   jsonb_strip_nulls(jsonb_build_object(
                       'correlationid', correlation, 'causationid', causation,
                       'traceparent', $11::text))
              FROM unnest($4::uuid[], $5::text[], $6::bigint[], $7::text[], $8::text[],
                          $9::bytea[], $10::uuid[], $12::uuid[])
                   WITH ORDINALITY AS told (id, key, sequence, topic, type, payload,
                                            correlation, causation, n)
             ORDER BY n
            """,
            keys,
            [self._locked[key] for key in keys],
            self._teller,
            [one.id for one in told],
            [one.event.key for one in told],
            [one.sequence for one in told],
            [one.event.topic for one in told],
            [one.event.type_name() for one in told],
            [one.payload for one in told],
            [one.correlation for one in told],
            self._trace,
            [one.causation for one in told],
            once and once.person,
            once and once.key,
            once and once.status,
            once and self.receipt().model_dump_json().encode(),
        )

    async def reference(self) -> Reference:
        """Units, people, calendar and rules as this service knows them."""
        return await self._shelf.current(self)

    def reference_changed(self) -> None:
        """This transaction keeps new reference facts: it sees them, others once they stand."""
        self._shelf = Shelf()
        self.changed_reference = True

    async def fetch(self, query: str, *args: Any) -> list[asyncpg.Record]:
        """All rows."""
        return await self._connection.fetch(query, *args)  # type: ignore[no-any-return]

    async def fetchrow(self, query: str, *args: Any) -> asyncpg.Record | None:
        """The first row, if any."""
        return await self._connection.fetchrow(query, *args)

    async def fetchval(self, query: str, *args: Any) -> Any:
        """The first column of the first row."""
        return await self._connection.fetchval(query, *args)

    async def execute(self, query: str, *args: Any) -> str:
        """A statement without rows; its status, such as ``UPDATE 1``."""
        return await self._connection.execute(query, *args)  # type: ignore[no-any-return]

    async def executemany(self, query: str, args: Iterable[Sequence[Any]]) -> None:
        """One statement for many rows."""
        await self._connection.executemany(query, args)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part that may fail alone: its rows and its events go, the rest stays."""
        locked, told = dict(self._locked), len(self.recorded)
        try:
            async with self._connection.transaction():
                yield
        except BaseException:
            self._locked = locked
            del self.recorded[told:]
            raise


class Desk:
    """Where a service works: its name, its pool, its copy of the reference facts."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", *, service: str) -> None:
        self.pool = pool
        self.service = service
        self.shelf = Shelf()
        self._looking = asyncio.Lock()

    async def reference(self) -> Reference:
        """The reference facts, without a transaction of one's own."""
        if (fresh := self.shelf.fresh()) is not None:
            return fresh
        async with self._looking, self.transaction() as tx:
            return await tx.reference()

    @asynccontextmanager
    async def transaction(
        self,
        *,
        trace: str | None = None,
        once: Once | None = None,
        within: float = LONGEST_SECONDS,
    ) -> AsyncIterator[Tx]:
        """A transaction that commits with its events, or leaves nothing behind.

        Raises:
            TimeoutError: it took too long, be it that the server does not answer any more.
        """
        async with asyncio.timeout(within), self.pool.acquire() as connection:
            try:
                async with connection.transaction():
                    tx = Tx(
                        connection,
                        teller=self.service,
                        shelf=self.shelf,
                        trace=trace,
                        once=once,
                    )
                    yield tx
                    await tx.write_events()
                if tx.changed_reference:
                    self.shelf.look_again()
            except (asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
                # asyncpg says this of a lost connection, and of a wrong argument too.
                if _is_lost(connection):
                    raise DatabaseAway(str(error)) from error
                raise


def _is_lost(connection: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]") -> bool:
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:
        return True  # the pool has already thrown it away
