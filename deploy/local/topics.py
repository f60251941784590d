"""The two topics of an installation: what befalls proposals, and what the registry announces."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from deploy.local.ports import answers
from deploy.troubles import Trouble
from shared.contracts.event import PROPOSALS, REFERENCE

POLL_SECONDS = 0.1
REQUEST_MILLISECONDS = 10_000


class KafkaAway(Trouble):
    """连不上 Kafka（{servers}），请确认它已启动、地址无误（环境变量 KAFKA_BOOTSTRAP_SERVERS）。"""


class NoLeaders(Trouble):
    """Kafka（{servers}）的分区迟迟没有主副本：{partitions}。请检查 Kafka 集群。"""


class TopicRefused(Trouble):
    """Kafka 拒绝建立主题{topic}：{why}。"""


class TopicForgets(Trouble):
    """Kafka 的主题{topic}设置了{name}={value}，会丢失事件；请改为{name}={wanted}后重试。"""


class BadCity(Trouble):
    """HUIBAN_CITY 只能由小写字母、数字和连字符组成，现为“{city}”。"""


@dataclass(frozen=True)
class Topic:
    """A topic as this system needs it."""

    name: str
    partitions: int
    keeps: dict[str, str]


TOPICS = (
    # Partitions cannot grow later without moving keys, so there are enough from the start.
    Topic(
        PROPOSALS,
        partitions=12,
        keeps={"cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1"},
    ),
    Topic(REFERENCE, partitions=1, keeps={"cleanup.policy": "compact"}),
)


def in_city(name: str, *, city: str) -> str:
    """A topic's name in this installation: one Kafka may serve many cities."""
    if not re.fullmatch(r"[a-z0-9-]*", city):
        raise BadCity(city=city)
    return f"{city}.{name}" if city else name


async def prepare_topics(bootstrap: str, *, city: str, within: float = 30.0) -> list[str]:
    """Make the topics that are missing, and wait until each partition has a leader.

    Raises:
        KafkaAway, NoLeaders, TopicRefused, TopicForgets, BadCity: what is in the way.
    """
    names = [in_city(topic.name, city=city) for topic in TOPICS]
    async with _admin(bootstrap, within=within) as admin:
        brokers = len((await admin.describe_cluster())["brokers"])
        missing = [
            _new(topic, name, copies=min(3, brokers))
            for topic, name in zip(TOPICS, names, strict=True)
            if name not in await admin.list_topics()
        ]
        if missing:
            _accept(await admin.create_topics(missing, timeout_ms=REQUEST_MILLISECONDS))
        await _leaders(admin, bootstrap, topics=names, within=within)
        for topic, name in zip(TOPICS, names, strict=True):
            await _check(admin, topic, name)
    return names


async def leaders_there(
    bootstrap: str, *, topics: Sequence[str] | None = None, within: float
) -> None:
    """Wait until the cluster answers and each partition (of these topics, or of all) has a leader.

    Raises:
        KafkaAway, NoLeaders: it did not happen in time.
    """
    async with _admin(bootstrap, within=within) as admin:
        await _leaders(admin, bootstrap, topics=topics, within=within)


@contextlib.asynccontextmanager
async def _admin(bootstrap: str, *, within: float) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = await _connected(bootstrap, within=within)
    try:
        yield admin
    except (KafkaError, TimeoutError, OSError):
        raise KafkaAway(servers=bootstrap) from None
    finally:
        await admin.close()


async def _connected(bootstrap: str, *, within: float) -> AIOKafkaAdminClient:
    deadline = asyncio.get_running_loop().time() + within
    while (admin := await _attempt(bootstrap)) is None:
        if asyncio.get_running_loop().time() > deadline:
            raise KafkaAway(servers=bootstrap)
        await asyncio.sleep(POLL_SECONDS)
    return admin


async def _attempt(bootstrap: str) -> AIOKafkaAdminClient | None:
    # A client that finds nobody complains in the log, so it is made when somebody is there.
    if not await _somebody_answers(bootstrap):
        return None
    admin = AIOKafkaAdminClient(
        bootstrap_servers=bootstrap, request_timeout_ms=REQUEST_MILLISECONDS
    )
    try:
        await admin.start()
    except (KafkaError, OSError, ValueError):
        await admin.close()
        return None
    except asyncio.CancelledError:
        await admin.close()
        raise
    return admin


async def _somebody_answers(bootstrap: str) -> bool:
    for server in bootstrap.split(","):
        host, _, port = server.strip().rpartition(":")
        if port.isdigit() and await answers(host.strip("[]"), int(port)):
            return True
    return False


async def _leaders(
    admin: AIOKafkaAdminClient, bootstrap: str, *, topics: Sequence[str] | None, within: float
) -> None:
    deadline = asyncio.get_running_loop().time() + within
    while leaderless := await _leaderless(admin, topics):
        if asyncio.get_running_loop().time() > deadline:
            raise NoLeaders(servers=bootstrap, partitions="、".join(leaderless))
        await asyncio.sleep(POLL_SECONDS)


async def _leaderless(admin: AIOKafkaAdminClient, topics: Sequence[str] | None) -> list[str]:
    if not (await admin.describe_cluster())["brokers"]:
        return ["（没有可用的节点）"]
    described = {topic["topic"]: topic for topic in await admin.describe_topics()}
    missing = [name for name in topics or () if name not in described]
    return missing + [
        f"{name}-{partition['partition']}"
        for name, topic in sorted(described.items())
        if topics is None or name in topics
        for partition in topic["partitions"]
        if partition["leader"] < 0 or partition["error_code"] != 0
    ]


def _new(topic: Topic, name: str, *, copies: int) -> NewTopic:
    # One copy may be away without a pause, where there are enough of them.
    settings = topic.keeps | {"min.insync.replicas": "2" if copies >= 3 else "1"}
    return NewTopic(
        name=name,
        num_partitions=topic.partitions,
        replication_factor=copies,
        topic_configs=settings,
    )


def _accept(answer: Any) -> None:
    for topic, code, *why in answer.topic_errors:
        if code and for_code(code) is not TopicAlreadyExistsError:
            reason = next((text for text in why if text), for_code(code).__name__)
            raise TopicRefused(topic=topic, why=reason)


async def _check(admin: AIOKafkaAdminClient, topic: Topic, name: str) -> None:
    resource = ConfigResource(ConfigResourceType.TOPIC, name, dict.fromkeys(topic.keeps))
    [answer] = await admin.describe_configs([resource])
    found = {entry[0]: entry[1] for entry in answer.resources[0][4]}
    for setting, wanted in topic.keeps.items():
        if found.get(setting, wanted) != wanted:
            raise TopicForgets(topic=name, name=setting, value=found[setting], wanted=wanted)
