"""Coordinated: parties say where they stand, they meet, a leader decides, and it is done."""

from datetime import date
from typing import Any

import pytest

from tests.story.answering import rate, reply, talk
from tests.story.office import (
    CITY,
    FUTIAN,
    LONGHUA,
    NANSHAN,
    OFFICE,
    TRANSPORT,
    Refused,
    act,
    filed,
    hand_over,
    return_task,
    row,
    sign,
)
from tests.story.seeing import case_page, clocks, handling, matters, page, told
from tests.story.watching import decide_matter, flag, mornings_until
from tests.world import World


async def upon_matter(
    world: World,
    case: str,
    path: str,
    *,
    post: str = "office",
    unit: str = OFFICE,
    **body: Any,
) -> None:
    path = f"/proposals/{case}/matters/m1/{path}"
    await act(world, "escalation", path, body, post=post, unit=unit)


async def flagged(world: World) -> str:
    """Longhua leads, Futian co-handles; the office puts their dispute before the city."""
    case = await filed(world, "跨区公交")
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[FUTIAN]))
    await sign(world, case, LONGHUA, FUTIAN)
    await flag(world, case, LONGHUA, FUTIAN)
    return case


async def test_a_case_from_its_flag_to_what_came_of_it(world: World) -> None:
    case = await flagged(world)
    await upon_matter(
        world, case, "positions", post="officer", unit=FUTIAN, position="应由交通部门统筹"
    )
    world.days_pass(1)
    await upon_matter(
        world,
        case,
        "meetings",
        held_on=world.today.isoformat(),
        present=[LONGHUA, FUTIAN],
        minutes="请市交通运输局统筹",
    )

    await decide_matter(world, case, lead=TRANSPORT)

    assert (await handling(world, case))["C028.2"]["state"] == "unsigned"
    standing = await clocks(world, case)
    assert (standing["m1/matter"], standing["m1/carry_out"]) == ("stopped", "stopped")
    [done] = await told(world, "escalation", case, "CoordinationCarriedOut")
    assert done["says"] == "已按协调决定改派"
    shown = await case_page(world, case)
    assert "福田区人民政府就协调事项陈述意见" in shown
    assert "协调决定已落实（改定主办）" in shown


async def test_what_is_asked_of_another_body_is_followed_up(world: World) -> None:
    case = await flagged(world)
    body = {
        "decision": "请市交通运输局安排经费",
        "effect": {"kind": "ask", "unit": TRANSPORT},
    }
    path = f"/proposals/{case}/matters/m1/decide"
    await act(world, "escalation", path, body, post="leader", unit=CITY)
    owing = await page(world, f"/units/{TRANSPORT}")

    await upon_matter(world, case, "follow-ups", says="经费方案在批")
    await upon_matter(world, case, "carry-out", says="经费已下达")

    [matter] = await matters(world, case)
    assert "协调决定待落实" in owing
    assert matter["carried_out_says"] == "经费已下达"
    assert (await clocks(world, case))["m1/carry_out"] == "stopped"


async def test_a_case_that_nobody_decides_climbs_to_the_leader(world: World) -> None:
    case = await flagged(world)

    await mornings_until(world, date(2024, 2, 27))

    reminded = await told(world, "escalation", case, "ReminderSent")
    of_matter = [one for one in reminded if one["clock_id"] == "m1/matter"]
    assert [(one["to"], one["recipients"]) for one in of_matter] == [
        ("交办机关经办人", ["office.C007"]),
        ("督查室", ["supervision.C007"]),
        ("分管领导", ["leader.C001"]),
    ]


async def test_a_wrong_flag_is_dismissed_and_counts_against_its_rule(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[FUTIAN, NANSHAN]))
    [matter] = await matters(world, case)
    await upon_matter(world, case, "dismiss", why="各区只报意见")

    figures = await world.ask("escalation", "/coordination/2024", post="office", unit=OFFICE)

    assert matter["rule"] == "several-districts"
    [of_rule] = figures.body["rules"]
    assert (of_rule["rule"], of_rule["dismissed"]) == ("several-districts", 1)
    with pytest.raises(Refused, match="409 already-dismissed"):
        await decide_matter(world, case)


async def test_a_district_that_says_it_is_beyond_its_powers_brings_it_to_the_city(
    world: World,
) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))

    await return_task(world, case, LONGHUA, proposed=TRANSPORT, reason_code="other-level")

    [matter] = await matters(world, case)
    assert (matter["rule"], matter["parties"]) == ("beyond-powers", [LONGHUA, TRANSPORT])


async def test_a_promise_that_another_blocks_is_brought_to_the_city(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    promise = {"text": "开通社区巴士", "due_on": "2024-09-02"}
    await reply(world, case, LONGHUA, result_class="B", promises=[promise])

    await act(
        world,
        "escalation",
        f"/proposals/{case}/promises/D07.r1.p1/blocked",
        {"blocked_by": TRANSPORT, "why": "线路未获批准"},
        post="officer",
        unit=LONGHUA,
    )

    [matter] = await matters(world, case)
    assert (matter["rule"], matter["parties"]) == ("blocked-promise", [LONGHUA, TRANSPORT])
    assert "承诺事项受阻" in await case_page(world, case)


async def test_proposers_who_are_never_satisfied_bring_it_to_the_city(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    for nth in (1, 2):
        await reply(world, case, LONGHUA, result_class="D", reason="留作参考")
        assert await matters(world, case) == []
        await rate(world, case, f"D07.r{nth}", result="dissatisfied")

    [matter] = await matters(world, case)
    assert matter["rule"] == "third-round"


async def test_a_decision_that_comes_after_the_reply_changes_who_goes_on(world: World) -> None:
    case = await flagged(world)
    await mornings_until(world, date(2024, 2, 23))
    await reply(world, case, LONGHUA, without_opinions_because="福田区未按期提出意见")

    await decide_matter(world, case, lead=TRANSPORT)

    standing = await clocks(world, case)
    assert standing["D07.1/reply"] == "stopped"
    assert standing["C028.2/reply"] == "green"
    with pytest.raises(Refused, match="409 task-ended"):
        await talk(world, case, LONGHUA)
