"""A new or emptied service rebuilds its copy of the registry's facts from the topic alone.

The topic is compacted: of each key only the newest word is left, so sequences have gaps.
"""

from typing import Any

from pydantic_core import from_json

from shared.contracts import EVERY_EVENT
from tests.story.office import act
from tests.world import Carried, World

CITY = "C001"
COPY = "SELECT key, type, data::text AS data FROM reference ORDER BY key"


async def live_a_little(world: World) -> None:
    """The register changes here and there, some facts more than once."""
    unit = {"name": "市科学技术局", "short_name": "市科技局", "on": "2024-01-10", "source": "改革"}
    merged = {
        "old_name": "市中小企业服务局",
        "successors": ["市工信局"],
        "how": "merged",
        "on": "2024-01-10",
        "source": "改革",
    }
    li: dict[str, Any] = {"name": "李明", "posts": [{"post": "officer", "unit": "D07"}]}
    await act(world, "registry", "/units/C018/rename", unit, post="operator", unit=CITY)
    await act(world, "registry", "/successions", merged, post="operator", unit=CITY)
    for name in ("李明", "李明明"):
        answer = await world.tell(
            "registry", "/people/li", li | {"name": name}, post="operator", method="PUT"
        )
        assert answer.status == 200
    lent = {
        "deputy": "deputy.D07",
        "post": "head",
        "unit": "D07",
        "since": "2024-01-22",
        "until": "2024-01-26",
        "why": "出差",
    }
    given = await act(world, "registry", "/delegations", lent, post="head", unit="D07")
    delegation = given.body["events"][0]["data"]["delegation"]
    await act(world, "registry", f"/delegations/{delegation}/end", post="head", unit="D07")
    account = {
        "account": "hr-sync",
        "name": "人事系统",
        "post": "operator",
        "unit": "C001",
        "acts": ["read"],
    }
    await act(world, "registry", "/accounts", account, post="security", unit=CITY)
    await act(world, "registry", "/accounts/hr-sync/rotate", post="security", unit=CITY)
    await world.settle()


async def compacted(world: World) -> list[Carried]:
    """What the topic holds when of each key only the newest record is left."""
    rows = await world.rows(
        "registry",
        "SELECT DISTINCT ON (aggregateid) seq, id, aggregateseq, type, payload FROM events"
        " WHERE topic = 'reference' ORDER BY aggregateid, aggregateseq DESC",
    )
    return [
        world.record(
            EVERY_EVENT[row["type"]].model_validate(from_json(row["payload"])),
            sequence=row["aggregateseq"],
            id=row["id"],
        )
        for row in sorted(rows, key=lambda row: row["seq"])
    ]


async def test_an_emptied_service_knows_everything_again_from_the_topic_alone(
    world: World,
) -> None:
    await live_a_little(world)
    before = await world.rows("intake", COPY)
    async with world["intake"].desk.transaction() as tx:
        await tx.execute("TRUNCATE reference, cursors, inbox")
        tx.reference_changed()
    assert (await world["intake"].desk.reference()).units == {}

    await world["intake"].backbone.hearing.hear(await compacted(world))

    assert len(before) > 1000
    assert await world.rows("intake", COPY) == before
    known = await world["intake"].desk.reference()
    assert known.unit("市中小企业服务局").code == "C019"
    assert known.unit("市科技创新局").name == "市科学技术局"
    assert await world.rows("intake", "SELECT state FROM parked") == []


async def test_whatever_order_the_topic_keeps_it_comes_to_the_same(world: World) -> None:
    await live_a_little(world)
    before = await world.rows("reply", COPY)
    async with world["reply"].desk.transaction() as tx:
        await tx.execute("TRUNCATE reference, cursors, inbox")

    for record in reversed(await compacted(world)):
        await world["reply"].backbone.hearing.hear([record])

    assert await world.rows("reply", COPY) == before


async def test_every_service_has_the_same_copy(world: World) -> None:
    await live_a_little(world)

    copies = [await world.rows(service, COPY) for service in world.running]

    assert all(copy == copies[0] for copy in copies)
