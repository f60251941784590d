"""Recalculating: a new calendar moves the dates that are still open, and says so.

So do new rules, where their edition says that it applies to clocks which run already.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal

from services.assignment.domain.assignment import Assignment, Task, TaskState
from shared.calendar import Calendar
from shared.contracts.assignment import DueDatesMoved, MovedDue
from shared.contracts.event import SYSTEM, Due
from shared.contracts.registry import Deadline, RulesPublished
from shared.deadlines import inner_due, moved_due, moved_on, told_as_moved
from shared.rules import name_of

RulesNamed = Callable[[str], RulesPublished | None]
INNER = "inner_margin"
Name = Literal["sign", "return_by", "answer", "contact", "decide"]


def recalculate(
    assignment: Assignment,
    *,
    rules_named: RulesNamed,
    calendar: Calendar,
    on: date,
    applied: str | None = None,
) -> DueDatesMoved | None:
    """The open dates of a proposal that calendar and rules as they stand now put elsewhere.

    ``rules_named`` answers by which rules a clock runs that cites these: as a rule the same, since
    a newer edition moves nothing unless it says so. A date that was provisional and is certain now
    is told as well, though it may be the same day. What was granted or resumed stays as it was set.
    ``applied`` names the edition that is applied to running clocks, if that is the occasion.
    """
    moved: list[MovedDue] = []
    answers: dict[str, Due] = {}
    for task in sorted(assignment.tasks, key=lambda one: len(list(assignment.way_up(one)))):
        if not task.open:
            continue
        outer = answers.get(task.parent) if task.parent is not None else None
        for name, before in _open_dates(task):
            left = {"sign": task.sign_left, "answer": task.answer_left}.get(name)
            due = _anew(before, left=left, outer=outer, rules_named=rules_named, calendar=calendar)
            if name == "answer":
                answers[task.task_id] = due
            if (due.on, due.provisional) != (before.on, before.provisional):
                moved.append(
                    MovedDue(
                        task_id=task.task_id,
                        unit=task.unit,
                        clock=name,
                        before=before.on,
                        due=due,
                        round=task.redo if name == "answer" else None,
                    )
                )
    if not moved:
        return None
    return DueDatesMoved(
        proposal_id=assignment.proposal_id,
        by=SYSTEM,
        on=on,
        calendar="+".join(sorted({part for one in moved for part in one.due.calendar.split("+")})),
        rules=applied,
        moved=tuple(moved),
    )


def _open_dates(task: Task) -> Iterator[tuple[Name, Due]]:
    """The dates of a task that still mean something."""
    if task.state is TaskState.UNSIGNED:
        if task.sign is not None:
            yield "sign", task.sign
        if task.return_by is not None:
            yield "return_by", task.return_by
    if task.state in (TaskState.RETURNED, TaskState.OBJECTED) and task.decide is not None:
        yield "decide", task.decide
    if task.answered_on is None:
        if task.answer is not None:
            yield "answer", task.answer
        if task.contact is not None:
            yield "contact", task.contact


def _anew(
    before: Due,
    *,
    left: int | None,
    outer: Due | None,
    rules_named: RulesNamed,
    calendar: Calendar,
) -> Due:
    name, _, rule = before.rule.rpartition(" ")
    rules = rules_named(name)
    newer = rules if rules is not None and name_of(rules) != name else None
    if rule == INNER and outer is not None and rules is not None:
        inner = inner_due(
            outer, starts_on=before.starts_on, rules=rules, calendar=calendar
        ).model_copy(update={"clock": before.clock})
        return told_as_moved(inner, before=before, newer=newer)
    deadline = rules.deadlines.get(rule) if rules is not None else None
    if left is not None:
        counted = Deadline(count=left, unit="working_days", source=before.source)
        return moved_due(before, deadline=counted, calendar=calendar)
    if deadline is None or rule.startswith("extension_max"):
        return moved_on(before, calendar=calendar)
    return moved_due(before, deadline=deadline, calendar=calendar, newer=newer)
