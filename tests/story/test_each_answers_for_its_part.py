"""Each answers for its part: a split proposal is answered when every unit has answered."""

from tests.story.answering import rate, reply
from tests.story.office import (
    EDUCATION,
    LI,
    MARKET,
    TRANSPORT,
    WANG,
    filed,
    hand_over,
    merge,
    row,
    sign,
)
from tests.story.seeing import clocks, figures, said, standing
from tests.world import World

UNITS = [TRANSPORT, EDUCATION, MARKET]


async def test_a_split_proposal_is_answered_when_the_last_unit_has_answered(world: World) -> None:
    case = await filed(world, "校门口的交通与食品安全")
    await hand_over(world, row(case, split=UNITS))
    await sign(world, case, *UNITS)

    await reply(world, case, TRANSPORT, result_class="A")
    await rate(world, case, "C028.r1")
    await reply(world, case, EDUCATION, result_class="D", reason="学校正在调研")
    assert await standing(world, case) == "办理中"
    assert (await clocks(world, case))["C032.1/reply"] == "green"

    await reply(world, case, MARKET, result_class="A")
    assert await standing(world, case) == "已答复"
    for reply_id in ("C020.r1", "C032.r1"):
        await rate(world, case, reply_id)

    assert await standing(world, case) == "已评价"
    replies = {one["unit"]: one["result_class"] for one in (await said(world, case))["replies"]}
    assert replies == {TRANSPORT: "A", EDUCATION: "D", MARKET: "A"}
    for unit in UNITS:
        assert (await figures(world, unit))["answering"] == 1


async def test_a_member_of_a_split_group_waits_for_every_unit_too(world: World) -> None:
    main = await filed(world, "校门口的交通", WANG)
    other = await filed(world, "上下学时段的交通", LI)
    await merge(world, main, other)
    await hand_over(world, row(main, split=[TRANSPORT, EDUCATION]))
    await sign(world, main, TRANSPORT, EDUCATION)

    await reply(world, main, TRANSPORT)
    assert (await standing(world, main), await standing(world, other)) == ("办理中", "办理中")

    await reply(world, main, EDUCATION)
    assert (await standing(world, main), await standing(world, other)) == ("已答复", "已答复")
