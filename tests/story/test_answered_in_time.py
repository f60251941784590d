"""Answered in time: a lead with two co-handlers, and a proposer who is satisfied."""

from datetime import date

from tests.story.answering import opine, rate, reply
from tests.story.office import EDUCATION, HEALTH, LONGHUA, TRANSPORT, filed, hand_over, row, sign
from tests.story.seeing import case_page, clocks, figures, page, said, standing
from tests.world import World


async def test_a_lead_with_two_co_handlers_answers_in_time(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    assert await standing(world, case) == "待交办"

    await hand_over(
        world,
        row(case, lead=LONGHUA, co_handlers=[TRANSPORT, EDUCATION], reference=[HEALTH]),
        meeting="市政协提案交办会",
    )
    await sign(world, case, LONGHUA, TRANSPORT, EDUCATION)
    assert await standing(world, case) == "办理中"
    assert "会办待报1" in await page(world, f"/units/{TRANSPORT}")

    world.today = date(2024, 2, 22)
    for unit in (TRANSPORT, EDUCATION):
        await opine(world, case, unit)

    world.today = date(2024, 4, 22)
    issued = await reply(world, case, LONGHUA)
    assert issued.told == ["ReplyIssued"]
    assert issued.body["events"][0]["data"]["document_number"] == "龙华区函〔2024〕1号"
    assert await standing(world, case) == "已答复"

    world.days_pass(5)
    await rate(world, case, "D07.r1")
    assert await standing(world, case) == "已评价"

    standing_clocks = await clocks(world, case)
    assert standing_clocks.pop("D07.r1/publish") == "green"
    assert set(standing_clocks.values()) == {"stopped"}
    assert [reply["days_late"] for reply in (await said(world, case))["replies"]] == [0]
    counted = await figures(world, LONGHUA)
    assert (counted["received"], counted["answered_on_time"], counted["by_class"]) == (
        1,
        1,
        {"A": 1},
    )
    assert (await figures(world, TRANSPORT))["answered_on_time"] == 1
    assert (await figures(world, HEALTH))["received"] == 0
    shown = await case_page(world, case)
    assert "交办：龙华区人民政府主办；市交通运输局、市教育局会办；市卫生健康委员会参阅" in shown
    assert "王志毅评价：办理过程满意，办理结果满意" in shown
