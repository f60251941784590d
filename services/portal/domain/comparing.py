"""Comparing two texts: which paragraphs stay, went or came, and inside them which words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

What = Literal["stays", "added", "removed"]
# What is compared as one: a Latin word, a number, else every character for itself.
PIECES = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)?|.", re.DOTALL)
ALIKE = 0.4  # two paragraphs that have less in common are two paragraphs
ISLAND = 2  # so few characters between two changes are read as a part of the change


@dataclass(frozen=True, slots=True)
class Run:
    """Some words on end of which the same is true."""

    what: What
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as it became: it stays, came, went, or was changed inside."""

    runs: tuple[Run, ...]

    @property
    def stays(self) -> bool:
        """Whether nothing in it changed."""
        return all(run.what == "stays" for run in self.runs)


def compared(before: str, after: str) -> tuple[Line, ...]:
    """What changed from one text to the other, in reading order."""
    return tuple(_lines(before.splitlines(), after.splitlines()))


def changed(lines: Sequence[Line]) -> int:
    """In how many paragraphs something changed."""
    return sum(not line.stays for line in lines)


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    for tag, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Line((Run("stays", one),)) for one in old[a:b])
            continue
        # Paragraph beside paragraph, as whoever revises goes through a text.
        for went, came in zip_longest(old[a:b], new[c:d]):
            yield from _changed(went, came)


def _changed(went: str | None, came: str | None) -> Iterator[Line]:
    if went is not None and came is not None:
        runs = tuple(_runs(went, came))
        kept = sum(len(run.text) for run in runs if run.what == "stays")
        if 2 * kept >= ALIKE * (len(went) + len(came)):
            yield Line(runs)
            return
    if went:
        yield Line((Run("removed", went),))
    if came:
        yield Line((Run("added", came),))


def _runs(went: str, came: str) -> Iterator[Run]:
    old, new = PIECES.findall(went), PIECES.findall(came)
    removed = added = ""
    for tag, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        gone, here = "".join(old[a:b]), "".join(new[c:d])
        if tag != "equal":
            removed, added = removed + gone, added + here
            continue
        if (removed or added) and len(gone) <= ISLAND and b < len(old):
            removed, added = removed + gone, added + gone
            continue
        yield from _both(removed, added)
        removed = added = ""
        yield Run("stays", gone)
    yield from _both(removed, added)


def _both(removed: str, added: str) -> Iterator[Run]:
    if removed:
        yield Run("removed", removed)
    if added:
        yield Run("added", added)
