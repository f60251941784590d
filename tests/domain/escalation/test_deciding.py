"""A leader decides an open matter, once, with an effect that is possible."""

from dataclasses import replace
from typing import Literal

import pytest

from services.escalation.domain.deciding import decide_matter
from services.escalation.domain.proposal import Handler, Matter, Proposal
from services.escalation.domain.refusals import (
    AlreadyDecided,
    AlreadyLeads,
    DecisionMissing,
    NewLeadMissing,
    NewLeadNotMeant,
    NotHandedOver,
)
from shared.contracts.assignment import Role
from shared.contracts.escalation import CoordinationDecided, Effect
from shared.contracts.event import TaskId, UnitCode
from shared.refusals import Unknown
from tests.domain.escalation.office import (
    CITY,
    CO_HANDLER,
    FUTIAN,
    HANDLED,
    INDUSTRY,
    LEAD,
    LONGHUA,
    PROPOSAL,
    UNITS,
    day,
    someone,
)

OPEN = Matter("m1", "by-hand", generation=1)
DECIDED = Matter("m1", "by-hand", generation=1, state="decided", decided_on=day("03-15"))
FLAGGED = replace(HANDLED, matters=(OPEN,))
LEADER = someone("leader", CITY)
INDUSTRY_LEADS = Effect(kind="new_lead", lead=INDUSTRY)


def effect(kind: Literal["new_lead", "as_it_is"], lead: UnitCode | None = None) -> Effect:
    return Effect(kind=kind, lead=lead)


def decided(
    proposal: Proposal = FLAGGED,
    *,
    matter_id: str = "m1",
    decision: str = "由市工信局主办",
    effect: Effect = INDUSTRY_LEADS,
) -> CoordinationDecided:
    return decide_matter(
        proposal,
        matter_id=matter_id,
        decision=decision,
        effect=effect,
        units=UNITS,
        by=LEADER,
        on=day("03-18"),
    )


def test_a_leader_decides_a_matter() -> None:
    assert decided() == CoordinationDecided(
        proposal_id=PROPOSAL,
        matter_id="m1",
        decision="由市工信局主办",
        effect=INDUSTRY_LEADS,
        by=LEADER,
        on=day("03-18"),
    )


def test_everything_may_stay_as_it_is() -> None:
    assert decided(effect=effect("as_it_is")).effect.lead is None


def test_a_co_handler_may_become_the_lead() -> None:
    assert decided(effect=effect("new_lead", FUTIAN)).effect.lead == FUTIAN


def test_a_matter_is_decided_once() -> None:
    with pytest.raises(AlreadyDecided, match="m1已于2024-03-15作出决定"):
        decided(replace(HANDLED, matters=(DECIDED,)))


def test_only_a_matter_that_was_flagged_is_decided() -> None:
    with pytest.raises(Unknown, match="协调事项“m2”"):
        decided(matter_id="m2")


def test_a_decision_needs_words() -> None:
    with pytest.raises(DecisionMissing):
        decided(decision=" ")


def test_a_new_lead_is_named() -> None:
    with pytest.raises(NewLeadMissing):
        decided(effect=effect("new_lead"))


def test_none_is_named_where_everything_stays() -> None:
    with pytest.raises(NewLeadNotMeant):
        decided(effect=effect("as_it_is", INDUSTRY))


def test_the_lead_does_not_become_the_lead() -> None:
    with pytest.raises(AlreadyLeads, match="龙华区已经是本案的主办单位"):
        decided(effect=effect("new_lead", LONGHUA))


def test_a_lead_that_wants_to_give_it_back_may_be_told_to_keep_it() -> None:
    returned = replace(FLAGGED, handlers=(replace(LEAD, returned=True), CO_HANDLER))

    assert decided(returned, effect=effect("new_lead", LONGHUA)).effect.lead == LONGHUA


def test_one_of_several_answering_units_may_become_the_lead() -> None:
    split = (replace(LEAD, role=Role.SPLIT), Handler(TaskId("D01.1"), FUTIAN, Role.SPLIT))

    several = replace(FLAGGED, handlers=split)

    assert decided(several, effect=effect("new_lead", LONGHUA)).effect.lead == LONGHUA


def test_before_the_hand_over_there_is_no_lead_to_change() -> None:
    with pytest.raises(NotHandedOver):
        decided(replace(FLAGGED, handlers=()))
    assert decided(replace(FLAGGED, handlers=()), effect=effect("as_it_is"))
