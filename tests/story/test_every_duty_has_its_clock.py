"""Every duty has its clock, from the act that brings it to the act that ends it."""

from datetime import date

from tests.simulation.books import disagreements
from tests.story.answering import check_reply, committee, rate, reply, talk
from tests.story.assigning import (
    by_unit,
    decide_objection,
    hold_meeting,
    object_once_more,
)
from tests.story.office import (
    HOUSING,
    LONGHUA,
    MARKET,
    PLANNING,
    TRANSPORT,
    WANG,
    decide_return,
    designate_key,
    filed,
    hand_over,
    return_task,
    row,
    sign,
)
from tests.story.proposing import merge_by_office, review
from tests.story.registering import end_post
from tests.story.seeing import clocks, matters, page, told
from tests.story.watching import mornings_until
from tests.world import World

ROUTE = {"text": "开通线路三条", "due_on": "2024-05-10"}


async def led(world: World, unit: str = LONGHUA) -> str:
    case = await filed(world)
    await hand_over(world, row(case, lead=unit))
    return case


async def objected(world: World) -> str:
    """Markets was refused, and objects once more."""
    case = await led(world, MARKET)
    await return_task(world, case, MARKET, proposed=PLANNING)
    await decide_return(world, case, MARKET, upheld=False)
    await object_once_more(world, case, MARKET, proposed=HOUSING)
    return case


async def test_while_an_objection_runs_nobody_is_told_to_sign(world: World) -> None:
    case = await objected(world)
    before = await clocks(world, case)

    await mornings_until(world, date(2024, 2, 6))

    missed = await told(world, "escalation", case, "DeadlineMissed")
    reminded = await told(world, "escalation", case, "ReminderSent")
    assert (before["C032.1/sign"], before["C032.1/decide_objection"]) == ("paused", "green")
    assert [one["clock"] for one in missed] == ["decide_objection"]
    rungs = [one["to"] for one in reminded if one["clock"] == "decide_objection"]
    assert rungs == ["交办机关经办人", "交办机关负责人"]
    assert "sign" not in {one["clock"] for one in reminded}
    assert await disagreements(world) == {}


async def test_a_refused_objection_lets_signing_go_on(world: World) -> None:
    case = await objected(world)
    world.days_pass(2)
    await hold_meeting(world, case, MARKET, PLANNING, HOUSING)
    await decide_objection(world, case, MARKET, upheld=False)

    now = await clocks(world, case)
    assert now["C032.1/decide_objection"] == "stopped"
    assert now["C032.1/sign"] in {"green", "yellow"}
    await sign(world, case, MARKET)
    assert (await clocks(world, case))["C032.1/sign"] == "stopped"
    assert await disagreements(world) == {}


async def test_with_an_upheld_objection_the_old_clocks_are_dead(world: World) -> None:
    case = await objected(world)
    await hold_meeting(world, case, MARKET, PLANNING, HOUSING)
    await decide_objection(world, case, MARKET, upheld=True)

    now = await clocks(world, case)
    assert (now["C032.1/sign"], now["C032.1/reply"]) == ("dead", "dead")
    assert {now[f"{HOUSING}.2/sign"], now[f"{HOUSING}.2/reply"]} <= {"green", "yellow"}
    assert await disagreements(world) == {}


async def test_of_a_reply_that_was_sent_back_nothing_is_waited_for(world: World) -> None:
    case = await led(world)
    await sign(world, case, LONGHUA)
    await reply(world, case, LONGHUA, result_class="B", promises=[ROUTE])
    before = await clocks(world, case)
    await check_reply(world, case, "D07.r1", "send-back", {"why": "没有逐条答复"})

    now = await clocks(world, case)
    for clock in ("D07.r1/rate", "D07.r1/publish", "D07.r1.p1/promise"):
        assert (before[clock], now[clock]) == ("green", "dead")
    assert now["D07.r1/redo"] == "green"
    assert await matters(world, case) == []
    assert await disagreements(world) == {}
    await mornings_until(world, date(2024, 2, 22))
    rung_for = {one["clock"] for one in await told(world, "escalation", case, "ReminderSent")}
    assert rung_for <= {"redo", "reply"}


async def test_the_committee_s_day_is_when_the_rating_is_due(world: World) -> None:
    case = await led(world)
    await sign(world, case, LONGHUA)
    await reply(world, case, LONGHUA)
    world.days_pass(14)
    await committee(world, case, "replies/D07.r1/ask-for-ratings")

    [asked] = await told(world, "reply", case, "RatingAsked")
    shown = await world.ask("escalation", f"/proposals/{case}")
    due_on = {one["clock_id"]: one["due_on"] for one in shown.body["clocks"]}
    assert due_on["D07.r1/rate"] == asked["rate"]["on"]


async def test_who_has_to_meet_the_proposers_is_reminded_until_they_met(world: World) -> None:
    case = await led(world)
    await sign(world, case, LONGHUA)
    for nth in (1, 2):
        await reply(world, case, LONGHUA)
        await rate(world, case, f"D07.r{nth}", result="dissatisfied")
    ordered = await clocks(world, case)
    owing = await page(world, f"/units/{LONGHUA}")
    books = await disagreements(world)
    await mornings_until(world, date(2024, 2, 20))
    met = {
        "held_on": "2024-02-20",
        "people": [WANG, "林区长"],
        "result": "agreed",
        "outcome": "达成一致",
    }
    await committee(world, case, "replies/D07.r2/hold-meeting", met)

    reminded = await told(world, "escalation", case, "ReminderSent")
    assert (ordered["D07.r2/meet"], books) == ("green", {})
    assert "待与提案人面商" in owing
    assert "meet" in {one["clock"] for one in reminded}
    assert (await clocks(world, case))["D07.r2/meet"] == "stopped"
    assert await disagreements(world) == {}


async def test_whom_the_unit_named_is_the_one_who_is_reminded(world: World) -> None:
    case, other = await led(world), await led(world)
    await sign(world, case, LONGHUA)
    await sign(world, other, LONGHUA)
    deputy = f"deputy.{LONGHUA}"
    await by_unit(world, case, LONGHUA, "officer", post="head", officer=deputy, section="办公室")

    await mornings_until(world, date(2024, 3, 1))

    async def reminded(one: str) -> set[str]:
        return {
            person
            for event in await told(world, "escalation", one, "ReminderSent")
            if event["to"] == "经办人"
            for person in event["recipients"]
        }

    assert await reminded(case) == {deputy}
    assert await reminded(other) == {f"officer.{LONGHUA}"}
    await end_post(world, deputy, post="deputy", unit=LONGHUA)
    await mornings_until(world, date(2024, 4, 20))
    assert await reminded(case) == {deputy, f"officer.{LONGHUA}"}


async def test_what_is_key_no_more_has_no_leader_any_more(world: World) -> None:
    case = await led(world)
    await designate_key(world, case, leader="王市长", supervised_by=TRANSPORT)
    await review(world, case, "take-back-key", why="年度重点调整")

    watched = await world.ask("escalation", f"/proposals/{case}")
    assert watched.body["leader"] is None
    assert await disagreements(world) == {}


async def test_merged_late_nothing_rings_for_what_ended(world: World) -> None:
    main, other = await led(world), await led(world, TRANSPORT)
    await talk_after_signing(world, main, LONGHUA)
    await merge_by_office(world, main, other)

    assert set((await clocks(world, other)).values()) == {"dead"}
    await mornings_until(world, date(2024, 2, 27))

    told_of_it = await world.told_by("escalation", other)
    assert [one for one in told_of_it if one in ("ReminderSent", "DeadlineMissed")] == []
    assert await disagreements(world) == {}


async def talk_after_signing(world: World, case: str, unit: str) -> None:
    await sign(world, case, unit)
    await talk(world, case, unit)


async def test_the_portal_shows_first_talks_and_publication_too(world: World) -> None:
    case = await led(world)
    await sign(world, case, LONGHUA)
    to_talk = await page(world, f"/units/{LONGHUA}")
    await reply(world, case, LONGHUA)
    to_publish = await page(world, f"/units/{LONGHUA}")

    assert ("待首次沟通" in to_talk, "待首次沟通" in to_publish) == (True, False)
    assert "待公开" in to_publish
    assert await disagreements(world) == {}
