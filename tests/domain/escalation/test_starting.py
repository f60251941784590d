"""An event that lays a duty on somebody starts a clock, on the date that it brings."""

from services.escalation.domain.clock import Awaited, Clock
from services.escalation.domain.starting import (
    clock_of_promise,
    clock_of_redo,
    clock_of_return,
    clocks_of_reply,
    clocks_of_tasks,
)
from shared.contracts.assignment import AssignmentReturned, HandlersAssigned, Role, Task
from shared.contracts.event import TaskId, UnitCode
from shared.contracts.reply import PromiseMade, RedoOrdered, ReplyIssued
from tests.domain.escalation.office import (
    CITY,
    FUTIAN,
    LONGHUA,
    LONGHUA_BUREAU,
    PROPOSAL,
    day,
    due,
    someone,
)

TODAY = day("03-01")


def task(unit: UnitCode, role: Role, answer: str, *, parent: str | None = None) -> Task:
    return Task(
        task_id=TaskId(f"{unit}.1"),
        unit=unit,
        role=role,
        generation=1,
        parent=TaskId(parent) if parent else None,
        sign=due("sign", day("03-06")),
        answer=due(answer, day("04-01")),
    )


def started(*tasks: Task) -> list[Clock]:
    event = HandlersAssigned(
        proposal_id=PROPOSAL, tasks=tasks, by=someone("office", CITY), on=TODAY
    )
    return clocks_of_tasks(event, event.tasks)


def test_a_handler_has_a_clock_for_signing_and_one_for_what_it_owes() -> None:
    lead = task(LONGHUA, Role.LEAD, "reply")

    assert started(lead) == [
        Clock(
            proposal_id=PROPOSAL,
            clock_id="D09.1/sign",
            clock="sign",
            awaits=Awaited.SIGNING,
            subject="D09.1",
            unit=LONGHUA,
            started_on=TODAY,
            due_on=day("03-06"),
        ),
        Clock(
            proposal_id=PROPOSAL,
            clock_id="D09.1/reply",
            clock="reply",
            awaits=Awaited.REPLY,
            subject="D09.1",
            unit=LONGHUA,
            started_on=TODAY,
            due_on=day("04-01"),
        ),
    ]


def test_what_is_owed_depends_on_the_role_and_on_who_gave_the_work() -> None:
    owed = {
        (clock.unit, clock.awaits)
        for clock in started(
            task(CITY, Role.SPLIT, "reply"),
            task(FUTIAN, Role.CO_HANDLE, "opinion"),
            task(LONGHUA_BUREAU, Role.LEAD, "reply", parent="D09.1"),
        )
        if clock.awaits is not Awaited.SIGNING
    }

    assert owed == {
        (CITY, Awaited.REPLY),
        (FUTIAN, Awaited.OPINION),
        (LONGHUA_BUREAU, Awaited.WORK),
    }


def test_who_only_takes_note_has_no_clock() -> None:
    reference = Task(task_id=TaskId("D01.1"), unit=FUTIAN, role=Role.REFERENCE, generation=1)

    assert started(reference) == []


def test_a_return_starts_the_office_s_clock() -> None:
    returned = AssignmentReturned(
        proposal_id=PROPOSAL,
        task_id=TaskId("D09.1"),
        unit=LONGHUA,
        reason_code="not-our-duty",
        reason="不属我区职责",
        proposed_unit=FUTIAN,
        decide=due("decide_return", day("03-08")),
        by=someone("officer", LONGHUA),
        on=TODAY,
    )

    clock = clock_of_return(returned, office=CITY)

    assert (clock.clock_id, clock.unit, clock.due_on) == (
        "D09.1/decide_return",
        CITY,
        day("03-08"),
    )
    assert (clock.awaits, clock.subject) == (Awaited.RETURN_DECISION, "D09.1")


def test_a_reply_starts_the_clock_for_the_rating_which_the_committee_collects() -> None:
    issued = ReplyIssued(
        proposal_id=PROPOSAL,
        reply_id="D09.r1",
        task_id=TaskId("D09.1"),
        unit=LONGHUA,
        round=1,
        document_number="龙华函〔2024〕1号",
        result_class="A",
        meaning="solved",
        summary="已经解决",
        handled_in=PROPOSAL,
        rate=due("rate", day("03-22")),
        by=someone("head", LONGHUA),
        on=TODAY,
    )

    [clock] = clocks_of_reply(issued, committee=CITY)

    assert (clock.clock_id, clock.unit, clock.due_on) == ("D09.r1/rate", CITY, day("03-22"))
    assert (clock.awaits, clock.subject) == (Awaited.RATING, "D09.r1")


def test_each_round_s_clock_is_named_for_the_reply_that_did_not_satisfy() -> None:
    ordered = RedoOrdered(
        proposal_id=PROPOSAL,
        reply_id="D09.r1",
        task_id=TaskId("D09.1"),
        unit=LONGHUA,
        round=2,
        answer=due("redo", day("06-03")),
        by=someone("proposer", CITY),
        on=TODAY,
    )

    clock = clock_of_redo(ordered)

    assert (clock.clock_id, clock.clock, clock.due_on) == ("D09.r1/redo", "redo", day("06-03"))
    assert (clock.awaits, clock.subject) == (Awaited.REPLY, "D09.1")


def test_a_promise_is_watched_until_the_day_it_names() -> None:
    made = PromiseMade(
        proposal_id=PROPOSAL,
        promise_id="D09.r1.p1",
        reply_id="D09.r1",
        unit=LONGHUA,
        text="年底前新增学位900个",
        due_on=day("12-31"),
        by=someone("head", LONGHUA),
        on=TODAY,
    )

    clock = clock_of_promise(made)

    assert (clock.clock_id, clock.clock, clock.due_on) == (
        "D09.r1.p1/promise",
        "promise",
        day("12-31"),
    )
    assert (clock.awaits, clock.subject) == (Awaited.PROMISE, "D09.r1.p1")
