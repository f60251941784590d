"""Rule sets over HTTP: edition by edition, with their sources, and what differs between two."""

import asyncio
from typing import Any

import pytest

from services.registry.starting_data import starting_data
from tests.world import Answer, World

RULES: dict[str, Any] = (
    starting_data("shenzhen")
    .rules[0]
    .model_dump(mode="json", exclude={"rules", "by", "entered_on"})
)


async def publish(world: World, rules: str = "shenzhen-2024", **changes: Any) -> Answer:
    return await world.tell(
        "registry", f"/rules/{rules}", RULES | changes, post="operator", method="PUT"
    )


async def test_the_next_edition_of_the_rules_is_published(seeded: World) -> None:
    answer = await publish(seeded, edition=3, effective_on="2024-07-01")

    listed = await seeded.ask("registry", "/rules")
    assert answer.told == ["RulesPublished"]
    assert answer.body["events"][0]["key"] == "rules/shenzhen-2024@3"
    assert [(one["rules"], one["edition"]) for one in listed.body["rules"]] == [
        ("shenzhen-2024", 3),
        ("shenzhen-2024", 2),
    ]


async def test_a_rule_set_as_it_was_seeded_is_not_told_again(seeded: World) -> None:
    answer = await publish(seeded)

    assert (answer.status, answer.told) == (200, [])


async def test_an_edition_that_is_not_the_next_is_refused(seeded: World) -> None:
    answer = await publish(seeded, edition=4)

    assert (answer.status, answer.code) == (409, "edition-not-next")
    assert answer.says == (
        "规则集shenzhen-2024的下一版应为第3版，不能登记第4版。已登记的版次不可更改。"
    )


async def test_rules_may_not_reach_back(seeded: World) -> None:
    answer = await publish(seeded, edition=3, effective_on="2023-12-31")

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
        ({"numbers": {"asks": {"value": -1, "says": "x", "source": None}}}, "malformed"),
        ({"numbers": {"asks": {"value": 1, "says": "x"}}}, "malformed"),
        ({"policies": {"clock": {"value": "", "says": "x", "source": None}}}, "malformed"),
        ({"policies": {"clock": "keep"}}, "malformed"),
        ({"reasons": {"a": RULES["return_reasons"] * 2}}, "code-twice"),
        (
            {"series": {"a": {"pattern": "函", "says": "x", "source": None}}},
            "series-without-number",
        ),
        ({"sessions": [{"session": "一次", "since": "2024-01-01", "source": None}]}, "malformed"),
        ({"sessions": RULES["sessions"][:1] * 2}, "code-twice"),
        ({"synonyms": [["电梯"]]}, "malformed"),
        ({"limit_sources": {"tea": "某市"}}, "source-of-nothing"),
        ({"limit_sources": {"title": ""}}, "malformed"),
        ({"deadlines": RULES["deadlines"] | {"tea:key": RULES["near"]}}, "special-without-clock"),
        ({"effective_on": "1900-01-01"}, "malformed"),
        ({"applies_to_running": "perhaps"}, "malformed"),
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
    longest = dict.fromkeys([*clocks, *RULES["ladders"]], ladder(6))
    deadline = {"count": 1, "unit": "months", "source": "据" * 1000, "note": "注" * 200}
    reason = {"says": "理" * 200}
    rule = {"threshold": 1, "says": "协" * 200, "source": "据" * 1000}

    answer = await publish(
        seeded,
        edition=3,
        source="据" * 1000,
        deadlines=dict.fromkeys([*clocks, *(f"其他{n}" for n in range(20))], deadline),
        decline_reasons=[reason | {"code": f"{n}" * 20} for n in range(100)],
        return_reasons=[reason | {"code": f"{n}" * 20} for n in range(100)],
        coordination=[rule | {"code": f"{n}" * 20} for n in range(30)],
        ladders=longest | {"reply": ladder(20)},
    )

    assert answer.status == 200


async def test_two_who_publish_the_next_edition_at_once_publish_one(seeded: World) -> None:
    answers = await asyncio.gather(
        publish(seeded, edition=3, source="甲"), publish(seeded, edition=3, source="乙")
    )

    assert sorted(one.status for one in answers) == [200, 409]
    [late] = [one for one in answers if one.status == 409]
    assert (late.code, "应为第4版" in late.says) == ("edition-not-next", True)


async def test_rules_that_no_event_could_carry_are_refused(seeded: World) -> None:
    word = "词" * 50

    answer = await publish(
        seeded, edition=3, synonyms=[[f"{n}a{m}{word}" for m in range(30)] for n in range(500)]
    )

    assert (answer.status, answer.code) == (422, "rules-too-large")


async def test_a_later_edition_has_whatever_the_last_one_had(seeded: World) -> None:
    rest = {name: one for name, one in RULES["numbers"].items() if name != "delegation.days"}

    answer = await publish(seeded, edition=3, numbers=rest)

    assert (answer.status, answer.code) == (422, "rules-incomplete")
    assert answer.says == "规则集缺少数值“delegation.days”。"


async def test_an_edition_says_whether_it_applies_to_what_runs_already(seeded: World) -> None:
    silent = await publish(seeded, edition=3)
    loud = await publish(seeded, edition=4, applies_to_running=True)

    assert silent.body["events"][0]["data"]["applies_to_running"] is False
    assert loud.body["events"][0]["data"]["applies_to_running"] is True


async def test_one_edition_is_shown_with_what_has_no_source(seeded: World) -> None:
    answer = await seeded.ask("registry", "/rules/shenzhen-2024/2")

    assert answer.body["numbers"]["delegation.days"]["value"] == 90
    assert "numbers.delegation.days" in answer.body["without_source"]
    assert "limits.title" in answer.body["without_source"]
    assert "limits.text" not in answer.body["without_source"]


@pytest.mark.parametrize("path", ["/rules/shenzhen-2024/1", "/rules/atlantis/1/changes"])
async def test_an_edition_that_is_not_there_is_unknown(seeded: World, path: str) -> None:
    answer = await seeded.ask("registry", path)

    assert (answer.status, answer.code) == (404, "no-such-edition")


async def test_what_differs_between_two_editions_is_shown_number_by_number(seeded: World) -> None:
    longer = RULES["deadlines"] | {"sign": RULES["deadlines"]["sign"] | {"count": 5}}
    await publish(seeded, edition=3, deadlines=longer)

    answer = await seeded.ask("registry", "/rules/shenzhen-2024/3/changes")

    assert (answer.body["before"], answer.body["after"]) == ("shenzhen-2024@2", "shenzhen-2024@3")
    assert answer.body["changes"] == [
        {"at": "edition", "before": "2", "after": "3"},
        {"at": "deadlines.sign.count", "before": "3", "after": "5"},
    ]


async def test_two_years_rules_are_compared_as_well(seeded: World) -> None:
    await publish(seeded, rules="shenzhen-2025", year=2025, edition=1, effective_on="2025-01-01")

    answer = await seeded.ask(
        "registry",
        "/rules/shenzhen-2025/1/changes",
        since_rules="shenzhen-2024",
        since_edition=2,
    )

    assert [one["at"] for one in answer.body["changes"]] == [
        "rules",
        "year",
        "edition",
        "effective_on",
    ]


async def test_rules_are_found_by_place_year_and_day(seeded: World) -> None:
    await publish(seeded, rules="shenzhen-2025", year=2025, edition=1, effective_on="2025-01-01")

    async def found(**query: Any) -> list[str]:
        answer = await seeded.ask("registry", "/rules", **query)
        return [one["rules"] for one in answer.body["rules"]]

    assert await found(place="shenzhen") == ["shenzhen-2025", "shenzhen-2024"]
    assert await found(place="atlantis") == []
    assert await found(year=2024) == ["shenzhen-2024"]
    assert await found(on="2024-12-31") == ["shenzhen-2024"]
    assert await found(on="2023-12-31") == []


async def test_a_ladder_with_more_rungs_than_anybody_climbs_is_refused(seeded: World) -> None:
    answer = await publish(seeded, edition=3, ladders={"reply": ladder(21)})

    assert (answer.status, answer.code) == (422, "malformed")
