"""Wording: a title as titles are compared, and the pieces of characters by which it is found.

Whoever changes these rules raises ``VERSION``: what was kept under the old ones is then made anew.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from opencc import OpenCC

VERSION = 2

# What frames a matter without naming it: 关于…的提案, the verbs with which every title begins, and
# 我市, which in another city's title is another city.
OPENING = re.compile(r"^(关于|对于|就|建议)")
CLOSING = re.compile(r"的?(相关|几点|一些|若干)?(提案|建议|意见|议案|思考|对策)$")
FRAME = re.compile(
    "进一步|加大力度|大力|切实|着力|积极|尽快|尽早|加快|加强|加大|加速|推动|推进|推行|促进|完善|健全"
    "|优化|提升|提高|强化|深化|做好|开展|实施|落实|深入|充分发挥|采取多种措施|高质量|工作|我[省市区县州镇]"
)
UNSAID = re.compile(r"[\W_]+")
LONG_ENOUGH = 3  # fewer characters of a longer piece are no word of their own

Synonyms = Sequence[Sequence[str]]


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """A text as it is sought: half-width, simplified, lower case."""
    return str(_simplifier().convert(unicodedata.normalize("NFKC", text))).lower()


@lru_cache(maxsize=65_536)
def matter(title: str) -> str:
    """What a title is about: without its frame, signs and blanks; the same for like wordings."""
    said = plain(title).strip()
    named = CLOSING.sub("", OPENING.sub("", said))
    return UNSAID.sub("", FRAME.sub("", named)) or UNSAID.sub("", named) or said


def grams(text: str) -> list[str]:
    """Every character and every pair of neighbours, once each; nothing reaches over a blank."""
    found: dict[str, None] = {}
    for run in text.split():
        found.update(dict.fromkeys(run))
        found.update(dict.fromkeys(run[at : at + 2] for at in range(len(run) - 1)))
    return list(found)


def pairs(text: str) -> list[str]:
    """The pairs alone."""
    return [gram for gram in grams(text) if len(gram) == 2]


def terms_of(*texts: str, title: str) -> list[str]:
    """Everything by which a proposal is found: pieces of its title, its number, its proposers."""
    said = " ".join((plain(title), *map(plain, texts)))
    return list(dict.fromkeys([*grams(said), *grams(matter(title))]))


def sought(q: str) -> tuple[str, list[str]]:
    """What is looked for, and the terms that whatever holds it must have."""
    words = " ".join(plain(q).split())
    return words, pairs(words) or grams(words)


def canonical(text: str, *, synonyms: Synonyms) -> str:
    """A matter with every synonym replaced by the first word of its class."""
    for word, first in _replacements(tuple(map(tuple, synonyms))).items():
        text = text.replace(word, first)
    return text


def same_words(one: str, other: str, *, synonyms: Synonyms) -> tuple[tuple[str, str], ...]:
    """Words that stand in two matters for the same, though they are written differently."""
    found = []
    for group in synonyms:
        here, there = (
            max((w for w in group if w in text), key=len, default="") for text in (one, other)
        )
        if here and there and here != there:
            found.append((here, there))
    return tuple(found)


def said_in(text: str, pieces: Iterable[str]) -> tuple[str, ...]:
    """What a text says of these pieces: each whole, or its longest part of three characters."""
    found: dict[str, None] = {}
    for piece in pieces:
        for size in range(len(piece), min(len(piece), LONG_ENOUGH) - 1, -1):
            parts = (piece[at : at + size] for at in range(len(piece) - size + 1))
            part = next((part for part in parts if part in text), None)
            if part is not None:
                found[part] = None
                break
    return tuple(found)


def other_words(text: str, *, synonyms: Synonyms) -> Iterable[str]:
    """The words that could stand in this matter in another's place."""
    return (
        other
        for group in synonyms
        if any(word in text for word in group)
        for other in group
        if other not in text
    )


@cache
def _replacements(synonyms: tuple[tuple[str, ...], ...]) -> Mapping[str, str]:
    """Longer words first, so that a part of one is not taken for another."""
    found = {word: group[0] for group in synonyms for word in group[1:]}
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))
