"""Four eyes: whoever wrote a draft does not approve it, and only what was approved goes out."""

import pytest

from tests.story.answering import approve, draft, issue, talk
from tests.story.office import LONGHUA, Refused, act, filed, hand_over, row, sign
from tests.story.seeing import said, standing
from tests.world import World

CHEN, LUO = "陈主任", "罗主任"


async def drafted_by_chen(world: World) -> str:
    """The head of Longhua's office wrote the draft herself."""
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    await talk(world, case, LONGHUA)
    path = f"/proposals/{case}/tasks/D07.1/drafts"
    body = {"text": "答复如下。", "result_class": "A"}
    await act(world, "reply", path, body, post="head", unit=LONGHUA, person=CHEN)
    return case


async def test_the_drafter_cannot_approve_whatever_post_they_hold(world: World) -> None:
    case = await drafted_by_chen(world)
    path = f"/proposals/{case}/tasks/D07.1/approve"

    with pytest.raises(Refused, match="409 approves-own-draft 拟稿人不能审签自己的稿件"):
        await act(world, "reply", path, {"draft": 1}, post="head", unit=LONGHUA, person=CHEN)
    await act(world, "reply", path, {"draft": 1}, post="head", unit=LONGHUA, person=LUO)

    await issue(world, case, LONGHUA)
    assert await standing(world, case) == "已答复"
    [version] = (await said(world, case))["drafts"]
    assert (version["drafter"], version["approver"]) == (CHEN, LUO)


async def test_nothing_goes_out_unapproved_and_a_new_draft_needs_a_new_approval(
    world: World,
) -> None:
    case = await drafted_by_chen(world)
    with pytest.raises(Refused, match="409 not-approved 第1稿尚未审签"):
        await issue(world, case, LONGHUA)
    await approve(world, case, LONGHUA)
    await draft(world, case, LONGHUA)

    with pytest.raises(Refused, match="409 superseded-draft 第1稿之后已有第2稿"):
        await issue(world, case, LONGHUA)
    with pytest.raises(Refused, match="409 not-approved 第2稿尚未审签"):
        await issue(world, case, LONGHUA, 2)
    with pytest.raises(Refused, match="409 superseded-draft"):
        await approve(world, case, LONGHUA)
    assert await standing(world, case) == "办理中"


async def test_an_officer_neither_approves_nor_sends(world: World) -> None:
    case = await drafted_by_chen(world)

    for verb, body in (("approve", {"draft": 1}), ("issue", {"draft": 1, "summary": "好"})):
        path = f"/proposals/{case}/tasks/D07.1/{verb}"
        with pytest.raises(Refused, match=r"403 post-may-not 此事由承办单位.*负责人办理"):
            await act(world, "reply", path, body, post="officer", unit=LONGHUA)


async def test_the_words_of_a_draft_are_for_the_unit_that_writes_it(world: World) -> None:
    case = await drafted_by_chen(world)

    own = await world.ask("reply", f"/proposals/{case}", post="officer", unit=LONGHUA)
    other = await world.ask("reply", f"/proposals/{case}", post="office", unit="C007")

    assert [one["text"] for one in own.body["drafts"]] == ["答复如下。"]
    assert [one["text"] for one in other.body["drafts"]] == [None]
