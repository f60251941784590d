"""The calendar changes: a typhoon stops the city, or next year's notice comes out."""

from datetime import date

from tests.simulation.books import disagreements
from tests.story.answering import reply
from tests.story.assigning import by_office, sweep_tasks
from tests.story.office import LONGHUA, MINZHI, filed, hand_down, hand_over, row, sign
from tests.story.registering import announce_year, except_days
from tests.story.seeing import case_page, handling, said, told
from tests.world import World


async def test_a_typhoon_on_the_last_day_moves_it_and_the_story_says_so(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    await hand_down(world, case, LONGHUA, below=[MINZHI])

    await except_days(world, ("2024-04-22", False), why="台风停工")
    swept = await sweep_tasks(world)
    again = await sweep_tasks(world)

    assert (swept["looked_at"], again["looked_at"]) == (1, 0)
    answer = (await handling(world, case))["D07.1"]["answer"]
    assert (answer["on"], answer["calendar"]) == ("2024-04-23", "CN-2024@2")
    [moved] = await told(world, "assignment", case, "DueDatesMoved")
    assert [(one["task_id"], one["before"], one["due"]["on"]) for one in moved["moved"]] == [
        ("D07.1", "2024-04-22", "2024-04-23")
    ]
    assert "日历更新，期限调整：龙华区人民政府办理期限由2024-04-22改为2024-04-23" in (
        await case_page(world, case)
    )


async def test_dates_that_rested_on_a_guess_become_certain(world: World) -> None:
    world.today = date(2026, 10, 26)
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=LONGHUA))
    assert (await handling(world, case))["D07.1"]["answer"]["provisional"]

    await announce_year(
        world,
        2027,
        "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n二、示例：1月26日放假，共1天。",
    )
    await sweep_tasks(world)

    answer = (await handling(world, case))["D07.1"]["answer"]
    assert (answer["on"], answer["provisional"]) == ("2027-01-27", False)


async def test_a_clock_that_stood_still_keeps_the_days_that_it_had_left(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    world.today = date(2024, 4, 15)
    await by_office(world, case, LONGHUA, "pause", why="等待批复")
    world.today = date(2024, 6, 17)
    await by_office(world, case, LONGHUA, "resume", why="批复已到")
    assert (await handling(world, case))["D07.1"]["answer"]["on"] == "2024-06-24"

    await except_days(world, ("2024-06-20", False), why="台风停工")
    await sweep_tasks(world)

    assert (await handling(world, case))["D07.1"]["answer"]["on"] == "2024-06-25"


async def test_what_is_waited_for_after_the_reply_moves_too(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    await reply(world, case, LONGHUA)
    before = (await said(world, case))["replies"][0]["rate_by"]

    await except_days(world, ("2024-01-24", False), why="台风停工")

    [moved] = await told(world, "reply", case, "DatesMoved")
    after = {one["clock"]: (one["before"], one["due"]["on"]) for one in moved["moved"]}
    assert after["rate"][0] == before < after["rate"][1]
    assert (await said(world, case))["replies"][0]["rate_by"] == after["rate"][1]
    watched = await world.ask("escalation", f"/proposals/{case}")
    due_on = {one["clock_id"]: one["due_on"] for one in watched.body["clocks"]}
    assert due_on["D07.r1/rate"] == after["rate"][1]
    assert due_on["D07.r1/publish"] == after["publish"][1]
    assert f"评价期限由{before}改为{after['rate'][1]}" in await case_page(world, case)
    assert await disagreements(world) == {}
