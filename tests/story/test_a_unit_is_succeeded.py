"""A unit is no more: its open work goes to the one that took over, its history keeps its name."""

from datetime import date

from tests.story.answering import reply
from tests.story.assigning import assignment, by_office, sweep_tasks
from tests.story.office import (
    CITY,
    EDUCATION,
    LONGHUA,
    OFFICE,
    TRANSPORT,
    filed,
    hand_over,
    row,
    sign,
)
from tests.story.registering import end_unit, register_unit
from tests.story.seeing import case_page, handling, standing
from tests.world import World

NEW = "C900"
ON = date(2024, 3, 1)


async def succeed(world: World, *besides: str) -> None:
    """The city founds a new transport authority in place of the old one."""
    name = "市综合交通运输委员会"
    await register_unit(world, NEW, name, short_name="市综合交通委", level="city", parent=CITY)
    branch = f"{name}龙华管理局"
    await register_unit(world, "S032", branch, short_name=branch, level="section", parent=NEW)
    how = "split" if besides else "merged"
    await end_unit(world, "市交通运输局", NEW, *besides, how=how)


async def test_the_successor_goes_on_where_the_old_unit_stood(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=TRANSPORT))
    await sign(world, case, TRANSPORT)
    world.today = ON
    await succeed(world)
    assert (await sweep_tasks(world))["handed_on"] == 1

    tasks = await handling(world, case)
    old, new = tasks["C028.1"], tasks[f"{NEW}.2"]
    assert (old["state"], old["named_then"]) == ("ended", "市交通运输局")
    assert (new["state"], new["answer"]["on"], new["instead_of"]) == (
        "signed",
        "2024-04-22",
        "C028.1",
    )
    assert "机构调整：市交通运输局的职责由市综合交通运输委员会承接" in await case_page(world, case)
    await reply(world, case, NEW, generation=2)
    assert await standing(world, case) == "已答复"
    assert (await assignment(world, case))["answers"]["answered_on"] == "2024-03-01"


async def test_where_several_took_over_the_office_says_whose_it_is(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=TRANSPORT, co_handlers=[LONGHUA]))
    world.today = ON
    await succeed(world, EDUCATION)

    swept = await sweep_tasks(world)
    assert (swept["handed_on"], swept["heirs_wanted"]) == (0, 1)
    assert "市交通运输局已撤销，其任务待交办机关明确承接单位" in await case_page(world, case)
    waiting = await world.ask("assignment", "/tasks/without-heir", post="office", unit=OFFICE)
    assert [one["task_id"] for one in waiting.body["tasks"]] == ["C028.1"]
    await by_office(
        world, case, TRANSPORT, "reassign", unit="市综合交通委", why="机构拆分", clock="keep"
    )

    assert (await handling(world, case))[f"{NEW}.2"]["answer"]["on"] == "2024-04-22"
