"""Terms: the rules and the calendar by which an act reckons its own dates."""

from dataclasses import dataclass
from datetime import date

from shared.calendar import Calendar
from shared.contracts.event import Due, Step
from shared.contracts.registry import RulesPublished
from shared.deadlines import WEEKDAYS, due
from shared.rules import name_of


@dataclass(frozen=True, slots=True)
class Terms:
    """What is in force on the day of an act."""

    rules: RulesPublished
    calendar: Calendar

    def due(self, clock: str, *, on: date) -> Due | None:
        """By when a clock of ours runs out that starts today; None where no rule sets a date."""
        if clock not in self.rules.deadlines:
            return None
        return due(clock, starts_on=on, rules=self.rules, calendar=self.calendar)

    def demanded(self, clock: str, *, by_day: date | None, on: date) -> Due:
        """The day that somebody demands, else the one that the rules reckon.

        A day on which nobody works moves on to the next one.

        Raises:
            UnknownClock: no day is demanded, and no rule sets one.
        """
        if by_day is None:
            return due(clock, starts_on=on, rules=self.rules, calendar=self.calendar)
        ends_on = self.calendar.next_working_day(by_day)
        moved = Step(
            says=f"{by_day}（周{WEEKDAYS[by_day.weekday()]}）不办公，顺延至下一个工作日",
            day=ends_on,
        )
        known = self.calendar.knows(ends_on)
        return Due(
            on=ends_on,
            starts_on=on,
            clock=clock,
            rule=f"{name_of(self.rules)} {clock}（指定日期）",
            source=None,
            calendar=self.calendar.edition(ends_on.year),
            provisional=not known,
            steps=(
                Step(says=f"{on}指定于{by_day}前", day=by_day),
                *([moved] if ends_on != by_day else []),
                *(
                    [Step(says=f"{ends_on.year}年放假安排尚未正式公布，此日暂定", day=ends_on)]
                    if not known
                    else []
                ),
            ),
        )
