"""A silent proposer: reminded, then written down as no answer, and satisfied by no means."""

from datetime import date
from typing import Any

import pytest

from tests.story.answering import answered, committee, rate
from tests.story.office import LI, LONGHUA, WANG, Refused
from tests.story.seeing import case_page, figures, said, standing
from tests.world import World

CLOSE, REMIND = "replies/D07.r1/close-ratings", "replies/D07.r1/remind-of-rating"


async def test_nobody_answered_and_nobody_is_counted_as_satisfied(world: World) -> None:
    case = await answered(world)
    with pytest.raises(Refused, match="409 rating-still-runs 王志毅尚未评价，评价期限到2024-02-09"):
        await committee(world, case, CLOSE)
    world.today = date(2024, 2, 21)
    with pytest.raises(Refused, match="409 not-reminded-yet 王志毅尚未评价，须先提醒再截止"):
        await committee(world, case, CLOSE)

    await committee(world, case, REMIND)
    await committee(world, case, CLOSE)

    assert await standing(world, case) == "评价未反馈"
    assert (await said(world, case))["replies"][0]["silent"] == [WANG]
    counted = await figures(world, LONGHUA)
    assert counted["ratings"]["result"] == {"satisfied": 0, "basically": 0, "dissatisfied": 0}
    assert "未反馈：王志毅" in await case_page(world, case)
    with pytest.raises(Refused, match="409 rating-is-closed 这份答复的评价已经截止"):
        await rate(world, case, "D07.r1")


async def test_the_unit_sees_what_was_said_after_the_closing(world: World) -> None:
    case = await answered(world, WANG, LI)
    await rate(world, case, "D07.r1", WANG)

    async def seen(**who: Any) -> int:
        answer = await world.ask("reply", f"/proposals/{case}", **who)
        return len(answer.body["ratings"])

    assert await seen(post="head", unit=LONGHUA) == 0
    assert await seen(post="committee") == 1
    await rate(world, case, "D07.r1", LI)
    await committee(world, case, CLOSE)
    assert await seen(post="head", unit=LONGHUA) == 2


async def test_progress_in_public_words(world: World) -> None:
    case = await answered(world)

    found = await world.ask("reply", f"/proposals/{case}/progress", post="proposer", person=LI)

    assert (found.body["says"], found.body["contacts"]) == ("已经答复", 1)
