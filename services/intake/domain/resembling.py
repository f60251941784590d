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

from services.intake.domain.wording import (
    Synonyms,
    canonical,
    grams,
    matter,
    plain,
    said_in,
    same_words,
)
from shared.contracts.event import ProposalId

SHOWN_GRAMS = 5
SHOWN_WORDS = 3
OPENING = 800  # characters of a text that are read for a reason: what it is about, it says at once
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
    same_words: tuple[tuple[str, str], ...] = ()


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
    written = matter(title)
    said = canonical(written, synonyms=synonyms)
    weights = {gram: shares.weight(gram) for gram in grams(said)}
    length = _length(weights.values())
    matters = [canonical(other.about or matter(other.title), synonyms=synonyms) for other in others]
    found = [
        (_score(said, matters[at], weights, length, shares), others[at])
        for at in _at_first_sight(said, matters, weights)
    ]
    best = sorted(found, key=lambda one: (-one[0], -one[1].year, one[1].proposal_id))[:limit]
    return [
        _laid_side_by_side(written, other, score, weights=weights, synonyms=synonyms, places=places)
        for score, other in best
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
    written: str,
    other: Title,
    score: float,
    *,
    weights: Mapping[str, float],
    synonyms: Synonyms,
    places: Collection[str],
) -> Likeness:
    """What both say and what one alone does, in this title's words where they mean the same.

    A single character that both happen to have parts no word.
    """
    theirs = other.about or matter(other.title)
    synonymous = same_words(written, theirs, synonyms=synonyms)
    here = {place for place in places if place in written}
    there = {place for place in places if place in theirs}
    in_our_words = theirs
    for ours, their_word in synonymous:
        in_our_words = in_our_words.replace(their_word, ours)
    common, only_here, only_there = [], [""], [""]
    for step in LCSseq.opcodes(written, in_our_words):
        ours = written[step.src_start : step.src_end]
        if step.tag == "equal" and len(ours) > 1:
            common.append(ours)
            only_here.append("")
            only_there.append("")
        else:
            only_here[-1] += ours
            only_there[-1] += in_our_words[step.dest_start : step.dest_end]
    shared = [gram for gram in grams(in_our_words) if len(gram) == 2 and gram in weights]
    return Likeness(
        other=other,
        score=round(score, 4),
        common=tuple(common),
        grams=tuple(sorted(shared, key=lambda gram: -weights[gram])[:SHOWN_GRAMS]),
        only_here=_without(here, only_here),
        only_there=_without(there, only_there),
        places_here=tuple(sorted(here - there)),
        places_there=tuple(sorted(there - here)),
        same_words=synonymous,
    )


def _without(places: Collection[str], pieces: Sequence[str]) -> tuple[str, ...]:
    """The words in pieces, those of places set aside."""
    for place in places:
        pieces = [part for piece in pieces for part in piece.split(place)]
    return tuple(piece for piece in pieces if len(piece) > 1)


def why_alike(likeness: Likeness, *, text: str = "", other_text: str = "") -> str:
    """The reason as sentences say it: what both titles say, where they differ, what the texts add.

    A text speaks for likeness where it says what only the other title does.
    """
    says = [f"同有{_quoted(likeness.common)}" if likeness.common else "用字相近"]
    says += [f"“{here}”与“{there}”同义" for here, there in likeness.same_words]
    if likeness.places_here or likeness.places_there:
        says.append(f"地点不同：{_facing(likeness.places_here, likeness.places_there, no='未写')}")
    if likeness.only_here or likeness.only_there:
        says.append(f"不同：{_facing(likeness.only_here, likeness.only_there, no='无')}")
    if there_too := said_in(plain(other_text[:OPENING]), likeness.only_here)[:SHOWN_WORDS]:
        says.append(f"对方正文也写到{_quoted(there_too)}")
    if here_too := said_in(plain(text[:OPENING]), likeness.only_there)[:SHOWN_WORDS]:
        says.append(f"本件正文也写到{_quoted(here_too)}")
    return "；".join(says)


def _quoted(words: Sequence[str]) -> str:
    return "、".join(f"“{word}”" for word in words)


def _facing(here: Sequence[str], there: Sequence[str], *, no: str) -> str:
    return f"{'、'.join(here) or no}／{'、'.join(there) or no}"
