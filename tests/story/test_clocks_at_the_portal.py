"""Clocks at the portal: it shows as open what escalation watches, and nothing else."""

from datetime import date

from tests.story.answering import approve, draft, opine, reply, talk
from tests.story.assigning import by_office, on_proposal
from tests.story.office import (
    LONGHUA,
    NANSHAN,
    OFFICE,
    act,
    filed,
    hand_over,
    row,
    sign,
    upon_task,
)
from tests.story.proposing import merge_by_office, review
from tests.story.registering import except_days
from tests.story.seeing import clocks, page, said, standing
from tests.world import World


async def shown(world: World, case: str) -> dict[str, date]:
    """The open clocks of a proposal, each with its day."""
    rows = await world.rows(
        "portal", "SELECT clock_id, due_on FROM open_clocks WHERE proposal_id = $1", case
    )
    return {row["clock_id"]: row["due_on"] for row in rows}


async def test_the_first_talk_is_among_a_units_duties_until_it_took_place(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)

    assert (await shown(world, case))["D07.1/contact"] == date(2024, 2, 9)
    assert "待首次沟通" in await page(world, f"/units/{LONGHUA}")

    await talk(world, case, LONGHUA)

    assert "D07.1/contact" not in await shown(world, case)


async def test_a_new_calendar_moves_the_day_of_the_first_talk(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))

    await except_days(world, ("2024-01-25", False), why="台风停工")
    await world.tell("assignment", "/sweep", post="office", unit="C007")
    await world.settle()

    assert (await shown(world, case))["D07.1/contact"] == date(2024, 2, 18)


async def test_what_is_merged_late_owes_nothing_of_its_own_any_more(world: World) -> None:
    main, other = await filed(world), await filed(world)
    await hand_over(world, row(main, lead=NANSHAN), row(other, lead=LONGHUA))
    await sign(world, other, LONGHUA)
    assert set(await shown(world, other)) == {"D07.1/contact", "D07.1/answer"}

    await merge_by_office(world, main, other)

    assert await shown(world, other) == {}
    assert set(await shown(world, main)) == {"D03.1/sign", "D03.1/contact", "D03.1/answer"}


async def test_what_is_taken_back_owes_nothing_not_even_to_the_supervision(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))
    supervision = {"unit": LONGHUA, "demand": "请说明进展"}
    path = f"/proposals/{case}/supervisions"
    await act(world, "escalation", path, supervision, post="office", unit=OFFICE)
    assert len(await shown(world, case)) == 4

    await review(world, case, "withdraw", why="建议已经落实")

    assert await shown(world, case) == {}


async def test_taken_back_while_the_reply_was_on_its_way_what_it_promised_stays_promised(
    world: World,
) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    await talk(world, case, LONGHUA)
    await draft(world, case, LONGHUA, result_class="B")
    await approve(world, case, LONGHUA)
    route = {"text": "开通线路三条", "due_on": "2024-05-10"}
    letter = {"draft": 1, "summary": "分步开通", "promises": [route]}
    path = f"/proposals/{case}/tasks/D07.1/issue"
    await world.tell("reply", path, letter, post="head", unit=LONGHUA)

    await review(world, case, "withdraw", why="建议已经落实")

    assert await shown(world, case) == {"D07.r1.p1/promise": date(2024, 5, 10)}
    watched = (await clocks(world, case)).items()
    assert [one for one, light in watched if light not in ("dead", "stopped")] == [
        "D07.r1.p1/promise"
    ]


async def test_an_opinion_taken_back_is_owed_also_where_its_clock_stood_still_before(
    world: World,
) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[NANSHAN]))
    await sign(world, case, LONGHUA, NANSHAN)
    await by_office(world, case, NANSHAN, "pause", why="等待上级文件")
    await opine(world, case, NANSHAN)

    why = {"why": "情况有变"}
    await upon_task(world, "reply", case, NANSHAN, "opinion/withdraw", why, post="head")

    assert (await shown(world, case))["D03.1/answer"] == date(2024, 2, 22)
    assert (await clocks(world, case))["D03.1/opinion"] == "green"
    [_, task] = (await said(world, case))["tasks"]
    assert task["paused_on"] is None


async def test_a_co_handler_added_after_the_answer_does_not_open_the_proposal_again(
    world: World,
) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    await reply(world, case, LONGHUA)

    await on_proposal(world, case, "handlers", unit=NANSHAN, role="co_handle", why="涉及南山")

    assert await standing(world, case) == "已答复"
