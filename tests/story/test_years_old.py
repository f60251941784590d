"""Years old: a round that was opened under the first release is answered after the upgrade."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from tests.conftest import Opening
from tests.story.answering import committee, reply
from tests.story.office import CITY, LONGHUA, WANG, act
from tests.story.registering import except_days
from tests.story.seeing import case_page, clocks, page, said, standing
from tests.story.watching import sweep
from tests.story.years_ago import CASE, left_by_the_first_release, told_to_the_portal
from tests.world import World

TODAY = date(2026, 3, 2)


@pytest.fixture
async def world(open_world: Opening, database_url: str, kafka: str) -> AsyncIterator[World]:
    """All six services on a morning in 2026, upgraded overnight."""
    await left_by_the_first_release(database_url)
    async with open_world(today=TODAY, kafka=kafka) as all_services:
        await told_to_the_portal(all_services)
        yield all_services


async def rate_by_wang(world: World, reply_id: str, result: str) -> list[str]:
    path = f"/proposals/{CASE}/replies/{reply_id}/ratings"
    body = {"proposer": WANG, "process": "satisfied", "result": result}
    rated = await act(
        world, "reply", path, body, post="proposer", unit=CITY, person="proposer.wang"
    )
    return rated.told


async def test_the_second_round_of_long_ago_is_answered_and_rated(world: World) -> None:
    assert await standing(world, CASE) == "重新办理"
    assert (await clocks(world, CASE))["D07.r1/redo"] == "red"
    assert "再次答复（评价不满意，重新办理）" in await page(world, f"/units/{LONGHUA}")
    assert "龙华区人民政府重新办理（第2轮），2024-07-02前再次答复" in await case_page(world, CASE)

    await reply(world, CASE, LONGHUA)

    [second, first] = (await said(world, CASE))["replies"]
    assert (first["document_number"], second["round"]) == ("龙华区函〔2024〕12号", 2)
    assert second["document_number"] == "龙华区函〔2026〕1号"
    assert second["days_late"] > 0
    assert (await clocks(world, CASE))["D07.r1/redo"] == "stopped"
    assert await rate_by_wang(world, "D07.r2", "satisfied") == ["ReplyRated"]
    assert await standing(world, CASE) == "已答复"
    world.today = date(2026, 3, 24)
    await committee(world, CASE, "replies/D07.r2/remind-of-rating")
    await committee(world, CASE, "replies/D07.r2/close-ratings")
    assert await standing(world, CASE) == "已评价"
    assert await world.rows("portal", "SELECT why FROM parked") == []


async def test_its_rounds_of_then_count_and_now_they_must_meet(world: World) -> None:
    await reply(world, CASE, LONGHUA)

    rated = await rate_by_wang(world, "D07.r2", "dissatisfied")

    assert rated == ["ReplyRated", "FaceToFaceOrdered"]
    assert (await clocks(world, CASE))["D07.r2/meet"] == "green"


async def test_what_nobody_did_for_years_is_told_once_and_late(world: World) -> None:
    first = await sweep(world)
    before = await world.told_by("escalation", CASE)

    again = await sweep(world)

    assert first["reminders"] > 0
    assert "DeadlineMissed" in before
    assert (again, await world.told_by("escalation", CASE)) == ({}, before)


async def test_what_was_waited_for_then_moves_with_a_calendar_of_today(world: World) -> None:
    await except_days(world, ("2024-04-15", False), why="台风停工，补记")

    replies = (await said(world, CASE))["replies"]
    assert [one["rate_by"] for one in replies] == ["2024-04-16"]
    assert "评价期限由2024-04-15改为2024-04-16" in await case_page(world, CASE)
