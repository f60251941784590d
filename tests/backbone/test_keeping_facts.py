"""A service's own copy of the registry's facts: whoever asks gets what stands, nothing older."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from shared.contracts.event import SYSTEM, UnitCode
from shared.contracts.registry import UnitLevel, UnitRegistered
from shared.work import Desk, Tx
from tests.backbone.conftest import Lab
from tests.world import Carried

CODE = UnitCode("C001")


def named(lab: Lab, name: str, *, sequence: int) -> Carried:
    unit = UnitRegistered(
        code=CODE,
        name=name,
        short_name=name,
        level=UnitLevel.CITY,
        parent=None,
        source=SYSTEM.name,
    )
    return lab.record(unit, sequence=sequence, teller="registry", topic="reference")


async def name_at(place: Desk | Tx) -> str:
    return (await place.reference()).name(CODE)


async def rename(tx: Tx) -> None:
    await tx.execute("""UPDATE reference SET data = data || '{"name": "新"}'""")
    tx.reference_changed()


async def test_facts_may_have_gaps_and_the_newest_stays(lab: Lab) -> None:
    await lab.hearing.hear([named(lab, "旧", sequence=4), named(lab, "新", sequence=9)])

    assert await name_at(lab.desk) == "新"
    assert await lab.parked() == []


async def test_who_looks_while_a_fact_is_kept_sees_it_as_soon_as_it_stands(lab: Lab) -> None:
    await lab.hearing.hear([named(lab, "旧", sequence=1)])

    async with lab.desk.transaction() as keeping:
        await rename(keeping)
        within = await name_at(keeping)
        meanwhile = await name_at(lab.desk)

    assert (within, meanwhile, await name_at(lab.desk)) == ("新", "旧", "新")


async def test_a_fact_that_was_not_kept_after_all_is_known_to_nobody(lab: Lab) -> None:
    await lab.hearing.hear([named(lab, "旧", sequence=1)])

    async def fail() -> None:
        async with lab.desk.transaction() as keeping:
            await rename(keeping)
            assert await name_at(keeping) == "新"
            raise RuntimeError("no power")

    with pytest.raises(RuntimeError, match="no power"):
        await fail()

    assert await name_at(lab.desk) == "旧"


class Slow:
    """A reader that has its rows, and is held up before it can say so."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.has_read, self.goes_on = asyncio.Event(), asyncio.Event()

    async def fetch(self, query: str, *args: Any) -> Sequence[Mapping[str, Any]]:
        rows = await self._tx.fetch(query, *args)
        self.has_read.set()
        await self.goes_on.wait()
        return rows

    async def fetchrow(self, query: str, *args: Any) -> Mapping[str, Any] | None:
        return await self._tx.fetchrow(query, *args)

    async def execute(self, query: str, *args: Any) -> str:
        return await self._tx.execute(query, *args)


async def test_a_look_that_began_before_the_change_is_not_trusted_after_it(lab: Lab) -> None:
    await lab.hearing.hear([named(lab, "旧", sequence=1)])

    async with lab.desk.transaction() as reading:
        slow = Slow(reading)
        looking = asyncio.create_task(lab.desk.shelf.current(slow))
        await slow.has_read.wait()
        async with lab.desk.transaction() as keeping:
            await rename(keeping)
        slow.goes_on.set()

        assert (await looking).name(CODE) == "旧"

    assert await name_at(lab.desk) == "新"
