"""More time, or a pause: alarms follow the date that moved, and of what stands still none ring."""

from datetime import date

from tests.story.assigning import ask_extension, by_office, decide_extension
from tests.story.office import FUTIAN, LONGHUA, filed, hand_over, row, sign
from tests.story.seeing import clocks, told
from tests.story.watching import mornings_until, sweep
from tests.world import World


async def in_hand(world: World) -> str:
    """Longhua answers by 22 April, Futian gives its opinion by 22 February; both have signed."""
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[FUTIAN]))
    await sign(world, case, LONGHUA, FUTIAN)
    return case


async def test_more_time_silences_the_old_date_and_rings_for_the_new_one(world: World) -> None:
    case = await in_hand(world)
    world.today = date(2024, 4, 12)
    await ask_extension(world, case, LONGHUA, "2024-05-22")
    asked = await clocks(world, case)
    await decide_extension(world, case, LONGHUA, granted=True)

    await mornings_until(world, date(2024, 5, 23))

    missed = await told(world, "escalation", case, "DeadlineMissed")
    of_lead = [one["on"] for one in missed if one["clock_id"] == "D07.1/reply"]
    assert asked["D07.1/decide_extension"] == "green"
    assert of_lead == ["2024-05-23"]
    assert (await clocks(world, case))["D07.1/decide_extension"] == "stopped"


async def test_the_lead_s_more_time_gives_the_co_handler_none(world: World) -> None:
    case = await in_hand(world)
    world.today = date(2024, 2, 20)
    await ask_extension(world, case, LONGHUA, "2024-05-22")
    await decide_extension(world, case, LONGHUA, granted=True)

    await mornings_until(world, date(2024, 2, 23))

    assert (await clocks(world, case))["D01.1/opinion"] == "red"
    assert (await clocks(world, case))["D07.1/reply"] == "green"


async def test_nobody_is_reminded_of_what_stands_still(world: World) -> None:
    case = await in_hand(world)
    world.today = date(2024, 4, 12)
    await by_office(world, case, LONGHUA, "pause", why="等待上级批复")
    before = (await clocks(world, case))["D07.1/reply"]

    world.today = date(2024, 6, 3)
    await sweep(world)
    of_lead = [
        one
        for kind in ("DeadlineMissed", "ReminderSent")
        for one in await told(world, "escalation", case, kind)
        if one["clock_id"] == "D07.1/reply"
    ]
    await by_office(world, case, LONGHUA, "resume", why="已批复")

    assert (before, of_lead) == ("paused", [])
    [resumed] = await told(world, "assignment", case, "ClockResumed")
    last_day = date.fromisoformat(resumed["answer"]["on"])
    world.today = last_day
    assert (await clocks(world, case))["D07.1/reply"] == "yellow"
    await mornings_until(world, date.fromordinal(last_day.toordinal() + 1))
    assert (await clocks(world, case))["D07.1/reply"] == "red"
