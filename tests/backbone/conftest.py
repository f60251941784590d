"""A small listener on a schema of its own: the backbone without any office around it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest

from deploy.local.topics import prepare_topics
from shared.contracts.event import SYSTEM, Event, ProposalId
from shared.contracts.intake import ProposalAccepted, ProposalDeclined
from shared.envelope import headers_of
from shared.hearing import Ears, Hearing
from shared.postgres import migrate, migrations, open_pool
from shared.settings import Settings
from shared.work import Desk, Tx
from tests.world import Carried

DAY = date(2024, 1, 15)


def accepted(proposal: str, number: int) -> ProposalAccepted:
    """Any event will do; its number tells which it is."""
    return ProposalAccepted(
        proposal_id=ProposalId(proposal), by=SYSTEM, on=DAY, number=f"2024{number:04d}"
    )


@dataclass
class Lab:
    """A listener that writes down what it hears, and may be told to fail."""

    desk: Desk
    ears: Ears = field(default_factory=lambda: Ears("lab"))
    broken: set[str] = field(default_factory=set)
    answers: bool = False
    cut_off: bool = False
    offset: int = 0

    def __post_init__(self) -> None:
        self.hearing = Hearing(self.desk, self.ears)
        self.ears.on(ProposalAccepted)(self._on_accepted)

    async def _on_accepted(self, event: ProposalAccepted, tx: Tx) -> None:
        await tx.lock(event.proposal_id)
        await tx.execute(
            "INSERT INTO noted (key, number) VALUES ($1, $2)", event.proposal_id, event.number
        )
        if self.cut_off:
            self.cut_off = False
            await tx.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        if event.number in self.broken:
            raise RuntimeError(f"cannot bear {event.number}")
        if self.answers:
            tx.record(
                ProposalDeclined(
                    proposal_id=event.proposal_id,
                    by=SYSTEM,
                    on=event.on,
                    reason_code="lab",
                    reason=event.number,
                )
            )

    def record(
        self,
        event: Event,
        *,
        sequence: int,
        id: UUID | None = None,
        teller: str = "intake",
        topic: str = "proposals",
    ) -> Carried:
        """An event as a record on the topic."""
        self.offset += 1
        return Carried(
            topic,
            0,
            self.offset,
            event.key.encode(),
            event.model_dump_json().encode(),
            headers_of(
                id=id or uuid4(),
                type=event.type_name(),
                teller=teller,
                key=event.key,
                sequence=sequence,
                occurred_at=datetime(2024, 1, 15, tzinfo=UTC),
                extensions={},
            ),
        )

    def story(self, proposal: str, *numbers: int) -> list[Carried]:
        """Records of one proposal; the number of each is its sequence."""
        return [self.record(accepted(proposal, n), sequence=n) for n in numbers]

    async def noted(self, proposal: str) -> list[int]:
        """What took effect for a proposal, in order."""
        async with self.desk.transaction() as tx:
            rows = await tx.fetch("SELECT number FROM noted WHERE key = $1 ORDER BY n", proposal)
        return [int(row["number"][4:]) for row in rows]

    async def parked(self) -> list[tuple[str, int | None, str]]:
        """What waits: key, sequence, state."""
        async with self.desk.transaction() as tx:
            rows = await tx.fetch("SELECT key, sequence, state FROM parked ORDER BY id")
        return [(row["key"], row["sequence"], row["state"]) for row in rows]

    async def time_passes(self) -> None:
        """Let every pause of parked events be over."""
        async with self.desk.transaction() as tx:
            await tx.execute("UPDATE parked SET next_at = now()")

    async def logged(self, key: str) -> Sequence[asyncpg.Record]:
        """What was told under a key, in order."""
        async with self.desk.transaction() as tx:
            return await tx.fetch("SELECT * FROM events WHERE aggregateid = $1 ORDER BY seq", key)


@pytest.fixture
async def lab(database_url: str) -> AsyncIterator[Lab]:
    """A lab on a database of its own."""
    async with open_pool(database_url, schema="lab") as pool:
        await pool.execute("CREATE SCHEMA lab")
        kernel = [
            script for script in migrations("services.intake") if script[0].startswith("0000")
        ]
        await migrate(pool, kernel, schema="lab")
        await pool.execute(
            "CREATE TABLE noted (n bigint GENERATED ALWAYS AS IDENTITY, key text, number text)"
        )
        yield Lab(Desk(pool, service="lab"))


@pytest.fixture
async def settings(kafka: str, database_url: str) -> Settings:
    """What the lab is told of its surroundings: a database and topics of its own."""
    city = uuid4().hex
    await prepare_topics(kafka, city=city)
    return Settings(
        database_url=database_url,
        kafka_bootstrap_servers=kafka,
        huiban_city=city,
        huiban_public_key=Path("unused.pem"),
    )
