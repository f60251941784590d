"""Countersigning: all co-handlers put their names to one version; one send-back begins it anew."""

import pytest

from tests.story.answering import approve, draft, issue, opine, paper, talk
from tests.story.office import (
    COMMITTEE,
    EDUCATION,
    LONGHUA,
    TRANSPORT,
    Refused,
    designate_key,
    filed,
    hand_over,
    row,
    sign,
    upon_task,
)
from tests.story.seeing import case_page, said
from tests.world import Answer, World


async def ready(world: World, *, key: bool = False) -> str:
    """Both co-handlers gave their opinion; Longhua's draft was approved."""
    case = await filed(world)
    if key:
        await designate_key(world, case, leader="李副市长", supervised_by=COMMITTEE)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT, EDUCATION]))
    await sign(world, case, LONGHUA, TRANSPORT, EDUCATION)
    await opine(world, case, TRANSPORT)
    await opine(world, case, EDUCATION)
    await talk(world, case, LONGHUA)
    await draft(world, case, LONGHUA)
    await approve(world, case, LONGHUA)
    return case


async def ask(world: World, case: str, number: int = 1) -> Answer:
    body = {"draft": number}
    return await upon_task(world, "reply", case, LONGHUA, "ask-to-countersign", body)


async def countersign(
    world: World, case: str, unit: str, number: int = 1, **more: object
) -> Answer:
    body = {"lead_task": "D07.1", "draft": number, **more}
    post = "officer" if "paper" in more else "head"
    return await upon_task(world, "reply", case, unit, "countersign", body, post=post)


async def test_one_send_back_ends_the_waiting_and_the_next_version_is_signed(
    world: World,
) -> None:
    case = await ready(world)
    await ask(world, case)
    with pytest.raises(Refused, match=r"409 not-countersigned 第1稿尚待.*会签"):
        await issue(world, case, LONGHUA)

    refused = {"lead_task": "D07.1", "draft": 1, "why": "班次数据有误"}
    await upon_task(world, "reply", case, TRANSPORT, "refuse-countersign", refused, post="head")
    with pytest.raises(Refused, match="409 draft-went-back 第1稿已经退回修改"):
        await countersign(world, case, EDUCATION)
    with pytest.raises(Refused, match="409 draft-went-back"):
        await issue(world, case, LONGHUA)

    second = await draft(world, case, LONGHUA)
    await approve(world, case, LONGHUA, second)
    await ask(world, case, second)
    await countersign(world, case, TRANSPORT, second)
    await countersign(world, case, EDUCATION, second, paper=paper("教育局长"))
    await issue(world, case, LONGHUA, second)

    shown = await case_page(world, case)
    assert "市交通运输局退回会签的第1稿，由龙华区人民政府重拟" in shown
    assert "市教育局会签第2稿（教育局长2024-01-22书面签署）" in shown


async def test_a_stale_version_cannot_be_signed(world: World) -> None:
    case = await ready(world)
    await ask(world, case)
    await draft(world, case, LONGHUA)

    with pytest.raises(Refused, match="409 superseded-draft 第1稿之后已有第2稿"):
        await countersign(world, case, TRANSPORT)
    with pytest.raises(Refused, match="404 unknown-draft"):
        await countersign(world, case, TRANSPORT, 3)
    states = {one["state"] for one in (await said(world, case))["countersigns"]}
    assert states == {"ended"}


async def test_a_key_one_needs_every_name_and_the_districts_leaders(world: World) -> None:
    case = await ready(world, key=True)
    with pytest.raises(Refused, match="409 not-endorsed"):
        await issue(world, case, LONGHUA)
    await upon_task(world, "reply", case, LONGHUA, "endorse", {"draft": 1}, post="leader")
    with pytest.raises(Refused, match="409 not-countersigned"):
        await issue(world, case, LONGHUA)
    await ask(world, case)
    await countersign(world, case, TRANSPORT)
    await countersign(world, case, EDUCATION)

    letter = {"draft": 1, "summary": "已经开通", "evidence": "公告"}
    with pytest.raises(Refused, match="403 head-issues 本提案的答复须由单位主要负责人签发"):
        await upon_task(world, "reply", case, LONGHUA, "issue", letter, post="deputy")
    await issue(world, case, LONGHUA)

    assert "龙华区人民政府领导审定第1稿" in await case_page(world, case)
