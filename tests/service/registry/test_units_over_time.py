"""Units over HTTP as time goes by: duties, names of then and now, who took over."""

import asyncio
from typing import Any

import pytest

from tests.world import Answer, World

RENAMED = {
    "name": "市科学技术局",
    "short_name": "市科技局",
    "on": "2024-01-10",
    "source": "机构改革",
}
MERGED = {
    "old_name": "市中小企业服务局",
    "successors": ["市工信局"],
    "how": "merged",
    "on": "2024-01-10",
    "source": "机构改革",
}
DUTY = {"says": "电动自行车充电设施", "source": "三定方案", "since": "2024-01-01"}


async def rename(world: World, code: str = "C018", **changes: Any) -> Answer:
    return await world.tell("registry", f"/units/{code}/rename", RENAMED | changes, post="operator")


async def end(world: World, **changes: Any) -> Answer:
    return await world.tell("registry", "/successions", MERGED | changes, post="operator")


async def story(world: World, code: str) -> dict[str, Any]:
    answer = await world.ask("registry", f"/units/{code}")
    assert answer.status == 200, answer.body
    return dict(answer.body)


async def then_and_now(world: World, named: str, on: str) -> str:
    answer = await world.ask("registry", "/then-and-now", named=named, on=on)
    assert answer.status == 200, answer.body
    return str(answer.body["says"])


async def test_a_unit_is_renamed_under_its_code(seeded: World) -> None:
    answer = await rename(seeded)

    found = await story(seeded, "C018")
    assert answer.told == ["UnitRegistered", "UnitSucceeded"]
    assert (found["name"], found["short_name"]) == ("市科学技术局", "市科技局")
    assert "市科创局" in found["aliases"]
    assert [one["old_name"] for one in found["called_before"]] == [
        "市科技创新委员会",
        "市科技创新局",
    ]
    assert found["succeeded"] is None


async def test_every_screen_can_say_then_and_now(seeded: World) -> None:
    await rename(seeded)
    await end(seeded)
    await seeded.settle()

    assert await then_and_now(seeded, "C018", "2023-06-01") == (
        "市科技创新委员会（现市科学技术局）"
    )
    assert await then_and_now(seeded, "C018", "2024-01-09") == "市科技创新局（现市科学技术局）"
    assert await then_and_now(seeded, "C018", "2024-01-10") == "市科学技术局"
    assert await then_and_now(seeded, "C036", "2024-01-09") == (
        "市中小企业服务局（现市工业和信息化局）"
    )
    assert await then_and_now(seeded, "市经济贸易和信息化委员会", "2018-01-01") == (
        "市经济贸易和信息化委员会（现市工业和信息化局、市商务局）"
    )
    assert await then_and_now(seeded, "市气象局", "2018-01-01") == "市气象局"
    assert await then_and_now(seeded, "某单位", "2018-01-01") == "某单位"


async def test_a_unit_that_is_gone_is_shown_with_who_took_over(seeded: World) -> None:
    answer = await end(seeded)

    gone, heir = await story(seeded, "C036"), await story(seeded, "C019")
    assert answer.told[0] == "UnitRegistered"
    assert answer.told[-1] == "UnitSucceeded"
    assert answer.told.count("PersonRegistered") == 4, "whoever held a post there"
    assert gone["until"] == "2024-01-09"
    assert gone["succeeded"]["successors"] == ["C019"]
    assert "市中小企业服务局" in [one["old_name"] for one in heir["took_over"]]


async def test_who_held_a_post_there_holds_it_to_its_last_day(seeded: World) -> None:
    await end(seeded)

    found = await seeded.ask("registry", "/people/head.C036")
    assert found.body["posts"] == [
        {"post": "head", "unit": "C036", "since": None, "until": "2024-01-09"}
    ]


async def test_its_names_are_free_and_its_code_is_not(seeded: World) -> None:
    await end(seeded)
    new = {
        "name": "市中小企业服务局",
        "short_name": "市中小企业服务局",
        "level": "city",
        "parent": "C001",
        "source": "新设",
    }

    again = await seeded.tell("registry", "/units/C036", new, post="operator", method="PUT")
    other = await seeded.tell("registry", "/units/C078", new, post="operator", method="PUT")

    assert (again.status, again.code) == (409, "unit-is-gone")
    assert other.told == ["UnitRegistered"]
    found = await seeded.ask("registry", "/units", named="市中小企业服务局")
    assert [one["code"] for one in found.body["units"]] == ["C078"]


async def test_units_are_listed_as_they_stood_on_a_day(seeded: World) -> None:
    await end(seeded)

    async def stands(on: str) -> bool:
        found = await seeded.ask("registry", "/units", kind="bureau", level="city", on=on)
        return "C036" in [one["code"] for one in found.body["units"]]

    assert await stands("2024-01-09")
    assert not await stands("2024-01-10")
    districts = await seeded.ask("registry", "/units", level="district", on="2016-12-31")
    assert "D07" not in [one["code"] for one in districts.body["units"]]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"on": "2024-01-16"}, "not-yet"),
        ({"on": None}, "day-or-year"),
        ({"on": None, "year": 2024}, "name-still-in-use"),
        ({"how": None}, "name-still-in-use"),
        ({"how": "renamed"}, "rename-instead"),
        ({"how": "split"}, "wrong-number-of-successors"),
        ({"year": 2023}, "year-and-day-differ"),
        ({"old_name": "市卫健委"}, "name-still-in-use"),
        ({"old_name": "D07"}, "units-below"),
        ({"how": "vanished"}, "malformed"),
        ({"on": "1900-01-01"}, "malformed"),
    ],
    ids=str,
)
async def test_an_ending_that_makes_no_sense_is_refused(
    seeded: World, changes: dict[str, Any], code: str
) -> None:
    answer = await end(seeded, **changes)

    assert answer.code == code
    assert await seeded.told_by("registry", "succession/市中小企业服务局") == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "市科技创新局"}, "same-name"),
        ({"name": "龙华区"}, "name-taken"),
        ({"on": "2024-01-16"}, "not-yet"),
        ({"on": "2024-01-01"}, "before-last-renaming"),
        ({"name": " "}, "malformed"),
        ({"on": None}, "malformed"),
        ({"aliases": ["别名"] * 21}, "malformed"),
    ],
    ids=str,
)
async def test_a_renaming_that_makes_no_sense_is_refused(
    seeded: World, changes: dict[str, Any], code: str
) -> None:
    answer = await rename(seeded, **changes)

    assert answer.code == code


async def test_two_who_rename_at_once_rename_once(seeded: World) -> None:
    answers = await asyncio.gather(rename(seeded), rename(seeded, name="市科技大局"))

    assert sorted(one.status for one in answers) == [200, 409]
    [late] = [one for one in answers if one.status == 409]
    assert late.code == "before-last-renaming"


async def set_duties(world: World, *duties: dict[str, Any]) -> Answer:
    return await world.tell(
        "registry", "/units/C027/duties", {"duties": duties}, post="operator", method="PUT"
    )


async def test_duties_are_said_anew_and_the_rest_of_the_unit_stays(seeded: World) -> None:
    before = await story(seeded, "C027")

    answer = await set_duties(seeded, DUTY)

    after = await story(seeded, "C027")
    assert answer.told == ["UnitRegistered"]
    assert after["duties"] == [DUTY | {"until": None}]
    assert after["stand"] != before["stand"]
    moved = {"duties": None, "stand": None}
    assert after | moved == before | moved
    assert (await set_duties(seeded, DUTY)).told == []


@pytest.mark.parametrize(
    ("duty", "code"),
    [
        (DUTY | {"until": "2023-12-31"}, "backwards-dates"),
        (DUTY | {"says": ""}, "malformed"),
        (DUTY | {"says": "长" * 501}, "malformed"),
        (DUTY | {"source": ""}, "malformed"),
        (DUTY | {"since": "yesterday"}, "malformed"),
        (DUTY | {"weight": 1}, "malformed"),
    ],
)
async def test_a_duty_that_makes_no_sense_is_refused(
    seeded: World, duty: dict[str, Any], code: str
) -> None:
    answer = await set_duties(seeded, duty)

    assert (answer.status, answer.code) == (422, code)


async def test_successions_of_one_unit_are_found_both_ways(seeded: World) -> None:
    await end(seeded)

    async def found(of: str) -> list[str]:
        answer = await seeded.ask("registry", "/successions", of=of)
        return [one["old_name"] for one in answer.body["successions"]]

    assert await found("C036") == ["市中小企业服务局", "市中小企业署"]
    assert await found("C019") == ["市中小企业服务局", "市经济贸易和信息化委员会"]
    assert await found("C099") == []


async def test_a_unit_nobody_registered_is_unknown(seeded: World) -> None:
    answer = await seeded.ask("registry", "/units/C099")

    assert (answer.status, answer.code) == (404, "unknown-unit")


async def test_what_was_told_of_a_unit_says_who_and_when(seeded: World) -> None:
    await rename(seeded)

    first = await seeded.ask("registry", "/history", key="unit/C018", limit=1)
    rest = await seeded.ask("registry", "/history", key="unit/C018", after=first.body["next"])

    assert [one["data"]["name"] for one in first.body["entries"]] == ["市科技创新局"]
    [renamed] = rest.body["entries"]
    assert renamed["data"]["by"]["person"] == "operator.C001"
    assert renamed["data"]["entered_on"] == "2024-01-15"
    assert rest.body["next"] is None


async def test_lists_leave_aside_who_entered_what(seeded: World) -> None:
    answer = await seeded.ask("registry", "/units", limit=1)

    assert set(answer.body["units"][0]) == {
        "code", "name", "short_name", "aliases", "level", "parent", "source", "kind", "duties",
        "since", "until",
    }  # fmt: skip


@pytest.mark.parametrize("post", ["office", "committee", "officer", "proposer", "leader"])
async def test_only_some_look_into_the_history(seeded: World, post: str) -> None:
    answer = await seeded.ask("registry", "/history", post=post, key="unit/C018")

    assert (answer.status, answer.code) == (403, "post-may-not")
