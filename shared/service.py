"""What runs inside every service process: pool, relay, listener, retries, and how it is asked."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

import asyncpg
from aiokafka.errors import KafkaError
from fastapi import FastAPI

from shared import metrics
from shared.bounds import Bounded
from shared.describing import describe
from shared.health import Heartbeats
from shared.hearing import Ears, Hearing
from shared.identity import Gatekeeper
from shared.listening import Listener
from shared.operating import router as operating
from shared.postgres import OUTAGES, migrate, migrations, open_pool
from shared.problems import answer_problems
from shared.refusals import Refusal
from shared.settings import Settings
from shared.telling import Relay
from shared.web import answer_again
from shared.work import AnsweredBefore, Desk

log = logging.getLogger("huiban.service")

Loop = Callable[["Backbone"], Awaitable[None]]

LONGEST_PAUSE_SECONDS = 10.0


class StartingUp(Refusal):
    """服务正在启动，等待{what}就绪，请稍后重试。"""

    status = 503


class Backbone:
    """One service's connections and loops, from start to orderly stop."""

    def __init__(
        self,
        settings: Settings,
        *,
        service: str,
        ears: Ears | None = None,
        loops: Sequence[Loop] = (),
    ) -> None:
        self.settings = settings
        self.service = service
        self.ears = ears or Ears(service)
        self.loops = loops
        self.beats = Heartbeats()
        self.gatekeeper = Gatekeeper(settings.huiban_public_key)
        self.relay = Relay(settings, service=service, beats=self.beats)
        self.listener: Listener | None = None
        self.ready_to_serve = False
        self.waits_for = "数据库和Kafka"
        self._desk: Desk | None = None
        self._hearing: Hearing | None = None

    @property
    def desk(self) -> Desk:
        """Where this service works.

        Raises:
            StartingUp: the surroundings are not there yet, or no more.
        """
        if self._desk is None:
            raise StartingUp(what=self.waits_for)
        return self._desk

    @property
    def hearing(self) -> Hearing:
        """Where this service takes in what others told; raises like ``desk``."""
        if self._hearing is None:
            raise StartingUp(what=self.waits_for)
        return self._hearing

    @asynccontextmanager
    async def at_desk(self) -> AsyncIterator[None]:
        """Open the pool, bring the schema up to date; no Kafka yet."""
        async with open_pool(self.settings.database_url, schema=self.service) as pool:
            await migrate(pool, migrations(f"services.{self.service}"), schema=self.service)
            self._desk = Desk(pool, service=self.service)
            self._hearing = Hearing(self._desk, self.ears)
            self._hearing.told = self.relay.wake
            try:
                yield
            finally:
                self._desk = self._hearing = None

    @asynccontextmanager
    async def lifespan(self, app: FastAPI) -> AsyncIterator[None]:
        """Serve: wait for the surroundings with back-off, run the loops, stop in order."""
        app.state.backbone = self
        starting = asyncio.create_task(self._run(), name=f"{self.service} backbone")
        try:
            yield
        finally:
            self.ready_to_serve = False
            starting.cancel()
            with suppress(asyncio.CancelledError):
                await starting

    async def _run(self) -> None:
        pause = 0.5
        while True:
            try:
                async with self.at_desk():
                    await self.on_kafka(
                        self._retry_parked,
                        self._measure,
                        *(partial(self._keep_up, loop) for loop in self.loops),
                    )
            except OUTAGES as error:
                self.waits_for = "数据库"
                log.warning("waiting for the database", extra={"error": repr(error)})
            except KafkaError as error:
                self.waits_for = "Kafka"
                log.warning("waiting for Kafka", extra={"error": repr(error)})
            except asyncpg.PostgresError as error:
                self.waits_for = "数据库"
                log.error("the database refuses", extra={"error": repr(error)})
            except Exception as error:
                log.error("cannot start", exc_info=error)
            self.ready_to_serve = False
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def on_kafka(self, *beside: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """At the desk: tell and hear through Kafka, and run these beside it, until cancelled."""
        self.listener = Listener(
            self.settings, self.hearing, service=self.service, beats=self.beats
        )
        try:
            await self.listener.start()
            self.ready_to_serve = True
            async with asyncio.TaskGroup() as together:
                for loop in (self.relay.run, self.listener.run, *beside):
                    together.create_task(loop())
        finally:
            await self.listener.stop()
            self.listener = None

    async def _retry_parked(self) -> None:
        while True:
            self.beats.beat("retry")
            try:
                await self.hearing.retry_parked()
            except Exception as error:
                log.warning("retrying parked events failed", extra={"error": repr(error)})
            await asyncio.sleep(1)

    async def _measure(self) -> None:
        while True:
            self.beats.beat("measure")
            try:
                await self.measure()
            except Exception as error:
                log.warning("measuring failed", extra={"error": repr(error)})
            await asyncio.sleep(5)

    async def _keep_up(self, loop: Loop) -> None:
        while True:
            try:
                await loop(self)
            except Exception as error:
                log.warning("a loop starts over", exc_info=error)
            await asyncio.sleep(1)

    async def heard_by_then(self, source: str, key: str, sequence: int, *, seconds: float) -> bool:
        """Whether this event takes effect here within some seconds."""
        deadline = asyncio.get_running_loop().time() + seconds
        while not await self.hearing.has_heard(source, key, sequence):
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return False
            # Another process of this service may hear it: look again even if nobody calls here.
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left, 0.05)):
                    await self.hearing.advanced.wait()
        return True

    async def progress(self) -> dict[str, Any]:
        """How many events this service has told, and how many of each teller's it has taken in.

        One statement, one snapshot: when every service has taken in as many as every other has
        told, nothing is under way any more.
        """
        async with self.desk.transaction() as tx:
            reached = await tx.fetch(
                "SELECT NULL AS source, sum(sequence)::bigint AS events FROM streams"
                " UNION ALL"
                " SELECT source, sum(sequence)::bigint FROM cursors GROUP BY source"
            )
        events = {row["source"]: row["events"] or 0 for row in reached}
        told = events.pop(None)
        heard = {source.rpartition("/")[2]: count for source, count in events.items()}
        return {"service": self.service, "told": told, "heard": heard}

    async def measure(self) -> dict[str, object]:
        """What there is to do still, as figures; the gauges are set along the way."""
        lag = await self.listener.lag() if self.listener is not None else None
        async with self.desk.transaction() as tx:
            pending = await tx.fetchrow(
                "SELECT count(*) AS events, count(*) FILTER (WHERE blocked IS NOT NULL) AS blocked,"
                " coalesce(extract(epoch FROM now() - min(occurred_at)), 0)::float AS age"
                " FROM events WHERE published_at IS NULL"
            )
            parked = await tx.fetch(
                "SELECT state, count(*) AS events,"
                " extract(epoch FROM now() - min(parked_at))::float AS age"
                " FROM parked GROUP BY state"
            )
            facts = await tx.fetchval("SELECT count(*) FROM reference")
        assert pending is not None
        metrics.OUTBOX_PENDING.set(pending["events"])
        metrics.OUTBOX_BLOCKED.set(pending["blocked"])
        metrics.OUTBOX_AGE.set(pending["age"])
        by_state = {row["state"]: row["events"] for row in parked}
        for state in ("retry", "behind", "gap", "unreadable", "dead"):
            metrics.PARKED.labels(state=state).set(by_state.get(state, 0))
        metrics.PARKED_AGE.set(max((row["age"] for row in parked), default=0))
        return {
            "service": self.service,
            "outbox_pending": pending["events"],
            "outbox_blocked": pending["blocked"],
            "outbox_oldest_seconds": round(pending["age"], 3),
            "lag": lag,
            "parked": by_state,
            "reference_facts": facts,
        }


def dress(app: FastAPI, backbone: Backbone) -> None:
    """Give an app what all services answer alike: problems, health, metrics, parked events."""
    app.state.backbone = backbone
    answer_problems(app)
    app.add_exception_handler(AnsweredBefore, answer_again)
    app.add_middleware(Bounded)
    describe(app)
    app.include_router(operating)
