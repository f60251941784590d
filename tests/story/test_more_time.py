<<<<<<< HEAD
"""More time: asked for before the date, granted or refused, and never without end."""

from datetime import date

import pytest

from tests.story.answering import reply
from tests.story.assigning import ask_extension, assignment, decide_extension
from tests.story.office import (
    LONGHUA,
    MINZHI,
    TRANSPORT,
    Refused,
    filed,
    hand_down,
    hand_over,
    row,
    sign,
)
from tests.story.seeing import case_page, handling
from tests.world import World


async def led_by_longhua(world: World) -> str:
    """Longhua leads with transport, and both have signed; the reply is due on 22 April."""
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    return case


async def days(world: World, case: str) -> dict[str, str]:
    return {
        task_id: task["answer"]["on"]
        for task_id, task in (await handling(world, case)).items()
        if task["answer"]
    }


async def test_granted_the_date_moves_and_the_proposer_reads_why(world: World) -> None:
    case = await led_by_longhua(world)
    world.today = date(2024, 4, 22)
    await ask_extension(world, case, LONGHUA, "2024-05-20")

    granted = await decide_extension(world, case, LONGHUA, granted=True)

    assert granted.told == ["ExtensionGranted"]
    assert await days(world, case) == {"D07.1": "2024-05-20", "C028.1": "2024-02-22"}
    shown = await case_page(world, case)
    assert "龙华区人民政府申请延期至2024-05-20" in shown
    assert "准予延期：龙华区人民政府办理期限由2024-04-22改为2024-05-20" in shown
    answer = (await handling(world, case))["D07.1"]["answer"]
    assert "2024-04-22经批准延期，由2024-04-22改为2024-05-20" in [
        step["says"] for step in answer["steps"]
    ]
    await reply(world, case, LONGHUA, without_opinions_because="逾期未提")
    assert (await assignment(world, case))["answers"]["answered_on"] == "2024-04-22"


async def test_refused_the_date_stays(world: World) -> None:
    case = await led_by_longhua(world)
    await ask_extension(world, case, LONGHUA, "2024-05-20")

    await decide_extension(world, case, LONGHUA, granted=False)

    assert (await days(world, case))["D07.1"] == "2024-04-22"
    assert "不同意龙华区人民政府延期，期限不变" in await case_page(world, case)


async def test_the_day_after_the_date_is_too_late_to_ask(world: World) -> None:
    case = await led_by_longhua(world)

    world.today = date(2024, 4, 23)

    with pytest.raises(Refused, match="409 too-late-to-extend 办理期限已于2024-04-22届满"):
        await ask_extension(world, case, LONGHUA, "2024-05-20")


async def test_nobody_gets_more_time_for_ever(world: World) -> None:
    case = await led_by_longhua(world)
    with pytest.raises(Refused, match="409 extended-too-long 连同延期最长办到2024-07-22"):
        await ask_extension(world, case, LONGHUA, "2024-07-23")

    await ask_extension(world, case, LONGHUA, "2024-06-20")
    await decide_extension(world, case, LONGHUA, granted=True)

    with pytest.raises(Refused, match="409 extended-too-often 这项任务已延期1次"):
        await ask_extension(world, case, LONGHUA, "2024-07-22")


async def test_co_handlers_and_work_below_move_only_if_the_office_says_so(world: World) -> None:
    case = await led_by_longhua(world)
    await hand_down(world, case, LONGHUA, below=[MINZHI])
    before = await days(world, case)
    await ask_extension(world, case, LONGHUA, "2024-05-20")

    await decide_extension(
        world, case, LONGHUA, granted=True, co_handlers_until="2024-03-20", with_work=True
    )

    after = await days(world, case)
    assert (before["C028.1"], after["C028.1"]) == ("2024-02-22", "2024-03-20")
    assert before["T055.1"] < after["T055.1"] < after["D07.1"] == "2024-05-20"
=======
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
>>>>>>> room-escalation
