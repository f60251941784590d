"""Point by point: what a proposal suggests is answered one by one, and what is not is shown."""

import pytest

from tests.story.answering import approve, draft, issue, talk
from tests.story.office import (
    COMMITTEE,
    INDUSTRY,
    LONGHUA,
    Refused,
    accept,
    designate_key,
    hand_over,
    row,
    sign,
    submit,
    upon_task,
)
from tests.story.seeing import case_page, said
from tests.world import World

TEXT = "线路太少。建议：1.增开巴士；2.增设站台。"


async def handled(world: World, unit: str, *, key: bool = False) -> str:
    """A proposal with two suggestions is in a unit's hands."""
    case = await submit(world, "增开社区巴士", text=TEXT)
    await accept(world, case)
    if key:
        await designate_key(world, case, leader="李副市长", supervised_by=COMMITTEE)
    await hand_over(world, row(case, lead=unit))
    await sign(world, case, unit)
    await talk(world, case, unit)
    return case


async def test_what_a_reply_passes_over_is_shown(world: World) -> None:
    case = await handled(world, LONGHUA)
    await draft(world, case, LONGHUA, answers={"增开巴士": "已增开两条"})
    await approve(world, case, LONGHUA)
    issued = await issue(world, case, LONGHUA)

    assert issued.body["events"][0]["data"]["unanswered"] == ["增设站台"]
    assert [one["says"] for one in (await said(world, case))["points"]] == [
        "增开巴士",
        "增设站台",
    ]


async def test_a_key_one_answers_every_point_or_says_why_not(world: World) -> None:
    case = await handled(world, INDUSTRY, key=True)
    first = await draft(world, case, INDUSTRY, answers={"增开巴士": "已增开两条"})
    await approve(world, case, INDUSTRY, first)
    with pytest.raises(Refused, match="409 points-unanswered 还有1条建议没有答复：增设站台"):
        await issue(world, case, INDUSTRY, first)

    points = {"points": ["增开巴士", "增设站台", "延长时间"]}
    await upon_task(world, "reply", case, INDUSTRY, "points", points)
    answers = {"增开巴士": "已增开两条", "增设站台": "已增设五处"}
    second = await draft(world, case, INDUSTRY, answers=answers)
    await approve(world, case, INDUSTRY, second)
    await issue(world, case, INDUSTRY, second, unanswered_because="由公交公司另行答复")

    assert "市工业和信息化局列出3条建议，逐条答复" in await case_page(world, case)
    [reply] = (await said(world, case))["replies"]
    assert reply["unanswered"] == ["延长时间"]
