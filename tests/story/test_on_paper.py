"""On paper: what was signed on paper is recorded with its scan, its day, and as such."""

from datetime import date

import pytest

from tests.story.answering import committee, draft, paper, reply, talk
from tests.story.office import (
    LI,
    LONGHUA,
    TRANSPORT,
    WANG,
    Refused,
    filed,
    hand_over,
    row,
    sign,
    upon_task,
)
from tests.story.seeing import case_page, said, standing
from tests.world import World

LETTER = {"draft": 1, "summary": "社区巴士已经增开", "evidence": "通车公告"}


async def test_a_letter_signed_on_paper_is_recorded_by_an_officer(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    await talk(world, case, LONGHUA)
    await draft(world, case, LONGHUA)
    world.today = date(2024, 4, 24)

    with pytest.raises(Refused, match="403 post-may-not"):
        await upon_task(world, "reply", case, LONGHUA, "issue", LETTER)
    signed = {**LETTER, "paper": paper("林区长", "2024-04-22")}
    issued = await upon_task(world, "reply", case, LONGHUA, "issue", signed)

    data = issued.body["events"][0]["data"]
    assert (data["days_late"], data["paper"]["signed_by"]) == (0, "林区长")
    assert await standing(world, case) == "已答复"
    shown = await case_page(world, case)
    assert "龙华区函〔2024〕1号（林区长2024-04-22书面签署）" in shown


async def test_an_opinion_signed_on_paper_counts_by_its_day(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await upon_task(world, "reply", case, TRANSPORT, "opinion/drafts", {"opinion": "同意"})
    world.today = date(2024, 2, 26)
    body = {"draft": 1, "paper": paper("运输局长", "2024-02-22")}

    given = await upon_task(world, "reply", case, TRANSPORT, "opinion/issue", body)

    assert given.body["events"][0]["data"]["days_late"] == 0
    assert "反馈会办意见（运输局长2024-02-22书面签署）" in await case_page(world, case)


async def test_a_form_on_paper_is_entered_by_the_committee_with_its_trace(world: World) -> None:
    case = await filed(world, "增开社区巴士", WANG, LI)
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    await reply(world, case, LONGHUA)
    rating = {"proposer": LI, "process": "satisfied", "result": "basically"}

    with pytest.raises(Refused, match="422 needs-paper 代李娜登记须附本人签名的书面材料"):
        await committee(world, case, "replies/D07.r1/ratings", rating)
    await committee(world, case, "replies/D07.r1/ratings", {**rating, "paper": paper(LI)})

    [entered] = (await said(world, case))["ratings"]
    assert (entered["proposer"], entered["entered_by"]) == (LI, "committee.C004")
    assert entered["paper"]["scan"]["name"] == "扫描件.pdf"
