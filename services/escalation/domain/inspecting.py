"""Inspecting (现场督查): looking on the spot at progress and effect; findings must be answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.escalation.domain.proposal import Proposal
from services.escalation.domain.refusals import (
    AnswerMissing,
    FindingAnsweredBefore,
    FindingElsewhere,
    FindingMissing,
    MeetingAhead,
    NobodyInspected,
    NotHandlingNow,
    NothingSeen,
    NotYourFinding,
)
from services.escalation.domain.terms import Terms
from services.escalation.domain.units import Units, name_of
from shared.contracts.escalation import Finding, FindingAnswered, InspectionHeld
from shared.contracts.event import Actor, UnitCode

FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found wanting in a unit's work; where no day is named, the rules set it."""

    unit: UnitCode
    says: str
    answer_by: date | None = None


def hold_inspection(
    proposal: Proposal,
    *,
    held_on: date,
    place: str,
    inspected: Sequence[UnitCode],
    progress: str,
    effect: str,
    found: Sequence[Found],
    terms: Terms,
    units: Units,
    by: Actor,
    on: date,
) -> InspectionHeld:
    if held_on > on:
        raise MeetingAhead(held_on=held_on)
    if not inspected:
        raise NobodyInspected
    for unit in inspected:
        if unit not in proposal.taking_part:
            raise NotHandlingNow(unit=name_of(unit, units))
    if not (progress.strip() or effect.strip()):
        raise NothingSeen
    for one in found:
        if one.unit not in inspected:
            raise FindingElsewhere(unit=name_of(one.unit, units))
        if not one.says.strip():
            raise FindingMissing
    inspection_id = f"i{proposal.inspections + 1}"
    return InspectionHeld(
        proposal_id=proposal.proposal_id,
        inspection_id=inspection_id,
        held_on=held_on,
        place=place,
        units=tuple(inspected),
        progress=progress,
        effect=effect,
        findings=tuple(
            Finding(
                finding_id=f"{inspection_id}.{n}",
                unit=one.unit,
                says=one.says,
                answer=terms.demanded(FINDING, by_day=one.answer_by, on=on),
            )
            for n, one in enumerate(found, start=1)
        ),
        by=by,
        on=on,
    )


def answer_finding(
    proposal: Proposal,
    *,
    inspection_id: str,
    finding_id: str,
    says: str,
    units: Units,
    by: Actor,
    on: date,
) -> FindingAnswered:
    """The unit in which it was found says what it did about it, once."""
    finding = proposal.finding(inspection_id, finding_id)
    if finding.unit != by.unit:
        raise NotYourFinding(unit=name_of(finding.unit, units))
    if finding.answered_on is not None:
        raise FindingAnsweredBefore(finding_id=finding_id, on=finding.answered_on)
    if not says.strip():
        raise AnswerMissing
    return FindingAnswered(
        proposal_id=proposal.proposal_id,
        inspection_id=inspection_id,
        finding_id=finding_id,
        unit=finding.unit,
        says=says,
        by=by,
        on=on,
    )
