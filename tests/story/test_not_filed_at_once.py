"""Not filed at once: sent back and revised, turned into an opinion, or withdrawn at each stage."""

import pytest

from tests.story.office import (
    LI,
    LONGHUA,
    WANG,
    Refused,
    accept,
    filed,
    hand_over,
    merge,
    row,
    submit,
)
from tests.story.proposing import as_member, at_intake, review, upon_group
from tests.story.seeing import case_page, standing
from tests.world import World


async def test_sent_back_it_is_revised_and_filed(world: World) -> None:
    case = await submit(world, "关于交通的提案")
    await review(world, case, "advise", advice="send_back", why="没有写明路线")
    await review(world, case, "send-back", why="请写明具体路线")
    assert await standing(world, case) == "退回修改"
    with pytest.raises(Refused, match="409 already-reviewed 提案《关于交通的提案》已退回修改"):
        await accept(world, case)

    revised = {"title": "关于增开民治社区巴士的提案", "text": "建议增开三条线路。"}
    await as_member(world, WANG, f"/proposals/{case}/revise", revised)
    assert await standing(world, case) == "待审查"
    await accept(world, case)

    shown = await case_page(world, case)
    assert "关于增开民治社区巴士的提案" in shown
    assert "请写明具体路线" in shown
    assert "审查小组初审：建议退回修改" in shown
    assert "修改后重新提交（第1次修改）" in shown


async def test_what_reports_and_proposes_nothing_becomes_an_opinion(world: World) -> None:
    case = await submit(world, "关于我家门前积水的情况")

    await review(world, case, "turn", into="opinion", why="以反映情况为主")

    assert await standing(world, case) == "已转办"
    assert "不作提案，转为社情民意" in await case_page(world, case)
    with pytest.raises(Refused, match="409 already-reviewed"):
        await accept(world, case)


async def test_before_it_is_filed_its_first_proposer_takes_it_back(world: World) -> None:
    case = await submit(world, "增开社区巴士", WANG, LI)

    with pytest.raises(Refused, match="403 only-first-proposer 撤案由第一提案人王志毅办理"):
        await as_member(world, LI, f"/proposals/{case}/withdraw", {"why": "不再需要"})
    await as_member(world, WANG, f"/proposals/{case}/withdraw", {"why": "已经解决"})

    assert await standing(world, case) == "已撤案"


async def test_sent_back_it_may_be_withdrawn_as_well(world: World) -> None:
    case = await submit(world, "增开社区巴士")
    await review(world, case, "send-back", why="请修改")

    await as_member(world, WANG, f"/proposals/{case}/withdraw", {"why": "不再修改"})

    assert await standing(world, case) == "已撤案"


async def test_once_filed_the_committee_withdraws_it_for_them_and_its_number_stays(
    world: World,
) -> None:
    case = await filed(world, "增开社区巴士")
    with pytest.raises(Refused, match="403 ask-committee-to-withdraw"):
        await as_member(world, WANG, f"/proposals/{case}/withdraw", {"why": "已经解决"})

    await review(world, case, "withdraw", why="应提案人要求")
    other = await filed(world, "加装电梯")

    assert [(await at_intake(world, one))["number"] for one in (case, other)] == [
        "20240001",
        "20240002",
    ]


async def test_handed_over_it_is_withdrawn_and_told_so(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=LONGHUA))

    answer = await review(world, case, "withdraw", why="应提案人要求")

    assert answer.told == ["ProposalWithdrawn"]
    assert answer.body["events"][0]["data"]["after_filing"] is True
    assert (await at_intake(world, case))["state"] == "withdrawn"


async def test_merged_it_is_separated_before_it_is_withdrawn(world: World) -> None:
    main, other = await filed(world, "增开社区巴士"), await filed(world, "开通微循环巴士", LI)
    await merge(world, main, other)
    with pytest.raises(Refused, match="409 merged-cannot-withdraw 第20240002号提案已经并案"):
        await review(world, other, "withdraw", why="应提案人要求")

    await upon_group(world, main, "undo", members=[other])
    await review(world, other, "withdraw", why="应提案人要求")

    assert (await at_intake(world, main))["group"] == []
    assert await standing(world, other) == "已撤案"


async def test_a_key_proposal_is_key_until_it_is_taken_back(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    await review(world, case, "designate-key", leader="陈副市长", supervised_by="市政协提案委")

    await review(world, case, "take-back-key", why="年度计划调整")

    assert (await at_intake(world, case))["key"] is False
    assert "取消重点提案" in await case_page(world, case)
