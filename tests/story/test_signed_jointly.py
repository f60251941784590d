"""Signed jointly: each proposer signs for themselves, in time, or stays out."""

from datetime import date

import pytest

from tests.story.office import CITY, LI, WANG, ZHAO, Refused, accept, submit
from tests.story.proposing import as_member, at_intake, begin_draft
from tests.story.seeing import case_page, standing
from tests.world import World

IN_SESSION = date(2024, 1, 10)
OFF_SESSION = date(2024, 3, 4)


async def asked_to_sign(world: World) -> str:
    """Wang writes, Li and Zhao are asked to sign."""
    case = await begin_draft(world, WANG, LI, ZHAO)
    await as_member(world, WANG, f"/drafts/{case}/ask-signatures")
    return case


async def test_two_sign_and_it_is_a_joint_proposal_from_then_on(world: World) -> None:
    case = await asked_to_sign(world)
    for signer in (LI, ZHAO):
        await as_member(world, signer, f"/drafts/{case}/sign")
    await as_member(world, WANG, f"/drafts/{case}/submit")
    await accept(world, case)

    found = await at_intake(world, case)
    assert [one["name"] for one in found["proposers"]] == [WANG, LI, ZHAO]
    assert await standing(world, case) == "待交办"
    shown = await case_page(world, case)
    assert "邀请李娜、赵明联名" in shown
    assert "李娜联名签署" in shown


async def test_who_does_not_sign_in_time_is_left_out_with_a_word(world: World) -> None:
    world.today = OFF_SESSION
    case = await asked_to_sign(world)
    await as_member(world, LI, f"/drafts/{case}/sign")
    with pytest.raises(Refused, match="409 signatures-open 联名人赵明还可以签署"):
        await as_member(world, WANG, f"/drafts/{case}/submit")
    world.days_pass(2)

    with pytest.raises(Refused, match="409 signing-closed 联名签署已于2024-03-05"):
        await as_member(world, ZHAO, f"/drafts/{case}/sign")
    await as_member(world, WANG, f"/drafts/{case}/submit")

    found = await at_intake(world, case)
    assert [one["name"] for one in found["proposers"]] == [WANG, LI]
    assert "赵明逾期未签署，不列为提案人" in await case_page(world, case)


async def test_in_session_there_are_hours_only(world: World) -> None:
    world.today = IN_SESSION
    case = await asked_to_sign(world)
    world.days_pass(1)

    with pytest.raises(Refused, match=r"409 signing-closed 联名签署已于2024-01-1[01]"):
        await as_member(world, LI, f"/drafts/{case}/sign")


async def test_words_that_change_after_a_signature_need_another_one(world: World) -> None:
    case = await asked_to_sign(world)
    await as_member(world, LI, f"/drafts/{case}/sign")
    changed = {
        "version": 1,
        "title": "关于取消社区巴士的提案",
        "text": "建议相反。",
        "kind": "joint",
        "joint": [{"name": LI, "person": LI}],
    }
    saved = await world.tell(
        "intake", f"/drafts/{case}", changed, post="proposer", person=WANG, method="PUT"
    )

    assert saved.status == 200
    with pytest.raises(
        Refused, match="409 signatures-unasked 联名人李娜还没有被邀请签署现在的文字"
    ):
        await as_member(world, WANG, f"/drafts/{case}/submit")


async def test_nobody_hands_in_in_the_name_of_others(world: World) -> None:
    body = {
        "year": 2024,
        "title": "增开社区巴士",
        "text": "建议如下。",
        "kind": "joint",
        "proposers": [{"name": WANG, "person": WANG}, {"name": LI, "person": LI}],
    }

    with pytest.raises(Refused, match="409 joint-signs-online"):
        await as_member(world, WANG, "/proposals", body)
    assert await submit(world, "增开社区巴士", WANG, LI)


async def test_a_proposer_reads_the_page_of_their_own_proposal(world: World) -> None:
    case = await asked_to_sign(world)
    for signer in (LI, ZHAO):
        await as_member(world, signer, f"/drafts/{case}/sign")
    await as_member(world, WANG, f"/drafts/{case}/submit")

    shown = await world.ask("portal", f"/proposals/{case}", post="proposer", unit=CITY, person=LI)

    assert shown.status == 200
    assert "李娜联名签署" in shown.body
