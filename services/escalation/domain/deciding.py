"""Deciding: a leader settles a flagged matter, once; the decision binds."""

from datetime import date

from services.escalation.domain.proposal import Proposal
from services.escalation.domain.refusals import (
    AlreadyDecided,
    AlreadyLeads,
    DecisionMissing,
    NewLeadMissing,
    NewLeadNotMeant,
    NotHandedOver,
)
from services.escalation.domain.units import Units, name_of
from shared.contracts.assignment import Role
from shared.contracts.escalation import CoordinationDecided, Effect
from shared.contracts.event import Actor


def decide_matter(
    proposal: Proposal,
    *,
    matter_id: str,
    decision: str,
    effect: Effect,
    units: Units,
    by: Actor,
    on: date,
) -> CoordinationDecided:
    matter = proposal.matter(matter_id)
    if matter.state == "decided":
        raise AlreadyDecided(matter_id=matter_id, decided_on=matter.decided_on)
    if not decision.strip():
        raise DecisionMissing
    _must_be_possible(proposal, effect, units=units)
    return CoordinationDecided(
        proposal_id=proposal.proposal_id,
        matter_id=matter_id,
        decision=decision,
        effect=effect,
        by=by,
        on=on,
    )


def _must_be_possible(proposal: Proposal, effect: Effect, *, units: Units) -> None:
    if effect.kind == "as_it_is":
        if effect.lead is not None:
            raise NewLeadNotMeant
        return
    if effect.lead is None:
        raise NewLeadMissing
    if not proposal.answering:
        raise NotHandedOver
    for handler in proposal.handlers:
        leads = handler.answers and handler.role is Role.LEAD
        # A lead that wants to give its task back may still be told to keep it.
        if leads and handler.unit == effect.lead and not handler.returned:
            raise AlreadyLeads(unit=name_of(effect.lead, units))
