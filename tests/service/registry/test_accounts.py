"""Service accounts over HTTP: a key that is shown once, and what it opens."""

import asyncio
from typing import Any

import pytest

from tests.world import Answer, World

HR = {
    "account": "hr-sync",
    "name": "人事系统",
    "post": "operator",
    "unit": "市政府",
    "acts": ["read", "registry.people"],
}
LI = {"name": "李明", "posts": [{"post": "officer", "unit": "D07"}]}


async def register(world: World, **changes: Any) -> Answer:
    return await world.tell("registry", "/accounts", HR | changes, post="security")


async def known(world: World, **changes: Any) -> str:
    """The key of an account of which the services have heard."""
    answer = await register(world, **changes)
    assert answer.status == 201, answer.body
    await world.settle()
    return str(answer.body["authorization"])


async def put_li(world: World, key: str) -> Answer:
    return await world.tell(
        "registry", "/people/li", LI, post="x", method="PUT", headers={"Authorization": key}
    )


async def test_a_key_is_shown_once_and_kept_as_a_digest(seeded: World) -> None:
    answer = await register(seeded)

    scheme, _, rest = answer.body["authorization"].partition(" ")
    account, _, secret = rest.partition(".")
    assert (scheme, account) == ("Key", "hr-sync")
    assert answer.told == ["ServiceAccountRegistered"]
    logged = await seeded.rows("registry", "SELECT convert_from(payload, 'UTF8') AS t FROM events")
    assert not any(secret in row["t"] for row in logged)
    listed = await seeded.ask("registry", "/accounts", post="security")
    assert "key" not in str(listed.body["accounts"])


async def test_the_same_request_again_is_answered_without_the_key(seeded: World) -> None:
    once = {"Idempotency-Key": "k1"}

    first = await seeded.tell("registry", "/accounts", HR, post="security", headers=once)
    again = await seeded.tell("registry", "/accounts", HR, post="security", headers=once)

    assert "authorization" in first.body
    assert again.status == 201
    assert again.body == {"events": first.body["events"]}


async def test_another_system_acts_with_its_key(seeded: World) -> None:
    key = await known(seeded)

    answer = await put_li(seeded, key)

    assert answer.told == ["PersonRegistered"]
    by = answer.body["events"][0]["data"]["by"]
    assert (by["person"], by["name"], by["unit"]) == ("service:hr-sync", "人事系统", "C001")


async def test_a_key_opens_only_what_it_is_for(seeded: World) -> None:
    key = await known(seeded)

    answer = await seeded.tell(
        "registry", "/seed", {"place": "shenzhen"}, post="x", headers={"Authorization": key}
    )

    assert (answer.status, answer.code) == (403, "not-for-this-account")
    assert answer.says == "服务账户“人事系统”未被授权办理此事。"


@pytest.mark.parametrize("key", ["Key hr-sync.wrong", "Key hr-sync", "Key nobody.x", "Key "])
async def test_a_wrong_key_opens_nothing(seeded: World, key: str) -> None:
    await known(seeded)

    answer = await put_li(seeded, key)

    assert (answer.status, answer.code) == (401, "not-signed-in")


async def test_after_a_rotation_only_the_new_key_is_good(seeded: World) -> None:
    old = await known(seeded)

    rotated = await seeded.tell("registry", "/accounts/hr-sync/rotate", post="security")
    await seeded.settle()

    assert rotated.told == ["ServiceAccountRegistered"]
    assert (await put_li(seeded, old)).status == 401
    assert (await put_li(seeded, rotated.body["authorization"])).status == 200


async def test_an_account_that_has_ended_opens_nothing(seeded: World) -> None:
    key = await known(seeded)

    ended = await seeded.tell("registry", "/accounts/hr-sync/end", post="security")
    await seeded.settle()

    assert ended.told == ["ServiceAccountRegistered"]
    answer = await put_li(seeded, key)
    assert (answer.status, answer.says) == (
        401,
        "请先登录：请求没有附带有效的身份令牌（服务账户已停用）。",
    )
    again = await seeded.tell("registry", "/accounts/hr-sync/end", post="security")
    assert (again.status, again.code) == (409, "account-ended")
    rotated = await seeded.tell("registry", "/accounts/hr-sync/rotate", post="security")
    assert rotated.code == "account-ended"
    assert (await register(seeded)).code == "account-taken"


async def test_an_account_ends_on_its_last_day(seeded: World) -> None:
    key = await known(seeded, until="2024-01-16")
    seeded.days_pass(1)
    last_day = await put_li(seeded, key)
    seeded.days_pass(1)

    assert last_day.status == 200
    assert (await put_li(seeded, key)).status == 401


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"acts": ["read", "tea.make"]}, "unknown-act"),
        ({"acts": ["assignment.sign"]}, "act-not-of-post"),
        ({"post": "security"}, "not-for-accounts"),
        ({"until": "2024-01-14"}, "backwards-dates"),
        ({"acts": []}, "malformed"),
        ({"account": "hr.sync"}, "malformed"),
        ({"account": ""}, "malformed"),
        ({"post": "emperor"}, "malformed"),
        ({"key": "123456"}, "malformed"),
    ],
    ids=str,
)
async def test_an_account_that_makes_no_sense_is_refused(
    seeded: World, changes: dict[str, Any], code: str
) -> None:
    answer = await register(seeded, **changes)

    assert (answer.status, answer.code) == (422, code)


@pytest.mark.parametrize("path", ["/accounts/nobody/rotate", "/accounts/nobody/end"])
async def test_an_account_that_is_not_there(seeded: World, path: str) -> None:
    answer = await seeded.tell("registry", path, post="security")

    assert (answer.status, answer.code) == (404, "no-such-account")


async def test_two_who_register_one_name_at_once_register_one(seeded: World) -> None:
    answers = await asyncio.gather(register(seeded), register(seeded))

    assert sorted(one.status for one in answers) == [201, 409]


async def test_accounts_are_listed_page_by_page(seeded: World) -> None:
    for name in ("a", "b"):
        await register(seeded, account=name)

    first = await seeded.ask("registry", "/accounts", post="auditor", limit=1)
    second = await seeded.ask("registry", "/accounts", post="auditor", after=first.body["next"])

    names = [one["account"] for one in (*first.body["accounts"], *second.body["accounts"])]
    assert names == ["a", "b"]
    assert second.body["next"] is None


@pytest.mark.parametrize("post", ["operator", "auditor", "office", "head"])
async def test_only_the_security_administrator_gives_keys(seeded: World, post: str) -> None:
    answer = await seeded.tell("registry", "/accounts", HR, post=post)

    assert (answer.status, answer.code) == (403, "post-may-not")
