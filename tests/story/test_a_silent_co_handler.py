"""A silent co-handler: after its date the lead goes on without it, and says why."""

from datetime import date

import pytest

from tests.story.answering import opine, reply
from tests.story.office import (
    LONGHUA,
    NANSHAN,
    TRANSPORT,
    Refused,
    filed,
    hand_over,
    row,
    sign,
    upon_task,
)
from tests.story.seeing import case_page, clocks, said, standing, told
from tests.story.watching import decide_matter, flag, mornings_until
from tests.world import World

BECAUSE = "经三次催办仍未收到，先行答复"


async def test_a_lead_goes_on_without_a_silent_co_handler_after_its_date(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)

    world.today = date(2024, 2, 22)
    with pytest.raises(Refused, match=r"409 opinions-still-due .*最迟2024-02-22提出"):
        await reply(world, case, LONGHUA, without_opinions_because=BECAUSE)

    world.today = date(2024, 2, 23)
    with pytest.raises(Refused, match="409 opinions-missing 市交通运输局逾期未提会办意见"):
        await reply(world, case, LONGHUA)
    await reply(world, case, LONGHUA, without_opinions_because=BECAUSE)

    assert await standing(world, case) == "已答复"
    [answer] = (await said(world, case))["replies"]
    assert (answer["without_opinions"], answer["without_opinions_because"]) == (
        [TRANSPORT],
        BECAUSE,
    )
    assert f"未附会办意见市交通运输局：{BECAUSE}" in await case_page(world, case)


async def test_nobody_reminds_of_an_opinion_that_the_lead_did_without(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await mornings_until(world, date(2024, 2, 23))
    await reply(world, case, LONGHUA, without_opinions_because=BECAUSE)
    assert (await clocks(world, case))["C028.1/opinion"] == "stopped"
    before = await told(world, "escalation", case, "ReminderSent")

    world.today = date(2024, 2, 27)
    await mornings_until(world, date(2024, 3, 1))
    assert await told(world, "escalation", case, "ReminderSent") == before

    await opine(world, case, TRANSPORT)
    assert [one["days_late"] for one in (await said(world, case))["opinions"]] == [6]


async def test_given_after_all_and_taken_back_it_is_owed_to_the_next_lead(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await flag(world, case, LONGHUA, TRANSPORT)
    await mornings_until(world, date(2024, 2, 23))
    await reply(world, case, LONGHUA, without_opinions_because=BECAUSE)
    await opine(world, case, TRANSPORT)
    await decide_matter(world, case, lead=NANSHAN)

    body = {"why": "情况有变"}
    await upon_task(world, "reply", case, TRANSPORT, "opinion/withdraw", body, post="head")

    assert (await clocks(world, case))["C028.1/opinion"] == "red"
    await sign(world, case, NANSHAN, generation=2)
    with pytest.raises(Refused, match="409 opinions-missing 市交通运输局逾期未提会办意见"):
        await reply(world, case, NANSHAN, generation=2)
    await opine(world, case, TRANSPORT)
    assert (await clocks(world, case))["C028.1/opinion"] == "stopped"
    await reply(world, case, NANSHAN, generation=2)
    assert await standing(world, case) == "已答复"
