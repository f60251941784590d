"""Declined: what the committee does not file goes no further, and the reason is on its page."""

import pytest

from tests.story.office import (
    LONGHUA,
    Refused,
    accept,
    decline,
    designate_key,
    hand_over,
    row,
    submit,
)
from tests.story.seeing import case_page, standing
from tests.world import World


async def test_a_declined_proposal_shows_its_reason_and_is_handed_to_nobody(world: World) -> None:
    case = await submit(world, "请解决我家的停车位")

    declined = await decline(world, case, reason_code="personal")

    assert declined.body["events"][0]["data"]["reason"] == "为本人或者亲属解决个人问题"
    assert await standing(world, case) == "不予立案"
    assert "审查不予立案：为本人或者亲属解决个人问题" in await case_page(world, case)
    with pytest.raises(Refused, match="409 faulty-list") as refused:
        await hand_over(world, row(case, lead=LONGHUA))
    assert [one["code"] for one in refused.value.answer.body["findings"]] == ["not-filed"]


async def test_a_proposal_is_reviewed_once(world: World) -> None:
    case = await submit(world, "请解决我家的停车位")
    with pytest.raises(Refused, match=r"422 unknown-decline-reason .*“boring”不在现行规则之内"):
        await decline(world, case, reason_code="boring")
    await decline(world, case, reason_code="personal")

    with pytest.raises(Refused, match="409 already-reviewed 提案《请解决我家的停车位》不予立案"):
        await accept(world, case)
    with pytest.raises(Refused, match="409 not-filed"):
        await designate_key(world, case, leader="李市长", supervised_by="市政协提案委")
