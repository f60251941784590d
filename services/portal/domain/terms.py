"""Terms: the characters, pairs of characters and numbers by which a Chinese text is found."""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

WRITTEN = re.compile(r"\w+")
NUMBER = re.compile(r"\d{3,}")  # found whole: the pairs in it stand in nearly every text


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")


def plain(text: str) -> str:
    """A text as it is compared: half-width, lower case, simplified."""
    return str(_simplified().convert(unicodedata.normalize("NFKC", text).lower()))


def pairs_of(text: str) -> list[str]:
    """Every pair of neighbouring characters of a plain text, once."""
    pairs = (run[at : at + 2] for run in WRITTEN.findall(text) for at in range(len(run) - 1))
    return list(dict.fromkeys(pairs))


def terms_of(*, heading: str, body: str = "") -> list[str]:
    """What finds a plain text: its pairs and numbers, and the heading's single characters."""
    single = "".join(WRITTEN.findall(heading))
    numbers = (*NUMBER.findall(heading), *NUMBER.findall(body))
    return list(dict.fromkeys((*pairs_of(heading), *pairs_of(body), *numbers, *single)))


def asked_of(word: str) -> list[str]:
    """What a plain word that is looked for is found by; of a mere sign nothing."""
    if NUMBER.fullmatch(word):
        return [word]
    return pairs_of(word) or [one for one in word if one.isalnum()]
