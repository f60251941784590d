"""Coordinating: what happens to a matter between its flag and its end (市级协调)."""

from collections.abc import Sequence
from datetime import date

from services.escalation.domain.proposal import Matter, Proposal
from services.escalation.domain.refusals import (
    AlreadyCarriedOut,
    AlreadyDecided,
    AlreadyDismissed,
    MatterLapsed,
    MeetingAhead,
    MinutesMissing,
    NobodyPresent,
    NotAParty,
    NothingToCarryOut,
    NotYetDecided,
    PartyNamedTwice,
    PositionMissing,
    ReasonMissing,
)
from services.escalation.domain.units import Units, name_of
from shared.contracts.assignment import MovedDue, Task
from shared.contracts.escalation import (
    CoordinationCarriedOut,
    CoordinationDismissed,
    CoordinationFollowedUp,
    CoordinationMeetingHeld,
    PositionStated,
)
from shared.contracts.event import SYSTEM, Actor, UnitCode


def must_be_open(matter: Matter) -> None:
    """A matter is settled once."""
    match matter.state:
        case "open":
            pass
        case "decided":
            raise AlreadyDecided(matter_id=matter.matter_id, decided_on=matter.decided_on)
        case "dismissed":
            raise AlreadyDismissed(matter_id=matter.matter_id, decided_on=matter.decided_on)
        case "lapsed":
            raise MatterLapsed(matter_id=matter.matter_id)


def state_position(
    proposal: Proposal, *, matter_id: str, position: str, units: Units, by: Actor, on: date
) -> PositionStated:
    """Each party says where it stands; saying it again replaces what it said before."""
    matter = proposal.matter(matter_id)
    must_be_open(matter)
    if by.unit not in matter.parties:
        raise NotAParty(unit=name_of(by.unit, units), matter_id=matter_id)
    if not position.strip():
        raise PositionMissing
    return PositionStated(
        proposal_id=proposal.proposal_id,
        matter_id=matter_id,
        unit=by.unit,
        position=position,
        by=by,
        on=on,
    )


def hold_meeting(
    proposal: Proposal,
    *,
    matter_id: str,
    held_on: date,
    present: Sequence[UnitCode],
    minutes: str,
    units: Units,
    by: Actor,
    on: date,
) -> CoordinationMeetingHeld:
    """The minutes of a meeting, of units that need not all be parties."""
    must_be_open(proposal.matter(matter_id))
    if held_on > on:
        raise MeetingAhead(held_on=held_on)
    if not present:
        raise NobodyPresent
    for unit in present:
        if present.count(unit) > 1:
            raise PartyNamedTwice(unit=name_of(unit, units))
    if not minutes.strip():
        raise MinutesMissing
    return CoordinationMeetingHeld(
        proposal_id=proposal.proposal_id,
        matter_id=matter_id,
        held_on=held_on,
        present=tuple(present),
        minutes=minutes,
        by=by,
        on=on,
    )


def dismiss_matter(
    proposal: Proposal, *, matter_id: str, why: str, by: Actor, on: date
) -> CoordinationDismissed:
    """The flag was wrong; with its reason it counts against its rule."""
    matter = proposal.matter(matter_id)
    must_be_open(matter)
    if not why.strip():
        raise ReasonMissing
    return CoordinationDismissed(
        proposal_id=proposal.proposal_id,
        matter_id=matter_id,
        rule=matter.rule,
        why=why,
        by=by,
        on=on,
    )


def carry_out(
    proposal: Proposal, *, matter_id: str, says: str, by: Actor, on: date
) -> CoordinationCarriedOut:
    """The office finds that what was decided, such as money asked of the city, is there."""
    matter = proposal.matter(matter_id)
    if matter.state != "decided" or matter.effect is None:
        raise NotYetDecided(matter_id=matter_id)
    if matter.effect.kind == "as_it_is":
        raise NothingToCarryOut(matter_id=matter_id)
    if matter.carried_out_on is not None:
        raise AlreadyCarriedOut(matter_id=matter_id, on=matter.carried_out_on)
    if not says.strip():
        raise ReasonMissing
    return CoordinationCarriedOut(
        proposal_id=proposal.proposal_id,
        matter_id=matter_id,
        effect=matter.effect,
        says=says,
        by=by,
        on=on,
    )


def follow_up(
    proposal: Proposal, *, matter_id: str, says: str, by: Actor, on: date
) -> CoordinationFollowedUp:
    """What the office sees of a decision's effect, as often as it looks."""
    if proposal.matter(matter_id).state != "decided":
        raise NotYetDecided(matter_id=matter_id)
    if not says.strip():
        raise ReasonMissing
    return CoordinationFollowedUp(
        proposal_id=proposal.proposal_id, matter_id=matter_id, says=says, by=by, on=on
    )


def carried_out_by_tasks(
    proposal: Proposal, *, matter_id: str | None, tasks: Sequence[Task], on: date
) -> CoordinationCarriedOut | None:
    """Assignment did what a decision says: the new lead, or the new part, is in place."""
    for matter in _waiting(proposal):
        assert matter.effect is not None
        if matter.matter_id == matter_id and matter.effect.kind in ("new_lead", "new_role"):
            units = {task.unit for task in tasks}
            wanted = matter.effect.lead or matter.effect.unit
            if wanted in units:
                return _done(proposal, matter, says="已按协调决定改派", on=on)
    return None


def carried_out_by_dates(
    proposal: Proposal, moved: Sequence[MovedDue], *, on: date
) -> CoordinationCarriedOut | None:
    """The date that a decision gave a unit is the one that it has now, or the next working day."""
    for matter in _waiting(proposal):
        effect = matter.effect
        assert effect is not None
        if effect.kind == "new_date" and any(
            one.unit == effect.unit
            and one.clock == "answer"
            and effect.due_on is not None
            and one.due.on >= effect.due_on
            for one in moved
        ):
            return _done(proposal, matter, says="已按协调决定调整期限", on=on)
    return None


def _waiting(proposal: Proposal) -> list[Matter]:
    return [
        one
        for one in proposal.matters
        if one.state == "decided" and one.effect is not None and one.carried_out_on is None
    ]


def _done(proposal: Proposal, matter: Matter, *, says: str, on: date) -> CoordinationCarriedOut:
    assert matter.effect is not None
    return CoordinationCarriedOut(
        proposal_id=proposal.proposal_id,
        matter_id=matter.matter_id,
        effect=matter.effect,
        says=says,
        by=SYSTEM,
        on=on,
    )
