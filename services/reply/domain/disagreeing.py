"""Disagreeing: heads coordinate; what they cannot settle goes to the office, then to a leader.

While a disagreement is open, the lead's reply waits, unless the place decides otherwise.
"""

from datetime import date
from typing import assert_never

from services.reply.domain.handling import Disagreement, Handling, Level
from services.reply.domain.refusals import (
    CannotGoHigher,
    NotAtYourLevel,
    NotYourDisagreement,
    UnknownDisagreement,
)
from services.reply.domain.wording import keep_within
from shared.contracts.event import Actor
from shared.contracts.registry import Post, RulesPublished
from shared.contracts.reply import DisagreementRaised, DisagreementSettled

LEVELS = {"heads": "双方单位负责人", "office": "交办机关", "leader": "市领导"}


def raise_disagreement(
    handling: Handling,
    *,
    disagreement_id: str,
    why: str,
    by: Actor,
    on: date,
    rules: RulesPublished,
) -> DisagreementRaised:
    """One level up, by whoever it is with now: either unit's head, then the office."""
    found = _found(handling, disagreement_id)
    _must_be_with(found, by=by)
    keep_within(rules, reason=why)
    return DisagreementRaised(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        disagreement_id=disagreement_id,
        task_id=found.task_id,
        unit=found.unit,
        lead=found.lead,
        level=_above(found.level),
        why=why,
    )


def settle_disagreement(
    handling: Handling,
    *,
    disagreement_id: str,
    outcome: str,
    by: Actor,
    on: date,
    rules: RulesPublished,
) -> DisagreementSettled:
    """By whoever it is with. Between heads, the one who contradicts says that it is settled."""
    found = _found(handling, disagreement_id)
    _must_be_with(found, by=by)
    if found.level == "heads" and by.unit != found.unit:
        raise NotYourDisagreement
    keep_within(rules, account=outcome)
    return DisagreementSettled(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        disagreement_id=disagreement_id,
        task_id=found.task_id,
        unit=found.unit,
        lead=found.lead,
        outcome=outcome,
    )


def _found(handling: Handling, disagreement_id: str) -> Disagreement:
    for one in handling.disagreements:
        if one.disagreement_id == disagreement_id:
            return one
    raise UnknownDisagreement(id=disagreement_id)


def _must_be_with(found: Disagreement, *, by: Actor) -> None:
    post = Post(by.post)
    match found.level:
        case "heads":
            if post not in (Post.HEAD, Post.DEPUTY):
                raise NotAtYourLevel(level=LEVELS["heads"])
            if by.unit not in (found.unit, found.lead):
                raise NotYourDisagreement
        case "office":
            if post is not Post.OFFICE:
                raise NotAtYourLevel(level=LEVELS["office"])
        case "leader":
            if post is not Post.LEADER:
                raise NotAtYourLevel(level=LEVELS["leader"])
        case "unknown":
            raise NotAtYourLevel(level="更新后的程序")
        case _:
            assert_never(found.level)


def _above(level: Level) -> Level:
    match level:
        case "heads":
            return "office"
        case "office":
            return "leader"
        case "leader" | "unknown":
            raise CannotGoHigher
        case _:
            assert_never(level)
