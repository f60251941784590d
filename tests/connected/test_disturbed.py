"""The same year, while everything dies once: nothing is lost, doubled or told otherwise."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from deploy.services import SERVICES
from tests.connected.disturbing import (
    a_second_reply_comes_and_goes,
    kafka_killed,
    killed,
    postgres_killed,
)
from tests.connected.judging import faults_in_logs, faults_on_kafka
from tests.living import PlayedYear, played

pytestmark = pytest.mark.connected

DISTURBANCES = {
    date(2024, 1, 8): killed("intake"),
    date(2024, 1, 16): killed("assignment"),
    date(2024, 1, 22): postgres_killed,
    date(2024, 1, 25): a_second_reply_comes_and_goes,
    date(2024, 2, 19): killed("escalation"),
    date(2024, 3, 13): killed("portal"),
    date(2024, 3, 21): kafka_killed,
    date(2024, 3, 29): killed("reply"),
    date(2024, 6, 3): killed("registry"),
}


@pytest.fixture(scope="module")
async def disturbed_year() -> AsyncIterator[PlayedYear]:
    """An installation that went through all this in its year."""
    async with played(disturbed_by=DISTURBANCES) as year:
        yield year


async def test_each_service_died_once(disturbed_year: PlayedYear) -> None:
    deaths = {service: disturbed_year.parts.services[service].deaths for service in SERVICES}

    assert deaths == dict.fromkeys(SERVICES, 1)


async def test_the_report_is_the_same(played_year: PlayedYear, disturbed_year: PlayedYear) -> None:
    assert disturbed_year.report == played_year.report


async def test_every_event_is_the_same(played_year: PlayedYear, disturbed_year: PlayedYear) -> None:
    told, told_again = played_year.told, disturbed_year.told

    others = [
        (place, told.get(place), told_again.get(place))
        for place in told.keys() | told_again.keys()
        if told.get(place) != told_again.get(place)
    ]

    assert others == []


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_stands_as_it_would_have(
    played_year: PlayedYear, disturbed_year: PlayedYear, service: str
) -> None:
    ours, theirs = played_year.tables[service], disturbed_year.tables[service]

    assert [table for table in ours if ours[table] != theirs[table]] == []


async def test_nothing_was_parked(disturbed_year: PlayedYear) -> None:
    assert disturbed_year.parked == dict.fromkeys(SERVICES, 0)


async def test_every_event_is_on_kafka_at_least_once_and_in_order(
    disturbed_year: PlayedYear,
) -> None:
    assert faults_on_kafka(disturbed_year) == []


async def test_the_logs_are_json_and_keep_nobodys_words(disturbed_year: PlayedYear) -> None:
    assert faults_in_logs(disturbed_year) == []
