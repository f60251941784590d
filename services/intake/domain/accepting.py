"""Accepting: the committee files a proposal under a number of its year (立案)."""

import re
from dataclasses import dataclass
from datetime import date

from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import (
    NotOneMatter,
    NumberMalformed,
    NumberTaken,
    SerialPatternBroken,
    YearFull,
)
from shared.contracts.event import Actor
from shared.contracts.intake import ProposalAccepted
from shared.contracts.registry import RulesPublished

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


@dataclass(frozen=True, slots=True)
class SerialBook:
    """A series besides the year's number: the place in a session, or in a category."""

    name: str
    pattern: str
    says: tuple[tuple[str, object], ...]

    def written(self, n: int) -> str:
        """The n-th of the series, as it is written.

        Raises:
            SerialPatternBroken: the rule set's pattern has places that nobody can fill.
        """
        try:
            return self.pattern.format(n=n, **dict(self.says))
        except (KeyError, IndexError, ValueError, AttributeError, TypeError):
            raise SerialPatternBroken(pattern=self.pattern) from None


@dataclass(frozen=True, slots=True)
class Serials:
    """The serials that a proposal gets with its number; None where the rules know no series."""

    session: str | None = None
    category: str | None = None


def session_book(proposal: Proposal, *, rules: RulesPublished) -> SerialBook | None:
    """The series of the proposal's session, or of the year's proposals between sessions."""
    if proposal.session is not None:
        series, name = rules.series.get("session_serial"), f"session/{proposal.session}"
    else:
        series, name = rules.series.get("off_session_serial"), f"off/{proposal.year}"
    if series is None:
        return None
    says = (("session", proposal.session), ("year", proposal.year))
    return SerialBook(name, series.pattern, says)


def category_book(
    proposal: Proposal, *, category: str | None, rules: RulesPublished
) -> SerialBook | None:
    """The series of the proposal's category in its year."""
    series = rules.series.get("category_serial")
    if series is None or category is None:
        return None
    says = (("category", category), ("year", proposal.year))
    return SerialBook(f"category/{proposal.year}/{category}", series.pattern, says)


def accept_proposal(
    proposal: Proposal,
    *,
    number: str | None,
    register: YearRegister,
    by: Actor,
    on: date,
    one_matter: bool = True,
    category: str | None = None,
    serials: Serials | None = None,
) -> ProposalAccepted:
    """File it under the number given, else under the next free one of its year.

    By filing, the committee confirms that it treats one matter.
    """
    proposal.must_await_review()
    if not one_matter:
        raise NotOneMatter(proposal=proposal.called)
    serials = serials or Serials()
    return ProposalAccepted(
        proposal_id=proposal.proposal_id,
        number=_allotted(register) if number is None else _given(number, register=register),
        one_matter=one_matter,
        category=category or proposal.category,
        session=proposal.session,
        session_serial=serials.session,
        category_serial=serials.category,
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
