"""Who handles it changes after the hand-over: units join, leave, and change places."""

import pytest

from tests.story.answering import opine, rate, reply
from tests.story.assigning import assignment, by_office, on_proposal
from tests.story.office import (
    EDUCATION,
    LONGHUA,
    MINZHI,
    TRANSPORT,
    WANG,
    Refused,
    filed,
    hand_down,
    hand_over,
    row,
    sign,
)
from tests.story.seeing import case_page, clocks, handling, standing
from tests.world import World


async def test_a_lead_and_a_co_handler_change_places_and_sign_no_second_time(
    world: World,
) -> None:
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    world.days_pass(7)

    changes = [
        {"unit": TRANSPORT, "role": "lead"},
        {"unit": LONGHUA, "role": "co_handle"},
    ]
    await on_proposal(world, case, "change-roles", changes=changes, why="属全市公交统筹")

    tasks = await handling(world, case)
    assert [(tasks[one]["role"], tasks[one]["state"]) for one in ("C028.2", "D07.2")] == [
        ("lead", "signed"),
        ("co_handle", "signed"),
    ]
    assert tasks["C028.2"]["answer"]["on"] == "2024-04-22"  # from the first day on, as before
    await opine(world, case, LONGHUA, generation=2)
    await reply(world, case, TRANSPORT, generation=2)
    assert await standing(world, case) == "已答复"
    assert "市交通运输局主办；龙华区人民政府会办，时限不变" in await case_page(world, case)


async def test_the_office_starts_the_clock_anew_if_it_says_so(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    world.days_pass(7)

    changes = [{"unit": TRANSPORT, "role": "lead"}, {"unit": LONGHUA, "role": "reference"}]
    await on_proposal(
        world, case, "change-roles", changes=changes, why="属全市统筹", clock="restart"
    )

    tasks = await handling(world, case)
    assert tasks["C028.2"]["answer"]["starts_on"] == "2024-01-29"
    assert (tasks["D07.2"]["role"], tasks["D07.2"]["answer"]) == ("reference", None)
    assert (await clocks(world, case))["D07.1/reply"] == "dead"


async def test_a_unit_that_joins_after_the_first_answer_must_answer_too(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, split=[LONGHUA, TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await reply(world, case, LONGHUA)

    await on_proposal(world, case, "handlers", unit=EDUCATION, role="split", why="涉及校车")
    await reply(world, case, TRANSPORT)
    assert (await assignment(world, case))["answers"]["answered_on"] is None

    await sign(world, case, EDUCATION, generation=2)
    await reply(world, case, EDUCATION, generation=2)
    answers = (await assignment(world, case))["answers"]
    assert (answers["answering_units"], answers["replies"]) == (3, 3)
    assert answers["answered_on"] == "2024-01-22"
    assert await standing(world, case) == "已答复"


async def test_withdrawing_the_unit_that_is_missing_makes_the_rest_complete(
    world: World,
) -> None:
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, split=[LONGHUA, TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await reply(world, case, LONGHUA)
    assert await standing(world, case) == "办理中"

    withdrawn = await by_office(world, case, TRANSPORT, "withdraw", why="事项已由龙华区办结")

    assert withdrawn.told == ["HandlersReassigned", "ProposalAnswered"]
    assert await standing(world, case) == "已答复"
    assert "承办单位都已答复（龙华区人民政府），共1份答复" in await case_page(world, case)
    with pytest.raises(Refused, match="409 answered-already 龙华区人民政府已经答复"):
        await by_office(world, case, LONGHUA, "withdraw", why="不再涉及")


async def test_somebody_must_go_on_answering(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))

    with pytest.raises(Refused, match="409 nobody-answers"):
        await by_office(world, case, LONGHUA, "withdraw", why="不再涉及")
    await by_office(world, case, TRANSPORT, "withdraw", why="不再涉及")


async def test_work_below_goes_along_with_a_changed_role_only_if_said(world: World) -> None:
    for with_work in (False, True):
        case = await filed(world, "增开社区巴士")
        await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
        await sign(world, case, LONGHUA)
        await hand_down(world, case, LONGHUA, below=[MINZHI])
        await sign(world, case, MINZHI)

        changes = [
            {"unit": TRANSPORT, "role": "lead"},
            {"unit": LONGHUA, "role": "co_handle"},
        ]
        await on_proposal(
            world, case, "change-roles", changes=changes, why="统筹", with_work=with_work
        )

        tasks = await handling(world, case)
        assert tasks["T055.1"]["state"] == "ended"
        assert ("T055.2" in tasks) == with_work
        if with_work:
            assert (tasks["T055.2"]["parent"], tasks["T055.2"]["state"]) == ("D07.2", "signed")


async def test_a_dissatisfied_proposer_opens_an_answered_proposal_again(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, split=[LONGHUA, TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await reply(world, case, LONGHUA)
    await reply(world, case, TRANSPORT)
    assert (await assignment(world, case))["answers"]["answered_on"] is not None

    await rate(world, case, "D07.r1", WANG, result="dissatisfied")
    answers = (await assignment(world, case))["answers"]
    assert (answers["redo_open"], answers["answered_on"]) == (1, None)

    await reply(world, case, LONGHUA)
    assert (await assignment(world, case))["answers"]["answered_on"] is not None
