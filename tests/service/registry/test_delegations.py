"""Posts that end, and people who act for others, over HTTP."""

import asyncio
from typing import Any

import pytest

from tests.world import Answer, World

OWN = {
    "deputy": "deputy.D07",
    "post": "head",
    "unit": "龙华区",
    "since": "2024-01-15",
    "until": "2024-01-19",
    "why": "出差",
}


@pytest.fixture
async def heard(seeded: World) -> World:
    """Shenzhen, of which the registry's own copy has heard too."""
    await seeded.settle()
    return seeded


async def give(world: World, *, by: tuple[str, str] = ("head", "D07"), **changes: Any) -> Answer:
    """Somebody in a post of a unit lends a post; by default the head of Longhua their own."""
    post, unit = by
    return await world.tell("registry", "/delegations", OWN | changes, post=post, unit=unit)


async def listed(world: World, *, post: str, unit: str = "D07", **query: Any) -> list[str]:
    answer = await world.ask("registry", "/delegations", post=post, unit=unit, **query)
    assert answer.status == 200, answer.body
    return [one["delegation"] for one in answer.body["delegations"]]


def id_of(answer: Answer) -> str:
    assert answer.status == 201, answer.body
    return str(answer.body["events"][0]["data"]["delegation"])


async def end_it(world: World, delegation: str, *, post: str, unit: str = "D07") -> Answer:
    return await world.tell("registry", f"/delegations/{delegation}/end", post=post, unit=unit)


async def test_a_head_lets_the_deputy_act(heard: World) -> None:
    answer = await give(heard)

    assert answer.told == ["DelegationGiven"]
    data = answer.body["events"][0]["data"]
    assert (data["giver"], data["deputy"], data["unit"]) == ("head.D07", "deputy.D07", "D07")
    assert data["by"]["person"] == "head.D07"


async def test_giver_and_deputy_see_it_and_others_do_not(heard: World) -> None:
    delegation = id_of(await give(heard))

    assert await listed(heard, post="head") == [delegation]
    assert await listed(heard, post="deputy") == [delegation]
    assert await listed(heard, post="officer") == []
    assert await listed(heard, post="auditor", unit="C007") == [delegation]
    assert await listed(heard, post="head", on="2024-01-19") == [delegation]
    assert await listed(heard, post="head", on="2024-01-20") == []


async def test_delegations_are_listed_page_by_page(heard: World) -> None:
    for day in ("15", "16", "17"):
        await give(heard, since=f"2024-01-{day}", until=f"2024-01-{day}")

    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = await heard.ask("registry", "/delegations", post="operator", limit=1, **after)
        seen += [one["delegation"] for one in page.body["delegations"]]
        if page.body["next"] is None:
            break
        after = {"after": page.body["next"]}

    assert len(set(seen)) == len(seen) == 3


async def test_it_is_ended_early(heard: World) -> None:
    delegation = id_of(await give(heard))
    heard.days_pass(1)

    answer = await end_it(heard, delegation, post="deputy")

    assert answer.told == ["DelegationGiven"]
    assert answer.body["events"][0]["data"]["until"] == "2024-01-15"
    again = await end_it(heard, delegation, post="head")
    assert (again.status, again.code) == (409, "delegation-over")


async def test_others_do_not_end_it(heard: World) -> None:
    delegation = id_of(await give(heard))

    answer = await end_it(heard, delegation, post="officer")

    assert (answer.status, answer.code) == (404, "no-such-delegation")
    malformed = await end_it(heard, "d1", post="officer")
    assert (malformed.status, malformed.code) == (422, "malformed")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"deputy": "head.D07"}, 409, "to-oneself"),
        ({"deputy": "nobody"}, 404, "unknown-person"),
        ({"giver": "officer.D07", "post": "officer"}, 403, "only-own-post"),
        ({"post": "officer"}, 409, "post-not-held"),
        ({"post": "security"}, 409, "not-delegable"),
        ({"unit": "省政府"}, 404, "unknown-unit"),
        ({"since": "2024-01-14"}, 409, "delegation-in-the-past"),
        ({"until": "2024-01-14"}, 422, "backwards-dates"),
        ({"until": "2024-04-14"}, 409, "delegation-too-long"),
        ({"why": " "}, 422, "malformed"),
        ({"deputy": "罗主任"}, 422, "malformed"),
        ({"until": "9999-01-01"}, 422, "malformed"),
        ({"forever": True}, 422, "malformed"),
    ],
    ids=str,
)
async def test_a_delegation_that_may_not_be_is_refused(
    heard: World, changes: dict[str, Any], status: int, code: str
) -> None:
    answer = await give(heard, **changes)

    assert (answer.status, answer.code) == (status, code)


async def test_the_longest_that_the_rules_allow(heard: World) -> None:
    answer = await give(heard, until="2024-04-13")

    assert answer.status == 201


async def test_an_operator_enters_it_for_somebody(heard: World) -> None:
    answer = await give(heard, by=("operator", "C007"), giver="head.D07")

    data = answer.body["events"][0]["data"]
    assert (data["giver"], data["by"]["person"]) == ("head.D07", "operator.C007")


async def test_two_who_give_one_post_at_once_give_it_once(heard: World) -> None:
    answers = await asyncio.gather(give(heard), give(heard, deputy="officer.D07"))

    assert sorted(one.status for one in answers) == [201, 409]
    [late] = [one for one in answers if one.status == 409]
    assert late.code == "delegations-overlap"


async def end_post(world: World, person: str = "head.D07", **changes: Any) -> Answer:
    body = {"post": "head", "unit": "龙华区", "until": "2024-01-15"} | changes
    return await world.tell("registry", f"/people/{person}/end-post", body, post="operator")


async def test_a_post_ends_and_stays_on_file(seeded: World) -> None:
    answer = await end_post(seeded)

    found = await seeded.ask("registry", "/people/head.D07")
    assert answer.told == ["PersonRegistered"]
    assert found.body["posts"] == [
        {"post": "head", "unit": "D07", "since": None, "until": "2024-01-15"}
    ]


async def test_who_holds_a_post_on_a_day_is_found(seeded: World) -> None:
    await end_post(seeded)

    async def heads(on: str) -> list[str]:
        found = await seeded.ask("registry", f"/people?unit=D07&post=head&on={on}")
        return [one["person"] for one in found.body["people"]]

    assert await heads("2024-01-15") == ["head.D07"]
    assert await heads("2024-01-16") == []


async def test_whose_post_has_ended_may_do_nothing_in_it(heard: World) -> None:
    await end_post(heard)
    await heard.settle()
    last_day = await heard.ask("registry", "/units", post="head", unit="D07")
    heard.days_pass(1)

    answer = await heard.tell("registry", "/delegations", OWN, post="head", unit="D07")

    assert last_day.status == 200
    assert (answer.status, answer.code) == (403, "no-longer-in-post")


@pytest.mark.parametrize(
    ("person", "changes", "code"),
    [
        ("nobody", {}, "unknown-person"),
        ("head.D07", {"post": "officer"}, "post-not-held"),
        ("head.D07", {"unit": "省政府"}, "unknown-unit"),
        ("head.D07", {"until": None}, "malformed"),
        ("operator.C001", {}, "unknown-person"),
    ],
)
async def test_an_end_of_what_is_not_held_is_refused(
    seeded: World, person: str, changes: dict[str, Any], code: str
) -> None:
    answer = await end_post(seeded, person, **changes)

    assert answer.code == code


async def test_nobody_registers_themselves(seeded: World) -> None:
    body = {"name": "我", "posts": [{"post": "leader", "unit": "C001"}]}

    answer = await seeded.tell(
        "registry", "/people/operator.C001", body, post="operator", method="PUT"
    )

    assert (answer.status, answer.code) == (403, "own-posts")


async def test_an_address_is_for_those_who_keep_the_register(seeded: World) -> None:
    body = {
        "name": "李明",
        "posts": [{"post": "officer", "unit": "D07", "since": "2024-01-15"}],
        "mail": "li.ming@sz.example",
    }
    await seeded.tell("registry", "/people/li.ming", body, post="operator", method="PUT")

    kept = await seeded.ask("registry", "/people/li.ming")
    shown = await seeded.ask("registry", "/people/li.ming", post="officer", unit="D07")
    page = await seeded.ask("registry", "/people", post="officer", after="li.min", limit=1)

    assert kept.body["mail"] == "li.ming@sz.example"
    assert shown.body["mail"] is None
    assert [(one["person"], one["mail"]) for one in page.body["people"]] == [("li.ming", None)]


async def test_a_person_nobody_registered_is_unknown(seeded: World) -> None:
    answer = await seeded.ask("registry", "/people/nobody")

    assert (answer.status, answer.code) == (404, "unknown-person")


async def test_the_three_administrators_are_three_people(seeded: World) -> None:
    body = {
        "name": "李明",
        "posts": [{"post": "operator", "unit": "C007"}, {"post": "auditor", "unit": "C007"}],
    }

    answer = await seeded.tell("registry", "/people/li", body, post="operator", method="PUT")

    assert (answer.status, answer.code) == (409, "separated-posts")
