"""Wording: a title as titles are compared, and the pieces of characters by which it is found.

Whoever changes these rules raises ``VERSION``: what was kept under the old ones is then made anew.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from opencc import OpenCC

VERSION = 1

# What frames a matter without naming it: 关于…的提案, and the verbs with which every title begins.
OPENING = re.compile(r"^(关于|对于|就|建议)")
CLOSING = re.compile(r"的?(相关|几点|一些|若干)?(提案|建议|意见|议案|思考|对策)$")
FRAME = re.compile(
    "进一步|加大力度|大力|切实|着力|积极|尽快|尽早|加快|加强|加大|加速|推动|推进|推行|促进|完善|健全"
    "|优化|提升|提高|强化|深化|做好|开展|实施|落实|深入|充分发挥|采取多种措施|高质量|工作"
)
UNSAID = re.compile(r"[\W_]+")

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
