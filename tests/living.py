"""A living installation: the demo's year was played on it, and it goes on running."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from rich.console import Console

from deploy.demo.mail import postbox
from deploy.demo.running import play_year
from deploy.demo.vouching import citys_sign_in
from deploy.local.parts import LocalParts
from deploy.local.up import local_parts
from deploy.services import SERVICES
from tests.folders import passable_folder
from tests.inside import (
    Logged,
    Place,
    Records,
    Rows,
    but_for_chance,
    everywhere,
    logged,
    on_kafka,
    tables,
)
from tests.waiting import PATIENCE_SECONDS, comes_true

LAST_LINES = 5
PENDING = "events WHERE published_at IS NULL"

Disturbance = Callable[[LocalParts], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Told:
    """An event without what differs from run to run, its id and its time; but with its cause."""

    type: str
    data: str
    because_of: Place | None


@dataclass(frozen=True)
class PlayedYear:
    """A running installation, and how things stood at the end of its year."""

    parts: LocalParts
    report: Mapping[str, Any]
    logged: Sequence[Logged]
    records: Records
    tables: Mapping[str, Mapping[str, Rows]]
    parked: Mapping[str, int]
    mails: Sequence[EmailMessage]

    @property
    def told(self) -> dict[Place, Told]:
        """All that was told, each event at its place."""
        places = {one.id: one.place for one in self.logged}
        return {
            one.place: Told(
                type=one.type,
                data=but_for_chance(one.payload.decode()),
                because_of=places[UUID(cause)]
                if (cause := one.extensions.get("causationid"))
                else None,
            )
            for one in self.logged
        }


@asynccontextmanager
async def played(
    disturbed_by: Mapping[date, Disturbance] | None = None,
) -> AsyncIterator[PlayedYear]:
    """Start an installation of its own, play the year on it, and look at what there is then.

    A disturbance begins with its day, and takes place while the day's work goes on.
    """
    with passable_folder() as root:
        async with (
            postbox(root / "mail") as box,
            citys_sign_in() as vouching,
            local_parts(
                root,
                demo=True,
                mail=box.url,
                sign_in=vouching.settings,
                within=PATIENCE_SECONDS,
            ) as parts,
        ):
            report = await _play(parts, to_come=dict(disturbed_by or {}))
            await vouching.vouch(portal=parts.addresses.url("portal"))

            async def all_is_published() -> bool:
                return not any((await everywhere(parts, PENDING)).values())

            # A record is heard a moment before its teller marks it as published.
            await comes_true(all_is_published)
            yield PlayedYear(
                parts=parts,
                report=report,
                logged=await logged(parts),
                records=await on_kafka(parts),
                tables={service: await tables(parts, service) for service in SERVICES},
                parked=await everywhere(parts, "parked"),
                mails=[box.message(nth) for nth in range(1, box.count + 1)],
            )


async def _play(parts: LocalParts, *, to_come: dict[date, Disturbance]) -> dict[str, Any]:
    async with asyncio.TaskGroup() as hands:

        async def disturb(disturbance: Disturbance) -> None:
            await disturbance(parts)

        async def on_day(on: date) -> None:
            if on in to_come:
                hands.create_task(disturb(to_come.pop(on)))

        try:
            report = await play_year(parts, console=Console(quiet=True), on_day=on_day)
        except Exception as error:
            error.add_note(_last_words(parts))
            raise
    assert not to_come, f"no working days: {[*to_come]}"
    return report


def _last_words(parts: LocalParts) -> str:
    """The logs go with their folder: whoever looks for the reason finds their ends here."""
    return "\n".join(
        f"{log.name}: {line}"
        for log in sorted((parts.places.root / "log").glob("*.log"))
        for line in log.read_text("utf-8", "replace").splitlines()[-LAST_LINES:]
    )
