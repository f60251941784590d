"""A running installation, with a handle on each of its parts."""

import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from deploy.local.addresses import Addresses
from deploy.local.kafka import Kafka
from deploy.local.ports import free_port, says_ready
from deploy.local.postgres import Postgres
from deploy.local.supervisor import Job, Kept, Supervisor
from deploy.places import PROJECT, Places
from deploy.services import SERVICES
from deploy.troubles import Trouble

READY_SECONDS = 90.0
POLL_SECONDS = 0.1
DEATHS_TO_GIVE_UP = 3


class ServiceFails(Trouble):
    """{title}启动失败：{why}（日志：{log}）。"""


class ServicesNotReady(Trouble):
    """{seconds:g} 秒内未就绪：{titles}；请看{folder}下的日志。"""


def command_of(service: str) -> Sequence[str]:
    """How a service is started as a process."""
    return [sys.executable, "-m", "deploy.cli", "serve", service]


@dataclass
class LocalParts:
    """A running installation, with a handle on each part."""

    places: Places
    addresses: Addresses
    services: Supervisor
    kafka: Kafka | None
    postgres: Postgres | None
    command: Callable[[str], Sequence[str]] = command_of
    _extras: dict[str, int] = field(default_factory=dict)

    async def ready(self, *names: str, within: float = READY_SECONDS) -> None:
        """Wait until these services (all, when none is named) may be given work.

        Raises:
            ServiceFails, ServicesNotReady: one does not get that far.
        """
        waiting = [self.services[name] for name in names] or list(self.services)
        deadline = asyncio.get_running_loop().time() + within
        while waiting := [kept for kept in waiting if not await _is_ready(kept)]:
            for kept in waiting:
                if kept.deaths >= DEATHS_TO_GIVE_UP:
                    why = _last_line(kept.words())
                    raise ServiceFails(title=kept.job.title, why=why, log=kept.job.log)
            if asyncio.get_running_loop().time() > deadline:
                titles = "、".join(kept.job.title for kept in waiting)
                folder = self.places.root / "log"
                raise ServicesNotReady(seconds=within, titles=titles, folder=folder)
            await asyncio.sleep(POLL_SECONDS)

    async def join(self, service: str) -> Kept:
        """Start one more instance of a service, on a port of its own: ``intake-2``, …"""
        number = self._extras[service] = self._extras.get(service, 1) + 1
        kept = await self.services.add(
            self.job(service, name=f"{service}-{number}", port=free_port())
        )
        await self.ready(kept.job.name)
        return kept

    async def leave(self, name: str) -> None:
        """End such an instance in order."""
        await self.services.remove(name)

    def job(self, service: str, *, name: str | None = None, port: int | None = None) -> Job:
        """A service as the supervisor keeps it."""
        return Job(
            name=name or service,
            title=f"{SERVICES[service].title}服务（{name or service}）",
            command=self.command(service),
            env=self.addresses.environment(service, port=port),
            log=self.places.log(name or service),
            folder=PROJECT,
        )


async def _is_ready(kept: Kept) -> bool:
    return kept.pid is not None and await says_ready(int(kept.job.env["HUIBAN_PORT"]))


def _last_line(words: str) -> str:
    line = next((line for line in reversed(words.splitlines()) if line.strip()), "没有留下说明")
    try:
        return str(json.loads(line)["message"])[:300]
    except (ValueError, KeyError, TypeError):
        return line.strip()[:300]
