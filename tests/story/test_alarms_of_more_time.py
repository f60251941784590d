"""More time, or a pause: alarms follow the date that moved, and of what stands still none ring."""

from datetime import date

from shared.contracts.assignment import (
    ClockPaused,
    ClockResumed,
    ExtensionAsked,
    ExtensionGranted,
    MovedDue,
)
from shared.contracts.event import ProposalId, TaskId, UnitCode
from tests.story.office import FUTIAN, LONGHUA, OFFICE, filed, hand_over, row, sign
from tests.story.seeing import clocks, told
from tests.story.telling import due, it_happens, someone
from tests.story.watching import mornings_until, sweep
from tests.world import World

LEAD = TaskId("D07.1")


async def in_hand(world: World) -> ProposalId:
    """Longhua answers by 22 April, Futian gives its opinion by 22 February; both have signed."""
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[FUTIAN]))
    await sign(world, case, LONGHUA, FUTIAN)
    return ProposalId(case)


async def ask_for_more(world: World, case: ProposalId, until: str) -> None:
    await it_happens(
        world,
        ExtensionAsked(
            proposal_id=case,
            task_id=LEAD,
            unit=UnitCode(LONGHUA),
            until=date.fromisoformat(until),
            reason="需要调研",
            by=someone("officer", LONGHUA),
            on=world.today,
        ),
    )


async def grant(world: World, case: ProposalId, until: str) -> None:
    moved = MovedDue(
        task_id=LEAD,
        unit=UnitCode(LONGHUA),
        clock="answer",
        before=date(2024, 4, 22),
        due=due("reply", until),
    )
    await it_happens(
        world,
        ExtensionGranted(
            proposal_id=case,
            task_id=LEAD,
            unit=UnitCode(LONGHUA),
            why="同意延期",
            moved=(moved,),
            by=someone("office", OFFICE),
            on=world.today,
        ),
    )


async def test_more_time_silences_the_old_date_and_rings_for_the_new_one(world: World) -> None:
    case = await in_hand(world)
    world.today = date(2024, 4, 12)
    await ask_for_more(world, case, "2024-05-22")
    asked = await clocks(world, case)
    await grant(world, case, "2024-05-22")

    await mornings_until(world, date(2024, 5, 23))

    missed = await told(world, "escalation", case, "DeadlineMissed")
    of_lead = [one["on"] for one in missed if one["clock_id"] == "D07.1/reply"]
    assert asked["D07.1/decide_extension"] == "green"
    assert of_lead == ["2024-05-23"]
    assert (await clocks(world, case))["D07.1/decide_extension"] == "stopped"


async def test_the_lead_s_more_time_gives_the_co_handler_none(world: World) -> None:
    case = await in_hand(world)
    world.today = date(2024, 2, 20)
    await grant(world, case, "2024-05-22")

    await mornings_until(world, date(2024, 2, 23))

    assert (await clocks(world, case))["D01.1/opinion"] == "red"
    assert (await clocks(world, case))["D07.1/reply"] == "green"


async def test_nobody_is_reminded_of_what_stands_still(world: World) -> None:
    case = await in_hand(world)
    world.today = date(2024, 4, 12)
    pausing = someone("office", OFFICE)
    await it_happens(
        world,
        ClockPaused(
            proposal_id=case,
            task_id=LEAD,
            unit=UnitCode(LONGHUA),
            why="等待上级批复",
            by=pausing,
            on=world.today,
        ),
    )
    before = (await clocks(world, case))["D07.1/reply"]

    world.today = date(2024, 6, 3)
    await sweep(world)
    of_lead = [
        one
        for kind in ("DeadlineMissed", "ReminderSent")
        for one in await told(world, "escalation", case, kind)
        if one["clock_id"] == "D07.1/reply"
    ]
    await it_happens(
        world,
        ClockResumed(
            proposal_id=case,
            task_id=LEAD,
            unit=UnitCode(LONGHUA),
            why="已批复",
            answer=due("reply", "2024-06-17"),
            by=pausing,
            on=world.today,
        ),
    )

    assert (before, of_lead) == ("paused", [])
    assert (await clocks(world, case))["D07.1/reply"] == "green"
    await mornings_until(world, date(2024, 6, 18))
    assert (await clocks(world, case))["D07.1/reply"] == "red"
