"""The terms on which a unit receives a task: its dates, reckoned once, when it is given."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from shared.calendar import Calendar
from shared.contracts.assignment import Role, Task
from shared.contracts.event import Due, TaskId, UnitCode
from shared.contracts.registry import RulesPublished, UnitRegistered
from shared.deadlines import due, inner_due, resumed_due

ANSWER_CLOCKS = {Role.LEAD: "reply", Role.SPLIT: "reply", Role.CO_HANDLE: "opinion"}


class Units(Protocol):
    """What the rules ask about units."""

    def unit(self, text: str, /) -> UnitRegistered:
        """The unit of this code, name or alias; a refusal if there is none."""

    def is_under(self, code: UnitCode, ancestor: UnitCode, /) -> bool:
        """Whether a unit stands below another in the tree."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules and the calendar by which dates are reckoned on a day."""

    rules: RulesPublished
    calendar: Calendar

    def due(self, clock: str, *, starts_on: date) -> Due:
        """The explained due date of a clock that starts on this day."""
        return due(clock, starts_on=starts_on, rules=self.rules, calendar=self.calendar)

    def inner_due(self, outer: Due, *, starts_on: date) -> Due:
        """The explained due date of work handed down, earlier than the outer one."""
        return inner_due(outer, starts_on=starts_on, rules=self.rules, calendar=self.calendar)

    def resumed_due(self, paused: Due, *, paused_on: date, starts_on: date) -> Due:
        """The explained due date of a clock that stood still and goes on."""
        return resumed_due(paused, paused_on=paused_on, starts_on=starts_on, calendar=self.calendar)


def task_id_of(unit: UnitCode, *, generation: int) -> TaskId:
    """The id of a unit's task, unique within a proposal."""
    return TaskId(f"{unit}.{generation}")


def task_from_office(
    unit: UnitCode, role: Role, *, generation: int, terms: Terms, on: date, duty: str = ""
) -> Task:
    """A task that the office gives today. One for reference owes nothing and has no dates."""
    owes = role in ANSWER_CLOCKS
    return Task(
        task_id=task_id_of(unit, generation=generation),
        unit=unit,
        role=role,
        generation=generation,
        duty=duty,
        sign=terms.due("sign", starts_on=on) if owes else None,
        return_by=terms.due("return", starts_on=on) if owes else None,
        answer=terms.due(ANSWER_CLOCKS[role], starts_on=on) if owes else None,
    )
