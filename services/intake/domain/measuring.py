"""Measuring: how well the suggestions do on pairs that people have judged (相似提案的检验)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.intake.domain.resembling import Title
from shared.contracts.event import ProposalId

FIRST_FEW = 5
FIRST_TEN = 10


@dataclass(frozen=True, slots=True)
class Graded:
    """A pair of titles, and whether people say that they ask the same or are at least related."""

    one: Title
    other: Title
    same: bool
    related: bool


@dataclass(frozen=True, slots=True)
class Measures:
    """Shares from 0 to 1. A hit: a like proposal is among the first; the cut: what is shown.

    Precise is what asks the same; useful is also what one would link with it.
    """

    pairs: int
    asked: int
    hit_at_1: float
    hit_at_5: float
    recall_at_10: float
    precision_at_cut: float
    useful_at_cut: float
    recall_at_cut: float


def measure(
    graded: Sequence[Graded],
    *,
    ranked: Mapping[ProposalId, Sequence[ProposalId]],
    scores: Mapping[tuple[ProposalId, ProposalId], float],
    cut: float,
) -> Measures:
    """What the rankings find of the pairs that are the same, and what the cut lets through."""
    wanted: dict[ProposalId, set[ProposalId]] = {}
    for pair in graded:
        if pair.same:
            wanted.setdefault(pair.one.proposal_id, set()).add(pair.other.proposal_id)
    same = sum(len(others) for others in wanted.values())
    at_1 = at_5 = found = 0
    for one, others in wanted.items():
        first = ranked.get(one, ())
        at_1 += bool(others & set(first[:1]))
        at_5 += bool(others & set(first[:FIRST_FEW]))
        found += len(others & set(first[:FIRST_TEN]))
    shown = [
        pair
        for pair in graded
        if scores.get((pair.one.proposal_id, pair.other.proposal_id), 0.0) >= cut
    ]
    return Measures(
        pairs=len(graded),
        asked=len(wanted),
        hit_at_1=_share(at_1, len(wanted)),
        hit_at_5=_share(at_5, len(wanted)),
        recall_at_10=_share(found, same),
        precision_at_cut=_share(sum(pair.same for pair in shown), len(shown)),
        useful_at_cut=_share(sum(pair.related for pair in shown), len(shown)),
        recall_at_cut=_share(sum(pair.same for pair in shown), same),
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
