"""More time: asked for before the date, granted or refused, and never without end."""

from datetime import date

import pytest

from tests.story.answering import reply
from tests.story.assigning import ask_extension, assignment, decide_extension
from tests.story.office import (
    LONGHUA,
    MINZHI,
    TRANSPORT,
    Refused,
    filed,
    hand_down,
    hand_over,
    row,
    sign,
)
from tests.story.seeing import case_page, handling
from tests.world import World


async def led_by_longhua(world: World) -> str:
    """Longhua leads with transport, and both have signed; the reply is due on 22 April."""
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    return case


async def days(world: World, case: str) -> dict[str, str]:
    return {
        task_id: task["answer"]["on"]
        for task_id, task in (await handling(world, case)).items()
        if task["answer"]
    }


async def test_granted_the_date_moves_and_the_proposer_reads_why(world: World) -> None:
    case = await led_by_longhua(world)
    world.today = date(2024, 4, 22)
    await ask_extension(world, case, LONGHUA, "2024-05-20")

    granted = await decide_extension(world, case, LONGHUA, granted=True)

    assert granted.told == ["ExtensionGranted"]
    assert await days(world, case) == {"D07.1": "2024-05-20", "C028.1": "2024-02-22"}
    shown = await case_page(world, case)
    assert "龙华区人民政府申请延期至2024-05-20" in shown
    assert "准予延期：龙华区人民政府办理期限由2024-04-22改为2024-05-20" in shown
    answer = (await handling(world, case))["D07.1"]["answer"]
    assert "2024-04-22经批准延期，由2024-04-22改为2024-05-20" in [
        step["says"] for step in answer["steps"]
    ]
    await reply(world, case, LONGHUA, without_opinions_because="逾期未提")
    assert (await assignment(world, case))["answers"]["answered_on"] == "2024-04-22"


async def test_refused_the_date_stays(world: World) -> None:
    case = await led_by_longhua(world)
    await ask_extension(world, case, LONGHUA, "2024-05-20")

    await decide_extension(world, case, LONGHUA, granted=False)

    assert (await days(world, case))["D07.1"] == "2024-04-22"
    assert "不同意龙华区人民政府延期，期限不变" in await case_page(world, case)


async def test_the_day_after_the_date_is_too_late_to_ask(world: World) -> None:
    case = await led_by_longhua(world)

    world.today = date(2024, 4, 23)

    with pytest.raises(Refused, match="409 too-late-to-extend 办理期限已于2024-04-22届满"):
        await ask_extension(world, case, LONGHUA, "2024-05-20")


async def test_nobody_gets_more_time_for_ever(world: World) -> None:
    case = await led_by_longhua(world)
    with pytest.raises(Refused, match="409 extended-too-long 连同延期最长办到2024-07-22"):
        await ask_extension(world, case, LONGHUA, "2024-07-23")

    await ask_extension(world, case, LONGHUA, "2024-06-20")
    await decide_extension(world, case, LONGHUA, granted=True)

    with pytest.raises(Refused, match="409 extended-too-often 这项任务已延期1次"):
        await ask_extension(world, case, LONGHUA, "2024-07-22")


async def test_co_handlers_and_work_below_move_only_if_the_office_says_so(world: World) -> None:
    case = await led_by_longhua(world)
    await hand_down(world, case, LONGHUA, below=[MINZHI])
    before = await days(world, case)
    await ask_extension(world, case, LONGHUA, "2024-05-20")

    await decide_extension(
        world, case, LONGHUA, granted=True, co_handlers_until="2024-03-20", with_work=True
    )

    after = await days(world, case)
    assert (before["C028.1"], after["C028.1"]) == ("2024-02-22", "2024-03-20")
    assert before["T055.1"] < after["T055.1"] < after["D07.1"] == "2024-05-20"
