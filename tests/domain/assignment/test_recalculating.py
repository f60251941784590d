"""A new edition of the calendar moves open dates, and only those that it changes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.recalculating import recalculate
from services.assignment.domain.terms import Terms
from shared.calendar import Calendar
from shared.contracts.assignment import DueDatesMoved, Role
from shared.contracts.event import TaskId
from shared.contracts.registry import (
    CalendarDay,
    CalendarYearAnnounced,
    Deadline,
    RulesPublished,
)
from tests.domain.assignment.office import (
    LONGHUA,
    LONGHUA_SCHOOLS,
    MONDAY,
    PROPOSAL,
    RULES,
)


def calendar(*free: date, edition: int = 1, provisional: bool = False) -> Calendar:
    return Calendar(
        [
            CalendarYearAnnounced(
                year=2024,
                edition=edition,
                source="通知",
                provisional=provisional,
                days=tuple(CalendarDay(day=day, works=False, name="台风停工") for day in free),
            )
        ]
    )


OLD = calendar()
TERMS = Terms(RULES, OLD)
REPLY = TERMS.due("reply", starts_on=MONDAY)  # Tuesday 11 June
TASK = Task(
    TaskId("D09.1"),
    LONGHUA,
    Role.LEAD,
    sign=TERMS.due("sign", starts_on=MONDAY),
    return_by=TERMS.due("return", starts_on=MONDAY),
    answer=REPLY,
    contact=TERMS.due("contact", starts_on=MONDAY),
)
SIGNED = replace(TASK, state=TaskState.SIGNED)
BELOW = Task(
    TaskId("S003.1"),
    LONGHUA_SCHOOLS,
    Role.LEAD,
    TaskState.SIGNED,
    parent=TASK.task_id,
    answer=TERMS.inner_due(REPLY, starts_on=MONDAY),  # 4 June
)


def recalculated(*tasks: Task, by: Calendar) -> DueDatesMoved | None:
    return recalculate(
        Assignment(PROPOSAL, "20240080", tasks=tasks),
        rules_named=lambda name: RULES if name == "shenzhen-2024@1" else None,
        calendar=by,
        on=date(2024, 3, 12),
    )


def moved(*tasks: Task, free: Iterable[str]) -> dict[tuple[str, str], tuple[date, date]]:
    """What moved, from which day to which."""
    event = recalculated(*tasks, by=calendar(*(date.fromisoformat(day) for day in free), edition=2))
    if event is None:
        return {}
    return {(one.task_id, one.clock): (one.before, one.due.on) for one in event.moved}


def test_a_free_day_more_moves_what_is_counted_over_it() -> None:
    assert moved(TASK, free=["2024-03-13"]) == {
        ("D09.1", "sign"): (date(2024, 3, 14), date(2024, 3, 15)),
        ("D09.1", "contact"): (date(2024, 4, 1), date(2024, 4, 2)),
    }


def test_a_last_day_that_became_free_moves_on() -> None:
    assert moved(SIGNED, free=["2024-06-11"]) == {
        ("D09.1", "answer"): (date(2024, 6, 11), date(2024, 6, 12))
    }


def test_a_calendar_that_changes_no_open_date_tells_nothing() -> None:
    assert moved(SIGNED, free=["2024-10-08"]) == {}
    assert moved(replace(SIGNED, state=TaskState.ENDED), free=["2024-06-11"]) == {}
    assert moved(replace(SIGNED, answered_on=MONDAY), free=["2024-06-11"]) == {}


def test_inner_dates_move_with_the_outer_ones() -> None:
    assert moved(SIGNED, BELOW, free=["2024-06-11"]) == {
        ("D09.1", "answer"): (date(2024, 6, 11), date(2024, 6, 12)),
    }
    assert moved(SIGNED, BELOW, free=["2024-06-06"]) == {
        ("S003.1", "answer"): (date(2024, 6, 4), date(2024, 6, 3)),
    }


def test_the_new_date_tells_the_old_one_and_how_it_was_found() -> None:
    event = recalculated(SIGNED, by=calendar(date(2024, 6, 11), edition=2))

    assert event is not None
    assert (event.calendar, event.by.person) == ("CN-2024@2", "system")
    [one] = event.moved
    assert [step.says for step in one.due.steps] == [
        "日历更新，重新计算；原期限为2024-06-11",
        "自2024-03-11（当日不计）起",
        "加3个月",
        "2024-06-11台风停工放假，不计",
        "末日2024-06-11（台风停工）不办公，顺延至下一个工作日",
    ]
    assert (one.due.rule, one.due.calendar) == ("shenzhen-2024@1 reply", "CN-2024@2")


def test_a_special_deadline_is_reckoned_by_its_own_rule() -> None:
    key = replace(TERMS, kinds=("key",)).due("reply", starts_on=MONDAY)

    assert moved(replace(SIGNED, answer=key, contact=None), free=["2024-05-13"]) == {
        ("D09.1", "answer"): (date(2024, 5, 13), date(2024, 5, 14))
    }


def test_a_clock_that_had_stood_still_counts_the_days_that_were_left() -> None:
    goes_on = TERMS.resumed_due(REPLY, paused_on=date(2024, 6, 4), starts_on=date(2024, 7, 1))
    task = replace(SIGNED, answer=goes_on, answer_left=5, contact=None)

    assert moved(task, free=["2024-07-03"]) == {
        ("D09.1", "answer"): (date(2024, 7, 8), date(2024, 7, 9))
    }


def test_a_date_that_the_office_set_moves_only_if_its_day_became_free() -> None:
    extended = TERMS.set_due(
        REPLY,
        until=date(2024, 7, 15),
        on=date(2024, 6, 3),
        says="经批准延期",
        by_rule="extension_max",
        source=None,
    )
    task = replace(SIGNED, answer=extended, contact=None)

    assert moved(task, free=["2024-06-11"]) == {}
    assert moved(task, free=["2024-07-15"]) == {
        ("D09.1", "answer"): (date(2024, 7, 15), date(2024, 7, 16))
    }


def test_what_was_provisional_and_is_certain_now_is_told_though_the_day_is_the_same() -> None:
    guessed = Terms(RULES, calendar(provisional=True)).due("reply", starts_on=MONDAY)
    task = replace(SIGNED, answer=guessed, contact=None)

    event = recalculated(task, by=calendar(edition=2))

    assert guessed.provisional
    assert event is not None
    [one] = event.moved
    assert (one.before, one.due.on, one.due.provisional) == (guessed.on, guessed.on, False)


def test_a_rule_set_that_nobody_knows_any_more_moves_only_free_days() -> None:
    foreign = REPLY.model_copy(update={"rule": "elsewhere@3 reply"})

    assert moved(replace(SIGNED, answer=foreign, contact=None), free=["2024-06-11"]) == {
        ("D09.1", "answer"): (date(2024, 6, 11), date(2024, 6, 12))
    }


DAYS = st.dates(date(2024, 3, 12), date(2024, 6, 30))


@given(st.sets(DAYS, max_size=12))
def test_every_new_date_is_worked_and_a_second_look_moves_nothing(free: set[date]) -> None:
    by = calendar(*free, edition=2)
    event = recalculated(TASK, BELOW, by=by)
    if event is None:
        return

    assert all(by.is_working_day(one.due.on) for one in event.moved)
    dates = {(one.task_id, one.clock): one.due for one in event.moved}
    again = [
        replace(
            task,
            sign=dates.get((task.task_id, "sign"), task.sign),
            return_by=dates.get((task.task_id, "return_by"), task.return_by),
            answer=dates.get((task.task_id, "answer"), task.answer),
            contact=dates.get((task.task_id, "contact"), task.contact),
        )
        for task in (TASK, BELOW)
    ]
    assert recalculated(*again, by=by) is None


@given(st.sets(DAYS, max_size=12))
def test_work_below_is_never_due_after_the_work_above(free: set[date]) -> None:
    by = calendar(*free, edition=2)
    event = recalculated(SIGNED, BELOW, by=by)

    assert BELOW.answer is not None
    days = {TASK.task_id: REPLY.on, BELOW.task_id: BELOW.answer.on}
    for one in event.moved if event else ():
        if one.clock == "answer":
            days[one.task_id] = one.due.on
    assert days[BELOW.task_id] <= days[TASK.task_id]


def test_new_rules_move_running_clocks_only_where_they_say_so() -> None:
    shorter = RULES.model_copy(
        update={
            "edition": 2,
            "deadlines": {
                **RULES.deadlines,
                "reply": Deadline(count=2, unit="months", source=None),
            },
        }
    )

    def by(rules: RulesPublished) -> DueDatesMoved | None:
        return recalculate(
            Assignment(PROPOSAL, "20240080", tasks=(SIGNED, BELOW)),
            rules_named=lambda _: rules,
            calendar=OLD,
            on=date(2024, 3, 12),
            applied=f"shenzhen-2024@{rules.edition}",
        )

    assert by(RULES) is None
    event = by(shorter)
    assert event is not None
    assert event.rules == "shenzhen-2024@2"
    assert [(one.task_id, one.before, one.due.on) for one in event.moved] == [
        ("D09.1", date(2024, 6, 11), date(2024, 5, 13)),
        ("S003.1", date(2024, 6, 4), date(2024, 5, 6)),
    ]
    due = event.moved[0].due
    assert due.rule == "shenzhen-2024@2 reply"
    assert due.steps[0].says == (
        "规则shenzhen-2024@2适用于正在计算的时限，重新计算；原期限为2024-06-11"
    )
