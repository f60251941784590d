"""Another system calls with a key of its own, for the acts and in the post it was given."""

import pytest

from tests.story.office import CITY, LONGHUA, act, filed, hand_over, row
from tests.story.seeing import standing, told
from tests.world import Answer, World

OA = {
    "account": "longhua-oa",
    "name": "龙华区办公系统",
    "post": "officer",
    "unit": "龙华区",
    "acts": ["read", "assignment.sign"],
    "until": "2024-12-31",
}


@pytest.fixture
async def key(world: World) -> str:
    """The key of Longhua's office system, which signs for what comes in."""
    answer = await act(world, "registry", "/accounts", OA, post="security", unit=CITY)
    return str(answer.body["authorization"])


@pytest.fixture
async def case(world: World) -> str:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=["福田区"]))
    return case


async def call(world: World, key: str, path: str, body: object = None) -> Answer:
    answer = await world.tell("assignment", path, body, post="x", headers={"Authorization": key})
    await world.settle()
    return answer


async def test_it_signs_for_its_unit_and_is_named(world: World, key: str, case: str) -> None:
    answer = await call(world, key, f"/proposals/{case}/tasks/D07.1/sign")

    assert answer.told == ["AssignmentSigned"]
    assert await standing(world, case) == "办理中"
    [signed] = await told(world, "assignment", case, "AssignmentSigned")
    assert (signed["by"]["person"], signed["by"]["name"]) == (
        "service:longhua-oa",
        "龙华区办公系统",
    )


async def test_it_signs_for_no_other_unit(world: World, key: str, case: str) -> None:
    answer = await call(world, key, f"/proposals/{case}/tasks/D01.1/sign")

    assert answer.status in (403, 404)


async def test_it_does_nothing_else(world: World, key: str, case: str) -> None:
    body = {"reason_code": "not-our-duty", "reason": "x", "proposed_unit": "C028"}

    answer = await call(world, key, f"/proposals/{case}/tasks/D07.1/return", body)

    assert (answer.status, answer.code) == (403, "not-for-this-account")


@pytest.mark.parametrize("verb", ["rotate", "end"])
async def test_a_key_that_was_changed_or_ended_opens_nothing(
    world: World, key: str, case: str, verb: str
) -> None:
    await act(world, "registry", f"/accounts/longhua-oa/{verb}", post="security", unit=CITY)

    answer = await call(world, key, f"/proposals/{case}/tasks/D07.1/sign")

    assert (answer.status, answer.code) == (401, "not-signed-in")
