"""A typhoon stops all work: one enters the day, another confirms it, and dates reckon with it."""

from datetime import date

from shared.calendar import Calendar
from shared.deadlines import due
from tests.story.office import LONGHUA, filed, hand_over, row
from tests.story.registering import announce_year, except_days
from tests.story.seeing import handling
from tests.world import World

MONDAY = date(2024, 9, 2)
FRIDAY = "2024-09-06"
NOTICE = """
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月6日（周六）至12日（周五）放假调休，共7天。2月20日（周六）、2月21日（周日）上班。
"""


async def test_a_date_set_afterwards_reckons_with_it_and_says_so(world: World) -> None:
    world.today = MONDAY
    before, after = await filed(world, "增开巴士"), await filed(world, "加装电梯")
    await hand_over(world, row(before, lead=LONGHUA))

    await except_days(world, ("2024-09-04", False), why="台风停工")
    await hand_over(world, row(after, lead=LONGHUA))

    first = (await handling(world, before))["D07.1"]["sign"]
    second = (await handling(world, after))["D07.1"]["sign"]
    assert (first["on"], second["on"]) == ("2024-09-05", "2024-09-06")
    assert second["calendar"] == "CN-2024@2"
    assert "2024-09-04台风停工放假，不计" in [step["says"] for step in second["steps"]]


async def test_every_service_hears_of_the_new_edition(world: World) -> None:
    await except_days(world, (FRIDAY, False), why="台风停工")

    for service in world.running:
        calendar: Calendar = (await world[service].desk.reference()).calendar
        assert not calendar.is_working_day(date(2024, 9, 6))
        assert calendar.edition(2024) == "CN-2024@2"
        assert calendar.knows(date(2024, 9, 6)), "it is still official"


async def test_it_may_be_made_up_on_a_weekend(world: World) -> None:
    await except_days(
        world, (FRIDAY, False), ("2024-09-14", True), ("2024-09-08", True), why="台风"
    )

    calendar = (await world["assignment"].desk.reference()).calendar
    assert calendar.is_working_day(date(2024, 9, 8))
    assert calendar.working_days_between(date(2024, 9, 5), date(2024, 9, 9)) == 2


async def test_dates_of_a_year_not_yet_announced_are_provisional_until_its_notice_is_entered(
    world: World,
) -> None:
    known = await world["assignment"].desk.reference()
    rules = known.rules_on(world.today)
    start = date(2027, 2, 3)
    provisional = due("sign", starts_on=start, rules=rules, calendar=known.calendar)

    await announce_year(world, 2027, NOTICE)

    known = await world["assignment"].desk.reference()
    official = due("sign", starts_on=start, rules=rules, calendar=known.calendar)
    assert (provisional.provisional, official.provisional) == (True, False)
    assert (provisional.on, official.on) == (date(2027, 2, 8), date(2027, 2, 15))
    assert "暂定" in provisional.steps[-1].says
