"""A late opinion: a co-handler is reminded, answers after its date, and is counted as late."""

from datetime import date

import pytest

from tests.story.answering import opine, reply, talk
from tests.story.office import LONGHUA, TRANSPORT, Refused, filed, hand_over, row, sign
from tests.story.seeing import case_page, clocks, figures, matters, said, standing, told
from tests.story.watching import mornings_until
from tests.world import World


async def test_a_late_opinion_is_reminded_of_then_given_then_counted(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await talk(world, case, LONGHUA)

    await mornings_until(world, date(2024, 2, 27))
    reminders = await told(world, "escalation", case, "ReminderSent")
    assert [(one["on"], one["to"], one["clock_id"]) for one in reminders] == [
        ("2024-02-18", "经办人", "C028.1/opinion"),
        ("2024-02-22", "单位联络员", "C028.1/opinion"),
        ("2024-02-27", "单位负责人", "C028.1/opinion"),
    ]
    assert await matters(world, case) == []

    world.days_pass(2)
    given = await opine(world, case, TRANSPORT)
    assert given.body["events"][0]["data"]["days_late"] == 5
    assert (await clocks(world, case))["C028.1/opinion"] == "stopped"

    await reply(world, case, LONGHUA)
    assert await standing(world, case) == "已答复"
    [answer] = (await said(world, case))["replies"]
    assert answer["without_opinions"] == []
    counted = await figures(world, TRANSPORT)
    assert (counted["answered"], counted["answered_on_time"]) == (1, 0)
    assert "市交通运输局向龙华区人民政府反馈会办意见（逾期5个工作日）" in await case_page(
        world, case
    )
    assert await told(world, "escalation", case, "ReminderSent") == reminders


async def test_an_opinion_is_given_once(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await opine(world, case, TRANSPORT)

    with pytest.raises(Refused, match="409 already-gave-opinion 本单位已经提出会办意见"):
        await opine(world, case, TRANSPORT)
