"""Merging what two people wrote from the same beginning, so that nothing of either is lost."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Merged(Generic[T]):
    """What came of it; ``crossed`` are the places where both wrote something else."""

    whole: tuple[T, ...]
    crossed: tuple[tuple[tuple[T, ...], tuple[T, ...]], ...] = ()


def merged(was: Sequence[T], *, theirs: Sequence[T], mine: Sequence[T]) -> Merged[T]:
    """Each one's changes to what was; where they cross, theirs and then mine, both to be seen."""
    whole: list[T] = []
    crossed = []
    for base, one, other in _one_by_one(_stretches(was, theirs, mine)):
        if one == other or other == base:
            whole.extend(one)
        elif one == base:
            whole.extend(other)
        else:
            whole.extend((*one, *(part for part in other if part not in one)))
            crossed.append((one, other))
    return Merged(tuple(whole), tuple(crossed))


def merged_text(was: str, *, theirs: str, mine: str) -> Merged[str]:
    """A text, paragraph by paragraph."""
    return merged(was.splitlines(), theirs=theirs.splitlines(), mine=mine.splitlines())


Stretch = tuple[tuple[T, ...], tuple[T, ...], tuple[T, ...]]


def _one_by_one(stretches: Iterator[Stretch[T]]) -> Iterator[Stretch[T]]:
    """Neighbours that were each revised in place are places of their own."""
    for base, one, other in stretches:
        if len(base) == len(one) == len(other):
            yield from (((a,), (b,), (c,)) for a, b, c in zip(base, one, other, strict=True))
        else:
            yield base, one, other


def _stretches(was: Sequence[T], theirs: Sequence[T], mine: Sequence[T]) -> Iterator[Stretch[T]]:
    """All three cut at the same places: what they have in common, and what is between."""
    at, at_one, at_other = 0, 0, 0
    for base, one, other, length in [*_common(was, theirs, mine), _end(was, theirs, mine)]:
        between = (
            tuple(was[at:base]),
            tuple(theirs[at_one:one]),
            tuple(mine[at_other:other]),
        )
        if any(between):
            yield between
        at, at_one, at_other = base + length, one + length, other + length
        kept = tuple(was[base:at])
        yield kept, kept, kept


def _common(
    was: Sequence[T], theirs: Sequence[T], mine: Sequence[T]
) -> Iterator[tuple[int, int, int, int]]:
    """Where all three have the same, in order."""
    to_theirs, to_mine = _places(was, theirs), _places(was, mine)
    for nth in range(len(was)):
        if nth in to_theirs and nth in to_mine:
            yield nth, to_theirs[nth], to_mine[nth], 1


def _places(was: Sequence[T], now: Sequence[T]) -> dict[int, int]:
    blocks = SequenceMatcher(a=was, b=now, autojunk=False).get_matching_blocks()
    return {block.a + n: block.b + n for block in blocks for n in range(block.size)}


def _end(was: Sequence[T], theirs: Sequence[T], mine: Sequence[T]) -> tuple[int, int, int, int]:
    return len(was), len(theirs), len(mine), 0
