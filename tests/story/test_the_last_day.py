"""The last day: it belongs to the unit until its end; and how the last day is found."""

from datetime import date

from tests.story.office import LONGHUA, TRANSPORT, filed, hand_over, row, sign
from tests.story.seeing import case_page, clocks, handling, page, told
from tests.story.watching import mornings_until, sweep
from tests.world import World


async def test_a_deadline_is_missed_exactly_on_the_day_after_its_last_day(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))

    await mornings_until(world, date(2024, 1, 25))
    assert await told(world, "escalation", case, "DeadlineMissed") == []
    assert (await clocks(world, case))["D07.1/sign"] == "yellow"
    assert "临期1" in await page(world, f"/units/{LONGHUA}")

    await mornings_until(world, date(2024, 1, 26))
    [missed] = await told(world, "escalation", case, "DeadlineMissed")
    assert (missed["clock_id"], missed["on"]) == ("D07.1/sign", "2024-01-26")
    assert (await clocks(world, case))["D07.1/sign"] == "red"
    assert "已逾期1" in await page(world, f"/units/{LONGHUA}")
    assert "龙华区人民政府的签收期限已于2024-01-25届满" in await case_page(world, case)

    await sign(world, case, LONGHUA)
    assert (await clocks(world, case))["D07.1/sign"] == "stopped"


async def test_who_signs_on_the_last_day_is_in_time_and_a_day_later_is_not(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))

    world.today = date(2024, 1, 25)
    await sign(world, case, LONGHUA)
    world.today = date(2024, 1, 26)
    await sign(world, case, TRANSPORT)

    missed = await told(world, "escalation", case, "DeadlineMissed")
    assert [one["unit"] for one in missed] == [TRANSPORT]


async def test_a_make_up_sunday_counts_as_a_working_day(world: World) -> None:
    case = await filed(world)
    world.today = date(2024, 2, 2)

    await hand_over(world, row(case, lead=LONGHUA))

    signing = (await handling(world, case))["D07.1"]["sign"]
    assert signing["on"] == "2024-02-06"
    assert "02-04补班，计入工作日" in [step["says"] for step in signing["steps"]]
    assert "02-04补班，计入工作日" in await case_page(world, case)


async def test_spring_festival_does_not_count_and_is_named(world: World) -> None:
    case = await filed(world)
    world.today = date(2024, 2, 8)

    await hand_over(world, row(case, lead=LONGHUA))

    signing = (await handling(world, case))["D07.1"]["sign"]
    assert signing["on"] == "2024-02-19"
    assert [step["says"] for step in signing["steps"]] == [
        "自2024-02-08（当日不计）起",
        "2024-02-10至02-17春节放假，不计",
        "02-18补班，计入工作日",
        "加3个工作日",
    ]


async def test_nobody_is_reminded_on_a_free_day(world: World) -> None:
    case = await filed(world)
    world.today = date(2024, 2, 8)
    await hand_over(world, row(case, lead=LONGHUA))

    await mornings_until(world, date(2024, 2, 17))
    assert await told(world, "escalation", case, "ReminderSent") == []

    world.days_pass(1)
    assert (await sweep(world))["reminders"] == 1


async def test_a_date_beyond_the_announced_calendar_is_provisional_and_says_so(
    world: World,
) -> None:
    world.today = date(2026, 10, 12)
    case = await filed(world)

    await hand_over(world, row(case, lead=LONGHUA))

    task = (await handling(world, case))["D07.1"]
    assert (task["sign"]["provisional"], task["answer"]["provisional"]) == (False, True)
    assert task["answer"]["steps"][-1]["says"] == "2027年放假安排尚未正式公布，此日暂定"
    assert "2027-01-12暂定" in await case_page(world, case)
