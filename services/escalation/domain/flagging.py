"""Flagging: a matter that may need the city, by a rule of the rule set or by hand (提请协调)."""

from collections.abc import Iterable, Sequence
from datetime import date

from services.escalation.domain.clock import Awaited, Clock
from services.escalation.domain.proposal import Proposal
from services.escalation.domain.refusals import (
    AlreadyFlagged,
    BlockedByItself,
    EvidenceMissing,
    NobodyConcerned,
    NotHandling,
    NotYourPromise,
    PartyNamedTwice,
)
from services.escalation.domain.units import Units, district_of, is_another_district, name_of
from shared.calendar import Calendar
from shared.contracts.assignment import AssignmentReturned
from shared.contracts.escalation import CoordinationFlagged
from shared.contracts.event import SYSTEM, Actor, Due, UnitCode
from shared.contracts.registry import CoordinationRule, Post, RulesPublished
from shared.contracts.reply import (
    DisagreementRaised,
    FaceToFaceOrdered,
    PromiseChanged,
    RedoOrdered,
)

BY_HAND = "by-hand"
REPEATED_RETURNS = "repeated-returns"
SILENT_DISTRICT = "silent-district"
SEVERAL_DISTRICTS = "several-districts"
CONTRADICTION = "contradiction"
BEYOND_POWERS = "beyond-powers"
THIRD_ROUND = "third-round"
BLOCKED_PROMISE = "blocked-promise"
BEYOND_POWERS_REASONS = "beyond_powers"


def rule_of(rules: Iterable[CoordinationRule], code: str) -> CoordinationRule | None:
    """The rule of this code, where the rule set has it."""
    return next((rule for rule in rules if rule.code == code), None)


def flag_repeated_returns(
    proposal: Proposal,
    *,
    rule: CoordinationRule | None,
    units: Units,
    decide: Due | None = None,
    on: date,
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
        decide=decide,
        on=on,
    )


def flag_several_districts(
    proposal: Proposal,
    *,
    rule: CoordinationRule | None,
    units: Units,
    decide: Due | None = None,
    on: date,
) -> CoordinationFlagged | None:
    """So many districts have a part in it that no one of them can settle it."""
    if rule is None:
        return None
    found = (district_of(unit, units) for unit in proposal.taking_part)
    districts = list(dict.fromkeys(one for one in found if one is not None))
    if len(districts) < max(rule.threshold, 2):
        return None
    names = "、".join(name_of(one, units) for one in districts)
    return _flag(
        proposal,
        rule=rule,
        evidence=f"本案涉及{len(districts)}个区：{names}。",
        parties=[*proposal.answering, *districts],
        decide=decide,
        on=on,
    )


def flag_contradiction(
    proposal: Proposal,
    event: DisagreementRaised,
    *,
    rule: CoordinationRule | None,
    units: Units,
    decide: Due | None = None,
) -> CoordinationFlagged | None:
    """Lead and co-handler disagree, and it has come as far as a leader."""
    if rule is None or event.level != "leader":
        return None
    return _flag(
        proposal,
        rule=rule,
        evidence=f"{name_of(event.unit, units)}的会办意见与主办单位{name_of(event.lead, units)}"
        f"的方案相左，已提请领导协调：{event.why}",
        parties=[event.lead, event.unit],
        decide=decide,
        on=event.on,
    )


def flag_beyond_powers(
    proposal: Proposal,
    event: AssignmentReturned,
    *,
    rule: CoordinationRule | None,
    rules: RulesPublished,
    units: Units,
    decide: Due | None = None,
) -> CoordinationFlagged | None:
    """A district, or a unit of one, says that the matter is not in its powers."""
    codes = {one.code for one in rules.reasons.get(BEYOND_POWERS_REASONS, ())}
    if rule is None or event.reason_code not in codes or district_of(event.unit, units) is None:
        return None
    return _flag(
        proposal,
        rule=rule,
        evidence=f"{event.on}{name_of(event.unit, units)}以超出本级权限为由退办，"
        f"建议改由{name_of(event.proposed_unit, units)}办理：{event.reason}",
        parties=[event.unit, event.proposed_unit],
        decide=decide,
        on=event.on,
    )


def flag_third_round(
    proposal: Proposal,
    event: RedoOrdered | FaceToFaceOrdered,
    *,
    dissatisfied: int,
    rule: CoordinationRule | None,
    units: Units,
    decide: Due | None = None,
) -> CoordinationFlagged | None:
    """The proposers are still not satisfied, however often it was answered.

    ``dissatisfied`` counts the rounds that they were not satisfied with, this one included: a reply
    that the office sent back never reached their judgement. What follows is another round, or, the
    rounds being used up, a meeting.
    """
    rounds = dissatisfied + 1
    if rule is None or rounds < rule.threshold:
        return None
    if isinstance(event, FaceToFaceOrdered):
        follows = "各轮办理已经用尽，转为面商"
    elif event.because != "sent_back":
        follows = f"已进入第{rounds}轮办理"
    else:
        return None
    return _flag(
        proposal,
        rule=rule,
        evidence=f"提案人对{name_of(event.unit, units)}的答复仍不满意，{follows}。",
        parties=[event.unit],
        decide=decide,
        on=event.on,
    )


def flag_changed_promise(
    proposal: Proposal,
    event: PromiseChanged,
    *,
    times: int,
    rule: CoordinationRule | None,
    units: Units,
    decide: Due | None = None,
) -> CoordinationFlagged | None:
    """A promise was changed so often that something must stand in its way."""
    if rule is None or times < rule.threshold:
        return None
    return _flag(
        proposal,
        rule=rule,
        evidence=f"{name_of(event.unit, units)}的承诺事项已变更{times}次，"
        f"期限由{event.before_on}改至{event.due_on}：{event.why}",
        parties=[event.unit],
        decide=decide,
        promise_id=event.promise_id,
        on=event.on,
    )


def report_blocked(
    proposal: Proposal,
    *,
    promise_id: str,
    promised_by: UnitCode,
    blocked_by: UnitCode,
    why: str,
    units: Units,
    decide: Due | None = None,
    by: Actor,
    on: date,
) -> CoordinationFlagged:
    """A unit cannot keep what it promised, because another body does not do its part."""
    if by.unit != promised_by:
        raise NotYourPromise(unit=name_of(promised_by, units))
    if blocked_by == promised_by:
        raise BlockedByItself
    if not why.strip():
        raise EvidenceMissing
    if matter := proposal.open_matter_under(BLOCKED_PROMISE):
        raise AlreadyFlagged(matter_id=matter.matter_id)
    return CoordinationFlagged(
        proposal_id=proposal.proposal_id,
        matter_id=proposal.next_matter_id,
        rule=BLOCKED_PROMISE,
        evidence=f"{name_of(promised_by, units)}的承诺事项"
        f"因{name_of(blocked_by, units)}受阻：{why}",
        parties=(promised_by, blocked_by),
        decide=decide,
        desk=proposal.desk,
        promise_id=promise_id,
        by=by,
        on=on,
    )


def flag_silent_districts(
    proposal: Proposal,
    clocks: Sequence[Clock],
    *,
    rule: CoordinationRule | None,
    units: Units,
    calendar: Calendar,
    decide: Due | None = None,
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
        decide=decide,
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
    decide: Due | None = None,
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
        decide=decide,
        desk=proposal.desk,
        by=by,
        on=on,
    )


def _flag(
    proposal: Proposal,
    *,
    rule: CoordinationRule,
    evidence: str,
    parties: Iterable[UnitCode],
    decide: Due | None,
    promise_id: str | None = None,
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
        decide=decide,
        desk=proposal.desk,
        promise_id=promise_id,
        by=SYSTEM,
        on=on,
    )


def _is_silent(clock: Clock, *, threshold: int, calendar: Calendar, on: date) -> bool:
    return (
        clock.awaits is Awaited.OPINION
        and clock.state == "running"
        and calendar.working_days_between(clock.due_on, on) >= max(threshold, 1)
    )
