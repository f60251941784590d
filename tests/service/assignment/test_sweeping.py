"""New calendars move open dates, and units that are no more hand their work on."""

from asyncio import gather
from datetime import date, timedelta

from shared.contracts.event import UnitCode
from shared.contracts.registry import (
    CalendarDay,
    CalendarYearAnnounced,
    Deadline,
    RulesPublished,
    UnitSucceeded,
)
from tests.domain.assignment.office import (
    EDUCATION,
    LONGHUA,
    MONDAY,
    OTHER_PROPOSAL,
    PLANNING,
    RULES,
)
from tests.service.assignment.acts import act, hand_over, item, page
from tests.world import Answer, World


def calendar(edition: int, *free: str, provisional: bool = False) -> CalendarYearAnnounced:
    return CalendarYearAnnounced(
        year=2024,
        edition=edition,
        source="通知",
        provisional=provisional,
        days=tuple(
            CalendarDay(day=date.fromisoformat(day), works=False, name="台风停工") for day in free
        ),
    )


def succeeded(*successors: UnitCode, on: date = MONDAY) -> UnitSucceeded:
    return UnitSucceeded(
        old_name="市教育局",
        old_code=EDUCATION,
        successors=successors,
        year=2024,
        source="机构改革方案",
        how="merged",
        on=on,
    )


async def sweep(world: World, *, post: str = "office") -> Answer:
    return await world.tell("assignment", "/sweep", post=post, unit="C007")


async def test_a_new_calendar_moves_what_it_changes_and_tells_it_once(desk: World) -> None:
    await desk.hears("assignment", calendar(1))
    await hand_over(desk, item(), item(OTHER_PROPOSAL, lead="D01"))
    await desk.hears("assignment", calendar(2, "2024-06-11"))

    first, second = await sweep(desk), await sweep(desk)

    assert first.body == {
        "on": "2024-03-11",
        "looked_at": 2,
        "dates_moved": 2,
        "handed_on": 0,
        "heirs_wanted": 0,
        "failed": 0,
    }
    assert second.body["looked_at"] == 0
    assert list(await desk.told_by("assignment")).count("DueDatesMoved") == 2
    lead = (await page(desk))["tasks"][0]
    assert (lead["answer"]["on"], lead["answer"]["calendar"]) == ("2024-06-12", "CN-2024@2")
    assert lead["answer"]["steps"][0]["says"] == "日历更新，重新计算；原期限为2024-06-11"


async def test_two_at_once_tell_it_once(desk: World) -> None:
    await desk.hears("assignment", calendar(1))
    await hand_over(desk)
    await desk.hears("assignment", calendar(2, "2024-06-11"))

    await gather(*(sweep(desk) for _ in range(4)))

    assert list(await desk.told_by("assignment")).count("DueDatesMoved") == 1


async def test_the_first_announcement_of_a_year_makes_its_dates_certain(desk: World) -> None:
    await hand_over(desk)
    assert (await page(desk))["tasks"][0]["answer"]["provisional"]
    await desk.hears("assignment", calendar(1))

    swept = await sweep(desk)

    assert swept.body["dates_moved"] == 7
    answer = (await page(desk))["tasks"][0]["answer"]
    assert (answer["on"], answer["provisional"]) == ("2024-06-11", False)


async def test_a_calendar_without_effect_tells_nothing(desk: World) -> None:
    await desk.hears("assignment", calendar(1))
    await hand_over(desk)
    await desk.hears("assignment", calendar(2, "2024-10-08"))

    swept = await sweep(desk)

    assert (swept.body["looked_at"], swept.body["dates_moved"]) == (1, 0)
    assert await desk.told_by("assignment") == ["HandlersAssigned"]


async def test_a_pending_decision_has_a_date_that_moves_too(desk: World) -> None:
    await desk.hears("assignment", calendar(1))
    await hand_over(desk)
    await act(
        desk,
        "D09.1",
        "return",
        unit="D09",
        post="head",
        reason_code="not-ours",
        reason="属规划职责",
        proposed_unit="C030",
    )
    await desk.hears("assignment", calendar(2, "2024-03-18"))

    await sweep(desk)

    assert (await page(desk))["returns"][0]["decide"]["on"] == "2024-03-19"


def two_months(edition: int, *, applies_to_running: bool) -> RulesPublished:
    """Rules by which a reply is due a month earlier, in force from tomorrow on."""
    reply = Deadline(count=2, unit="months", source=None)
    changed = {
        "edition": edition,
        "effective_on": MONDAY + timedelta(days=1),
        "deadlines": {**RULES.deadlines, "reply": reply},
        "applies_to_running": applies_to_running,
    }
    return RULES.model_copy(update=changed)


async def test_new_rules_move_no_running_clock(desk: World) -> None:
    await hand_over(desk, item())
    await desk.hears("assignment", two_months(2, applies_to_running=False))
    desk.days_pass(1)

    assert (await sweep(desk)).body["looked_at"] == 0


async def test_unless_they_say_so_from_the_day_on_which_they_hold(desk: World) -> None:
    await hand_over(desk, item())
    await desk.hears("assignment", two_months(2, applies_to_running=True))
    before = await sweep(desk)
    desk.days_pass(1)
    first, second = await sweep(desk), await sweep(desk)

    assert [one.body["dates_moved"] for one in (before, first, second)] == [0, 1, 0]
    [answer] = [one["answer"] for one in (await page(desk))["tasks"] if one["role"] == "lead"]
    assert (answer["on"], answer["rule"]) == ("2024-05-13", "shenzhen-2024@2 reply")


async def test_open_work_goes_to_the_one_that_took_over(desk: World) -> None:
    await hand_over(desk, item(lead="C021", co_handlers=["D09"]))
    await act(desk, "C021.1", "sign", unit="C021")
    await desk.hears("assignment", succeeded(PLANNING))

    first, second = await sweep(desk), await sweep(desk)

    assert (first.body["handed_on"], second.body["handed_on"]) == (1, 0)
    tasks = {task["task_id"]: task for task in (await page(desk))["tasks"]}
    assert (tasks["C021.1"]["state"], tasks["C030.2"]["state"]) == ("ended", "signed")
    assert (tasks["C021.1"]["named_then"], tasks["C030.2"]["instead_of"]) == (
        "市教育局",
        "C021.1",
    )
    assert await desk.told_by("assignment") == [
        "HandlersAssigned",
        "AssignmentSigned",
        "HandlersReassigned",
        "AssignmentSigned",
    ]


async def test_not_before_the_day_on_which_it_takes_effect(desk: World) -> None:
    await hand_over(desk, item(lead="C021"))
    await desk.hears("assignment", succeeded(PLANNING, on=date(2024, 4, 1)))

    before = await sweep(desk)
    desk.today = date(2024, 4, 1)
    after = await sweep(desk)

    assert (before.body["handed_on"], after.body["handed_on"]) == (0, 1)


async def test_where_several_took_over_the_office_says_whose_it_is(desk: World) -> None:
    await hand_over(desk, item(lead="C021"))
    await desk.hears("assignment", succeeded(PLANNING, LONGHUA))

    swept, again = await sweep(desk), await sweep(desk)
    listed = await desk.ask("assignment", "/tasks/without-heir", post="office", unit="C007")
    elsewhere = await desk.ask("assignment", "/tasks/without-heir", post="officer", unit="D01")
    moved = await desk.tell(
        "assignment",
        f"/proposals/{(await page(desk))['proposal_id']}/tasks/C021.1/reassign",
        {"unit": "D09", "why": "机构拆分", "clock": "keep"},
        post="office",
        unit="C007",
    )

    assert (swept.body["handed_on"], swept.body["heirs_wanted"]) == (0, 1)
    assert again.body["heirs_wanted"] == 0
    [line] = listed.body["tasks"]
    assert (line["task_id"], line["heirs"]) == ("C021.1", [PLANNING, LONGHUA])
    assert (listed.body["next"], elsewhere.body["tasks"]) == (None, [])
    assert moved.told == ["HandlersReassigned"]
    settled = await desk.ask("assignment", "/tasks/without-heir", post="office", unit="C007")
    assert settled.body["tasks"] == []


async def test_what_has_no_heir_is_listed_page_by_page(desk: World) -> None:
    await hand_over(desk, item(lead="C021"), item(OTHER_PROPOSAL, lead="C021"))
    await desk.hears("assignment", succeeded())
    await sweep(desk)

    path = "/tasks/without-heir?limit=1"
    first = await desk.ask("assignment", path, post="office", unit="C007")
    last = await desk.ask(
        "assignment", f"{path}&after={first.body['next']}", post="office", unit="C007"
    )

    assert len({one.body["tasks"][0]["proposal_id"] for one in (first, last)}) == 2
    assert last.body["next"] is None


async def test_the_office_and_operators_sweep(desk: World) -> None:
    assert (await sweep(desk, post="operator")).status == 200
    assert (await sweep(desk, post="officer")).code == "post-may-not"
