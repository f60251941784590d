"""The days, units and clocks that escalation's rules are tried on."""

from datetime import date

from services.escalation.domain.clock import Awaited, Clock
from services.escalation.domain.looking import Watch
from services.escalation.domain.proposal import Handler, Proposal
from services.escalation.domain.units import Units
from shared.calendar import Calendar
from shared.contracts.assignment import Role
from shared.contracts.event import Actor, Due, PersonId, ProposalId, TaskId, UnitCode
from shared.contracts.registry import (
    CalendarDay,
    CalendarYearAnnounced,
    CoordinationRule,
    Deadline,
    Number,
    Policy,
    Reason,
    RulesPublished,
    Rung,
    Series,
    UnitLevel,
    UnitRegistered,
)

PROPOSAL = ProposalId("42")
CITY, INDUSTRY, FUTIAN, LONGHUA = (UnitCode(code) for code in ("C001", "C009", "D01", "D09"))
FUTIAN_BUREAU, LONGHUA_BUREAU = UnitCode("S101"), UnitCode("S109")

# March 2024: the 1st is a Friday. Ching Ming is free from Thursday 4 to Saturday 6 April,
# and Sunday the 7th is worked.
YEAR_2024 = CalendarYearAnnounced(
    year=2024,
    edition=1,
    source="国务院办公厅",
    provisional=False,
    days=(
        CalendarDay(day=date(2024, 4, 4), works=False, name="清明节"),
        CalendarDay(day=date(2024, 4, 5), works=False, name="清明节"),
        CalendarDay(day=date(2024, 4, 6), works=False, name="清明节"),
        CalendarDay(day=date(2024, 4, 7), works=True, name="清明节调休"),
    ),
)
CALENDAR = Calendar([YEAR_2024])


def day(text: str) -> date:
    """A day of 2024, written 03-15."""
    return date.fromisoformat(f"2024-{text}")


def unit(code: UnitCode, name: str, level: UnitLevel, parent: UnitCode | None) -> UnitRegistered:
    return UnitRegistered(
        code=code, name=name, short_name=name, level=level, parent=parent, source="试"
    )


UNITS: Units = {
    one.code: one
    for one in (
        unit(CITY, "市政府", UnitLevel.CITY, None),
        unit(INDUSTRY, "市工信局", UnitLevel.CITY, CITY),
        unit(FUTIAN, "福田区", UnitLevel.DISTRICT, CITY),
        unit(LONGHUA, "龙华区", UnitLevel.DISTRICT, CITY),
        unit(FUTIAN_BUREAU, "福田区教育局", UnitLevel.SECTION, FUTIAN),
        unit(LONGHUA_BUREAU, "龙华区教育局", UnitLevel.SECTION, LONGHUA),
    )
}


def someone(post: str, of: UnitCode) -> Actor:
    return Actor(person=PersonId(f"{post}.{of}"), name="某人", post=post, unit=of)


def due(clock: str, on: date) -> Due:
    return Due(
        on=on,
        starts_on=day("03-01"),
        clock=clock,
        rule="测试",
        source=None,
        calendar="CN-2024@1",
        steps=(),
    )


def rung(n: int, offset: int, to: str, *, unit: str = "working_days") -> Rung:
    return Rung.model_validate(
        {"rung": n, "offset": offset, "unit": unit, "to": to, "says": f"第{n}级", "source": None}
    )


WORKING_DAYS_3 = Deadline(count=3, unit="working_days", source=None)


def watch(*ladder: Rung, near: Deadline = WORKING_DAYS_3) -> Watch:
    return Watch(near=near, ladder=ladder, calendar=CALENDAR)


# Due on Friday 15 March; near from Tuesday 12 March.
OPINION = Clock(
    proposal_id=PROPOSAL,
    clock_id="D01.1/opinion",
    clock="opinion",
    awaits=Awaited.OPINION,
    subject="D01.1",
    unit=FUTIAN,
    started_on=day("03-01"),
    due_on=day("03-15"),
)

LEAD = Handler(TaskId("D09.1"), LONGHUA, Role.LEAD)
CO_HANDLER = Handler(TaskId("D01.1"), FUTIAN, Role.CO_HANDLE)
HANDLED = Proposal(PROPOSAL, generation=1, handlers=(LEAD, CO_HANDLER))


def rules_with(
    *,
    near: Deadline = WORKING_DAYS_3,
    coordination: tuple[CoordinationRule, ...] = (),
    deadlines: dict[str, Deadline] | None = None,
    numbers: dict[str, Number] | None = None,
    policies: dict[str, Policy] | None = None,
    reasons: dict[str, tuple[Reason, ...]] | None = None,
    series: dict[str, Series] | None = None,
    **ladders: tuple[Rung, ...],
) -> RulesPublished:
    """A rule set that says just this."""
    return RulesPublished(
        rules="test",
        place="test",
        year=2024,
        edition=1,
        effective_on=day("01-01"),
        source="试",
        deadlines=deadlines or {},
        inner_margin=near,
        near=near,
        classes=(),
        decline_reasons=(),
        return_reasons=(),
        ladders=ladders,
        coordination=coordination,
        limits={},
        numbers=numbers or {},
        policies=policies or {},
        reasons=reasons or {},
        series=series or {},
    )
