"""Advised: units are offered with reasons, people choose, and it is counted how they chose."""

from tests.story.answering import reply
from tests.story.office import (
    EDUCATION,
    HOUSING,
    LONGHUA,
    MARKET,
    OFFICE,
    TRANSPORT,
    filed,
    hand_over,
    row,
    sign,
)
from tests.story.registering import give_duties
from tests.story.seeing import case_page
from tests.world import World

DUTIES = {
    HOUSING: "老旧小区改造、既有住宅加装电梯、物业管理",
    TRANSPORT: "公共交通、社区巴士、道路运输和停车管理",
    EDUCATION: "中小学和幼儿园的布局、学位供给与师资队伍建设",
    MARKET: "电梯等特种设备安全监察、食品安全",
}


async def units_have_duties(world: World) -> None:
    for code, says in DUTIES.items():
        await give_duties(world, code, says)


async def advised(world: World, case: str) -> dict[str, list[str]]:
    """The units that are offered for a proposal, in their order, with the reasons."""
    answer = await world.ask("assignment", f"/proposals/{case}/advice", post="office", unit=OFFICE)
    assert answer.status == 200
    return {one["unit"]: one["reasons"] for one in answer.body["units"]}


async def test_advice_is_taken_or_not_and_the_rate_is_reported(world: World) -> None:
    await units_have_duties(world)
    lifts = await filed(world, "关于既有住宅加装电梯的建议")
    buses = await filed(world, "关于龙华区增开社区巴士的建议")
    for_lifts, for_buses = await advised(world, lifts), await advised(world, buses)
    assert next(iter(for_lifts)) == HOUSING
    assert for_lifts[HOUSING][0] == f"匹配职责：{DUTIES[HOUSING]}"
    assert list(for_buses)[:2] == [LONGHUA, TRANSPORT]
    assert "标题写明属地：龙华区" in for_buses[LONGHUA]

    await hand_over(
        world,
        {**row(lifts, lead=HOUSING), "advised": list(for_lifts)},
        {**row(buses, lead=EDUCATION), "advised": list(for_buses)},
    )

    report = await world.ask("assignment", "/advice/report", post="office", unit=OFFICE)
    [year] = report.body["years"]
    assert (year["advised"], year["first"]) == (2, 1)
    assert "采纳分办建议的第1位：市住房和建设局" in await case_page(world, lifts)


async def test_nothing_is_handed_over_by_advice_alone(world: World) -> None:
    await units_have_duties(world)
    case = await filed(world, "关于既有住宅加装电梯的建议")

    await advised(world, case)

    assert await world.told_by("assignment", case) == []


async def test_the_like_of_earlier_years_speaks_for_who_handled_it(world: World) -> None:
    before = await filed(world, "关于破解停车难的建议")
    await hand_over(world, row(before, lead=TRANSPORT))
    await sign(world, before, TRANSPORT)
    await reply(world, before, TRANSPORT)

    now = await filed(world, "关于缓解停车难的提案")

    assert any(
        reason.startswith("往年类似1件由其承办，如第20240001号《关于破解停车难的建议》")
        for reason in (await advised(world, now))[TRANSPORT]
    )


async def test_a_unit_is_offered_what_might_be_its_own(world: World) -> None:
    await units_have_duties(world)
    case = await filed(world, "关于既有住宅加装电梯的建议")

    offered = await world.ask("assignment", "/might-be-yours", post="officer", unit=HOUSING)

    [found] = offered.body["proposals"]
    assert (found["proposal_id"], found["why"]) == (case, "等待交办，职责与本单位相近")
    await hand_over(world, row(case, lead=HOUSING))
    nothing = await world.ask("assignment", "/might-be-yours", post="officer", unit=HOUSING)
    assert nothing.body["proposals"] == []
