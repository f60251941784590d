"""A key proposal: led by a leader, supervised by a body, and marked wherever it is shown."""

import pytest

from tests.story.answering import approve, draft, issue, rate, talk
from tests.story.office import (
    LONGHUA,
    Refused,
    designate_key,
    filed,
    hand_over,
    row,
    sign,
    upon_task,
)
from tests.story.seeing import case_page, figures, page
from tests.world import World


async def test_a_key_proposal_is_led_by_a_leader_and_counted(world: World) -> None:
    case, ordinary = await filed(world, "河套创新合作"), await filed(world, "增设长椅")
    await designate_key(world, case, leader="李副市长", supervised_by="市政协提案委")
    await hand_over(world, row(case, lead=LONGHUA), row(ordinary, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    await talk(world, case, LONGHUA)
    await draft(world, case, LONGHUA)
    await approve(world, case, LONGHUA)
    with pytest.raises(Refused, match="409 not-endorsed 第1稿尚未经区级审定"):
        await issue(world, case, LONGHUA)
    await upon_task(world, "reply", case, LONGHUA, "endorse", {"draft": 1}, post="head")
    await issue(world, case, LONGHUA)
    await rate(world, case, "D07.r1")

    assert "重点提案，李副市长领办，市政协提案委员会督办。" in await case_page(world, case)
    assert "重点提案" not in await case_page(world, ordinary)
    counted = await figures(world, LONGHUA)
    assert (counted["received"], counted["key"]) == (2, 1)
    ledger = await page(world, "/ledger?key=yes")
    assert "河套创新合作" in ledger
    assert "增设长椅" not in ledger


async def test_a_proposal_becomes_key_once(world: World) -> None:
    case = await filed(world, "河套创新合作")
    await designate_key(world, case, leader="李副市长", supervised_by="市政协提案委")

    with pytest.raises(Refused, match="409 already-key 第20240001号提案已经是重点提案"):
        await designate_key(world, case, leader="李副市长", supervised_by="市政协提案委")
