"""Races: what happens in the same instant ends in one of the two ways, and never in both."""

from asyncio import gather
from datetime import date

from tests.simulation.books import disagreements
from tests.story.answering import approve, draft, issue, opine, reply, talk
from tests.story.assigning import by_office, on_proposal
from tests.story.office import (
    EDUCATION,
    FUTIAN,
    LONGHUA,
    MARKET,
    OFFICE,
    TRANSPORT,
    filed,
    hand_over,
    row,
    sign,
)
from tests.story.proposing import review
from tests.story.seeing import clocks, handling, matters, standing, told
from tests.story.watching import mornings_until, sweep
from tests.world import World

LAST_DAY, DAY_AFTER = date(2024, 2, 22), date(2024, 2, 23)


async def co_handled(world: World) -> str:
    """Longhua leads; transport and education give their opinions by 22 February."""
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT, EDUCATION]))
    await sign(world, case, LONGHUA, TRANSPORT, EDUCATION)
    await talk(world, case, LONGHUA)
    return case


async def test_the_last_opinion_and_the_deadline_in_one_instant(world: World) -> None:
    case = await co_handled(world)
    await opine(world, case, EDUCATION)
    world.today = DAY_AFTER
    path = f"/proposals/{case}/tasks/C028.1/opinion"
    for step, post, body in (
        ("drafts", "officer", {"opinion": "同意"}),
        ("check", "section_head", {"draft": 1}),
        ("issue", "head", {"draft": 1}),
    ):
        done = await world.tell("reply", f"{path}/{step}", body, post=post, unit=TRANSPORT)
        assert done.status == 200

    await gather(
        world.settle(),
        *(world.tell("escalation", "/sweep", post="office", unit=OFFICE) for _ in range(3)),
    )
    await world.settle()

    missed = await told(world, "escalation", case, "DeadlineMissed")
    assert [one["clock_id"] for one in missed] == ["C028.1/opinion"]
    assert (await clocks(world, case))["C028.1/opinion"] == "stopped"


async def test_a_return_while_a_timer_fires(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=MARKET))
    world.today = date(2024, 1, 26)
    body = {"reason_code": "not-our-duty", "reason": "不属职责", "proposed_unit": TRANSPORT}
    path = f"/proposals/{case}/tasks/C032.1/return"
    returned = await world.tell("assignment", path, body, post="head", unit=MARKET)
    assert returned.status == 200

    await gather(
        world.settle(),
        *(world.tell("escalation", "/sweep", post="office", unit=OFFICE) for _ in range(3)),
    )
    await world.settle()
    await mornings_until(world, date(2024, 2, 2))

    missed = await told(world, "escalation", case, "DeadlineMissed")
    assert [one["clock_id"] for one in missed] == ["C032.1/sign"]
    assert (await clocks(world, case))["C032.1/sign"] == "paused"


async def test_a_member_added_after_the_first_answer_has_a_clock_of_its_own(world: World) -> None:
    case = await co_handled(world)
    await opine(world, case, TRANSPORT)
    world.today = date(2024, 2, 19)
    await on_proposal(world, case, "handlers", unit=FUTIAN, role="co_handle", why="增加会办")

    await mornings_until(world, DAY_AFTER)

    now = await clocks(world, case)
    assert now["C028.1/opinion"] == "stopped"
    assert (now["C020.1/opinion"], now["D01.2/opinion"]) == ("red", "green")
    assert now["D01.2/sign"] == "red"


async def test_an_answering_member_added_after_the_first_answer_opens_it_again(
    world: World,
) -> None:
    case = await filed(world)
    await hand_over(world, row(case, split=[LONGHUA, TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await reply(world, case, LONGHUA)

    await on_proposal(world, case, "handlers", unit=FUTIAN, role="split", why="涉及福田")
    await reply(world, case, TRANSPORT)

    assert await told(world, "assignment", case, "ProposalAnswered") == []
    assert (await clocks(world, case))["D01.2/reply"] == "green"
    await sign(world, case, FUTIAN, generation=2)
    await reply(world, case, FUTIAN, generation=2)
    [answered] = await told(world, "assignment", case, "ProposalAnswered")
    assert answered["units"] == [LONGHUA, TRANSPORT, FUTIAN]


async def test_withdrawing_the_last_who_owes_makes_the_rest_complete(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, split=[LONGHUA, TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await reply(world, case, LONGHUA)
    before = await standing(world, case)

    await by_office(world, case, TRANSPORT, "withdraw", why="不再涉及")

    [answered] = await told(world, "assignment", case, "ProposalAnswered")
    assert (before, await standing(world, case)) == ("办理中", "已答复")
    assert answered["replies"] == ["D07.r1"]
    assert (await clocks(world, case))["C028.1/reply"] == "dead"
    await mornings_until(world, date(2024, 1, 29))
    assert [
        one
        for one in await told(world, "escalation", case, "ReminderSent")
        if one["unit"] == TRANSPORT
    ] == []


async def test_the_last_reply_while_the_other_unit_is_withdrawn(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, split=[LONGHUA, TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await talk(world, case, LONGHUA)
    number = await draft(world, case, LONGHUA)
    await approve(world, case, LONGHUA, number)

    await gather(
        by_office(world, case, TRANSPORT, "withdraw", why="不再涉及"),
        issue(world, case, LONGHUA, number),
    )
    await world.settle()

    assert len(await told(world, "assignment", case, "ProposalAnswered")) == 1
    assert (await handling(world, case))["C028.1"]["state"] == "ended"
    assert await standing(world, case) == "已答复"


async def test_a_clock_that_goes_back_tells_nothing_again(world: World) -> None:
    case = await co_handled(world)
    world.today = DAY_AFTER
    await sweep(world)
    before = await world.told_by("escalation", case)

    world.today = date(2024, 2, 1)
    again = await sweep(world)
    world.today = DAY_AFTER
    once_more = await sweep(world)

    assert (again, once_more) == ({}, {})
    assert await world.told_by("escalation", case) == before


async def test_what_fell_due_while_nobody_looked_is_told_once_late_and_says_so(
    world: World,
) -> None:
    case = await co_handled(world)
    world.today = date(2024, 2, 28)

    await gather(
        *(world.tell("escalation", "/sweep", post="office", unit=OFFICE) for _ in range(3))
    )
    await sweep(world)

    reminded = [
        one
        for one in await told(world, "escalation", case, "ReminderSent")
        if one["clock_id"] == "C028.1/opinion"
    ]
    assert [(one["to"], one["late"]) for one in reminded] == [
        ("经办人", True),
        ("单位联络员", True),
        ("单位负责人", True),
    ]
    assert all("迟至2024-02-28补发" in one["says"] for one in reminded)
    assert [one["recipients"] for one in reminded] == [
        ["officer.C028"],
        ["section_head.C028"],
        ["deputy.C028"],
    ]


async def test_a_proposal_withdrawn_on_its_last_day_is_not_missed(world: World) -> None:
    case = await co_handled(world)
    world.today = LAST_DAY
    await review(world, case, "withdraw", why="提案人已与单位协商一致")
    before = await world.told_by("escalation", case)

    await mornings_until(world, date(2024, 3, 15))

    assert await world.told_by("escalation", case) == before
    assert set((await clocks(world, case)).values()) <= {"stopped", "dead"}
    assert await matters(world, case) == []


async def test_an_opinion_is_given_while_its_clock_is_set_going_again(world: World) -> None:
    case = await co_handled(world)
    await by_office(world, case, TRANSPORT, "pause", why="等待上级文件")
    path = f"/proposals/{case}/tasks/C028.1"
    for step, post, body in (
        ("opinion/drafts", "officer", {"opinion": "同意"}),
        ("opinion/check", "section_head", {"draft": 1}),
        ("opinion/issue", "head", {"draft": 1}),
    ):
        done = await world.tell("reply", f"{path}/{step}", body, post=post, unit=TRANSPORT)
        assert done.status == 200

    resumed = await world.tell(
        "assignment", f"{path}/resume", {"why": "已经协调"}, post="office", unit=OFFICE
    )
    await world.settle()

    assert resumed.status in (200, 409)  # whether the office's room has heard of it or not
    assert (await clocks(world, case))["C028.1/opinion"] == "stopped"
    assert await disagreements(world) == {}
