"""A clock stands still for a reason and goes on with the days that it had left."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.pausing import pause_clock, resume_clock
from services.assignment.domain.refusals import (
    AnsweredAlready,
    ClockRuns,
    ClockStandsStill,
    ExtensionPending,
    NoDateToMove,
    ReassignedAlready,
    TooLateToPause,
)
from shared.contracts.assignment import ClockPaused, ClockResumed, Role
from shared.contracts.event import TaskId
from shared.refusals import Refusal
from tests.domain.assignment.office import (
    LONGHUA,
    MONDAY,
    OFFICE,
    PROPOSAL,
    REPLY_BY,
    TERMS,
    UNITS,
)

TASK = Task(
    TaskId("D09.1"),
    LONGHUA,
    Role.LEAD,
    TaskState.SIGNED,
    answer=TERMS.due("reply", starts_on=MONDAY),
)
PAUSED = replace(TASK, paused_on=date(2024, 6, 4))  # five working days were left


def paused(task: Task = TASK, *, on: date = MONDAY) -> ClockPaused:
    return pause_clock(
        Assignment(PROPOSAL, "20240080", tasks=(task,)),
        task_id=task.task_id,
        why="等待上级文件",
        units=UNITS,
        by=OFFICE,
        on=on,
    )


def resumed(task: Task = PAUSED, *, on: date = date(2024, 7, 1)) -> ClockResumed:
    return resume_clock(
        Assignment(PROPOSAL, "20240080", tasks=(task,)),
        task_id=task.task_id,
        why="文件已到",
        terms=TERMS,
        by=OFFICE,
        on=on,
    )


def test_a_clock_stands_still_up_to_its_last_day() -> None:
    assert paused(on=REPLY_BY).why == "等待上级文件"

    with pytest.raises(TooLateToPause):
        paused(on=REPLY_BY + timedelta(days=1))


@pytest.mark.parametrize(
    ("task", "refusal"),
    [
        (PAUSED, ClockStandsStill),
        (replace(TASK, answer=None), NoDateToMove),
        (replace(TASK, answered_on=MONDAY), AnsweredAlready),
        (replace(TASK, wanted_until=REPLY_BY), ExtensionPending),
        (replace(TASK, state=TaskState.ENDED), ReassignedAlready),
    ],
)
def test_not_every_clock_stands_still(task: Task, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        paused(task)


def test_it_goes_on_with_what_it_had_left() -> None:
    event = resumed()

    assert (event.answer.on, event.left) == (date(2024, 7, 8), 5)
    assert [step.says for step in event.answer.steps] == [
        "原期限为2024-06-11（暂定）",
        "自2024-06-04起停止计时，余5个工作日",
        "自2024-07-01（当日不计）起继续计时",
        "加5个工作日",
        "2024年放假安排尚未正式公布，此日暂定",
    ]


def test_a_clock_that_runs_is_not_resumed() -> None:
    with pytest.raises(ClockRuns):
        resumed(TASK)
