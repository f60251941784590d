"""Kafka on this machine: it keeps what it took, through stops and power cuts."""

import json
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition

from deploy.local import jars
from deploy.local.kafka import Kafka, KafkaDataUnusable, KafkaPortBusy, NoJava, _new_cluster
from deploy.local.locks import FolderInUse
from deploy.local.processes import Identity
from deploy.local.topics import prepare_topics
from deploy.local.up import silently
from deploy.places import PROJECT

STARTS_KAFKA_AND_WAITS = """
import asyncio, sys
from pathlib import Path
from deploy.local.kafka import Kafka
async def main():
    node = Kafka(Path(sys.argv[1]), log=Path(sys.argv[1]) / "log", say=lambda _: None)
    await node.start()
    print(node.pid, flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""


@pytest.fixture
async def node(root: Path) -> AsyncIterator[Kafka]:
    """A node of the test's own, in a folder with a Chinese name."""
    own = _node(root / "会办")
    yield own
    await own.stop()


async def test_a_power_cut_loses_nothing_that_was_acknowledged(node: Kafka) -> None:
    await node.start()
    address, process = node.bootstrap, node.pid
    await prepare_topics(address, city="")
    await _tell(node, "before the cut")

    await node.kill()
    assert node.pid is None
    await node.start()
    await _tell(node, "after the cut")

    assert await _told(node) == ["before the cut", "after the cut"]
    assert (node.bootstrap, node.pid != process) == (address, True)


async def test_a_second_node_on_the_same_data_is_refused(kafka: Kafka, house: Path) -> None:
    with pytest.raises(FolderInUse, match=f"正被另一个Kafka使用（进程号{kafka.pid}）"):
        await _node(house / "kafka").start()

    assert kafka.pid is not None


async def test_a_node_whose_starter_was_killed_ends_and_makes_room(root: Path) -> None:
    left_over, starter = _started_by_another(root)
    starter.kill()
    starter.wait()

    node = _node(root)
    await node.start()

    assert not left_over.alive
    await node.stop()


async def test_a_busy_port_is_named(node: Kafka, root: Path) -> None:
    host, port = node.bootstrap.split(":")
    with (
        socket.create_server((host, int(port))),
        pytest.raises(KafkaPortBusy, match=f"端口{port}已被其他程序占用"),
    ):
        await node.start()

    assert node.pid is None


async def test_a_port_taken_at_the_last_moment_is_named_too(
    node: Kafka, monkeypatch: pytest.MonkeyPatch
) -> None:
    host, port = node.bootstrap.split(":")
    monkeypatch.setattr("deploy.local.kafka.is_free", lambda _: True)
    with (
        socket.create_server((host, int(port))),
        pytest.raises(KafkaPortBusy, match=f"端口{port}已被其他程序占用"),
    ):
        await node.start()


@pytest.mark.parametrize(
    "note", ["version=0\nbroker.id=0\n", "version=1\nnode.id=7\ncluster.id=x\n", ""]
)
async def test_data_of_another_kind_is_left_alone(node: Kafka, root: Path, note: str) -> None:
    data = root / "会办" / "data"
    data.mkdir(parents=True)
    (data / "meta.properties").write_text(note)

    with pytest.raises(KafkaDataUnusable, match="不是本程序建立的数据格式"):
        await node.start()

    assert (data / "meta.properties").read_text() == note


async def test_a_format_that_was_interrupted_is_done_again(node: Kafka, root: Path) -> None:
    data = root / "会办" / "data"
    data.mkdir(parents=True)
    (data / "bootstrap.checkpoint").write_text("half")

    await node.start()

    assert "cluster.id=" in (data / "meta.properties").read_text()


def test_a_new_clusters_id_is_never_taken_for_an_option() -> None:
    found = [_new_cluster() for _ in range(1000)]

    assert not any(cluster.startswith("-") for cluster in found)
    assert {len(cluster) for cluster in found} == {22}


async def test_a_machine_without_java_is_told_what_to_install(
    node: Kafka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)

    with pytest.raises(NoJava, match="apt-get install -y default-jre-headless"):
        await node.start()


def test_its_version_is_the_one_that_its_jars_have() -> None:
    recipe = (jars.RECIPE / "pom.xml").read_text(encoding="utf-8")

    assert f"<version>{jars.VERSION}</version>" in recipe


def _node(folder: Path) -> Kafka:
    return Kafka(folder, log=folder / "log", say=silently)


def _started_by_another(folder: Path) -> "tuple[Identity, subprocess.Popen[bytes]]":
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTS_KAFKA_AND_WAITS, str(folder)],
        stdout=subprocess.PIPE,
        cwd=PROJECT,
    )
    assert starter.stdout is not None
    with starter.stdout:
        process = Identity.of(int(starter.stdout.readline()))
    assert process is not None
    return process, starter


async def _tell(node: Kafka, *words: str) -> None:
    async with AIOKafkaProducer(
        bootstrap_servers=node.bootstrap, acks="all", enable_idempotence=True
    ) as producer:
        for word in words:
            await producer.send_and_wait("proposals", json.dumps(word).encode(), partition=0)


async def _told(node: Kafka) -> list[str]:
    consumer = AIOKafkaConsumer(bootstrap_servers=node.bootstrap, auto_offset_reset="earliest")
    partition = TopicPartition("proposals", 0)
    consumer.assign([partition])
    async with consumer:
        end = (await consumer.end_offsets([partition]))[partition]
        records: list[ConsumerRecord[bytes, bytes]] = []
        while not records or records[-1].offset + 1 < end:
            records.append(await consumer.getone())
    return [json.loads(record.value or b"null") for record in records]
