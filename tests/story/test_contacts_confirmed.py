"""Contacts: proposers confirm them, deny them, or need none; a claim that is denied is none."""

import pytest

from tests.story.answering import approve, committee, draft, issue, paper, speak, talk
from tests.story.office import (
    COMMITTEE,
    LI,
    LONGHUA,
    OFFICE,
    WANG,
    Refused,
    designate_key,
    filed,
    hand_over,
    row,
    sign,
)
from tests.story.seeing import case_page, said, standing
from tests.world import World


async def approved(world: World, *proposers: str, talked: bool = True) -> str:
    """Longhua has a draft that was approved."""
    case = await filed(world, "增开社区巴士", *proposers)
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    if talked:
        await talk(world, case, LONGHUA)
    await draft(world, case, LONGHUA)
    await approve(world, case, LONGHUA)
    return case


async def test_a_denied_contact_blocks_the_reply_until_they_have_really_talked(
    world: World,
) -> None:
    case = await approved(world)

    await speak(world, case, "contacts/D07.1.c1/deny", {"says": "没有人联系过我"})
    with pytest.raises(Refused, match="409 no-contact-yet"):
        await issue(world, case, LONGHUA)
    denials = await world.ask("reply", "/denials", post="office", unit=OFFICE)
    assert [(one["proposer"], one["says"]) for one in denials.body] == [(WANG, "没有人联系过我")]

    await talk(world, case, LONGHUA)
    await speak(world, case, "contacts/D07.1.c2/confirm", {})
    await issue(world, case, LONGHUA)

    assert await standing(world, case) == "已答复"
    shown = await case_page(world, case)
    assert "王志毅否认龙华区人民政府所记的沟通" in shown
    assert "王志毅确认龙华区人民政府的沟通属实" in shown


async def test_a_proposer_who_needs_no_talk_opens_the_way(world: World) -> None:
    case = await approved(world, WANG, LI, talked=False)
    waive = "tasks/D07.1/waive-contact"

    await speak(world, case, waive, {}, proposer=LI)
    with pytest.raises(Refused, match="409 no-contact-yet"):
        await issue(world, case, LONGHUA)
    await speak(world, case, waive, {})
    await issue(world, case, LONGHUA)

    assert "王志毅表示龙华区人民政府答复前无需沟通" in await case_page(world, case)


async def test_the_committee_enters_what_stands_on_a_paper(world: World) -> None:
    case = await approved(world)
    path = "contacts/D07.1.c1/confirm"

    with pytest.raises(Refused, match="422 needs-paper 代王志毅登记须附本人签名的书面材料"):
        await committee(world, case, path, {"proposer": WANG})
    await committee(world, case, path, {"proposer": WANG, "paper": paper(WANG)})

    [contact] = (await said(world, case))["contacts"]
    assert contact["confirmed_by"] == [WANG]


async def test_of_a_key_proposal_nothing_is_written_before_a_talk(world: World) -> None:
    case = await filed(world, "河套创新合作")
    await designate_key(world, case, leader="李副市长", supervised_by=COMMITTEE)
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)

    with pytest.raises(Refused, match="409 talk-first 第1轮办理还没有与提案人沟通"):
        await draft(world, case, LONGHUA)
    await talk(world, case, LONGHUA)
    assert await draft(world, case, LONGHUA) == 1
