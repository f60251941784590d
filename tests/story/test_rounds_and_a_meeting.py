"""Rounds are bounded: after the last one unit and proposer meet, and that is the end of them."""

import pytest

from tests.story.answering import check_reply, committee, draft, rate, reply
from tests.story.office import LONGHUA, WANG, Refused, filed, hand_over, row, sign
from tests.story.seeing import case_page, said
from tests.world import World

MET = {
    "held_on": "2024-01-22",
    "people": [WANG, "林区长"],
    "result": "agreed",
    "outcome": "达成一致",
}


async def test_two_rounds_then_a_meeting(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    await reply(world, case, LONGHUA)
    first = await rate(world, case, "D07.r1", result="dissatisfied")
    await reply(world, case, LONGHUA)
    with pytest.raises(Refused, match="409 no-meeting-ordered 这份答复没有要求当面沟通"):
        await committee(world, case, "replies/D07.r2/hold-meeting", MET)

    second = await rate(world, case, "D07.r2", result="dissatisfied")
    await committee(world, case, "replies/D07.r2/hold-meeting", MET)

    assert first.told == ["ReplyRated", "RedoOrdered"]
    assert second.told == ["ReplyRated", "FaceToFaceOrdered"]
    with pytest.raises(Refused, match="409 already-replied"):
        await draft(world, case, LONGHUA)
    newest = (await said(world, case))["replies"][0]
    assert (newest["meeting_result"], newest["meeting_outcome"]) == ("agreed", "达成一致")
    shown = await case_page(world, case)
    assert "提案人对龙华区人民政府第2轮办理仍不满意，组织面商" in shown
    assert "面商，达成一致" in shown


async def test_the_offices_own_rounds_do_not_count(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    await reply(world, case, LONGHUA)
    await check_reply(world, case, "D07.r1", "send-back", {"why": "遗漏要点"})
    await reply(world, case, LONGHUA)

    rated = await rate(world, case, "D07.r2", result="dissatisfied")

    assert rated.told == ["ReplyRated", "RedoOrdered"]
