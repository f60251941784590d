"""Judging advice: how often those who really handled a proposal are among the units advised."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from services.assignment.domain.advising import OFFERED, Duties, History, advise
from shared.contracts.event import UnitCode


@dataclass(frozen=True, slots=True)
class Handled:
    """A proposal of which one knows who answered it, and who helped."""

    number: str
    title: str
    leads: frozenset[UnitCode]
    others: frozenset[UnitCode] = frozenset()


@dataclass(frozen=True, slots=True)
class Hits:
    """Of so many proposals, the shares whose lead, or any handler, stands among the first."""

    asked: int
    first: float
    among_three: float
    among_five: float
    any_handler_among_five: float


def hits(
    handled: Sequence[Handled],
    *,
    duties: Duties,
    history: History,
    among: Collection[UnitCode],
) -> Hits:
    """Ask for advice on each as if it were new: it is no example for itself."""
    first = among_three = among_five = any_handler = 0
    for one in handled:
        advised = [
            advice.unit
            for advice in advise(
                one.title, duties=duties, history=history, among=among, number=one.number
            )
        ]
        first += not one.leads.isdisjoint(advised[:1])
        among_three += not one.leads.isdisjoint(advised[:3])
        among_five += not one.leads.isdisjoint(advised[:OFFERED])
        any_handler += not (one.leads | one.others).isdisjoint(advised[:OFFERED])
    asked = len(handled)
    return Hits(
        asked=asked,
        first=_share(first, asked),
        among_three=_share(among_three, asked),
        among_five=_share(among_five, asked),
        any_handler_among_five=_share(any_handler, asked),
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
