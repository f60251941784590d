"""Resembling: which proposals may ask the same as this one, and why one should think so.

It proposes and never decides: titles with the same frame and another subject look alike to any
measure. Two measures are laid together, the pieces of characters that two matters share, the rare
ones weighing more, and the longest common sequence.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log

from rapidfuzz import process
from rapidfuzz.distance import LCSseq

from services.intake.domain.wording import Synonyms, canonical, grams, matter
from shared.contracts.event import ProposalId

SHOWN_GRAMS = 5
AT_FIRST_SIGHT = 40  # so many by each measure are looked at closely
OF_GRAMS = 0.6  # the rest is the sequence's


@dataclass(frozen=True, slots=True)
class Shares:
    """In which part of all titles a piece of characters is found; what is not counted is rare."""

    titles: int = 0
    by_gram: Mapping[str, float] | None = None

    def of(self, gram: str) -> float:
        rare = 1 / (self.titles + 1)
        return max((self.by_gram or {}).get(gram, rare), rare)

    def weight(self, gram: str) -> float:
        """How much it says that two titles share it."""
        return log(1 + 1 / self.of(gram))


@dataclass(frozen=True, slots=True)
class Title:
    """A proposal as far as its title goes; ``about`` is its matter, where it is known already."""

    proposal_id: ProposalId
    title: str
    year: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two titles are, from 0 to 1, and what one sees when laying them side by side."""

    other: Title
    score: float
    common: tuple[str, ...]
    grams: tuple[str, ...]
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]
    places_here: tuple[str, ...] = ()
    places_there: tuple[str, ...] = ()


def most_alike(
    title: str,
    others: Sequence[Title],
    *,
    shares: Shares,
    synonyms: Synonyms,
    places: Collection[str] = (),
    limit: int,
) -> list[Likeness]:
    """The titles that are most like this one, the most alike first."""
    said = canonical(matter(title), synonyms=synonyms)
    weights = {gram: shares.weight(gram) for gram in grams(said)}
    length = _length(weights.values())
    matters = [canonical(other.about or matter(other.title), synonyms=synonyms) for other in others]
    found = [
        (_score(said, matters[at], weights, length, shares), others[at], matters[at])
        for at in _at_first_sight(said, matters, weights)
    ]
    best = sorted(found, key=lambda one: (-one[0], -one[1].year, one[1].proposal_id))[:limit]
    return [
        _laid_side_by_side(said, theirs, other, score, weights=weights, places=places)
        for score, other, theirs in best
        if score > 0
    ]


def _at_first_sight(
    said: str, matters: Sequence[str], weights: Mapping[str, float]
) -> Collection[int]:
    """Those that are worth a closer look: the best by each measure alone, taken roughly."""
    if len(matters) <= AT_FIRST_SIGHT:
        return range(len(matters))
    shared = [
        sum(weight for gram, weight in weights.items() if gram in theirs) for theirs in matters
    ]
    by_grams = sorted(range(len(matters)), key=shared.__getitem__, reverse=True)
    by_sequence = process.extract(
        said, matters, scorer=LCSseq.normalized_similarity, limit=AT_FIRST_SIGHT
    )
    return {*by_grams[:AT_FIRST_SIGHT], *(at for _, _, at in by_sequence)}


def _score(
    said: str, theirs: str, weights: Mapping[str, float], length: float, shares: Shares
) -> float:
    shared, sum_of_squares = 0.0, 0.0
    for gram in grams(theirs):
        weight = weights.get(gram)
        if weight is None:
            weight = shares.weight(gram)
        else:
            shared += weight * weight
        sum_of_squares += weight * weight
    by_grams = shared / (length * sum_of_squares**0.5) if shared else 0.0
    return OF_GRAMS * by_grams + (1 - OF_GRAMS) * LCSseq.normalized_similarity(said, theirs)


def _length(weights: Collection[float]) -> float:
    return float(sum(weight * weight for weight in weights) ** 0.5) or 1.0


def _laid_side_by_side(
    said: str,
    theirs: str,
    other: Title,
    score: float,
    *,
    weights: Mapping[str, float],
    places: Collection[str],
) -> Likeness:
    common, only_here, only_there = [], [], []
    for step in LCSseq.opcodes(said, theirs):
        if step.tag == "equal":
            common.append(said[step.src_start : step.src_end])
        else:
            only_here.append(said[step.src_start : step.src_end])
            only_there.append(theirs[step.dest_start : step.dest_end])
    shared = [gram for gram in grams(theirs) if len(gram) == 2 and gram in weights]
    here = {place for place in places if place in said}
    there = {place for place in places if place in theirs}
    return Likeness(
        other=other,
        score=round(score, 4),
        common=tuple(filter(None, common)),
        grams=tuple(sorted(shared, key=lambda gram: -weights[gram])[:SHOWN_GRAMS]),
        only_here=tuple(filter(None, only_here)),
        only_there=tuple(filter(None, only_there)),
        places_here=tuple(sorted(here - there)),
        places_there=tuple(sorted(there - here)),
    )


def why_alike(likeness: Likeness) -> str:
    """The reason in a sentence: what both say, and where they differ."""
    pieces = [piece for piece in likeness.common if len(piece) > 1]
    says = f"同有{'、'.join(f'“{piece}”' for piece in pieces)}" if pieces else "用字相近"
    if likeness.places_here or likeness.places_there:
        here, there = "、".join(likeness.places_here), "、".join(likeness.places_there)
        return f"{says}；地点不同：{here or '未写'}／{there or '未写'}"
    here = "、".join(piece for piece in likeness.only_here if len(piece) > 1)
    there = "、".join(piece for piece in likeness.only_there if len(piece) > 1)
    return f"{says}；不同：{here or '无'}／{there or '无'}" if here or there else says
