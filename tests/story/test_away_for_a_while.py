"""Away for a while: a service that was down hears the story afterwards, and all agree again."""

from datetime import date

import pytest

from tests.story.answering import opine, rate, reply, talk
from tests.story.office import FUTIAN, LONGHUA, TRANSPORT, Refused, filed, hand_over, row, sign
from tests.story.seeing import case_page, clocks, handling, standing, told
from tests.story.watching import decide_matter, mornings_until, sweep
from tests.world import World


async def test_the_portal_was_away_and_then_shows_everything(world: World) -> None:
    case = await filed(world)
    async with world.away("portal"):
        await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
        await sign(world, case, LONGHUA, TRANSPORT)
        await opine(world, case, TRANSPORT)
        await reply(world, case, LONGHUA)
        await rate(world, case, "D07.r1")

    assert await standing(world, case) == "已评价"
    assert "龙华区函〔2024〕1号" in await case_page(world, case)


async def test_escalation_was_away_and_then_finds_what_was_missed_meanwhile(world: World) -> None:
    case = await filed(world)
    async with world.away("escalation"):
        await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
        await sign(world, case, LONGHUA)
        world.today = date(2024, 1, 29)
        await sign(world, case, TRANSPORT)

    assert await clocks(world, case) == {
        "D07.1/sign": "stopped",
        "C028.1/sign": "stopped",
        "C028.1/opinion": "green",
        "D07.1/contact": "green",
        "D07.1/reply": "green",
    }
    missed = await told(world, "escalation", case, "DeadlineMissed")
    assert [one["clock_id"] for one in missed] == ["C028.1/sign"]
    assert await sweep(world) == {}


async def test_the_reply_room_was_away_and_the_unit_acts_as_soon_as_it_is_back(
    world: World,
) -> None:
    case = await filed(world)
    async with world.away("reply"):
        await hand_over(world, row(case, lead=LONGHUA))
        await sign(world, case, LONGHUA)

    await reply(world, case, LONGHUA)

    assert await standing(world, case) == "已答复"


async def test_assignment_was_away_and_follows_the_decision_when_it_hears_of_it(
    world: World,
) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[FUTIAN]))
    await sign(world, case, LONGHUA)
    world.today = date(2024, 2, 22)
    await mornings_until(world, date(2024, 2, 23))
    async with world.away("assignment"):
        await decide_matter(world, case, lead=TRANSPORT)
        await talk(world, case, LONGHUA)

    assert (await handling(world, case))["C028.2"]["answer"]["on"] == "2024-05-23"
    with pytest.raises(Refused, match="409 task-ended"):
        await talk(world, case, LONGHUA)


async def test_what_is_told_twice_takes_effect_once(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    await reply(world, case, LONGHUA, result_class="D", reason="留作参考")
    await rate(world, case, "D07.r1", result="dissatisfied")
    seen = await case_page(world, case), await clocks(world, case)

    await world.tell_again()

    assert (await case_page(world, case), await clocks(world, case)) == seen
