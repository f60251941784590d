"""The two topics: made once, kept for ever, and told apart by city."""

from pathlib import Path

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from deploy.local.kafka import Kafka
from deploy.local.ports import LOOPBACK, free_port
from deploy.local.topics import (
    TOPICS,
    BadCity,
    KafkaAway,
    NoLeaders,
    TopicForgets,
    TopicRefused,
    in_city,
    leaders_there,
    prepare_topics,
)
from shared.contracts.event import PROPOSALS, REFERENCE
from shared.settings import Settings


async def test_the_topics_are_made_as_the_system_needs_them(kafka: Kafka) -> None:
    names = await prepare_topics(kafka.bootstrap, city="made")

    assert names == ["made.proposals", "made.reference"]
    assert await _partitions(kafka, "made.proposals") == (12, 1)
    assert await _partitions(kafka, "made.reference") == (1, 1)
    assert await _settings(kafka, "made.proposals", "retention.ms", "cleanup.policy") == {
        "retention.ms": "-1",
        "cleanup.policy": "delete",
    }
    assert await _settings(kafka, "made.reference", "cleanup.policy") == {
        "cleanup.policy": "compact"
    }


async def test_preparing_again_changes_nothing(kafka: Kafka) -> None:
    first = await prepare_topics(kafka.bootstrap, city="again")

    assert await prepare_topics(kafka.bootstrap, city="again") == first


async def test_every_partition_has_a_leader_when_the_topics_are_prepared(kafka: Kafka) -> None:
    names = await prepare_topics(kafka.bootstrap, city="led")

    await leaders_there(kafka.bootstrap, topics=names, within=0)


async def test_a_topic_that_is_not_there_has_no_leader(kafka: Kafka) -> None:
    with pytest.raises(NoLeaders, match="nobody"):
        await leaders_there(kafka.bootstrap, topics=["nobody"], within=0.2)


async def test_a_topic_that_forgets_is_not_accepted(kafka: Kafka) -> None:
    await _create(kafka, "short.proposals", {"retention.ms": "604800000"})

    with pytest.raises(TopicForgets, match=r"short\.proposals设置了retention\.ms=604800000"):
        await prepare_topics(kafka.bootstrap, city="short")


async def test_a_topic_with_more_partitions_is_accepted(kafka: Kafka) -> None:
    await _create(kafka, "wide.proposals", dict(TOPICS[0].keeps), partitions=24)

    await prepare_topics(kafka.bootstrap, city="wide")

    assert await _partitions(kafka, "wide.proposals") == (24, 1)


async def test_a_cluster_that_refuses_a_topic_is_quoted(kafka: Kafka) -> None:
    city = "c" * 250

    with pytest.raises(TopicRefused, match=r"Kafka 拒绝建立主题c+\.proposals"):
        await prepare_topics(kafka.bootstrap, city=city)


@pytest.mark.parametrize(
    "servers",
    [f"{LOOPBACK}:{free_port()}", "no-port", "no.such.host:1"],
    ids=["nobody", "no-port", "no-host"],
)
async def test_a_cluster_that_is_away_is_named(servers: str) -> None:
    with pytest.raises(KafkaAway, match=f"连不上 Kafka（{servers}）"):
        await prepare_topics(servers, city="", within=0.2)


async def test_one_of_several_servers_is_enough(kafka: Kafka) -> None:
    servers = f"{LOOPBACK}:{free_port()},{kafka.bootstrap}"

    await leaders_there(servers, topics=[], within=10)


@pytest.mark.parametrize("city", ["", "longhua", "sz-2"])
def test_a_city_names_its_topics_as_its_services_do(city: str) -> None:
    settings = Settings(
        database_url="", kafka_bootstrap_servers="", huiban_public_key=Path(), huiban_city=city
    )

    assert in_city(PROPOSALS, city=city) == settings.topic(PROPOSALS)
    assert in_city(REFERENCE, city=city) == settings.topic(REFERENCE)


@pytest.mark.parametrize("city", ["Longhua", "龙华", "a.b", "a b"])
def test_a_city_that_cannot_be_in_a_topics_name_is_refused(city: str) -> None:
    with pytest.raises(BadCity, match="HUIBAN_CITY"):
        in_city(PROPOSALS, city=city)


async def _partitions(kafka: Kafka, name: str) -> tuple[int, int]:
    async with _Admin(kafka) as admin:
        [topic] = [topic for topic in await admin.describe_topics() if topic["topic"] == name]
    return len(topic["partitions"]), len(topic["partitions"][0]["replicas"])


async def _settings(kafka: Kafka, name: str, *wanted: str) -> dict[str, str]:
    resource = ConfigResource(ConfigResourceType.TOPIC, name, dict.fromkeys(wanted))
    async with _Admin(kafka) as admin:
        [answer] = await admin.describe_configs([resource])
    return {entry[0]: entry[1] for entry in answer.resources[0][4]}


async def _create(
    kafka: Kafka, name: str, settings: dict[str, str], *, partitions: int = 1
) -> None:
    async with _Admin(kafka) as admin:
        await admin.create_topics(
            [
                NewTopic(
                    name=name,
                    num_partitions=partitions,
                    replication_factor=1,
                    topic_configs=settings,
                )
            ]
        )
    await leaders_there(kafka.bootstrap, topics=[name], within=10)


class _Admin:
    """The client's own admin has no context of its own."""

    def __init__(self, kafka: Kafka) -> None:
        self._client = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap)

    async def __aenter__(self) -> AIOKafkaAdminClient:
        await self._client.start()
        return self._client

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()
