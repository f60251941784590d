"""More time: asked for before the date, with a reason, and bounded by the rules."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.extending import ask_extension, decide_extension
from services.assignment.domain.refusals import (
    AnsweredAlready,
    ClockStandsStill,
    CoHandlersAfterLead,
    ExtendedTooLong,
    ExtendedTooOften,
    ExtensionFromGiver,
    ExtensionPending,
    ForReferenceOnly,
    NoExtensionPending,
    NotLater,
    NotSigned,
    NotYourTask,
    RefusedYetExtended,
    TooLateToExtend,
)
from shared.contracts.assignment import (
    ExtensionAsked,
    ExtensionGranted,
    ExtensionRefused,
    Role,
)
from shared.contracts.event import TaskId, UnitCode
from shared.refusals import Refusal
from tests.domain.assignment.office import (
    EDUCATION,
    FUTIAN,
    LONGHUA,
    LONGHUA_SCHOOLS,
    MINZHI_STREET,
    MONDAY,
    OFFICE,
    PROPOSAL,
    REPLY_BY,
    TERMS,
    UNITS,
    officer_of,
)

LATEST = date(2024, 9, 11)  # 6 months from the hand-over
UNTIL = date(2024, 7, 15)
REPLY = TERMS.due("reply", starts_on=MONDAY)
LEAD = Task(TaskId("D09.1"), LONGHUA, Role.LEAD, TaskState.SIGNED, given_on=MONDAY, answer=REPLY)
CO_HANDLER = Task(
    TaskId("C021.1"),
    EDUCATION,
    Role.CO_HANDLE,
    TaskState.SIGNED,
    given_on=MONDAY,
    answer=TERMS.due("opinion", starts_on=MONDAY),
)
BELOW = Task(
    TaskId("S003.1"),
    LONGHUA_SCHOOLS,
    Role.LEAD,
    TaskState.SIGNED,
    parent=LEAD.task_id,
    given_on=MONDAY,
    answer=TERMS.inner_due(REPLY, starts_on=MONDAY),
)
FURTHER_BELOW = replace(
    BELOW,
    task_id=TaskId("T044.1"),
    unit=MINZHI_STREET,
    parent=BELOW.task_id,
    answer=TERMS.inner_due(TERMS.inner_due(REPLY, starts_on=MONDAY), starts_on=MONDAY),
)
ASKED = replace(LEAD, wanted_until=UNTIL)


def asked(
    task: Task = LEAD,
    *others: Task,
    until: date = UNTIL,
    on: date = MONDAY,
    by: UnitCode | None = None,
) -> ExtensionAsked:
    return ask_extension(
        Assignment(PROPOSAL, "20240080", tasks=(*others, task)),
        task_id=task.task_id,
        until=until,
        reason="须先完成勘察",
        units=UNITS,
        terms=TERMS,
        by=officer_of(by or task.unit),
        on=on,
    )


def decided(
    task: Task = ASKED,
    *others: Task,
    granted: bool = True,
    until: date | None = None,
    co_handlers_until: date | None = None,
    with_work: bool = False,
) -> ExtensionGranted | ExtensionRefused:
    return decide_extension(
        Assignment(PROPOSAL, "20240080", tasks=(task, *others)),
        task_id=task.task_id,
        granted=granted,
        why="情况属实",
        until=until,
        co_handlers_until=co_handlers_until,
        with_work=with_work,
        units=UNITS,
        terms=TERMS,
        by=OFFICE,
        on=date(2024, 6, 3),
    )


def granted(*tasks: Task, **how: object) -> dict[str, date]:
    """The new day of each task that moved."""
    event = decided(*tasks, **how)  # type: ignore[arg-type]
    assert isinstance(event, ExtensionGranted)
    return {moved.task_id: moved.due.on for moved in event.moved}


def test_a_unit_asks_up_to_the_last_day() -> None:
    assert asked(on=REPLY_BY).until == UNTIL

    with pytest.raises(TooLateToExtend, match="已于2024-06-11届满，延期须在届满之前申请"):
        asked(on=REPLY_BY + timedelta(days=1))


def test_it_asks_for_a_later_day() -> None:
    assert asked(until=REPLY_BY + timedelta(days=1)).until == date(2024, 6, 12)

    with pytest.raises(NotLater):
        asked(until=REPLY_BY)


def test_six_months_in_all_are_the_most() -> None:
    assert asked(until=LATEST).until == LATEST

    with pytest.raises(
        ExtendedTooLong, match="最长办到2024-09-11（shenzhen-2024@1 extension_max）"
    ):
        asked(until=LATEST + timedelta(days=1))


def test_a_co_handler_has_a_longest_time_of_its_own() -> None:
    assert asked(CO_HANDLER, until=date(2024, 5, 13)).until == date(2024, 5, 13)

    with pytest.raises(ExtendedTooLong, match="extension_max:opinion"):
        asked(CO_HANDLER, until=date(2024, 5, 14))


def test_a_clock_that_had_stood_still_does_not_begin_anew() -> None:
    resumed = replace(LEAD, answer=TERMS.due("reply", starts_on=date(2024, 5, 6)))

    with pytest.raises(ExtendedTooLong):
        asked(resumed, until=LATEST + timedelta(days=1))


def test_the_clock_of_a_redo_does() -> None:
    redo = replace(LEAD, answer=TERMS.due("redo", starts_on=date(2024, 5, 6)), redo=2)

    assert asked(redo, until=date(2024, 11, 6)).until == date(2024, 11, 6)


@pytest.mark.parametrize(
    ("task", "refusal"),
    [
        (replace(LEAD, state=TaskState.UNSIGNED), NotSigned),
        (replace(LEAD, role=Role.REFERENCE, state=TaskState.NOTED), ForReferenceOnly),
        (replace(LEAD, extended=1), ExtendedTooOften),
        (replace(LEAD, wanted_until=UNTIL), ExtensionPending),
        (replace(LEAD, paused_on=MONDAY), ClockStandsStill),
        (replace(LEAD, answered_on=MONDAY), AnsweredAlready),
    ],
)
def test_not_everybody_gets_more_time(task: Task, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal if task.state is not TaskState.NOTED else Refusal):
        asked(task)


def test_nobody_asks_for_another_unit_nor_the_office_for_work_handed_down() -> None:
    with pytest.raises(NotYourTask):
        asked(by=FUTIAN)
    with pytest.raises(ExtensionFromGiver):
        asked(BELOW, LEAD)


def test_granted_the_date_moves_and_says_why() -> None:
    event = decided()

    assert isinstance(event, ExtensionGranted)
    [moved] = event.moved
    assert (moved.clock, moved.before, moved.due.on) == ("answer", REPLY_BY, UNTIL)
    assert moved.due.clock == "reply"
    assert moved.due.rule == "shenzhen-2024@1 extension_max"
    assert moved.due.source == "广东旧规定"
    says = [step.says for step in moved.due.steps]
    assert says[:2] == ["自2024-03-11（当日不计）起", "加3个月"]
    assert "2024-06-03经批准延期，由2024-06-11改为2024-07-15" in says


def test_a_day_that_is_free_moves_on() -> None:
    assert granted(ASKED, until=date(2024, 7, 13)) == {"D09.1": date(2024, 7, 15)}


def test_co_handlers_dates_move_only_if_the_office_says_so() -> None:
    assert granted(ASKED, CO_HANDLER) == {"D09.1": UNTIL}
    assert granted(ASKED, CO_HANDLER, co_handlers_until=date(2024, 5, 10)) == {
        "D09.1": UNTIL,
        "C021.1": date(2024, 5, 10),
    }


def test_co_handlers_that_have_answered_or_have_longer_keep_their_dates() -> None:
    done = replace(CO_HANDLER, answered_on=MONDAY)

    assert granted(ASKED, done, co_handlers_until=date(2024, 5, 10)) == {"D09.1": UNTIL}
    assert granted(ASKED, CO_HANDLER, co_handlers_until=date(2024, 4, 10)) == {"D09.1": UNTIL}


def test_an_opinion_is_due_before_the_reply() -> None:
    with pytest.raises(CoHandlersAfterLead):
        decided(ASKED, CO_HANDLER, co_handlers_until=UNTIL + timedelta(days=1))


def test_work_below_moves_with_it_only_if_said_level_by_level() -> None:
    assert granted(ASKED, BELOW, FURTHER_BELOW) == {"D09.1": UNTIL}
    assert granted(ASKED, BELOW, FURTHER_BELOW, with_work=True) == {
        "D09.1": UNTIL,
        "S003.1": date(2024, 7, 8),
        "T044.1": date(2024, 7, 1),
    }


def test_refused_the_date_stays() -> None:
    assert isinstance(decided(granted=False), ExtensionRefused)

    with pytest.raises(RefusedYetExtended):
        decided(granted=False, until=UNTIL)


def test_there_must_be_something_to_decide() -> None:
    with pytest.raises(NoExtensionPending):
        decided(LEAD)
    with pytest.raises(NoExtensionPending):
        decided(replace(ASKED, state=TaskState.ENDED))


def test_the_office_is_bound_by_the_longest_time_too() -> None:
    with pytest.raises(ExtendedTooLong):
        decided(until=LATEST + timedelta(days=1))
