"""A silent district: the city hears of it, a leader names a new lead, and old alarms are dead."""

from datetime import date

import pytest

from tests.story.answering import draft, opine, reply, talk
from tests.story.office import (
    EDUCATION,
    FUTIAN,
    LONGHUA,
    LONGHUA_EDUCATION,
    MINZHI,
    Refused,
    filed,
    hand_down,
    hand_over,
    row,
    sign,
)
from tests.story.seeing import case_page, clocks, handling, matters, page, standing, told
from tests.story.watching import decide_matter, mornings_until
from tests.world import World

FLAGGED_ON, DECIDED_ON = date(2024, 2, 23), date(2024, 2, 26)


async def left_alone_by_futian(world: World) -> str:
    """Longhua leads and has handed work down; Futian has signed, and is silent past its date."""
    case = await filed(world, "跨区学位共享")
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[FUTIAN, EDUCATION]))
    await sign(world, case, LONGHUA, FUTIAN, EDUCATION)
    await opine(world, case, EDUCATION)
    await hand_down(world, case, LONGHUA, below=[LONGHUA_EDUCATION, MINZHI])
    await sign(world, case, LONGHUA_EDUCATION)
    await mornings_until(world, FLAGGED_ON)
    return case


async def test_another_district_silent_past_its_date_is_flagged(world: World) -> None:
    case = await left_alone_by_futian(world)

    [matter] = await matters(world, case)

    assert (matter["rule"], matter["flagged_on"]) == ("silent-district", FLAGGED_ON.isoformat())
    assert matter["parties"] == [LONGHUA, FUTIAN]
    assert "福田区的会办意见应于2024-02-22前提出，已逾期1个工作日" in matter["evidence"]
    assert "外区会办单位逾期未反馈" in await case_page(world, case)


async def test_a_new_lead_has_a_new_clock_and_the_old_tasks_are_ended(world: World) -> None:
    case = await left_alone_by_futian(world)
    world.today = DECIDED_ON
    await decide_matter(world, case, lead="市教育局")

    tasks = await handling(world, case)
    assert {task_id: task["state"] for task_id, task in tasks.items()} == {
        "D07.1": "ended",
        "D01.1": "signed",
        "C020.1": "ended",
        "S003.1": "ended",
        "T055.1": "ended",
        "C020.2": "unsigned",
    }
    assert tasks["C020.2"]["answer"]["on"] == "2024-05-27"
    standing_clocks = await clocks(world, case)
    assert {clock_id for clock_id, light in standing_clocks.items() if light == "dead"} == {
        "D07.1/contact",
        "D07.1/reply",
        "S003.1/reply",
        "T055.1/sign",
        "T055.1/reply",
    }
    assert standing_clocks["C020.2/reply"] == "green"
    assert standing_clocks["D01.1/opinion"] == "red"
    assert "没有需要本单位办理的事项" in await page(world, f"/units/{MINZHI}")


async def test_a_dead_clock_raises_no_alarm(world: World) -> None:
    case = await left_alone_by_futian(world)
    world.today = DECIDED_ON
    await decide_matter(world, case, lead=EDUCATION)
    await sign(world, case, EDUCATION, generation=2)
    await opine(world, case, FUTIAN)
    await talk(world, case, EDUCATION, generation=2)
    told_before = len(await told(world, "escalation", case, "DeadlineMissed"))

    await mornings_until(world, date(2024, 5, 28))

    missed = (await told(world, "escalation", case, "DeadlineMissed"))[told_before:]
    assert [(one["clock_id"], one["on"]) for one in missed] == [("C020.2/reply", "2024-05-28")]
    reminded = await told(world, "escalation", case, "ReminderSent")
    assert "D07.1/reply" not in {one["clock_id"] for one in reminded}
    assert len(await matters(world, case)) == 1


async def test_the_old_lead_takes_no_further_act_and_the_new_one_answers(world: World) -> None:
    case = await left_alone_by_futian(world)
    await talk(world, case, LONGHUA)
    await draft(world, case, LONGHUA)
    world.today = DECIDED_ON
    await decide_matter(world, case, lead=EDUCATION)

    with pytest.raises(Refused, match="409 task-ended 这项任务已经改派"):
        await talk(world, case, LONGHUA)
    with pytest.raises(Refused, match="409 not-signed-yet"):
        await talk(world, case, EDUCATION, generation=2)
    await sign(world, case, EDUCATION, generation=2)
    await opine(world, case, FUTIAN)
    await reply(world, case, EDUCATION, generation=2)

    assert await standing(world, case) == "已答复"
    assert "市教育局函〔2024〕1号" in await case_page(world, case)
