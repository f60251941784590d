"""Something like it: a hint is taken, authors object, groups are separated, others linked."""

import pytest

from tests.story.answering import opine, reply
from tests.story.office import (
    LI,
    LONGHUA,
    TRANSPORT,
    WANG,
    ZHAO,
    Refused,
    accept,
    filed,
    hand_over,
    merge,
    row,
    sign,
    submit,
)
from tests.story.proposing import (
    Sheet,
    as_member,
    at_intake,
    check_list,
    confirm_list,
    merge_by_office,
    review,
    similar,
    upon_group,
)
from tests.story.seeing import case_page, standing
from tests.world import World

ARCHIVE: Sheet = [
    ["年度", "案号", "案由", "提案人", "主办单位", "会办单位", "办理结果", "答复日期", "答复摘要"],
    [
        2022,
        "20220031",
        "关于加快既有住宅加装电梯的提案",
        "李娜",
        "市住房和建设局",
        "龙华区",
        "B",
        "2022-08-31",
        "已列入计划，分批加装",
    ],
]


async def test_who_writes_reads_what_an_earlier_year_was_answered(world: World) -> None:
    await confirm_list(world, await check_list(world, ARCHIVE, kind="archive"))

    [found] = await similar(world, WANG, "关于推进龙华老旧小区加装电梯的提案")

    assert (found["number"], found["same_year"]) == ("20220031", False)
    assert found["replies"][0]["result_class"] == "B"
    assert "加装电梯" in found["why"]


async def test_what_was_answered_this_year_is_a_hint_for_the_next_writer(world: World) -> None:
    case = await filed(world, "关于增开民治社区巴士的提案")
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await opine(world, case, TRANSPORT)
    await reply(world, case, LONGHUA)

    [found] = await similar(world, LI, "关于增开观澜社区巴士的提案")

    assert found["units"] == ["龙华区人民政府"]
    assert (found["places_here"], found["places_there"]) == (["观澜"], ["民治"])
    assert found["replies"][0]["says"] == "已经解决、基本解决或者已被采纳"


async def test_at_review_the_hint_is_taken_and_kept_for_the_measure(world: World) -> None:
    first = await filed(world, "关于老旧小区加装电梯的提案")
    second = await submit(world, "关于既有住宅加装电梯的建议", LI)
    other = await filed(world, "关于老旧小区电梯维护的提案", ZHAO)

    shown = await world.ask("intake", f"/proposals/{second}/similar", post="committee")
    assert [one["proposal_id"] for one in shown.body["cases"]] == [first, other]
    await review(world, second, f"similar/{first}", answer="merge")
    await review(world, second, f"similar/{other}", answer="neither")
    await accept(world, second)
    await merge(world, first, second)

    assert await standing(world, second) == "并案办理"
    assert "相似提案核对：须并案" in await case_page(world, second)
    measured = await world.ask("intake", "/similar/evaluation")
    kept = measured.body["measured"][1]
    assert (kept["pairs"], kept["hit_at_1"]) == (2, 1.0)


async def test_an_author_objects_and_the_committee_gives_in(world: World) -> None:
    main, other = await filed(world, "增开社区巴士"), await filed(world, "开通夜间巴士", LI)
    await merge(world, main, other)
    before = await at_intake(world, main)
    await as_member(world, LI, f"/proposals/{other}/object", {"why": "夜间与白天不同"})
    assert "提案人对并案提出异议" in await case_page(world, other)

    await upon_group(world, main, "undo")

    assert [await standing(world, case) for case in (main, other)] == ["待交办", "待交办"]
    assert before["group"] != []
    for case in (main, other):
        assert (await at_intake(world, case))["group"] == []
    await hand_over(world, row(main, lead=LONGHUA))
    assert "拆分：不再并案办理" in await case_page(world, other)


async def test_or_leaves_it_merged_and_says_why(world: World) -> None:
    main, other = await filed(world, "增开社区巴士"), await filed(world, "开通夜间巴士", LI)
    await merge(world, main, other)
    await as_member(world, LI, f"/proposals/{other}/object", {"why": "夜间与白天不同"})

    await review(world, other, "refuse-objection", why="线路相同")

    assert "异议不成立，维持并案" in await case_page(world, other)
    assert await standing(world, other) == "并案办理"


async def test_after_the_window_one_objects_no_more(world: World) -> None:
    main, other = await filed(world, "增开社区巴士"), await filed(world, "开通夜间巴士", LI)
    await merge(world, main, other)
    world.days_pass(7)
    await as_member(world, WANG, f"/proposals/{main}/object", {"why": "不同"})
    world.days_pass(1)

    with pytest.raises(Refused, match="409 too-late-to-object 对并案提出异议的期限是2024-01-29"):
        await as_member(world, LI, f"/proposals/{other}/object", {"why": "不同"})


async def test_after_the_hand_over_the_office_merges_and_separates(world: World) -> None:
    main, other = await filed(world, "增开社区巴士"), await filed(world, "开通夜间巴士", LI)
    await hand_over(world, row(main, lead=LONGHUA))
    with pytest.raises(Refused, match="403 only-office-after-hand-over 第20240001号提案已经交办"):
        await merge(world, main, other)

    merged = await merge_by_office(world, main, other)
    assert merged.told == ["ProposalsMerged", "ProposalsMerged"]
    assert all(event["data"]["after_hand_over"] for event in merged.body["events"])
    with pytest.raises(Refused, match="422 policy-missing"):
        await upon_group(world, main, "undo", by_office=True)
    undone = await upon_group(world, main, "undo", by_office=True, policy="keep")

    [told] = undone.body["events"]
    assert (told["key"], told["data"]["policy"]) == (other, "keep")
    assert told["data"]["after_hand_over"] is True
    assert "拆分：不再并案办理，期限不变" in await case_page(world, other)


async def test_a_group_grows_and_each_member_is_told(world: World) -> None:
    cases = [
        await filed(world, title, name)
        for title, name in (("增开社区巴士", WANG), ("开通夜间巴士", LI), ("开通巴士专线", ZHAO))
    ]
    await merge(world, *cases[:2])

    await upon_group(world, cases[0], "members", members=[cases[2]])

    for case in cases:
        assert len((await at_intake(world, case))["group"]) == 3
    assert await standing(world, cases[2]) == "并案办理"


async def test_linked_they_are_handled_apart_and_know_of_one_another(world: World) -> None:
    one, other = await filed(world, "增开社区巴士"), await filed(world, "设置公交专用道", LI)

    await review(world, one, "link", other=other, why="同一路段")
    await hand_over(world, row(one, lead=LONGHUA), row(other, lead=TRANSPORT))

    assert [await standing(world, case) for case in (one, other)] == ["办理中", "办理中"]
    assert (await at_intake(world, other))["links"][0]["proposal_id"] == one
    assert "与另一件提案关联" in await case_page(world, other)
