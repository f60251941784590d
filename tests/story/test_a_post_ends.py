"""A post ends: nobody acts in it any more, and what was done in it stays as it was."""

from typing import Any

import pytest

from tests.story.answering import reply
from tests.story.office import (
    LONGHUA,
    Refused,
    act,
    sign,
    waiting_for_a_signature,
)
from tests.story.registering import end_post
from tests.story.seeing import standing, told
from tests.world import World


async def test_the_last_day_is_a_whole_day(world: World) -> None:
    case = await waiting_for_a_signature(world)

    await end_post(world, "officer.D07", post="officer", unit=LONGHUA)
    await sign(world, case, LONGHUA)

    assert await standing(world, case) == "办理中"


async def test_on_the_day_after_nobody_acts_in_it(world: World) -> None:
    case = await waiting_for_a_signature(world)
    await end_post(world, "officer.D07", post="officer", unit=LONGHUA)
    world.days_pass(1)

    with pytest.raises(Refused, match="403 no-longer-in-post") as refused:
        await sign(world, case, LONGHUA)

    assert refused.value.answer.says == (
        "officer.D07在2024-01-23没有以“承办单位经办人”身份在该单位任职，不能以此身份办理。"
    )


async def test_somebody_new_goes_on_where_they_left_off(world: World) -> None:
    case = await waiting_for_a_signature(world)
    await sign(world, case, LONGHUA)
    await end_post(world, "head.D07", post="head", unit=LONGHUA)
    world.days_pass(1)
    new: dict[str, Any] = {
        "name": "罗主任",
        "posts": [{"post": "head", "unit": "D07", "since": world.today.isoformat()}],
    }
    answer = await world.tell("registry", "/people/luo", new, post="operator", method="PUT")
    assert answer.status == 200
    await world.settle()

    with pytest.raises(Refused, match="no-longer-in-post"):
        await reply(world, case, LONGHUA)
    body = {"draft": 1}
    path = f"/proposals/{case}/tasks/D07.1/approve"
    await act(world, "reply", path, body, post="head", unit=LONGHUA, person="luo")

    [approved] = await told(world, "reply", case, "ReplyApproved")
    assert approved["by"]["person"] == "luo"


async def test_what_was_done_in_it_stays_as_it_was(world: World) -> None:
    case = await waiting_for_a_signature(world)
    await sign(world, case, LONGHUA)

    await end_post(world, "officer.D07", post="officer", unit=LONGHUA)
    world.days_pass(30)

    [signed] = await told(world, "assignment", case, "AssignmentSigned")
    assert signed["by"]["person"] == "officer.D07"
    found = await world.ask("registry", "/people/officer.D07")
    assert found.body["posts"][0]["until"] == "2024-01-22"
