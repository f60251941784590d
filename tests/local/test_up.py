"""A whole installation on one machine, with stand-ins for the services."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import asyncpg
import pytest

from deploy.local.addresses import FOR_ONE, NotUp, of_running
from deploy.local.kafka import Kafka
from deploy.local.locks import AlreadyUp
from deploy.local.parts import LocalParts, ServiceFails, ServicesNotReady
from deploy.local.ports import LOOPBACK, answers, free_port
from deploy.local.postgres import Postgres
from deploy.local.processes import Identity
from deploy.local.topics import leaders_there
from deploy.local.up import PortsBusy, local_parts
from deploy.places import PROJECT
from deploy.services import SERVICES
from shared.settings import Settings
from tests.folders import passable_folder
from tests.local.waiting import comes_true

STAND_IN = Path(__file__).with_name("stand_in.py")
UP_UNTIL_INTERRUPTED = """
import asyncio, sys
from pathlib import Path
from deploy.local.interrupts import run_until_interrupted
from deploy.local.up import local_parts
root, kafka, database, stand_in = Path(sys.argv[1]), *sys.argv[2:]
def say(sentence):
    print(sentence, flush=True)
async def main():
    async with local_parts(
        root,
        kafka_bootstrap_servers=kafka,
        database_url=database,
        command=lambda service: [sys.executable, stand_in, service, str(root)],
    ) as parts:
        say(" ".join(str(kept.pid) for kept in parts.services))
        await asyncio.Event().wait()
run_until_interrupted(main(), say=say)
"""


def stand_ins(notes: Path) -> Callable[[str], Sequence[str]]:
    return lambda service: [sys.executable, str(STAND_IN), service, str(notes)]


@pytest.fixture(scope="module")
async def up() -> AsyncIterator[LocalParts]:
    """An installation that some tests share, with parts of its own."""
    with passable_folder() as root:
        async with local_parts(root, command=stand_ins(root)) as parts:
            yield parts


async def test_everything_is_there_when_it_is_up(up: LocalParts) -> None:
    await leaders_there(up.addresses.kafka, topics=["proposals", "reference"], within=0)
    for service in SERVICES:
        connection = await asyncpg.connect(up.addresses.databases[service])
        assert await connection.fetchval("SELECT current_user") == f"huiban_{service}"
        await connection.close()
        assert await answers(LOOPBACK, up.addresses.ports[service])


async def test_a_service_is_told_what_it_needs(up: LocalParts) -> None:
    told = _told(up, "reply")

    named = {name.upper() for name in Settings.model_fields}
    of_others = {name for name in named if any(one.match(name) for one in FOR_ONE.values())}
    assert named - set(told) <= {"HUIBAN_ADDRESS", "HUIBAN_SIGNING_KEY"} | of_others
    assert told["DATABASE_URL"] == up.addresses.databases["reply"]
    assert told["HUIBAN_PORT"] == str(up.addresses.ports["reply"])
    assert told["HUIBAN_DEMO"] == "0"


async def test_a_service_is_not_told_the_administrators_secrets(
    up: LocalParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", up.addresses.admin_database)
    monkeypatch.setenv("HUIBAN_SIGNING_KEY", up.addresses.signing_key)
    monkeypatch.setenv("HUIBAN_INTAKE_DATABASE_PASSWORD", "secret")

    told = up.addresses.environment("reply")

    assert not {up.addresses.admin_database, up.addresses.signing_key, "secret"} & {*told.values()}


async def test_the_portal_alone_is_told_what_it_signs_with(
    up: LocalParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIBAN_OIDC_SECRET", "the provider's")
    ours = {"HUIBAN_SIGNING_KEY": up.addresses.signing_key, "HUIBAN_OIDC_SECRET": "the provider's"}

    told = {service: up.addresses.environment(service) for service in SERVICES}

    assert told["portal"].items() >= ours.items()
    assert [name for name in SERVICES if told[name].keys() & ours.keys()] == ["portal"]


async def test_escalation_alone_is_told_where_messages_go(
    up: LocalParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = {"HUIBAN_SMTP_URL": "smtp://us:secret@mail", "HUIBAN_MAIL_FROM": "huiban@example.cn"}
    for name, value in ours.items():
        monkeypatch.setenv(name, value)

    told = {service: up.addresses.environment(service) for service in SERVICES}

    assert told["escalation"].items() >= ours.items()
    assert [name for name in SERVICES if told[name].keys() & ours.keys()] == ["escalation"]
    assert told["reply"]["HUIBAN_PORTAL_URL"] == up.addresses.url("portal")


async def test_other_commands_find_it(up: LocalParts) -> None:
    assert of_running(up.places.root) == up.addresses


async def test_a_second_start_in_the_same_folder_is_refused(up: LocalParts) -> None:
    with pytest.raises(AlreadyUp, match=f"会办已经在运行（进程号{os.getpid()}，"):
        async with local_parts(up.places.root):
            pass


async def test_a_service_that_was_killed_comes_back(up: LocalParts) -> None:
    intake = up.services["intake"]
    before = intake.pid

    await intake.kill()
    await comes_true(lambda: intake.pid is not None)
    await up.ready("intake")

    assert intake.pid != before


async def test_a_second_instance_joins_and_leaves(up: LocalParts) -> None:
    second = await up.join("reply")

    assert second.job.name == "reply-2"
    assert second.job.env["HUIBAN_PORT"] != str(up.addresses.ports["reply"])
    assert second.job.env["DATABASE_URL"] == up.addresses.databases["reply"]

    await up.leave("reply-2")

    assert second.pid is None
    assert up.services["reply"].pid is not None


async def test_kafka_and_postgres_can_be_taken_away_and_brought_back(up: LocalParts) -> None:
    assert up.kafka is not None
    assert up.postgres is not None

    await up.postgres.kill()
    await up.kafka.kill()
    assert not await answers(*_split(up.addresses.kafka))
    await up.postgres.start()
    await up.kafka.start()

    await leaders_there(up.addresses.kafka, topics=["proposals"], within=0)
    await (await asyncpg.connect(up.addresses.databases["intake"])).close()


async def test_two_installations_run_beside_each_other(
    up: LocalParts, kafka: Kafka, postgres: Postgres, root: Path
) -> None:
    async with _lightly(root, kafka, postgres) as other:
        assert not set(other.addresses.ports.values()) & set(up.addresses.ports.values())
        assert of_running(root) != of_running(up.places.root)


async def test_all_ends_in_order_and_can_start_again(
    kafka: Kafka, postgres: Postgres, root: Path
) -> None:
    async with _lightly(root, kafka, postgres) as first:
        processes = [_identity(kept.pid) for kept in first.services]

    assert not any(process.alive for process in processes)
    assert all((root / f"{service}.ended").exists() for service in SERVICES)
    assert kafka.pid is not None
    assert postgres.pid is not None
    with pytest.raises(NotUp, match="会办没有在运行"):
        of_running(root)

    async with _lightly(root, kafka, postgres) as second:
        assert second.addresses.databases == first.addresses.databases


async def test_busy_ports_are_all_named(kafka: Kafka, postgres: Postgres, root: Path) -> None:
    ports = {service: free_port() for service in SERVICES}
    with (
        socket.create_server((LOOPBACK, ports["portal"])),
        socket.create_server((LOOPBACK, ports["reply"])),
        pytest.raises(
            PortsBusy, match=rf"{ports['portal']}（门户）、{ports['reply']}（答复）；请释放后重试"
        ),
    ):
        async with _lightly(root, kafka, postgres, ports=ports):
            pass


async def test_a_service_that_cannot_start_is_quoted(
    kafka: Kafka, postgres: Postgres, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deploy.local.supervisor.SHORTEST_PAUSE", 0.1)
    (root / "reply.broken").touch()

    with pytest.raises(ServiceFails, match=r"答复服务（reply）启动失败：缺少reply的表。"):
        async with _lightly(root, kafka, postgres):
            pass


async def test_a_service_that_is_not_ready_in_time_is_named(
    kafka: Kafka, postgres: Postgres, root: Path
) -> None:
    (root / "reply.broken").touch()

    with pytest.raises(ServicesNotReady, match=r"1 秒内未就绪：答复服务（reply）"):
        async with _lightly(root, kafka, postgres, within=1):
            pass


async def test_parts_that_are_kept_come_back_by_themselves(
    root: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deploy.local.supervisor.SHORTEST_PAUSE", 0.1)
    heard: list[str] = []
    async with local_parts(
        root,
        database_url=postgres.url,
        keep_parts=True,
        command=stand_ins(root),
        say=heard.append,
    ) as parts:
        assert parts.kafka is not None
        before = parts.kafka.pid

        os.kill(before or 0, signal.SIGKILL)
        await comes_true(lambda: parts.kafka is not None and parts.kafka.pid not in (None, before))
        await leaders_there(parts.addresses.kafka, topics=["proposals"], within=30)

    assert heard == ["Kafka 意外退出，0.1 秒后重新启动。"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_ends_everything_that_was_started(
    kafka: Kafka, postgres: Postgres, root: Path, number: signal.Signals
) -> None:
    starter, services = _up_elsewhere(root, kafka, postgres)

    starter.send_signal(number)
    said, _ = starter.communicate(timeout=30)

    assert said == "正在停止，请稍候……\n"
    assert starter.returncode == 0
    assert not any(service.alive for service in services)
    assert all((root / f"{service}.ended").exists() for service in SERVICES)


def test_nothing_lingers_when_the_supervisor_is_killed(
    kafka: Kafka, postgres: Postgres, root: Path
) -> None:
    starter, services = _up_elsewhere(root, kafka, postgres)

    starter.kill()
    starter.communicate()

    async def all_gone() -> None:
        await comes_true(lambda: not any(service.alive for service in services))

    asyncio.run(all_gone())
    again, _ = _up_elsewhere(root, kafka, postgres)
    again.terminate()
    again.communicate(timeout=30)


def _lightly(
    root: Path,
    kafka: Kafka,
    postgres: Postgres,
    *,
    ports: Mapping[str, int] | None = None,
    within: float = 60,
) -> AbstractAsyncContextManager[LocalParts]:
    """An installation on the parts that many tests share."""
    return local_parts(
        root,
        ports=ports,
        within=within,
        kafka_bootstrap_servers=kafka.bootstrap,
        database_url=postgres.url,
        command=stand_ins(root),
    )


def _up_elsewhere(
    root: Path, kafka: Kafka, postgres: Postgres
) -> "tuple[subprocess.Popen[str], list[Identity]]":
    starter = subprocess.Popen(
        [
            *(sys.executable, "-c", UP_UNTIL_INTERRUPTED, str(root)),
            *(kafka.bootstrap, postgres.url, str(STAND_IN)),
        ],
        stdout=subprocess.PIPE,
        cwd=PROJECT,
        text=True,
    )
    assert starter.stdout is not None
    return starter, [_identity(int(pid)) for pid in starter.stdout.readline().split()]


def _identity(pid: int | None) -> Identity:
    found = Identity.of(pid or 0)
    assert found is not None
    return found


def _told(up: LocalParts, service: str) -> dict[str, str]:
    note = up.places.root / f"{service}.{up.addresses.ports[service]}.json"
    told: dict[str, str] = json.loads(note.read_text())
    return told


def _split(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    return host, int(port)
