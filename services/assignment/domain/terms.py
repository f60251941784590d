"""The terms on which a unit receives a task: its dates, reckoned once, when it is given."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Protocol

from services.assignment.domain.assignment import Assignment
from shared.calendar import Calendar
from shared.contracts.assignment import Role, Task
from shared.contracts.event import Due, TaskId, UnitCode
from shared.contracts.registry import RulesPublished, UnitRegistered
from shared.deadlines import due, extended_due, inner_due, resumed_due
from shared.rules import clock_for, name_of, policy

ANSWER_CLOCKS = {Role.LEAD: "reply", Role.SPLIT: "reply", Role.CO_HANDLE: "opinion"}

Clock = Literal["restart", "keep"]


class Units(Protocol):
    """What the rules ask about units."""

    def unit(self, text: str, /) -> UnitRegistered:
        """The unit of this code, name or alias; a refusal if there is none."""

    def is_under(self, code: UnitCode, ancestor: UnitCode, /) -> bool:
        """Whether a unit stands below another in the tree."""

    def name(self, code: UnitCode, /) -> str:
        """A unit's full name, or its code where it is not known."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules and the calendar by which dates are reckoned on a day.

    ``kinds`` are what makes a proposal's clocks special: key, in or off session, who put it.
    """

    rules: RulesPublished
    calendar: Calendar
    kinds: tuple[str, ...] = ()

    def of(self, assignment: Assignment) -> "Terms":
        """The terms for this proposal."""
        return replace(self, kinds=assignment.kinds)

    def due(self, clock: str, *, starts_on: date) -> Due:
        """The explained due date of a clock that starts on this day.

        A special deadline is named in its rule; the clock itself keeps its name.
        """
        special = clock_for(self.rules, clock, *self.kinds)
        found = due(special, starts_on=starts_on, rules=self.rules, calendar=self.calendar)
        return found.model_copy(update={"clock": clock})

    def inner_due(self, outer: Due, *, starts_on: date) -> Due:
        """The explained due date of work handed down, earlier than the outer one."""
        return inner_due(outer, starts_on=starts_on, rules=self.rules, calendar=self.calendar)

    def resumed_due(self, paused: Due, *, paused_on: date, starts_on: date) -> Due:
        """The explained due date of a clock that stood still and goes on."""
        return resumed_due(paused, paused_on=paused_on, starts_on=starts_on, calendar=self.calendar)

    def days_left(self, paused: Due, *, paused_on: date) -> int:
        """The working days that a clock had left when it began to stand still, one at least."""
        return max(1, self.calendar.working_days_between(paused_on, paused.on))

    def set_due(
        self, before: Due, *, until: date, on: date, says: str, by_rule: str, source: str | None
    ) -> Due:
        """The explained due date that somebody set in place of the reckoned one."""
        return extended_due(
            before,
            until=until,
            on=on,
            says=says,
            rule=f"{name_of(self.rules)} {by_rule}",
            source=source,
            calendar=self.calendar,
        )

    def clock_policy(self, act: str, *, said: Clock | None = None) -> Clock:
        """What becomes of clocks in an act: as its doer said, else as the place has chosen."""
        if said is not None:
            return said
        return "keep" if policy(self.rules, f"{act}.clock") == "keep" else "restart"


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
        contact=terms.due("contact", starts_on=on) if role.answers_proposer else None,
    )
