"""Successions and people over HTTP."""

from typing import Any

import pytest

from tests.world import Answer, World

OLD_HEALTH = {
    "old_name": "市卫生局",
    "successors": ["市卫健委"],
    "year": 2009,
    "source": "机构改革",
}
LI = {"name": "李明", "posts": [{"post": "officer", "unit": "龙华区"}]}


async def succeed(world: World, **changes: Any) -> Answer:
    return await world.tell("registry", "/successions", OLD_HEALTH | changes, post="operator")


async def register(world: World, person: str = "li.ming", **changes: Any) -> Answer:
    return await world.tell(
        "registry", f"/people/{person}", LI | changes, post="operator", method="PUT"
    )


async def page(world: World, **query: str | int) -> dict[str, Any]:
    token = world.token(post="operator", unit="C001")
    response = await world["registry"].client.get(
        "/people", params=query, headers={"Authorization": f"Bearer {token}"}
    )
    assert response.status_code == 200, response.text
    return dict(response.json())


async def people(world: World, **query: str | int) -> list[str]:
    return [person["person"] for person in (await page(world, **query))["people"]]


async def test_a_succession_is_registered(seeded: World) -> None:
    answer = await succeed(seeded)

    assert answer.status == 201
    assert answer.told == ["UnitSucceeded"]
    assert answer.body["events"][0]["key"] == "succession/市卫生局"
    assert answer.body["events"][0]["data"]["successors"] == ["C031"]


async def test_the_same_succession_again_is_not_told_again(seeded: World) -> None:
    await succeed(seeded)

    answer = await succeed(seeded)

    assert answer.told == []


async def test_a_succession_is_corrected(seeded: World) -> None:
    await succeed(seeded)

    await succeed(seeded, year=2010)
    listed = await seeded.ask("registry", "/successions", limit=200)

    years = {one["old_name"]: one["year"] for one in listed.body["successions"]}
    assert years["市卫生局"] == 2010


async def test_a_successor_must_be_a_unit_of_today(seeded: World) -> None:
    answer = await succeed(seeded, successors=["市人居环境委员会"])

    assert (answer.status, answer.code) == (409, "unit-is-gone")
    assert "“市人居环境委员会”自2019-01-01起已由市生态环境局承接" in answer.says


async def test_a_name_in_use_is_not_an_old_one(seeded: World) -> None:
    answer = await succeed(seeded, old_name="龙华区")

    assert (answer.status, answer.code) == (409, "name-still-in-use")


@pytest.mark.parametrize("changes", [{"successors": []}, {"year": 1948}, {"year": 2101}], ids=str)
async def test_a_malformed_succession_is_refused(seeded: World, changes: dict[str, Any]) -> None:
    answer = await succeed(seeded, **changes)

    assert (answer.status, answer.code) == (422, "malformed")


async def test_successions_are_listed_page_by_page(seeded: World) -> None:
    first = await seeded.ask("registry", "/successions", limit=6)
    rest = await seeded.ask("registry", "/successions", limit=6, after=first.body["next"])

    names = [one["old_name"] for one in (*first.body["successions"], *rest.body["successions"])]
    assert len(set(names)) == 11
    assert rest.body["next"] is None


async def test_a_person_is_registered_with_posts_in_units_of_any_name(seeded: World) -> None:
    answer = await register(seeded)

    assert answer.told == ["PersonRegistered"]
    assert answer.body["events"][0]["data"]["posts"] == [
        {"post": "officer", "unit": "D07", "since": None, "until": None}
    ]
    assert "li.ming" in await people(seeded, unit="龙华区政府", post="officer")


async def test_a_person_who_changes_posts_leaves_the_old_one(seeded: World) -> None:
    await register(seeded)

    await register(seeded, posts=[{"post": "head", "unit": "S003"}])

    today = seeded.today.isoformat()
    assert "li.ming" not in await people(seeded, unit="D07", on=today)
    assert "li.ming" in await people(seeded, unit="D07", on="2024-01-14")
    assert "li.ming" in await people(seeded, unit="D07"), "it stays on file"
    assert "li.ming" in await people(seeded, unit="S003", post="head", on=today)


async def test_a_person_without_posts_is_still_somebody(seeded: World) -> None:
    await register(seeded, posts=[])

    listed = await page(seeded, after="li.min", limit=1)

    assert listed["people"] == [{"person": "li.ming", "name": "李明", "posts": [], "mail": None}]


async def test_the_same_person_again_is_not_told_again(seeded: World) -> None:
    await register(seeded)

    answer = await register(seeded)

    assert answer.told == []


async def test_posts_keep_their_order(seeded: World) -> None:
    posts = [{"post": "officer", "unit": "S003"}, {"post": "head", "unit": "D07"}]
    await register(seeded, posts=posts)

    answer = await register(seeded, posts=posts)

    assert answer.told == []


async def test_a_post_is_held_in_a_unit_that_stands(seeded: World) -> None:
    answer = await register(seeded, posts=[{"post": "officer", "unit": "市卫生局"}])

    assert (answer.status, answer.code) == (404, "unknown-unit")


@pytest.mark.parametrize(
    "changes",
    [
        {"posts": [{"post": "mayor", "unit": "D07"}]},
        {"posts": [{"post": "head", "unit": "D07", "since": "2020"}]},
        {"posts": [{"post": "head", "unit": "D07", "since": "1949-09-30"}]},
        {"posts": [{"post": "head", "unit": "D07", "until": "2101-01-01"}]},
        {"posts": [{"post": "head", "unit": "D07"}] * 51},
        {"name": ""},
        {"mail": "li"},
        {"mail": "li @sz.example"},
        {"mail": ""},
    ],
    ids=str,
)
async def test_a_malformed_person_is_refused(seeded: World, changes: dict[str, Any]) -> None:
    answer = await register(seeded, **changes)

    assert (answer.status, answer.code) == (422, "malformed")


async def test_people_are_listed_by_unit_and_by_post(seeded: World) -> None:
    assert await people(seeded, unit="D07") == [
        "deputy.D07",
        "head.D07",
        "officer.D07",
        "section_head.D07",
    ]
    assert await people(seeded, post="office") == ["office.C007"]
    assert await people(seeded, unit="D07", post="head") == ["head.D07"]
    assert await people(seeded, unit="D07", post="leader") == []


async def test_one_post_must_match_unit_and_post_together(seeded: World) -> None:
    await register(
        seeded, posts=[{"post": "officer", "unit": "D07"}, {"post": "head", "unit": "S003"}]
    )

    assert "li.ming" not in await people(seeded, unit="D07", post="head")


async def test_people_are_listed_page_by_page(seeded: World) -> None:
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        found = await page(seeded, limit=200, **after)
        seen += [person["person"] for person in found["people"]]
        if found["next"] is None:
            break
        after = {"after": found["next"]}

    assert len(seen) == len(set(seen)) == 862
    assert seen == sorted(seen)


async def test_a_person_that_a_colleague_changed_meanwhile_is_not_overwritten(
    seeded: World,
) -> None:
    await register(seeded)
    stand = (await seeded.ask("registry", "/people/li.ming")).body["stand"]
    await register(seeded, mail="li.ming@example.cn", stand=stand)

    crossed = await register(seeded, name="李明明", stand=stand)

    assert (crossed.status, crossed.code) == (409, "entry-changed-meanwhile")
