"""Leading: a key proposal's leader holds activities about it; somebody keeps an eye on each."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from services.escalation.domain.proposal import Proposal
from services.escalation.domain.refusals import (
    AlreadyTracking,
    MeetingAhead,
    NotKey,
    SummaryMissing,
)
from shared.contracts.escalation import KeyActivityHeld, TrackerNamed
from shared.contracts.event import Actor, PersonId, UnitCode
from shared.contracts.registry import PersonRegistered
from shared.refusals import Unknown

Kind = Literal["research", "talk", "visit", "meeting"]


def hold_activity(
    proposal: Proposal,
    *,
    kind: Kind,
    held_on: date,
    units: Sequence[UnitCode],
    summary: str,
    by: Actor,
    on: date,
) -> KeyActivityHeld:
    """What the leader who took a key proposal up did about it."""
    if proposal.leader is None:
        raise NotKey
    if held_on > on:
        raise MeetingAhead(held_on=held_on)
    if not summary.strip():
        raise SummaryMissing
    return KeyActivityHeld(
        proposal_id=proposal.proposal_id,
        kind=kind,
        held_on=held_on,
        leader=proposal.leader,
        units=tuple(dict.fromkeys(units)),
        summary=summary,
        by=by,
        on=on,
    )


def name_tracker(
    proposal: Proposal,
    *,
    person: PersonId,
    people: Mapping[PersonId, PersonRegistered],
    by: Actor,
    on: date,
) -> TrackerNamed:
    """Whoever is named takes the place of the one before."""
    named = people.get(person)
    if named is None:
        raise Unknown(what="人员", id=person)
    if proposal.tracker == person:
        raise AlreadyTracking(name=named.name)
    return TrackerNamed(
        proposal_id=proposal.proposal_id, person=person, name=named.name, by=by, on=on
    )
