"""More time, clocks that stand still, and the list of what is due."""

from datetime import date

import pytest

from shared.contracts.event import TaskId, UnitCode
from shared.contracts.reply import OpinionGiven, OpinionWithdrawn, RedoOrdered
from tests.domain.assignment.office import MONDAY, PROPOSAL, TERMS, UNITS, officer_of
from tests.service.assignment.acts import act, hand_over, page
from tests.service.assignment.test_changing_handlers import issued
from tests.world import Answer, World

UNTIL = "2024-07-15"


@pytest.fixture
async def signed(desk: World) -> World:
    """Longhua and education have signed."""
    await hand_over(desk)
    for unit in ("D09", "C021"):
        await act(desk, f"{unit}.1", "sign", unit=unit)
    return desk


async def ask(world: World, until: str = UNTIL) -> Answer:
    return await act(world, "D09.1", "ask-extension", unit="D09", until=until, reason="须先勘察")


async def office(world: World, verb: str, task_id: str = "D09.1", **body: object) -> Answer:
    return await act(world, task_id, verb, unit="C007", post="office", why="情况属实", **body)


async def answer_by(world: World) -> dict[str, str]:
    tasks = (await page(world))["tasks"]
    return {task["task_id"]: task["answer"]["on"] for task in tasks if task["answer"]}


async def test_an_extension_is_asked_for_and_granted(signed: World) -> None:
    asked = await ask(signed)
    again = await ask(signed)
    granted = await office(signed, "decide-extension", granted=True)
    after = await office(signed, "decide-extension", granted=True)

    assert asked.told == ["ExtensionAsked"]
    assert (again.status, again.code) == (409, "extension-pending")
    assert granted.told == ["ExtensionGranted"]
    assert (after.status, after.code) == (409, "no-extension-pending")
    assert await answer_by(signed) == {"D09.1": UNTIL, "C021.1": "2024-04-11"}
    [found] = (await page(signed))["extensions"]
    assert (found["until"], found["granted"], found["reason"]) == (UNTIL, True, "须先勘察")


async def test_not_too_often(signed: World) -> None:
    await ask(signed)
    await office(signed, "decide-extension", granted=True)

    second = await ask(signed, until="2024-08-15")

    assert (second.status, second.code) == (409, "extended-too-often")


async def test_refused_the_date_stays_and_one_may_ask_again(signed: World) -> None:
    await ask(signed)
    refused = await office(signed, "decide-extension", granted=False)
    again = await ask(signed)

    assert refused.told == ["ExtensionRefused"]
    assert (await answer_by(signed))["D09.1"] == "2024-06-11"
    assert again.told == ["ExtensionAsked"]


@pytest.mark.parametrize(
    ("today", "until", "status", "code"),
    [
        ("2024-06-12", UNTIL, 409, "too-late-to-extend"),
        ("2024-03-11", "2024-06-11", 422, "not-later"),
        ("2024-03-11", "2024-09-12", 409, "extended-too-long"),
        ("2024-03-11", "2024-13-01", 422, "malformed"),
    ],
)
async def test_what_is_asked_for_must_be_allowed(
    signed: World, today: str, until: str, status: int, code: str
) -> None:
    signed.today = date.fromisoformat(today)

    answer = await ask(signed, until=until)

    assert (answer.status, answer.code) == (status, code)


async def test_other_dates_move_only_if_that_is_said(signed: World) -> None:
    await act(signed, "D09.1", "hand-down", unit="D09", tasks=[{"unit": "S003"}])
    await ask(signed)

    await office(
        signed,
        "decide-extension",
        granted=True,
        co_handlers_until="2024-05-10",
        with_work=True,
    )

    assert await answer_by(signed) == {
        "D09.1": UNTIL,
        "C021.1": "2024-05-10",
        "S003.1": "2024-07-08",
    }


async def test_a_clock_stands_still_and_goes_on(signed: World) -> None:
    signed.today = date(2024, 6, 4)
    paused = await office(signed, "pause")
    again = await office(signed, "pause")
    asked = await ask(signed)
    signed.today = date(2024, 7, 1)
    resumed = await office(signed, "resume")
    twice = await office(signed, "resume")

    assert paused.told == ["ClockPaused"]
    assert (again.status, again.code) == (409, "clock-stands-still")
    assert (asked.status, asked.code) == (409, "clock-stands-still")
    assert resumed.told == ["ClockResumed"]
    assert (twice.status, twice.code) == (409, "clock-runs")
    assert (await answer_by(signed))["D09.1"] == "2024-07-08"
    [found] = (await page(signed))["pauses"]
    assert (found["paused_on"], found["resumed_on"]) == ("2024-06-04", "2024-07-01")


async def test_who_is_late_stays_late(signed: World) -> None:
    signed.today = date(2024, 6, 12)

    answer = await office(signed, "pause")

    assert (answer.status, answer.code) == (409, "too-late-to-pause")


async def test_who_has_answered_needs_no_more_time_until_a_redo(signed: World) -> None:
    await signed.hears("assignment", issued("D09"))
    answered = await ask(signed)
    redo = RedoOrdered(
        proposal_id=PROPOSAL,
        by=officer_of(UnitCode("C004")),
        on=MONDAY,
        reply_id="D09.r1",
        task_id=TaskId("D09.1"),
        unit=UnitCode("D09"),
        round=2,
        answer=TERMS.due("redo", starts_on=date(2024, 4, 1)),
    )
    await signed.hears("assignment", redo)
    again = await ask(signed)
    granted = await office(signed, "decide-extension", granted=True)

    assert (answered.status, answered.code) == (409, "answered-already")
    assert again.told == ["ExtensionAsked"]
    [moved] = granted.body["events"][0]["data"]["moved"]
    assert (moved["round"], moved["before"]) == (2, "2024-07-01")
    assert (await page(signed))["answers"]["redo_open"] == 1


async def test_an_opinion_that_was_taken_back_is_owed_again(signed: World) -> None:
    given = OpinionGiven(
        proposal_id=PROPOSAL,
        by=officer_of(UnitCode("C021")),
        on=MONDAY,
        task_id=TaskId("C021.1"),
        unit=UnitCode("C021"),
        lead=UnitCode("D09"),
        opinion="同意",
    )
    back = OpinionWithdrawn(
        proposal_id=PROPOSAL,
        by=officer_of(UnitCode("C021")),
        on=MONDAY,
        task_id=TaskId("C021.1"),
        unit=UnitCode("C021"),
        why="另有意见",
    )

    await signed.hears("assignment", given)
    done = await office(signed, "pause", "C021.1")
    await signed.hears("assignment", back)
    owed = await office(signed, "pause", "C021.1")

    assert (done.status, done.code) == (409, "answered-already")
    assert owed.told == ["ClockPaused"]
    assert UNITS.name(UnitCode("C021")) in done.says


async def test_what_is_due_comes_first_by_date_part_by_part(signed: World) -> None:
    seen: list[tuple[str, str]] = []
    after: str | None = None
    while True:
        follows = f"&after={after}" if after else ""
        answer = await signed.ask("assignment", f"/tasks/due?by=2024-06-30&limit=1{follows}")
        assert answer.status == 200
        seen += [(line["task_id"], line["answer_by"]) for line in answer.body["tasks"]]
        after = answer.body["next"]
        if after is None:
            break

    assert seen == [("C021.1", "2024-04-11"), ("D09.1", "2024-06-11")]


async def test_what_is_due_later_or_was_answered_is_not_listed(signed: World) -> None:
    await signed.hears("assignment", issued("D09"))

    answer = await signed.ask("assignment", "/tasks/due?by=2024-06-30&unit=D09")

    assert answer.body == {"tasks": [], "next": None}
