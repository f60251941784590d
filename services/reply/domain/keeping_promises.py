"""Keeping promises: a unit shows that it did what its reply promised (承诺落实)."""

from dataclasses import dataclass
from datetime import date

from services.reply.domain.refusals import AlreadyKept, NotYourPromise
from shared.contracts.event import Actor, ProposalId, UnitCode
from shared.contracts.reply import PromiseKept


@dataclass(frozen=True, slots=True)
class Promise:
    """What a unit promised; it outlives the task, for the letter bears the unit's name."""

    proposal_id: ProposalId
    promise_id: str
    unit: UnitCode
    kept: bool = False


def keep_promise(promise: Promise, *, evidence: str, by: Actor, on: date) -> PromiseKept:
    """Once, by the unit that promised; late is accepted, the day says so."""
    if by.unit != promise.unit:
        raise NotYourPromise
    if promise.kept:
        raise AlreadyKept
    return PromiseKept(
        proposal_id=promise.proposal_id,
        by=by,
        on=on,
        promise_id=promise.promise_id,
        unit=promise.unit,
        evidence=evidence,
    )
