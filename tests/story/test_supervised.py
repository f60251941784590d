"""Supervised: what is late for too long is put to the unit in a letter, and seen to its end."""

from datetime import date
from typing import Any

from tests.story.answering import opine
from tests.story.office import (
    FUTIAN,
    LONGHUA,
    OFFICE,
    TRANSPORT,
    act,
    designate_key,
    filed,
    hand_over,
    row,
    sign,
)
from tests.story.seeing import case_page, clocks, page
from tests.story.watching import mornings_until
from tests.world import World


async def upon_case(
    world: World, case: str, path: str, *, post: str = "office", unit: str = OFFICE, **body: Any
) -> None:
    await act(world, "escalation", f"/proposals/{case}/{path}", body, post=post, unit=unit)


async def supervisions(world: World, case: str) -> list[dict[str, Any]]:
    answer = await world.ask("escalation", f"/proposals/{case}")
    return list(answer.body["supervisions"])


async def late_by_ten_days(world: World) -> str:
    """The transport bureau has not given its opinion ten working days after 22 February."""
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await mornings_until(world, date(2024, 3, 7))
    return case


async def test_ten_working_days_late_is_a_letter_with_a_number(world: World) -> None:
    case = await late_by_ten_days(world)

    [one] = await supervisions(world, case)
    assert (one["number"], one["unit"], one["opened_on"]) == (
        "督办〔2024〕1号",
        TRANSPORT,
        "2024-03-07",
    )
    assert "督办待反馈" in await page(world, f"/units/{TRANSPORT}")
    assert "督办市交通运输局（督办〔2024〕1号），2024-03-14前反馈" in await case_page(world, case)


async def test_it_is_answered_and_closed_with_a_result(world: World) -> None:
    case = await late_by_ten_days(world)
    await upon_case(
        world, case, "supervisions/s1/answer", post="officer", unit=TRANSPORT, says="本周报送"
    )
    await opine(world, case, TRANSPORT)
    await upon_case(world, case, "supervisions/s1/close", result="意见已报送")

    await mornings_until(world, date(2024, 4, 1))

    assert [one["state"] for one in await supervisions(world, case)] == ["closed"]
    assert (await clocks(world, case))["s1/supervise"] == "stopped"
    assert "督办待反馈" not in await page(world, f"/units/{TRANSPORT}")


async def test_a_supervision_that_nobody_answers_climbs_itself(world: World) -> None:
    case = await late_by_ten_days(world)

    await mornings_until(world, date(2024, 3, 19))

    rows = await world.rows(
        "escalation",
        "SELECT convert_from(payload, 'UTF8')::json ->> 'to' AS whom FROM events"
        " WHERE aggregateid = $1 AND type LIKE '%ReminderSent%'"
        " AND convert_from(payload, 'UTF8')::json ->> 'clock_id' = 's1/supervise' ORDER BY seq",
        case,
    )
    assert [row["whom"] for row in rows] == ["经办人", "单位联络员", "单位负责人"]


async def test_what_is_found_on_the_spot_stands_on_the_unit_s_list_until_it_is_answered(
    world: World,
) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[FUTIAN]))
    await upon_case(
        world,
        case,
        "inspections",
        held_on=world.today.isoformat(),
        place="民治街道",
        units=[LONGHUA],
        progress="站点已选定",
        effect="",
        findings=[{"unit": LONGHUA, "says": "没有公示线路"}],
    )
    listed = await page(world, f"/units/{LONGHUA}")

    path = "inspections/i1/findings/i1.1/answer"
    await upon_case(world, case, path, post="officer", unit=LONGHUA, says="已经公示")

    assert "督查问题待整改" in listed
    assert "督查问题待整改" not in await page(world, f"/units/{LONGHUA}")
    assert "在民治街道现场督查龙华区人民政府" in await case_page(world, case)


async def test_a_key_proposal_is_led_by_its_leader(world: World) -> None:
    case = await filed(world)
    await designate_key(world, case, leader="市政府分管领导", supervised_by=OFFICE)
    await hand_over(world, row(case, lead=LONGHUA))

    await upon_case(
        world,
        case,
        "activities",
        kind="visit",
        held_on=world.today.isoformat(),
        units=[LONGHUA],
        summary="走访社区，听取居民意见",
    )

    assert "市政府分管领导于2024-01-22开展领衔督办（走访）" in await case_page(world, case)
