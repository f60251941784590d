"""Calendars and rule sets over HTTP: edition by edition, with their sources."""

from typing import Any

import pytest

from services.registry.starting_data import starting_data
from tests.world import Answer, World

NEXT_YEAR = {
    "edition": 2,
    "source": "国务院办公厅关于2027年部分节假日安排的通知",
    "provisional": False,
    "days": [
        {"day": "2027-02-14", "works": True, "name": "春节"},
        {"day": "2027-01-01", "works": False, "name": "元旦"},
    ],
}
RULES: dict[str, Any] = starting_data("shenzhen").rules[0].model_dump(mode="json")
RULES.pop("rules")


async def announce(world: World, year: int = 2027, **changes: Any) -> Answer:
    return await world.tell(
        "registry", f"/calendars/{year}", NEXT_YEAR | changes, post="operator", method="PUT"
    )


async def publish(world: World, rules: str = "shenzhen-2024", **changes: Any) -> Answer:
    return await world.tell(
        "registry", f"/rules/{rules}", RULES | changes, post="operator", method="PUT"
    )


async def test_a_provisional_year_is_announced_officially(seeded: World) -> None:
    before = await seeded.ask("registry", "/calendars/2027")

    answer = await announce(seeded)

    after = await seeded.ask("registry", "/calendars/2027")
    assert before.body["provisional"] is True
    assert answer.told == ["CalendarYearAnnounced"]
    assert after.body["provisional"] is False
    assert [day["day"] for day in after.body["days"]] == ["2027-01-01", "2027-02-14"]


async def test_the_same_year_again_is_not_told_again(seeded: World) -> None:
    await announce(seeded)

    answer = await announce(seeded)

    assert (answer.status, answer.told) == (200, [])


async def test_an_announced_edition_is_not_changed(seeded: World) -> None:
    await announce(seeded)

    answer = await announce(seeded, days=[])

    assert (answer.status, answer.code) == (409, "edition-not-next")
    assert "应为第3版，不能登记第2版" in answer.says


async def test_a_next_edition_drops_the_days_of_the_last(seeded: World) -> None:
    await announce(seeded)

    await announce(seeded, edition=3, days=[])

    listed = await seeded.ask("registry", "/calendars/2027")
    assert listed.body["days"] == []
    assert listed.body["edition"] == 3


async def test_an_official_year_stays_official(seeded: World) -> None:
    answer = await announce(seeded, year=2026, days=[], provisional=True)

    assert (answer.status, answer.code) == (409, "already-official")


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ([{"day": "2026-12-31", "works": False, "name": "元旦"}], "day-of-another-year"),
        ([{"day": "2027-01-02", "works": False, "name": "元旦"}], "day-like-its-weekday"),
        ([{"day": "2027-01-01", "works": False, "name": "元旦"}] * 2, "day-twice"),
        ([{"day": "2027-01-01", "works": False, "name": "元旦", "note": "x"}], "malformed"),
        ([{"day": "1月1日", "works": False, "name": "元旦"}], "malformed"),
    ],
)
async def test_a_day_that_does_not_fit_is_refused(
    seeded: World, days: list[dict[str, Any]], code: str
) -> None:
    answer = await announce(seeded, days=days)

    assert (answer.status, answer.code) == (422, code)


async def test_a_year_that_was_not_announced_is_unknown(seeded: World) -> None:
    answer = await seeded.ask("registry", "/calendars/2028")

    assert (answer.status, answer.code) == (404, "year-not-announced")
    assert answer.says == "2028年的工作日历尚未登记。"


async def test_a_calendar_shows_its_source(seeded: World) -> None:
    answer = await seeded.ask("registry", "/calendars/2024")

    assert answer.body["source"] == "国务院办公厅通知（2024年），经 chinesecalendar 1.11.0 核对"
    assert {"day": "2024-02-18", "works": True, "name": "春节"} in answer.body["days"]


async def test_the_next_edition_of_the_rules_is_published(seeded: World) -> None:
    answer = await publish(seeded, edition=2, effective_on="2024-07-01")

    listed = await seeded.ask("registry", "/rules")
    assert answer.told == ["RulesPublished"]
    assert answer.body["events"][0]["key"] == "rules/shenzhen-2024@2"
    assert [(one["rules"], one["edition"]) for one in listed.body["rules"]] == [
        ("shenzhen-2024", 2),
        ("shenzhen-2024", 1),
    ]


async def test_a_rule_set_as_it_was_seeded_is_not_told_again(seeded: World) -> None:
    answer = await publish(seeded)

    assert (answer.status, answer.told) == (200, [])


async def test_an_edition_that_is_not_the_next_is_refused(seeded: World) -> None:
    answer = await publish(seeded, edition=3)

    assert (answer.status, answer.code) == (409, "edition-not-next")
    assert answer.says == (
        "规则集shenzhen-2024的下一版应为第2版，不能登记第3版。已登记的版次不可更改。"
    )


async def test_rules_may_not_reach_back(seeded: World) -> None:
    answer = await publish(seeded, edition=2, effective_on="2023-12-31")

    assert (answer.status, answer.code) == (409, "effective-too-early")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"deadlines": {}}, "rules-incomplete"),
        ({"classes": RULES["classes"] * 2}, "code-twice"),
        ({"ladders": {"tea": []}}, "unknown-ladder-clock"),
        ({"ladders": {"sign": RULES["ladders"]["sign"][1:]}}, "rungs-out-of-order"),
        ({"near": {"count": -1, "unit": "months", "source": None}}, "malformed"),
        ({"near": {"count": 3661, "unit": "months", "source": None}}, "malformed"),
        ({"near": {"count": 1, "unit": "weeks", "source": None}}, "malformed"),
        ({"near": {"count": 1, "unit": "months"}}, "malformed"),
        ({"near": {"count": 1, "unit": "months", "source": None, "why": "x"}}, "malformed"),
        ({"limits": RULES["limits"] | {"title": 0}}, "malformed"),
        ({"classes": [RULES["classes"][0] | {"meaning": "perhaps"}]}, "malformed"),
    ],
)
async def test_rules_that_do_not_fit_are_refused(
    registry: World, changes: dict[str, Any], code: str
) -> None:
    answer = await publish(registry, **changes)

    assert (answer.status, answer.code) == (422, code)
    assert await registry.told_by("registry") == []


async def test_a_number_without_a_source_is_shown_as_such(seeded: World) -> None:
    listed = await seeded.ask("registry", "/rules")

    (rules,) = listed.body["rules"]
    assert rules["deadlines"]["sign"]["source"] is None
    assert "deadlines.sign" in rules["without_source"]
    assert "deadlines.reply" not in rules["without_source"]


async def test_rules_are_listed_page_by_page_the_newest_effective_first(seeded: World) -> None:
    await publish(seeded, rules="shenzhen-2025", year=2025, effective_on="2025-01-01")

    first = await seeded.ask("registry", "/rules", limit=1)
    second = await seeded.ask("registry", "/rules", limit=1, offset=first.body["next"])

    assert [one["rules"] for one in first.body["rules"]] == ["shenzhen-2025"]
    assert [one["rules"] for one in second.body["rules"]] == ["shenzhen-2024"]
    assert second.body["next"] is None


@pytest.mark.parametrize("path", ["/units", "/successions", "/people", "/calendars/2024", "/rules"])
async def test_nobody_reads_without_signing_in(registry: World, path: str) -> None:
    response = await registry["registry"].client.get(path)

    assert response.status_code == 401


def ladder(rungs: int) -> list[dict[str, Any]]:
    rung = {"unit": "calendar_days", "to": "督" * 60, "says": "办" * 200, "source": "据" * 200}
    return [rung | {"rung": n, "offset": n} for n in range(1, rungs + 1)]


async def test_the_largest_rules_that_are_taken_fit_into_an_event(seeded: World) -> None:
    clocks = [*RULES["deadlines"], "promise"]
    deadline = {"count": 1, "unit": "months", "source": "据" * 1000, "note": "注" * 200}
    reason = {"says": "理" * 200}
    rule = {"threshold": 1, "says": "协" * 200, "source": "据" * 1000}

    answer = await publish(
        seeded,
        edition=2,
        source="据" * 1000,
        deadlines=dict.fromkeys([*clocks, *(f"其他{n}" for n in range(20))], deadline),
        decline_reasons=[reason | {"code": f"{n}" * 20} for n in range(100)],
        return_reasons=[reason | {"code": f"{n}" * 20} for n in range(100)],
        coordination=[rule | {"code": f"{n}" * 20} for n in range(30)],
        ladders=dict.fromkeys(clocks, ladder(20)),
    )

    assert answer.status == 200


async def test_a_ladder_with_more_rungs_than_anybody_climbs_is_refused(seeded: World) -> None:
    answer = await publish(seeded, edition=2, ladders={"reply": ladder(21)})

    assert (answer.status, answer.code) == (422, "malformed")
