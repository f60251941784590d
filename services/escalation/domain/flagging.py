"""Flagging: a matter that may need the city, by a rule of the rule set or by hand (提请协调)."""

from collections.abc import Iterable, Sequence
from datetime import date

from services.escalation.domain.clock import Awaited, Clock
from services.escalation.domain.proposal import Proposal
from services.escalation.domain.refusals import (
    AlreadyFlagged,
    EvidenceMissing,
    NobodyConcerned,
    NotHandling,
    PartyNamedTwice,
)
from services.escalation.domain.units import Units, is_another_district, name_of
from shared.calendar import Calendar
from shared.contracts.escalation import CoordinationFlagged
from shared.contracts.event import SYSTEM, Actor, UnitCode
from shared.contracts.registry import CoordinationRule, Post

BY_HAND = "by-hand"
REPEATED_RETURNS = "repeated-returns"
SILENT_DISTRICT = "silent-district"


def rule_of(rules: Iterable[CoordinationRule], code: str) -> CoordinationRule | None:
    """The rule of this code, where the rule set has it."""
    return next((rule for rule in rules if rule.code == code), None)


def flag_repeated_returns(
    proposal: Proposal, *, rule: CoordinationRule | None, units: Units, on: date
) -> CoordinationFlagged | None:
    """Sent back so often that the units will not settle it among themselves."""
    if rule is None or len(proposal.returns) < rule.threshold:
        return None
    times = "；".join(
        f"{one.on}{name_of(one.unit, units)}退办，建议改由{name_of(one.proposed_unit, units)}办理"
        for one in proposal.returns
    )
    return _flag(
        proposal,
        rule=rule,
        evidence=f"本案已被退办{len(proposal.returns)}次：{times}。",
        parties=[unit for one in proposal.returns for unit in (one.unit, one.proposed_unit)],
        on=on,
    )


def flag_silent_districts(
    proposal: Proposal,
    clocks: Sequence[Clock],
    *,
    rule: CoordinationRule | None,
    units: Units,
    calendar: Calendar,
    on: date,
) -> CoordinationFlagged | None:
    """Another district owes its opinion, and has let so many working days pass."""
    if rule is None:
        return None
    silent = [
        clock
        for clock in sorted(clocks, key=lambda clock: clock.unit)
        if _is_silent(clock, threshold=rule.threshold, calendar=calendar, on=on)
        and is_another_district(clock.unit, answering=proposal.answering, units=units)
    ]
    if not silent:
        return None
    overdue = "；".join(
        f"{name_of(clock.unit, units)}的会办意见应于{clock.due_on}前提出，"
        f"已逾期{calendar.working_days_between(clock.due_on, on)}个工作日"
        for clock in silent
    )
    return _flag(
        proposal,
        rule=rule,
        evidence=f"{overdue}。",
        parties=[*proposal.answering, *(clock.unit for clock in silent)],
        on=on,
    )


def silent_from(clock: Clock, *, rule: CoordinationRule | None, calendar: Calendar) -> date | None:
    """The day on which a clock for an opinion, if it still runs, may become a matter."""
    if rule is None or clock.awaits is not Awaited.OPINION:
        return None
    return calendar.add_working_days(clock.due_on, max(rule.threshold, 1))


def flag_by_hand(
    proposal: Proposal,
    *,
    evidence: str,
    parties: Sequence[UnitCode],
    units: Units,
    by: Actor,
    on: date,
) -> CoordinationFlagged:
    """A unit may flag what it handles itself; the office may flag anything."""
    if by.post != Post.OFFICE and by.unit not in {one.unit for one in proposal.handlers}:
        raise NotHandling(unit=name_of(by.unit, units))
    if not evidence.strip():
        raise EvidenceMissing
    if not parties:
        raise NobodyConcerned
    for party in parties:
        if parties.count(party) > 1:
            raise PartyNamedTwice(unit=name_of(party, units))
    if matter := proposal.open_matter_under(BY_HAND):
        raise AlreadyFlagged(matter_id=matter.matter_id)
    return CoordinationFlagged(
        proposal_id=proposal.proposal_id,
        matter_id=proposal.next_matter_id,
        rule=BY_HAND,
        evidence=evidence,
        parties=tuple(parties),
        by=by,
        on=on,
    )


def _flag(
    proposal: Proposal,
    *,
    rule: CoordinationRule,
    evidence: str,
    parties: Iterable[UnitCode],
    on: date,
) -> CoordinationFlagged | None:
    if not proposal.may_be_flagged_under(rule.code):
        return None
    return CoordinationFlagged(
        proposal_id=proposal.proposal_id,
        matter_id=proposal.next_matter_id,
        rule=rule.code,
        evidence=evidence,
        parties=tuple(dict.fromkeys(parties)),
        by=SYSTEM,
        on=on,
    )


def _is_silent(clock: Clock, *, threshold: int, calendar: Calendar, on: date) -> bool:
    return (
        clock.awaits is Awaited.OPINION
        and clock.state == "running"
        and calendar.working_days_between(clock.due_on, on) >= max(threshold, 1)
    )
