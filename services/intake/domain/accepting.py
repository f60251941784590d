"""Accepting: the committee files a proposal under a number of its year (立案)."""

import re
from dataclasses import dataclass
from datetime import date

from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import NumberMalformed, NumberTaken, YearFull
from shared.contracts.event import Actor
from shared.contracts.intake import ProposalAccepted

LAST_NUMBER = 9999


@dataclass(frozen=True, slots=True)
class YearRegister:
    """The year's numbers, as far as one acceptance looks at them.

    ``next_free`` is the lowest number not used yet; ``taken`` holds the number asked for, if it
    is used already.
    """

    year: int
    next_free: int
    taken: frozenset[str] = frozenset()


def accept_proposal(
    proposal: Proposal, *, number: str | None, register: YearRegister, by: Actor, on: date
) -> ProposalAccepted:
    """File it under the number given, else under the next free one of its year."""
    proposal.must_await_review()
    return ProposalAccepted(
        proposal_id=proposal.proposal_id,
        number=_allotted(register) if number is None else _given(number, register=register),
        by=by,
        on=on,
    )


def numbered(year: int, n: int) -> str:
    """The n-th number of a year: the year and four digits."""
    return f"{year}{n:04}"


def _given(number: str, *, register: YearRegister) -> str:
    well_formed = re.fullmatch(rf"{register.year}[0-9]{{4}}", number)
    if not well_formed or number == numbered(register.year, 0):
        raise NumberMalformed(number=number, year=register.year)
    if number in register.taken:
        raise NumberTaken(number=number)
    return number


def _allotted(register: YearRegister) -> str:
    if register.next_free > LAST_NUMBER:
        raise YearFull(year=register.year)
    return numbered(register.year, register.next_free)
