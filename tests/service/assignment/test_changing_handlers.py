"""Units join, leave and change roles over HTTP, and what the tables say."""

import pytest

from shared.contracts.event import TaskId, UnitCode
from shared.contracts.reply import RedoOrdered, ReplyIssued
from tests.domain.assignment.office import MONDAY, PROPOSAL, TERMS, officer_of
from tests.service.assignment.acts import act, hand_over, item, office, page, states
from tests.world import World


def issued(unit: str, *, task_id: str | None = None, round: int = 1) -> ReplyIssued:
    return ReplyIssued(
        proposal_id=PROPOSAL,
        by=officer_of(UnitCode(unit)),
        on=MONDAY,
        reply_id=f"{unit}.r{round}",
        task_id=TaskId(task_id or f"{unit}.1"),
        unit=UnitCode(unit),
        round=round,
        document_number="龙华函〔2024〕1号",
        result_class="A",
        meaning="solved",
        summary="已解决",
        handled_in=PROPOSAL,
        rate=TERMS.due("reply", starts_on=MONDAY),
    )


async def test_a_unit_joins_and_has_clocks_of_its_own(desk: World) -> None:
    await hand_over(desk)
    desk.days_pass(7)

    answer = await office(desk, "handlers", unit="福田区", role="co_handle", why="涉及福田")

    assert answer.told == ["HandlersReassigned"]
    task = (await page(desk))["tasks"][-1]
    assert (task["task_id"], task["role"], task["answer"]["starts_on"]) == (
        "D01.2",
        "co_handle",
        "2024-03-18",
    )


async def test_joining_is_refused_with_a_sentence(desk: World) -> None:
    before = await office(desk, "handlers", unit="福田区", role="co_handle", why="涉及福田")
    await hand_over(desk)
    second = await office(desk, "handlers", unit="福田区", role="lead", why="涉及福田")
    member = await office(
        desk, "handlers", post="officer", unit="福田区", role="lead", why="涉及福田"
    )

    assert (before.status, before.code) == (409, "not-handed-over")
    assert (second.status, second.code) == (409, "lead-already")
    assert (member.status, member.code) == (403, "post-may-not")


async def test_a_lead_and_a_co_handler_change_places_and_stay_signed(desk: World) -> None:
    await hand_over(desk)
    for unit in ("D09", "C021"):
        await act(desk, f"{unit}.1", "sign", unit=unit)

    changes = [{"unit": "D09", "role": "co_handle"}, {"unit": "市教育局", "role": "lead"}]
    answer = await office(desk, "change-roles", changes=changes, why="分工调整")

    assert answer.told == ["HandlersReassigned", "AssignmentSigned", "AssignmentSigned"]
    assert await states(desk) == {
        "D09.1": "ended",
        "C021.1": "ended",
        "C030.1": "noted",
        "D09.2": "signed",
        "C021.2": "signed",
    }


async def test_a_task_is_withdrawn_with_what_was_handed_down(desk: World) -> None:
    await hand_over(desk)
    await act(desk, "C021.1", "sign", unit="C021")

    denied = await act(desk, "C021.1", "withdraw", unit="D09", why="不再涉及")
    answer = await act(desk, "C021.1", "withdraw", unit="C007", post="office", why="不再涉及")
    again = await act(desk, "C021.1", "withdraw", unit="C007", post="office", why="不再涉及")
    alone = await act(desk, "D09.1", "withdraw", unit="C007", post="office", why="不再涉及")

    assert (denied.status, denied.code) == (403, "not-your-task")
    assert answer.told == ["HandlersReassigned"]
    assert (again.status, again.code) == (409, "reassigned-already")
    assert (alone.status, alone.code) == (409, "nobody-answers")


async def test_a_giver_takes_back_what_it_handed_down(desk: World) -> None:
    await hand_over(desk)
    await act(desk, "D09.1", "sign", unit="D09")
    await act(desk, "D09.1", "hand-down", unit="D09", tasks=[{"unit": "S003"}])

    by_office = await act(desk, "S003.1", "withdraw", unit="C007", post="office", why="误分")
    by_giver = await act(desk, "S003.1", "withdraw", unit="D09", why="误分")

    assert (by_office.status, by_office.code) == (403, "withdrawn-by-giver")
    assert by_giver.told == ["HandlersReassigned"]


async def test_the_office_reassigns_and_items_go_along(desk: World) -> None:
    await hand_over(desk)
    plan = [
        {
            "says": "新增学位",
            "unit": "D09",
            "milestones": [{"says": "定方案", "due_on": "2024-05-01"}],
        }
    ]
    await office(desk, "items", items=plan)

    answer = await act(
        desk, "D09.1", "reassign", unit="C007", post="office", to_whom=None, why="统筹"
    )
    moved = await desk.tell(
        "assignment",
        f"/proposals/{PROPOSAL}/tasks/D09.1/reassign",
        {"unit": "福田区", "why": "统筹"},
        post="office",
        unit="C007",
    )

    assert (answer.status, answer.code) == (422, "malformed")
    assert moved.told == ["HandlersReassigned"]
    [found] = (await page(desk))["items"]["items"]
    assert (found["unit"], found["task_id"], found["state"]) == ("D01", "D01.2", "open")


@pytest.fixture
async def split(desk: World) -> World:
    """Two units answer, each for its part."""
    await hand_over(desk, item(split=["D09", "C021"]))
    return desk


async def test_it_is_answered_only_when_every_answering_unit_has_answered(split: World) -> None:
    await split.hears("assignment", issued("D09"))
    half = (await page(split))["answers"]
    await split.hears("assignment", issued("C021"))
    whole = (await page(split))["answers"]

    assert half == {
        "answering_units": 2,
        "replies": 1,
        "redo_open": 0,
        "answered_on": None,
    }
    assert (whole["replies"], whole["answered_on"]) == (2, "2024-03-11")
    assert await split.told_by("assignment") == ["HandlersAssigned", "ProposalAnswered"]


async def test_withdrawing_the_one_that_is_missing_makes_the_rest_complete(split: World) -> None:
    await split.hears("assignment", issued("D09"))

    answer = await act(split, "C021.1", "withdraw", unit="C007", post="office", why="并入主办")

    assert answer.told == ["HandlersReassigned", "ProposalAnswered"]
    assert (await page(split))["answers"]["answered_on"] == "2024-03-11"


async def test_another_unit_that_answers_opens_it_again(split: World) -> None:
    await split.hears("assignment", issued("D09"), issued("C021"))

    await office(split, "handlers", unit="福田区", role="split", why="涉及福田")
    opened = (await page(split))["answers"]
    await split.hears("assignment", issued("D01", task_id="D01.2"))
    closed = (await page(split))["answers"]

    assert (opened["answering_units"], opened["answered_on"]) == (3, None)
    assert (closed["replies"], closed["answered_on"]) == (3, "2024-03-11")
    told = list(await split.told_by("assignment"))
    assert told.count("ProposalAnswered") == 2


async def test_who_has_answered_is_not_withdrawn(split: World) -> None:
    await split.hears("assignment", issued("D09"))

    answer = await act(split, "D09.1", "withdraw", unit="C007", post="office", why="不再涉及")

    assert (answer.status, answer.code) == (409, "answered-already")


async def test_replies_and_proposals_are_counted_each_for_itself(split: World) -> None:
    await split.hears("assignment", issued("D09"))

    answer = await split.ask("assignment", "/counts", year=2024)

    assert answer.body == {
        "year": 2024,
        "handed_over": 1,
        "answered": 0,
        "alone": 0,
        "replies_owed": 2,
        "replies_sent": 1,
    }


async def test_a_reply_that_went_out_counts_also_while_the_next_one_is_owed(split: World) -> None:
    await split.hears("assignment", issued("D09"), redone("D09"))

    answer = await split.ask("assignment", "/counts", year=2024)

    assert (answer.body["replies_sent"], answer.body["replies_owed"]) == (1, 2)


def redone(unit: str) -> RedoOrdered:
    """A proposer was not satisfied."""
    return RedoOrdered(
        proposal_id=PROPOSAL,
        by=officer_of(UnitCode("C004")),
        on=MONDAY,
        reply_id=f"{unit}.r1",
        task_id=TaskId(f"{unit}.1"),
        unit=UnitCode(unit),
        round=2,
        answer=TERMS.due("redo", starts_on=MONDAY),
    )
