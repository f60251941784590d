"""A clock stands still while one waits for others, and goes on with what it had left."""

from datetime import date

import pytest

from tests.story.answering import reply
from tests.story.assigning import assignment, by_office
from tests.story.office import LONGHUA, Refused, filed, hand_over, row, sign
from tests.story.seeing import case_page, handling
from tests.world import World


async def test_paused_with_a_reason_it_goes_on_later(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)

    world.today = date(2024, 4, 15)  # five working days before the date
    await by_office(world, case, LONGHUA, "pause", why="等待上级线网规划批复")
    world.today = date(2024, 6, 3)
    await by_office(world, case, LONGHUA, "resume", why="批复已到")

    answer = (await handling(world, case))["D07.1"]["answer"]
    assert answer["on"] == "2024-06-11"  # over the Dragon Boat Festival
    assert "自2024-04-15起停止计时，余5个工作日" in [step["says"] for step in answer["steps"]]
    [pause] = (await assignment(world, case))["pauses"]
    assert (pause["paused_on"], pause["resumed_on"]) == ("2024-04-15", "2024-06-03")
    shown = await case_page(world, case)
    assert "龙华区人民政府的办理时限中止计算" in shown
    assert "龙华区人民政府的办理时限恢复计算，至2024-06-11" in shown
    await reply(world, case, LONGHUA)


async def test_who_is_late_cannot_stop_the_clock_any_more(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    world.today = date(2024, 4, 23)

    with pytest.raises(Refused, match="409 too-late-to-pause 办理期限已于2024-04-22届满"):
        await by_office(world, case, LONGHUA, "pause", why="等待批复")
