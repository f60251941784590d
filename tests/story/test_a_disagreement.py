"""A disagreement: a co-handler contradicts the lead, and it goes up until somebody settles it."""

import pytest

from tests.story.answering import approve, draft, issue, opine, talk
from tests.story.office import (
    CITY,
    LONGHUA,
    OFFICE,
    TRANSPORT,
    Refused,
    act,
    filed,
    hand_over,
    row,
    sign,
    upon_task,
)
from tests.story.seeing import case_page, clocks, said, standing
from tests.world import World

D1 = "disagreements/C028.1.d1"


async def contradicted(world: World) -> str:
    """Longhua has a draft ready; transport does not agree to the route."""
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await talk(world, case, LONGHUA)
    await draft(world, case, LONGHUA)
    await approve(world, case, LONGHUA)
    given = await opine(world, case, TRANSPORT, opinion="不同意", contradicts="线路走向")
    assert given.told == ["OpinionGiven", "DisagreementOpened"]
    return case


async def test_it_is_raised_to_a_leader_and_the_reply_waits(world: World) -> None:
    case = await contradicted(world)
    up, at = {"why": "协商不成"}, f"/proposals/{case}/{D1}"

    with pytest.raises(Refused, match="409 still-disagreeing 与市交通运输局的意见分歧尚未解决"):
        await issue(world, case, LONGHUA)
    await act(world, "reply", f"{at}/raise", up, post="head", unit=LONGHUA)
    await act(world, "reply", f"{at}/raise", up, post="office", unit=OFFICE)
    with pytest.raises(Refused, match="403 not-at-your-level 这项分歧目前由市领导协商处理"):
        await act(world, "reply", f"{at}/settle", {"outcome": "照旧"}, post="office", unit=OFFICE)
    await act(world, "reply", f"{at}/settle", {"outcome": "按原走向"}, post="leader", unit=CITY)
    await issue(world, case, LONGHUA)

    assert await standing(world, case) == "已答复"
    shown = await case_page(world, case)
    assert "市交通运输局与龙华区人民政府意见不一致，由双方负责人协商" in shown
    assert "的分歧提请市领导协调" in shown


async def test_the_heads_agree_and_the_one_who_contradicted_says_so(world: World) -> None:
    case = await contradicted(world)
    at, agreed = f"/proposals/{case}/{D1}/settle", {"outcome": "改走支路"}

    with pytest.raises(Refused, match="403 not-your-disagreement"):
        await act(world, "reply", at, agreed, post="head", unit=LONGHUA)
    await act(world, "reply", at, agreed, post="head", unit=TRANSPORT)
    await issue(world, case, LONGHUA)

    assert "的分歧已经解决" in await case_page(world, case)


async def test_an_opinion_taken_back_ends_the_disagreement_and_is_owed_again(
    world: World,
) -> None:
    case = await contradicted(world)

    withdrawn = await upon_task(
        world, "reply", case, TRANSPORT, "opinion/withdraw", {"why": "重新研究"}, post="head"
    )
    with pytest.raises(Refused, match="409 opinions-still-due 市交通运输局的会办意见尚未提出"):
        await issue(world, case, LONGHUA)
    await opine(world, case, TRANSPORT, opinion="同意")
    await issue(world, case, LONGHUA)

    assert withdrawn.told == ["OpinionWithdrawn", "DisagreementSettled"]
    opinions = (await said(world, case))["opinions"]
    assert sorted(one["document_number"] for one in opinions) == [
        "市交通局会函〔2024〕1号",
        "市交通局会函〔2024〕2号",
    ]
    assert (await clocks(world, case))["C028.1/opinion"] == "stopped"
