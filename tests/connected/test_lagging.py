"""A listener tells how much it has still to take in, also where it has never taken in anything."""

import asyncpg
import pytest

from shared.health import Heartbeats
from shared.hearing import Ears, Hearing
from shared.listening import Listener
from shared.settings import Settings
from shared.work import Desk
from tests.inside import on_kafka
from tests.living import PlayedYear
from tests.waiting import comes_true

pytestmark = pytest.mark.connected

NO_DATABASE = "postgresql://nobody@127.0.0.1:1/nothing"


async def test_a_newcomer_without_a_database_lags_by_all_that_was_ever_told(
    played_year: PlayedYear,
) -> None:
    addresses = played_year.parts.addresses
    settings = Settings(
        database_url=NO_DATABASE,
        kafka_bootstrap_servers=addresses.kafka,
        huiban_public_key=played_year.parts.places.public_key,
    )
    async with asyncpg.create_pool(NO_DATABASE, min_size=0) as pool:
        hearing = Hearing(Desk(pool, service="newcomer"), Ears("newcomer"))
        listener = Listener(settings, hearing, service="newcomer", beats=Heartbeats())
        everything = len(await on_kafka(played_year.parts))
        before = await listener.lag()
        await listener.start()

        async def lags_by_everything() -> bool:
            return await listener.lag() == everything

        try:
            await comes_true(lags_by_everything)
        finally:
            await listener.stop()

    assert before is None
