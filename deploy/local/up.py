"""Starts a whole installation on this machine and ends it: the context behind `huiban up`."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TypeVar

from deploy.local.addresses import Addresses
from deploy.local.kafka import Kafka
from deploy.local.keys import make_keys
from deploy.local.locks import only_one
from deploy.local.parts import READY_SECONDS, LocalParts, command_of
from deploy.local.passwords import kept_secret
from deploy.local.ports import free_port, is_free
from deploy.local.postgres import Postgres
from deploy.local.roles import prepare_database
from deploy.local.supervisor import Say, Supervisor, next_pause
from deploy.local.topics import prepare_topics
from deploy.places import CannotWrite, Places
from deploy.services import SERVICES
from deploy.troubles import Trouble

Part = Kafka | Postgres
A = TypeVar("A")
B = TypeVar("B")


class PortsBusy(Trouble):
    """端口已被其他程序占用：{ports}；请释放后重试，或用 huiban up --port 换一组端口。"""


def silently(_: str) -> None:
    """Say nothing."""


@asynccontextmanager
async def local_parts(
    root: Path,
    *,
    demo: bool = False,
    city: str = "",
    ports: Mapping[str, int] | None = None,
    kafka_bootstrap_servers: str = "",
    database_url: str = "",
    mail: str = "",
    sign_in: Mapping[str, str] | None = None,
    keep_parts: bool = False,
    within: float = READY_SECONDS,
    command: Callable[[str], Sequence[str]] = command_of,
    say: Say = silently,
) -> AsyncIterator[LocalParts]:
    """Start an installation whose data lies under ``root``; end all that was started afterwards.

    Kafka or PostgreSQL is not started when its address is given. Services get free ports unless
    ``ports`` names them; notices go to the mail server at ``mail``, and ``sign_in`` is what the
    portal is told of the city's own sign-in. With ``keep_parts`` a Kafka or
    PostgreSQL that dies is started again.
    Must be entered in the main thread, so that nothing outlives a process that is killed.

    Raises:
        Trouble: with one sentence saying what is in the way.
    """
    places = Places.made(root)
    async with AsyncExitStack() as stack:
        stack.enter_context(only_one(places.lock))
        listening = _free_ports(ports)
        make_keys(places.signing_key, public=places.public_key)
        kafka = None if kafka_bootstrap_servers else _kafka(places, say)
        postgres = None if database_url else _postgres(places)
        stack.push_async_callback(_stop, kafka, postgres)
        servers, (admin, urls) = await _both(
            _prepared_bus(kafka, kafka_bootstrap_servers, city=city),
            _prepared_database(postgres, database_url, keys=places.keys),
        )
        addresses = Addresses(
            kafka=servers,
            admin_database=admin,
            databases=urls,
            ports=listening,
            signing_key=str(places.signing_key),
            public_key=str(places.public_key),
            city=city,
            demo=demo,
            store=str(places.attachments),
            mail=mail,
            sign_in=sign_in or {},
        )
        if keep_parts:
            stack.push_async_callback(_call_off, _keepers(kafka, postgres, say=say))
        supervisor = Supervisor(say=say)
        stack.push_async_callback(supervisor.stop)
        parts = LocalParts(places, addresses, supervisor, kafka, postgres, command)
        for service in SERVICES:
            await supervisor.add(parts.job(service))
        await parts.ready(within=within)
        addresses.write(places)
        stack.callback(places.addresses.unlink, missing_ok=True)
        yield parts


async def _prepared_bus(kafka: Kafka | None, given: str, *, city: str) -> str:
    if kafka is not None:
        await kafka.start()
    servers = kafka.bootstrap if kafka else given
    await prepare_topics(servers, city=city)
    return servers


async def _prepared_database(
    postgres: Postgres | None, given: str, *, keys: Path
) -> tuple[str, dict[str, str]]:
    if postgres is not None:
        await postgres.start()
    url = postgres.url if postgres else given
    return url, await prepare_database(url, keys=keys)


async def _both(one: Coroutine[None, None, A], other: Coroutine[None, None, B]) -> tuple[A, B]:
    try:
        async with asyncio.TaskGroup() as group:
            first, second = group.create_task(one), group.create_task(other)
    except ExceptionGroup as group_of_errors:
        error = group_of_errors.exceptions[0]
        if isinstance(error, OSError):
            raise CannotWrite(folder=error.filename, why=error.strerror) from None
        raise error from None
    return first.result(), second.result()


def _kafka(places: Places, say: Say) -> Kafka:
    return Kafka(places.kafka, log=places.log("kafka"), say=say)


def _postgres(places: Places) -> Postgres:
    password = kept_secret(places.keys / "postgres.password")
    return Postgres(places.postgres, log=places.log("postgres"), password=password)


def _free_ports(given: Mapping[str, int] | None) -> dict[str, int]:
    ports = dict(given or {name: free_port() for name in SERVICES})
    busy = [
        f"{port}（{SERVICES[name].title}）" for name, port in ports.items() if not is_free(port)
    ]
    if busy:
        raise PortsBusy(ports="、".join(busy))
    return ports


async def _stop(*parts: Part | None) -> None:
    await asyncio.gather(*(part.stop() for part in parts if part is not None))


def _keepers(
    kafka: Kafka | None, postgres: Postgres | None, *, say: Say
) -> "list[asyncio.Task[None]]":
    titled: list[tuple[Part | None, str]] = [(kafka, "Kafka"), (postgres, "PostgreSQL")]
    return [
        asyncio.create_task(_keep(part, title=title, say=say))
        for part, title in titled
        if part is not None
    ]


async def _call_off(tasks: "list[asyncio.Task[None]]") -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)


async def _keep(part: Part, *, title: str, say: Say) -> None:
    clock = asyncio.get_running_loop().time
    pause: float | None = None
    while True:
        began = clock()
        await part.died()
        pause = next_pause(pause, lived=clock() - began)
        say(f"{title} 意外退出，{pause:g} 秒后重新启动。")
        await asyncio.sleep(pause)
        try:
            await part.start()
        except Trouble as trouble:
            say(str(trouble))
