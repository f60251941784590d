"""Told, relayed, heard, killed, doubled, broken, mended in any order: nothing lost, nothing twice.

Hypothesis drives real tables through a model of Kafka. The mutants at the end switch off one
guard each; the machine must notice every one of them.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from aiokafka.errors import KafkaError
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from shared import hearing, parking, work
from shared.contracts.event import SYSTEM, ProposalId
from shared.contracts.intake import ProposalAccepted, ProposalDeclined
from shared.envelope import read
from shared.health import Heartbeats
from shared.hearing import Ears, Hearing
from shared.settings import Settings
from shared.telling import Relay
from shared.work import Desk, Tx
from tests.backbone.conftest import DAY
from tests.backbone.kafka_model import PARTITIONS, Model, partition_of

KEYS = ("a", "b")
keys = st.sampled_from(KEYS)
ENDS = ("well", "well", "crash", "the listener will fail")
members = st.integers(0, 1)
tellers = st.integers(0, 1)
faults = st.lists(st.sampled_from(["none", "none", "before", "after"]), max_size=4)

TABLES = "events, streams, cursors, inbox, parked, park_actions, noted RESTART IDENTITY"


class Office:
    """Two tellers and a listener on real tables, for one run of the machine after another."""

    def __init__(self, *desks: Desk) -> None:
        *self.tellers, self.listener = desks
        self.broken: set[str] = set()

    async def empty(self) -> None:
        """Begin again with nothing."""
        self.broken = set()
        for desk in (*self.tellers, self.listener):
            async with desk.transaction() as tx:
                await tx.execute(f"TRUNCATE {TABLES}")

    def ears(self) -> Ears:
        """Ears that write down what they hear, and answer with an event of their own."""
        ears = Ears("listener")

        @ears.on(ProposalAccepted)
        async def on_accepted(event: ProposalAccepted, tx: Tx) -> None:
            await tx.lock(event.proposal_id)
            await tx.execute(
                "INSERT INTO noted (key, number) VALUES ($1, $2)", event.proposal_id, event.number
            )
            if event.number in self.broken:
                raise RuntimeError("broken for now")
            tx.record(
                ProposalDeclined(
                    proposal_id=event.proposal_id,
                    by=SYSTEM,
                    on=DAY,
                    reason_code="lab",
                    reason=event.number,
                )
            )

        return ears


OFFICE: list[tuple[asyncio.AbstractEventLoop, Office, Settings]] = []


class Machine(RuleBasedStateMachine):
    """The steps that may happen, and what must hold after each."""

    @initialize()
    def open(self) -> None:
        self.loop, self.office, self.settings = OFFICE[0]
        self.kafka = Model()
        self.told: dict[tuple[int, str], list[str]] = defaultdict(list)
        self.count = 0
        self.shuffled = False
        self.relays = [[self._relay() for _ in range(2)] for _ in self.office.tellers]
        self.positions = [[0] * PARTITIONS for _ in range(2)]
        self.committed = [0] * PARTITIONS
        self.hearings = [Hearing(self.office.listener, self.office.ears()) for _ in range(2)]
        self._do(self.office.empty())

    def _do(self, step: Any) -> Any:
        return self.loop.run_until_complete(step)

    def _relay(self) -> Relay:
        return Relay(self.settings, service="teller", beats=Heartbeats())

    def _number(self) -> str:
        self.count += 1
        return f"{self.count:08d}"

    async def _tell(self, teller: int, key: str, numbers: list[str], *, crash: bool) -> None:
        class Crash(Exception):
            pass

        try:
            async with self.office.tellers[teller].transaction() as tx:
                await tx.lock(key)
                for number in numbers:
                    tx.record(
                        ProposalAccepted(
                            proposal_id=ProposalId(key), by=SYSTEM, on=DAY, number=number
                        )
                    )
                if crash:
                    raise Crash
        except Crash:
            return
        self.told[teller, key] += numbers

    @rule(teller=tellers, key=keys, count=st.integers(1, 3), ends=st.sampled_from(ENDS))
    def tell(self, teller: int, key: str, count: int, ends: str) -> None:
        numbers = [self._number() for _ in range(count)]
        if ends == "the listener will fail":
            self.office.broken.add(numbers[0])
        self._do(self._tell(teller, key, numbers, crash=ends == "crash"))

    @rule(teller=tellers, key=keys)
    def three_tell_at_once(self, teller: int, key: str) -> None:
        pairs = [[self._number(), self._number()] for _ in range(3)]

        async def all_three() -> None:
            await asyncio.gather(*(self._tell(teller, key, pair, crash=False) for pair in pairs))

        self._do(all_three())
        rows = self._do(
            self.office.tellers[teller].pool.fetch(
                "SELECT convert_from(payload, 'UTF8')::json ->> 'number' AS number"
                " FROM events WHERE aggregateid = $1 ORDER BY aggregateseq",
                key,
            )
        )
        assert sorted(row["number"] for row in rows) == sorted(self.told[teller, key])
        self.told[teller, key] = [row["number"] for row in rows]

    @rule(teller=tellers, relay=members, faults=faults)
    def relay_round(self, teller: int, relay: int, faults: list[str]) -> None:
        self.kafka.faults = list(faults)
        self._do(self._round(teller, relay))

    async def _round(self, teller: int, relay: int) -> int:
        relays = self.relays[teller]
        async with self.office.tellers[teller].pool.acquire() as connection:
            try:
                return await relays[relay].round(connection, self.kafka)
            except KafkaError:
                relays[relay] = self._relay()
                return 1
            finally:
                self.kafka.faults = []

    @rule(member=members, records=st.integers(1, 8), crash=st.booleans())
    def poll(self, member: int, records: int, crash: bool) -> None:
        """A member takes in a poll; a crash comes after the commit and before the offsets."""
        poll = []
        for partition in range(PARTITIONS):
            start = self.positions[member][partition]
            poll += self.kafka.log[partition][start : start + records]
        self._do(self.hearings[member].hear(poll))
        if crash:
            self.positions[member] = list(self.committed)
            return
        for partition in range(PARTITIONS):
            reached = min(
                self.positions[member][partition] + records, len(self.kafka.log[partition])
            )
            self.positions[member][partition] = reached
            self.committed[partition] = max(self.committed[partition], reached)

    @rule(member=members)
    def rebalance(self, member: int) -> None:
        self.positions[member] = list(self.committed)

    @rule(member=members)
    def start_from_the_beginning(self, member: int) -> None:
        self.positions[member] = [0] * PARTITIONS

    @rule(partition=st.integers(0, PARTITIONS - 1), ahead=st.integers(1, 3))
    def a_later_record_comes_first(self, partition: int, ahead: int) -> None:
        self.shuffled = True
        start = self.committed[partition] + ahead
        self._do(self.hearings[0].hear(self.kafka.log[partition][start : start + 1]))

    @rule(teller=tellers)
    def all_is_delivered(self, teller: int) -> None:
        """The usual day: what one teller has to tell is relayed and heard at once."""
        self.relay_round(teller, 0, [])
        self.poll(0, 1000, crash=False)

    @rule(teller=tellers, key=keys)
    def one_fails_and_the_other_goes_on(self, teller: int, key: str) -> None:
        """What a held key is for: events of two tellers, the first of which fails."""
        for who, ends in ((teller, "the listener will fail"), (1 - teller, "well")):
            self.tell(who, key, 1, ends)
            self.all_is_delivered(who)

    @rule()
    def mend(self) -> None:
        self.office.broken = set()

    @rule()
    def retry(self) -> None:
        self._do(self._retry())

    async def _retry(self) -> None:
        await self.office.listener.pool.execute("UPDATE parked SET next_at = now()")
        await self.hearings[0].retry_parked()

    async def _noted(self) -> dict[str, list[str]]:
        noted: dict[str, list[str]] = defaultdict(list)
        for row in await self.office.listener.pool.fetch(
            "SELECT key, number FROM noted ORDER BY n"
        ):
            noted[row["key"]].append(row["number"])
        return noted

    @invariant()
    def effects_are_a_prefix_of_what_was_told(self) -> None:
        noted = self._do(self._noted())
        for key in KEYS:
            for teller in range(len(self.office.tellers)):
                told = self.told[teller, key]
                mine = [number for number in noted[key] if number in told]
                assert mine == told[: len(mine)], (teller, key)
            if not self.shuffled:
                on_topic = self._first_occurrences(key)
                assert noted[key] == on_topic[: len(noted[key])], key

    def _first_occurrences(self, key: str) -> list[str]:
        """The numbers of a key as both tellers' events lie on the topic."""
        records = self.kafka.log[partition_of(key)]
        numbers = [read(record).data["number"] for record in records if record.key == key.encode()]
        return list(dict.fromkeys(numbers))

    @invariant()
    def the_topic_has_first_occurrences_in_order(self) -> None:
        for partition in self.kafka.log:
            reached: dict[tuple[str, str], int] = defaultdict(int)
            for record in partition:
                heard = read(record)
                stream = (heard.source, heard.key)
                assert heard.sequence <= reached[stream] + 1
                reached[stream] = max(reached[stream], heard.sequence)

    def teardown(self) -> None:
        if not hasattr(self, "office"):
            return
        self.office.broken = set()
        self._do(self._come_to_rest())

    async def _come_to_rest(self) -> None:
        for teller, relays in enumerate(self.relays):
            relays[0] = self._relay()
            while await self._round(teller, 0):
                pass
        everything = [record for partition in self.kafka.log for record in partition]
        await self.hearings[0].hear(everything)
        await self.office.listener.pool.execute(
            "UPDATE parked SET state = 'retry', attempts = 0 WHERE state = 'dead'"
        )
        await self._retry()
        noted = await self._noted()
        for key in KEYS:
            told = [number for each in range(len(self.relays)) for number in self.told[each, key]]
            assert sorted(noted[key]) == sorted(told), key
        assert await self.office.listener.pool.fetchval("SELECT count(*) FROM parked") == 0
        answers = await self.office.listener.pool.fetch(
            "SELECT aggregateid, aggregateseq,"
            " convert_from(payload, 'UTF8')::json ->> 'reason' AS number"
            " FROM events ORDER BY seq"
        )
        answered: dict[str, list[str]] = defaultdict(list)
        for row in answers:
            answered[row["aggregateid"]].append(row["number"])
            assert row["aggregateseq"] == len(answered[row["aggregateid"]])
        assert answered == await self._noted(), "each effect is answered once, in order"


@pytest.fixture(scope="module")
def office(admin_url: str) -> Iterator[None]:
    """Three schemas and a loop of their own: Hypothesis calls from ordinary functions."""
    name = f"machine_{uuid4().hex}"
    loop = asyncio.new_event_loop()
    office, close = loop.run_until_complete(_open(admin_url, name))
    settings = Settings(
        database_url="unused", kafka_bootstrap_servers="unused", huiban_public_key=Path("unused")
    )
    OFFICE.append((loop, office, settings))
    yield
    OFFICE.clear()
    loop.run_until_complete(close())
    loop.close()


async def _open(admin_url: str, name: str) -> tuple[Office, Callable[[], Any]]:
    from shared.postgres import migrate, migrations, open_pool
    from tests.world import database

    admin = await asyncpg.connect(admin_url)
    await admin.execute(f"CREATE DATABASE {name} LOCALE 'C.UTF-8' TEMPLATE template0")
    await admin.close()
    kernel = [each for each in migrations("services.intake") if each[0].startswith("0000")]
    desks = []
    for schema in ("teller", "second", "listener"):
        pool = open_pool(database(admin_url, name), schema=schema)
        await pool
        await pool.execute(f"CREATE SCHEMA {schema}")
        await migrate(pool, kernel, schema=schema)
        await pool.execute(
            "CREATE TABLE noted (n bigint GENERATED ALWAYS AS IDENTITY, key text, number text)"
        )
        # What is at stake here is order and atomicity, not the disk.
        await pool.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
        desks.append(Desk(pool, service=schema))

    async def close() -> None:
        for desk in desks:
            await desk.pool.close()
        admin = await asyncpg.connect(admin_url)
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await admin.close()

    return Office(*desks), close


def run(*, examples: int, steps: int) -> None:
    """Let the machine run."""
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),
    )


def test_nothing_is_lost_doubled_or_out_of_order(office: None) -> None:
    run(examples=60, steps=40)


@contextmanager
def swapped(place: Any, name: str, mutant: Any) -> Iterator[None]:
    """One guard replaced."""
    guard = getattr(place, name)
    setattr(place, name, mutant)
    try:
        yield
    finally:
        setattr(place, name, guard)


def _deaf_to_repetition(topic: str, **seen: Any) -> str:
    verdict = GUARD_JUDGE(topic, **seen)
    return "take" if verdict == "duplicate" else verdict


def _blind_to_gaps(topic: str, **seen: Any) -> str:
    verdict = GUARD_JUDGE(topic, **seen)
    return "take" if verdict == "gap" else verdict


async def _holds_nothing(tx: Tx, keys: Any) -> dict[str, Any]:
    return {}


async def _locks_nothing(self: Tx, keys: Any) -> None:
    for key in set(keys) - self._locked.keys():
        await self.execute("INSERT INTO streams (key) VALUES ($1) ON CONFLICT DO NOTHING", key)
        self._locked[key] = await self.fetchval("SELECT sequence FROM streams WHERE key = $1", key)
        await asyncio.sleep(0)


async def _enters_nothing(tx: Tx, heard: Any) -> None:
    return None


@contextmanager
def _no_savepoint() -> Iterator[None]:
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def nothing(self: Tx) -> Any:
        yield

    with swapped(work.Tx, "savepoint", nothing):
        yield


async def _marks_all(
    self: Relay, connection: Any, producer: Any, rows: Any, guard: Any = Relay._send
) -> None:
    try:
        await guard(self, connection, producer, rows)
    finally:
        await self._mark(connection, [(row["seq"], 0, 0) for row in rows])


async def _carries_on(self: Relay, connection: Any, producer: Any, rows: Any) -> None:
    """Sends one by one and goes on behind a failure."""
    failed = None
    for row in rows:
        topic = row["topic"]
        place = (topic, await self._partition_of(producer, topic, row))
        try:
            await self._mark(connection, await self._send_batch(producer, place, [row]))
        except KafkaError as error:
            failed = error
    if failed is not None:
        raise failed


GUARD_JUDGE = parking.judge
# With a guard off the same steps may end otherwise the second time: that, too, is noticed.
NOTICED = (AssertionError, asyncpg.PostgresError, Flaky, ExceptionGroup)

MUTANTS: dict[str, Callable[[], Any]] = {
    "repetitions take effect": lambda: swapped(parking, "judge", _deaf_to_repetition),
    "gaps are passed over": lambda: swapped(parking, "judge", _blind_to_gaps),
    "a parked event holds nothing": lambda: swapped(parking, "holds", _holds_nothing),
    "aggregates are not locked": lambda: swapped(work.Tx, "lock_all", _locks_nothing),
    "no inbox and no cursor": lambda: swapped(hearing, "_enter", _enters_nothing),
    "a failed retry leaves its effects": _no_savepoint,
    "what was not acknowledged is marked": lambda: swapped(Relay, "_send", _marks_all),
    "the relay goes on behind a failure": lambda: swapped(Relay, "_send", _carries_on),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_machine_notices(office: None, mutant: str) -> None:
    with MUTANTS[mutant](), pytest.raises(NOTICED):
        run(examples=400, steps=40)
