"""Told once: however often and however late the clocks are looked through."""

from asyncio import gather
from datetime import date

from tests.story.answering import talk
from tests.story.office import LONGHUA, OFFICE, sign, waiting_for_a_signature
from tests.story.seeing import told
from tests.story.watching import mornings_until, sweep
from tests.world import World

LAST_DAY = date(2024, 1, 25)


async def test_a_second_sweep_on_the_same_day_has_nothing_to_tell(world: World) -> None:
    await waiting_for_a_signature(world)
    world.today = LAST_DAY

    assert await sweep(world) == {"near": 1, "reminders": 2}
    assert await sweep(world) == {}


async def test_two_sweeps_at_once_tell_everything_once(world: World) -> None:
    case = await waiting_for_a_signature(world)
    world.today = LAST_DAY

    await gather(
        *(world.tell("escalation", "/sweep", post="office", unit=OFFICE) for _ in range(4))
    )

    assert await world.told_by("escalation", case) == [
        "DeadlineNear",
        "ReminderSent",
        "ReminderSent",
    ]


async def test_each_rung_is_told_once_to_whom_it_is_meant(world: World) -> None:
    case = await waiting_for_a_signature(world)

    await mornings_until(world, date(2024, 2, 29))

    of_signing = [
        one
        for kind in ("ReminderSent", "DeadlineMissed")
        for one in await told(world, "escalation", case, kind)
        if one["clock_id"] == "D07.1/sign"
    ]
    reminders, missed = of_signing[:-1], of_signing[-1:]
    assert [(one["rung"], one["to"], one["on"]) for one in reminders] == [
        (1, "经办人", "2024-01-24"),
        (2, "单位联络员", "2024-01-25"),
        (3, "单位负责人", "2024-01-30"),
        (4, "督查室", "2024-02-07"),
        (5, "分管领导", "2024-02-26"),
    ]
    assert [one["on"] for one in missed] == ["2024-01-26"]


async def test_a_late_sweep_tells_what_was_passed_over_once_and_says_so(world: World) -> None:
    case = await waiting_for_a_signature(world)

    world.today = date(2024, 1, 30)
    assert await sweep(world) == {"missed": 1, "reminders": 3}
    world.days_pass(1)
    assert await sweep(world) == {}

    says = [one["says"] for one in await told(world, "escalation", case, "ReminderSent")]
    assert says == [
        "签收期限将至，请抓紧办理"
        "（本提醒应于2024-01-24发出，迟至2024-01-30补发；办理期限为2024-01-25）",
        "今天是签收的最后一天"
        "（本提醒应于2024-01-25发出，迟至2024-01-30补发；办理期限为2024-01-25）",
        "签收已逾期3个工作日，请督促办理",
    ]


async def test_a_signature_ends_the_alarms(world: World) -> None:
    case = await waiting_for_a_signature(world)
    await mornings_until(world, date(2024, 1, 26))
    before = await world.told_by("escalation", case)
    await sign(world, case, LONGHUA)
    await talk(world, case, LONGHUA)

    await mornings_until(world, date(2024, 2, 8))

    assert await world.told_by("escalation", case) == before
