"""The player: plays the year, day by day, as the many people who act in it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import httpx

from deploy.demo.acts import Act
from deploy.demo.cast import OPERATOR
from deploy.demo.days import FIRST_DAY
from deploy.demo.sending import Sender
from deploy.demo.settling import settle
from deploy.demo.units import SECTION
from deploy.demo.verbs import filing
from deploy.demo.year import Day, cast_list, year
from deploy.troubles import Trouble

AT_ONCE = 8
TIMEOUT = httpx.Timeout(15.0, connect=2.0)
SEED = Act(FIRST_DAY, OPERATOR, "registry", "/seed", {"place": "shenzhen"}, "载入深圳的基础资料")

OnDay = Callable[[date], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Played:
    """How much has happened so far."""

    acts: int = 0
    events: int = 0

    def and_also(self, *, events: int) -> "Played":
        return Played(self.acts + 1, self.events + events)


class Audience(Protocol):
    """Whoever watches the year go by."""

    def see(self, on: date, played: Played) -> None:
        """Called after every act."""


class Player:
    """Sends every act of the year to the six services at their addresses."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        *,
        addresses: Mapping[str, str],
        signing_key: Path,
        audience: Audience | None = None,
    ) -> None:
        self._client = client
        self._addresses = addresses
        self._sender = Sender(client, addresses=addresses, signing_key=signing_key)
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._audience = audience
        self.played = Played()

    async def prepare(self) -> None:
        """Units, calendar, rules and people are known everywhere before the year begins."""
        await self._play(SEED)
        await self._settle()
        await self._play(filing.founded(SECTION, on=FIRST_DAY))
        await self._settle()
        await self._play_together(cast_list())
        await self._settle()

    async def play(self, days: Sequence[Day] | None = None, *, on_day: OnDay | None = None) -> None:
        """Every working day in its turn; ``on_day`` is awaited as each begins."""
        for day in year() if days is None else days:
            if on_day is not None:
                await on_day(day.on)
            await self._live(day)

    async def _live(self, day: Day) -> None:
        """Nobody acts before the morning's reminders are out; nobody sleeps before all is heard."""
        for act in day.morning:
            if await self._play(act):
                await self._settle()
        if day.acts:
            await self._play_together(day.acts)
            await self._settle()

    async def _play_together(self, acts: Iterable[Act]) -> None:
        """At the same time, but for acts upon the same proposal or in the same queue."""
        newest: dict[str, asyncio.Task[None]] = {}
        try:
            async with asyncio.TaskGroup() as day:
                for act in acts:
                    places = (*act.concerns, *act.queue)
                    before = {newest[place] for place in places if place in newest}
                    turn = day.create_task(self._in_turn(act, before=before))
                    newest.update(dict.fromkeys(places, turn))
        except* Trouble as troubles:
            raise troubles.exceptions[0] from None

    async def _in_turn(self, act: Act, *, before: set[asyncio.Task[None]]) -> None:
        if before:
            await asyncio.wait(before)
        async with self._at_once:
            await self._play(act)

    async def _play(self, act: Act) -> int:
        """How many events the act caused."""
        events = await self._sender.send(act)
        self.played = self.played.and_also(events=events)
        if self._audience is not None:
            self._audience.see(act.on, self.played)
        return events

    async def _settle(self) -> None:
        await settle(self._client, addresses=self._addresses)
