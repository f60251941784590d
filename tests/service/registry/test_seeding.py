"""A place's starting data is told once; seeding again tells only what changed."""

import asyncio
from collections import Counter

from shared.contracts.event import UnitCode
from shared.reference import Reference
from tests.world import World

SHENZHEN = {"place": "shenzhen"}
EVERYTHING = {
    "UnitRegistered": 213,
    "UnitSucceeded": 11,
    "PersonRegistered": 862,
    "CalendarYearAnnounced": 10,
    "RulesPublished": 1,
}


async def test_seeding_tells_everything_once(registry: World) -> None:
    first = await registry.tell("registry", "/seed", SHENZHEN, post="operator")
    again = await registry.tell("registry", "/seed", SHENZHEN, post="operator")

    assert first.status == 200
    assert Counter(first.told) == EVERYTHING
    assert again.status == 200
    assert again.told == []
    assert Counter(await registry.told_by("registry")) == EVERYTHING


async def test_what_was_seeded_is_kept_in_the_tables(seeded: World) -> None:
    (counts,) = await seeded.rows(
        "registry",
        "SELECT (SELECT count(*) FROM units) AS units,"
        " (SELECT count(*) FROM unit_names) AS names,"
        " (SELECT count(*) FROM successions) AS successions,"
        " (SELECT count(*) FROM people) AS people,"
        " (SELECT count(*) FROM held_posts) AS posts,"
        " (SELECT count(*) FROM calendar_years) AS years,"
        " (SELECT count(*) FROM rule_sets) AS rules",
    )

    assert counts == {
        "units": 213,
        "names": 798,
        "successions": 11,
        "people": 862,
        "posts": 862,
        "years": 10,
        "rules": 1,
    }


async def test_every_fact_has_a_key_and_a_sequence_of_its_own(seeded: World) -> None:
    rows = await seeded.rows(
        "registry",
        "SELECT aggregateid, aggregateseq, topic FROM events ORDER BY seq",
    )

    assert {row["topic"] for row in rows} == {"reference"}
    assert {row["aggregateseq"] for row in rows} == {1}
    assert len({row["aggregateid"] for row in rows}) == sum(EVERYTHING.values())


async def test_two_who_seed_at_once_tell_once(registry: World) -> None:
    answers = await asyncio.gather(
        *(registry.tell("registry", "/seed", SHENZHEN, post="operator") for _ in range(2))
    )

    assert [answer.status for answer in answers] == [200, 200]
    assert sorted(len(answer.told) for answer in answers) == [0, sum(EVERYTHING.values())]


async def test_seeding_puts_a_changed_unit_back(seeded: World) -> None:
    await seeded.tell(
        "registry",
        "/units/T078",
        {
            "name": "赤石",
            "short_name": "赤石",
            "level": "street",
            "parent": "D11",
            "source": "手工",
        },
        post="operator",
        method="PUT",
    )

    answer = await seeded.tell("registry", "/seed", SHENZHEN, post="operator")

    assert answer.told == ["UnitRegistered"]
    assert answer.body["events"][0]["data"]["name"] == "赤石镇"
    assert answer.body["events"][0]["sequence"] == 3


async def test_others_hear_what_was_seeded(seeded: World) -> None:
    await seeded.settle()

    known: Reference = await seeded["registry"].desk.reference()

    assert known.unit("龙华区政府").code == "D07"
    assert known.unit("市科技创新委员会").code == "C018"
    assert known.is_under(UnitCode("S003"), UnitCode("D07"))
    assert not known.is_under(UnitCode("S010"), UnitCode("D07"))
    assert known.rules_on(seeded.today).rules == "shenzhen-2024"
    assert known.rules_on(seeded.today).edition == 2
    assert "既有住宅加装电梯" in [duty.says for duty in known.unit("市住建局").duties]
    assert not known.calendar.is_working_day(seeded.today.replace(month=2, day=12))


async def test_a_place_nobody_prepared_is_refused(registry: World) -> None:
    answer = await registry.tell("registry", "/seed", {"place": "atlantis"}, post="operator")

    assert (answer.status, answer.code) == (404, "unknown-place")
    assert answer.says == "没有为“atlantis”准备的初始数据。现有：shenzhen。"
    assert await registry.told_by("registry") == []


async def test_only_an_operator_seeds(registry: World) -> None:
    answer = await registry.tell("registry", "/seed", SHENZHEN, post="office")

    assert (answer.status, answer.code) == (403, "post-may-not")


async def test_a_seed_has_no_other_fields(registry: World) -> None:
    answer = await registry.tell(
        "registry", "/seed", {"place": "shenzhen", "force": True}, post="operator"
    )

    assert (answer.status, answer.code) == (422, "malformed")
