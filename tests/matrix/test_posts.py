"""Every way into every service, for every post: exactly those whom the policy names come in."""

from hashlib import sha256
from typing import Any

import pytest

from shared.contracts.event import Actor, PersonId, UnitCode
from shared.contracts.registry import Post, ServiceAccountRegistered
from shared.policy import RIGHTS, decide
from tests.matrix.ways import ALSO, AT_THE_SIGN_IN, WAYS, Way, ways_into
from tests.world import World

POSTS = sorted(Post)
SECRET = "secret"
FUTIAN = UnitCode("D01")


def ways(world: World, service: str) -> list[Way]:
    found = list(ways_into(world[service].app, service))
    assert {way.name for way in found} == WAYS[service].keys(), "a way without an act, or gone"
    return found


def test_the_ways_ask_for_every_act_of_the_policy() -> None:
    asked = {act for acts in (*WAYS.values(), *ALSO.values()) for act in acts.values()}

    assert asked | AT_THE_SIGN_IN == set(RIGHTS)


@pytest.mark.parametrize("service", sorted(WAYS))
async def test_only_the_posts_of_its_act_come_in(world: World, service: str) -> None:
    wrong = []
    for way in ways(world, service):
        for post in POSTS:
            answer = await world.call(
                way.method, service, way.to_nothing(), post=post, unit=FUTIAN, person=f"p-{post}"
            )
            caller = Actor(person=PersonId("p"), name="p", post=post, unit=FUTIAN)
            decided = decide(way.act, caller)
            refused = answer.status == 403 and answer.body.get("rule") == f"{way.act}/post"
            if refused is decided.allowed or answer.status >= 500:
                wrong.append((way.name, post, answer.status, answer.body))
            if refused:
                assert (answer.code, answer.says) == ("post-may-not", decided.says)

    assert wrong == []


@pytest.mark.parametrize("service", sorted(WAYS))
async def test_another_system_comes_in_where_its_account_and_its_post_let_it(
    world: World, service: str
) -> None:
    """An account has the rights of its post, as far as they were given to it."""
    posts = ("officer", "office", "committee", "operator", "auditor")
    await world.hears(service, *(_account(post, full=full) for post in posts for full in (0, 1)))
    wrong = []
    for way in ways(world, service):
        for post in posts:
            caller = Actor(person=PersonId("p"), name="p", post=post, unit=FUTIAN)
            within = await _by_key(world, way, f"{post}-full")
            without = await _by_key(world, way, f"{post}-none")
            refused = within.get("rule") == f"{way.act}/post"
            if refused is decide(way.act, caller).allowed:
                wrong.append((way.name, post, within))
            if without.get("code") != "not-for-this-account":
                wrong.append((way.name, post, without))

    assert wrong == []


async def test_an_ended_account_and_a_wrong_key_do_not_come_in(world: World) -> None:
    way = next(way for way in ways(world, "intake") if way.name == "GET /proposals")
    await world.hears("intake", _account("office", full=1))

    assert (await _by_key(world, way, "office-full"))["code"] == ""
    assert (await _by_key(world, way, "office-full", secret="other"))["code"] == "not-signed-in"
    assert (await _by_key(world, way, "nobody"))["code"] == "not-signed-in"

    ended = _account("office", full=1).model_copy(update={"until": world.today})
    await world.hears("intake", ended)
    world.days_pass(1)
    assert (await _by_key(world, way, "office-full"))["code"] == "not-signed-in"


def _account(post: str, *, full: int) -> ServiceAccountRegistered:
    return ServiceAccountRegistered(
        account=f"{post}-{'full' if full else 'none'}",
        name="市政务平台",
        post=Post(post),
        unit=FUTIAN,
        key_digest=sha256(SECRET.encode()).hexdigest(),
        acts=tuple(sorted(RIGHTS)) if full else (),
        until=None,
    )


async def _by_key(world: World, way: Way, account: str, *, secret: str = SECRET) -> dict[str, Any]:
    response = await world[way.service].client.request(
        way.method,
        way.to_nothing(),
        headers={
            "Authorization": f"Key {account}.{secret}",
            "Huiban-Today": world.today.isoformat(),
        },
    )
    assert response.status_code < 500, (way.name, response.text)
    found: dict[str, Any] = response.json() if response.status_code >= 400 else {"code": ""}
    return found
