"""Supervising (督办): an answer is demanded of a unit by a day, in a letter with a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.escalation.domain.clock import Clock
from services.escalation.domain.proposal import Proposal
from services.escalation.domain.refusals import (
    AlreadySupervised,
    DateNotAhead,
    DemandMissing,
    NotHandlingNow,
    NotSupervised,
    ResultMissing,
    SupervisionOver,
)
from services.escalation.domain.terms import Terms
from services.escalation.domain.units import Units, name_of
from shared.calendar import Calendar
from shared.contracts.escalation import SupervisionAnswered, SupervisionClosed, SupervisionOpened
from shared.contracts.event import SYSTEM, Actor, UnitCode
from shared.contracts.registry import RulesPublished
from shared.nearness import base_of
from shared.rules import series

SUPERVISE = "supervise"
SERIES = "supervision"
CLOCK_SAYS = {"opinion": "会办意见", "reply": "答复", "redo": "重新办理", "work": "分解任务"}


@dataclass(frozen=True, slots=True)
class Overdue:
    """A clock that was missed for so long that its unit is to be supervised."""

    clock: Clock
    days: int


def open_supervision(
    proposal: Proposal,
    *,
    unit: UnitCode,
    demand: str,
    answer_by: date | None,
    number: str,
    terms: Terms,
    units: Units,
    by: Actor,
    on: date,
) -> SupervisionOpened:
    """By hand, of a unit that handles the proposal; one open supervision of a unit is enough."""
    task_id = proposal.task_of(unit)
    if task_id is None:
        raise NotHandlingNow(unit=name_of(unit, units))
    if not demand.strip():
        raise DemandMissing
    if answer_by is not None and answer_by <= on:
        raise DateNotAhead(day=answer_by)
    for one in proposal.supervisions:
        if one.unit == unit and one.state in ("open", "answered"):
            raise AlreadySupervised(unit=name_of(unit, units), supervision_id=one.supervision_id)
    return SupervisionOpened(
        proposal_id=proposal.proposal_id,
        supervision_id=proposal.next_supervision_id,
        number=number,
        unit=unit,
        task_id=task_id,
        demand=demand,
        answer=terms.demanded(SUPERVISE, by_day=answer_by, on=on),
        leader=proposal.leader,
        by=by,
        on=on,
    )


def overdue(
    proposal: Proposal, clocks: Sequence[Clock], *, terms: Terms, on: date
) -> list[Overdue]:
    """The clocks that a rule puts under supervision today, each once in a generation.

    One unit is not supervised twice at a time.
    """
    if SUPERVISE not in terms.rules.deadlines or SERIES not in terms.rules.series:
        return []
    busy = {one.unit for one in proposal.supervisions if one.state in ("open", "answered")}
    before = {(one.clock_id, one.clock_generation) for one in proposal.supervisions}
    found: dict[UnitCode, Overdue] = {}
    for clock in clocks:
        threshold = threshold_of(terms.rules, clock)
        if threshold is None or clock.state != "running" or clock.unit in busy:
            continue
        if (clock.clock_id, clock.generation) in before:
            continue
        days = terms.calendar.working_days_between(clock.due_on, on)
        if days >= threshold:
            found.setdefault(clock.unit, Overdue(clock, days))
    return list(found.values())


def supervise_overdue(
    proposal: Proposal, found: Overdue, *, nth: int, number: str, terms: Terms, on: date
) -> SupervisionOpened:
    """The letter that a rule writes; ``nth`` of those that are opened at once."""
    clock = found.clock
    what = CLOCK_SAYS.get(base_of(clock.clock), "办理")
    return SupervisionOpened(
        proposal_id=proposal.proposal_id,
        supervision_id=f"s{len(proposal.supervisions) + nth}",
        number=number,
        unit=clock.unit,
        task_id=proposal.task_of(clock.unit),
        demand=f"{what}应于{clock.due_on}前完成，已逾期{found.days}个工作日，"
        "请说明原因并报送办结时间。",
        answer=terms.demanded(SUPERVISE, by_day=None, on=on),
        leader=proposal.leader,
        clock_id=clock.clock_id,
        by=SYSTEM,
        on=on,
    )


def threshold_of(rules: RulesPublished, clock: Clock) -> int | None:
    """After how many working days a missed clock of this kind is put under supervision."""
    found = rules.numbers.get(f"{SUPERVISE}:{base_of(clock.clock)}")
    return found.value if found is not None else None


def supervised_from(clock: Clock, *, rules: RulesPublished, calendar: Calendar) -> date | None:
    """The day on which a clock, if it still runs, is to be supervised."""
    threshold = threshold_of(rules, clock)
    if threshold is None:
        return None
    return calendar.add_working_days(clock.due_on, max(threshold, 1))


def letter_number(rules: RulesPublished, *, n: int, on: date) -> str:
    """The number of a supervision's letter in its series.

    Raises:
        NotInRules: the rule set has no such series.
    """
    return series(rules, SERIES).pattern.format(unit="", year=on.year, n=n)


def answer_supervision(
    proposal: Proposal, *, supervision_id: str, says: str, units: Units, by: Actor, on: date
) -> SupervisionAnswered:
    """The unit says what it was asked; it may say more until the supervision is closed."""
    one = proposal.supervision(supervision_id)
    if one.unit != by.unit:
        raise NotSupervised(unit=name_of(one.unit, units))
    if one.state not in ("open", "answered"):
        raise SupervisionOver(supervision_id=supervision_id)
    if not says.strip():
        raise ResultMissing
    return SupervisionAnswered(
        proposal_id=proposal.proposal_id,
        supervision_id=supervision_id,
        unit=one.unit,
        says=says,
        by=by,
        on=on,
    )


def close_supervision(
    proposal: Proposal, *, supervision_id: str, result: str, by: Actor, on: date
) -> SupervisionClosed:
    """It ends with a result, whether the unit has answered or not."""
    one = proposal.supervision(supervision_id)
    if one.state not in ("open", "answered"):
        raise SupervisionOver(supervision_id=supervision_id)
    if not result.strip():
        raise ResultMissing
    return SupervisionClosed(
        proposal_id=proposal.proposal_id,
        supervision_id=supervision_id,
        unit=one.unit,
        result=result,
        answered=one.state == "answered",
        by=by,
        on=on,
    )
