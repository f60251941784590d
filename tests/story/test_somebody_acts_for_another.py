"""Somebody acts for another (代办): in that person's post, for some days, named beside them."""

from typing import Any

import pytest

from tests.story.office import LONGHUA, waiting_for_a_signature
from tests.story.registering import end_post, lend
from tests.story.seeing import told
from tests.world import Answer, World

OFFICER, DEPUTY = "officer.D07", "deputy.D07"


async def sign_for_the_officer(world: World, case: str, *, person: str = DEPUTY) -> Answer:
    """Somebody signs in the officer's post, and says for whom."""
    token = world.token(post="officer", unit=LONGHUA, person=person, on_behalf_of=OFFICER)
    answer = await world.tell(
        "assignment",
        f"/proposals/{case}/tasks/D07.1/sign",
        post="officer",
        headers={"Authorization": f"Bearer {token}"},
    )
    await world.settle()
    return answer


@pytest.fixture
async def case(world: World) -> str:
    """A proposal that Longhua has to sign for."""
    return await waiting_for_a_signature(world)


async def lent(world: World, *, days: int = 3) -> str:
    return await lend(world, post="officer", unit=LONGHUA, deputy=DEPUTY, days=days)


async def test_the_deputy_signs_and_both_are_named(world: World, case: str) -> None:
    await lent(world)

    answer = await sign_for_the_officer(world, case)

    assert answer.told == ["AssignmentSigned"]
    [signed] = await told(world, "assignment", case, "AssignmentSigned")
    by: dict[str, Any] = signed["by"]
    assert (by["person"], by["on_behalf_of"], by["post"]) == (DEPUTY, OFFICER, "officer")


async def test_without_a_delegation_nobody_acts_for_another(world: World, case: str) -> None:
    answer = await sign_for_the_officer(world, case)

    assert (answer.status, answer.code) == (403, "not-delegated")
    assert answer.says == "deputy.D07在2024-01-22没有得到代办这一职务的授权。"


async def test_it_is_not_for_anybody_else(world: World, case: str) -> None:
    await lent(world)

    answer = await sign_for_the_officer(world, case, person="head.D07")

    assert (answer.status, answer.code) == (403, "not-delegated")


@pytest.mark.parametrize(("days", "status"), [(2, 200), (3, 403)])
async def test_it_lasts_to_the_end_of_its_last_day(
    world: World, case: str, days: int, status: int
) -> None:
    await lent(world, days=3)
    world.days_pass(days)

    answer = await sign_for_the_officer(world, case)

    assert answer.status == status


async def test_who_is_back_earlier_ends_it(world: World, case: str) -> None:
    delegation = await lent(world)
    world.days_pass(1)

    await world.tell("registry", f"/delegations/{delegation}/end", post="officer", unit=LONGHUA)
    await world.settle()

    assert (await sign_for_the_officer(world, case)).code == "not-delegated"


async def test_it_is_worth_no_more_than_the_post_itself(world: World, case: str) -> None:
    await lent(world)
    await end_post(world, OFFICER, post="officer", unit=LONGHUA)
    world.days_pass(1)

    answer = await sign_for_the_officer(world, case)

    assert (answer.status, answer.code) == (403, "no-longer-in-post")


async def test_what_was_lent_is_not_lent_on(world: World) -> None:
    await lent(world)
    token = world.token(post="officer", unit=LONGHUA, person=DEPUTY, on_behalf_of=OFFICER)
    body = {
        "deputy": "head.D07",
        "post": "officer",
        "unit": LONGHUA,
        "since": "2024-01-22",
        "until": "2024-01-23",
        "why": "出差",
    }

    answer = await world.tell(
        "registry",
        "/delegations",
        body,
        post="officer",
        headers={"Authorization": f"Bearer {token}"},
    )

    assert (answer.status, answer.code) == (403, "only-own-post")
