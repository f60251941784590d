"""Handled alone: a lead without co-handlers waits for nobody's opinion."""

from tests.story.answering import rate, reply
from tests.story.office import MARKET, filed, hand_over, row, sign
from tests.story.seeing import case_page, clocks, standing
from tests.world import World


async def test_a_unit_that_handles_alone_answers_as_soon_as_it_likes(world: World) -> None:
    case = await filed(world, "规范夜市摊位")
    await hand_over(world, row(case, lead=MARKET))
    await sign(world, case, MARKET)

    await reply(world, case, MARKET)
    await rate(world, case, "C032.r1")

    assert await standing(world, case) == "已评价"
    assert await clocks(world, case) == {
        "C032.1/sign": "stopped",
        "C032.1/contact": "stopped",
        "C032.1/reply": "stopped",
        "C032.r1/rate": "stopped",
        "C032.r1/publish": "green",
    }
    assert "会办无此环节" in await case_page(world, case)
