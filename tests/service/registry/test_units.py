"""Units over HTTP: registered, renamed, refused, listed page by page."""

import asyncio
from typing import Any

import pytest

from tests.world import Answer, World

HEALTH = {
    "name": "市健康局",
    "short_name": "健康局",
    "aliases": ["深圳市健康局"],
    "level": "city",
    "parent": "市政府",
    "source": "verified: 名录",
}


async def put(world: World, code: str, **changes: Any) -> Answer:
    return await world.tell(
        "registry", f"/units/{code}", HEALTH | changes, post="operator", method="PUT"
    )


async def codes(world: World, **query: Any) -> list[str]:
    answer = await world.ask("registry", "/units", **query)
    assert answer.status == 200, answer.body
    return [unit["code"] for unit in answer.body["units"]]


async def test_a_unit_is_registered_under_a_parent_given_by_any_name(seeded: World) -> None:
    answer = await put(seeded, "C078")

    assert answer.status == 200
    assert answer.told == ["UnitRegistered"]
    assert answer.body["events"][0]["key"] == "unit/C078"
    assert answer.body["events"][0]["data"]["parent"] == "C001"
    assert await codes(seeded, named="深圳市健康局") == ["C078"]


async def test_the_same_unit_again_is_not_told_again(seeded: World) -> None:
    await put(seeded, "C078")

    answer = await put(seeded, "C078")

    assert (answer.status, answer.told) == (200, [])


async def test_a_renamed_unit_gives_its_old_names_back(seeded: World) -> None:
    await put(seeded, "C078")

    renamed = await put(seeded, "C078", name="市卫生局", short_name="卫生局", aliases=[])
    taken_over = await put(seeded, "C079")

    assert renamed.body["events"][0]["sequence"] == 2
    assert taken_over.told == ["UnitRegistered"]
    assert await codes(seeded, named="市健康局") == ["C079"]


async def test_a_name_that_another_unit_has_is_refused(seeded: World) -> None:
    answer = await put(seeded, "C078", aliases=["龙华区政府"])

    assert (answer.status, answer.code) == (409, "name-taken")
    assert answer.says == "名称“龙华区政府”已属于龙华区人民政府（D07），两个单位不能同名。"
    assert await codes(seeded, after="C077", level="city") == []


async def test_two_units_that_want_one_name_at_once_do_not_both_get_it(seeded: World) -> None:
    answers = await asyncio.gather(put(seeded, "C078"), put(seeded, "C079"))

    assert sorted(answer.status for answer in answers) == [200, 409]


async def test_a_parent_that_is_not_registered_is_refused(seeded: World) -> None:
    answer = await put(seeded, "C078", parent="省政府")

    assert (answer.status, answer.code) == (404, "unknown-unit")
    assert "省政府" in answer.says


async def test_a_parent_of_the_wrong_level_is_refused(seeded: World) -> None:
    answer = await put(seeded, "C078", parent="民治街道")

    assert (answer.status, answer.code) == (409, "parent-of-wrong-level")


async def test_a_parent_below_is_refused(seeded: World) -> None:
    answer = await put(
        seeded, "C007", name="市政府办公厅", short_name="市府办", aliases=[], parent="C008"
    )

    assert (answer.status, answer.code) == (409, "parent-is-below")


async def test_a_level_is_fixed(seeded: World) -> None:
    answer = await put(seeded, "T001", level="section", parent="D01")

    assert (answer.status, answer.code) == (409, "level-is-fixed")


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "  "},
        {"name": "长" * 61},
        {"level": "province"},
        {"aliases": ["别名"] * 21},
        {"source": ""},
        {"head": "某人"},
    ],
)
async def test_a_malformed_unit_is_refused(registry: World, changes: dict[str, Any]) -> None:
    answer = await put(registry, "C078", parent=None, **changes)

    assert (answer.status, answer.code) == (422, "malformed")


async def test_the_longest_name_is_taken(registry: World) -> None:
    answer = await put(registry, "C078", parent=None, name="长" * 60)

    assert answer.status == 200


@pytest.mark.parametrize("code", ["c078", "C1", "C12345", "078"])
async def test_a_malformed_code_is_refused(registry: World, code: str) -> None:
    answer = await put(registry, code, parent=None)

    assert (answer.status, answer.code) == (422, "malformed")


async def test_only_an_operator_registers(registry: World) -> None:
    answer = await registry.tell("registry", "/units/C078", HEALTH, post="committee", method="PUT")

    assert (answer.status, answer.code) == (403, "post-may-not")


async def test_units_are_listed_page_by_page(seeded: World) -> None:
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = await seeded.ask("registry", "/units", limit=100, **after)
        seen += [unit["code"] for unit in page.body["units"]]
        if page.body["next"] is None:
            break
        after = {"after": page.body["next"]}

    assert len(seen) == len(set(seen)) == 213
    assert seen == sorted(seen)


async def test_a_page_that_ends_exactly_has_no_next(seeded: World) -> None:
    exact = await seeded.ask("registry", "/units", level="district", limit=11)
    short = await seeded.ask("registry", "/units", level="district", limit=10)

    assert exact.body["next"] is None
    assert short.body["next"] == "D10"


async def test_units_are_found_by_parent(seeded: World) -> None:
    under_longhua = await codes(seeded, parent="龙华区", limit=200)

    assert "S003" in under_longhua
    assert "S010" not in under_longhua, "a city bureau's branch"


async def test_a_part_of_a_name_finds_nothing(seeded: World) -> None:
    assert await codes(seeded, named="龙华") == []


async def test_a_parent_nobody_knows_has_nobody_under_it(seeded: World) -> None:
    assert await codes(seeded, parent="省政府") == []


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 201}, {"level": "province"}], ids=str)
async def test_a_malformed_question_is_refused(registry: World, query: dict[str, Any]) -> None:
    answer = await registry.ask("registry", "/units", **query)

    assert (answer.status, answer.code) == (422, "malformed")


async def test_every_post_may_read(registry: World) -> None:
    answer = await registry.ask("registry", "/units", post="proposer")

    assert answer.status == 200


async def test_who_did_not_see_the_newest_entry_does_not_change_it(seeded: World) -> None:
    await put(seeded, "C078")
    stand = (await seeded.ask("registry", "/units/C078")).body["stand"]
    await put(seeded, "C078", aliases=[], stand=stand)

    crossed = await put(seeded, "C078", short_name="市卫健", stand=stand)
    newest = (await seeded.ask("registry", "/units/C078")).body
    agreed = await put(seeded, "C078", short_name="市卫健", stand=newest["stand"])

    assert (crossed.status, crossed.code) == (409, "entry-changed-meanwhile")
    assert "“市健康局”的登记在您查看之后已由他人改过" in crossed.says
    assert newest["aliases"] == []
    assert agreed.told == ["UnitRegistered"]


async def test_duties_are_said_anew_only_upon_the_entry_that_was_looked_at(seeded: World) -> None:
    await put(seeded, "C078")
    stand = (await seeded.ask("registry", "/units/C078")).body["stand"]
    duties = {"duties": [{"says": "承担医疗服务监督", "source": "三定规定"}], "stand": stand}

    async def say() -> Answer:
        return await seeded.tell(
            "registry", "/units/C078/duties", duties, post="operator", method="PUT"
        )

    first, second = await say(), await say()

    assert first.told == ["UnitRegistered"]
    assert (second.status, second.code) == (409, "entry-changed-meanwhile")
