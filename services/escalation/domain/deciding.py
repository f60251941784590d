"""Deciding: a leader settles a flagged matter, once; the decision binds."""

from datetime import date
from typing import assert_never

from services.escalation.domain.coordinating import must_be_open
from services.escalation.domain.proposal import Proposal
from services.escalation.domain.refusals import (
    AlreadyInRole,
    AlreadyLeads,
    DateNotAhead,
    DecisionMissing,
    EffectIncomplete,
    EffectOverfull,
    NewLeadMissing,
    NewLeadNotMeant,
    NotHandedOver,
    OwesNothing,
    RoleNotGiven,
)
from services.escalation.domain.units import Units, name_of
from shared.contracts.assignment import Role
from shared.contracts.escalation import CoordinationDecided, Effect
from shared.contracts.event import Actor, Due


def decide_matter(
    proposal: Proposal,
    *,
    matter_id: str,
    decision: str,
    effect: Effect,
    units: Units,
    carry_out: Due | None = None,
    by: Actor,
    on: date,
) -> CoordinationDecided:
    must_be_open(proposal.matter(matter_id))
    if not decision.strip():
        raise DecisionMissing
    _must_say_just_what_it_needs(effect)
    _must_be_possible(proposal, effect, units=units, on=on)
    return CoordinationDecided(
        proposal_id=proposal.proposal_id,
        matter_id=matter_id,
        decision=decision,
        effect=effect,
        carry_out=carry_out if effect.kind != "as_it_is" else None,
        desk=(effect.unit if effect.kind == "ask" else None) or proposal.desk,
        by=by,
        on=on,
    )


NEEDED = {
    "new_lead": ("lead",),
    "new_role": ("unit", "role"),
    "new_date": ("unit", "due_on"),
    "ask": ("unit",),
    "as_it_is": (),
    "unknown": (),
}
SAYS = {"lead": "新的主办单位", "unit": "单位", "role": "角色", "due_on": "日期"}


def _must_say_just_what_it_needs(effect: Effect) -> None:
    if effect.lead is not None and effect.kind != "new_lead":
        raise NewLeadNotMeant
    if effect.kind == "new_lead" and effect.lead is None:
        raise NewLeadMissing
    needed = NEEDED[effect.kind]
    for part, says in SAYS.items():
        given = getattr(effect, part) is not None
        if part in needed and not given:
            raise EffectIncomplete(what=says)
        if given and part not in needed and not (part == "due_on" and effect.kind == "ask"):
            raise EffectOverfull(what=says)


def _must_be_possible(proposal: Proposal, effect: Effect, *, units: Units, on: date) -> None:
    if effect.due_on is not None and effect.due_on <= on:
        raise DateNotAhead(day=effect.due_on)
    match effect.kind:
        case "new_lead":
            _must_not_lead_yet(proposal, effect, units=units)
        case "new_role":
            _must_take_another_part(proposal, effect, units=units)
        case "new_date":
            _must_owe_something(proposal, effect, units=units)
        case "ask" | "as_it_is" | "unknown":
            pass
        case _:
            assert_never(effect.kind)


def _must_not_lead_yet(proposal: Proposal, effect: Effect, *, units: Units) -> None:
    if not proposal.answering:
        raise NotHandedOver
    for handler in proposal.handlers:
        leads = handler.answers and handler.role is Role.LEAD
        # A lead that wants to give its task back may still be told to keep it.
        if leads and handler.unit == effect.lead and not handler.returned:
            raise AlreadyLeads(unit=name_of(effect.lead, units))


def _must_take_another_part(proposal: Proposal, effect: Effect, *, units: Units) -> None:
    assert effect.unit is not None
    if not proposal.answering:
        raise NotHandedOver
    if effect.role in (Role.LEAD, Role.UNKNOWN):
        raise RoleNotGiven
    for handler in proposal.handlers:
        same = handler.parent is None and handler.role is effect.role
        if same and handler.unit == effect.unit and not handler.returned:
            raise AlreadyInRole(unit=name_of(effect.unit, units))


def _must_owe_something(proposal: Proposal, effect: Effect, *, units: Units) -> None:
    assert effect.unit is not None
    owing = [one for one in proposal.handlers if one.unit == effect.unit]
    if all(one.role is Role.REFERENCE for one in owing):
        raise OwesNothing(unit=name_of(effect.unit, units))
