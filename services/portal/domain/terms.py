"""Terms: the pairs of characters by which a Chinese text is found."""

import re
import unicodedata

WRITTEN = re.compile(r"\w+")


def plain(text: str) -> str:
    """A text as it is compared: half-width, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def terms_of(text: str) -> list[str]:
    """Every pair of neighbouring characters of a plain text, once; of a single one nothing."""
    pairs = (run[at : at + 2] for run in WRITTEN.findall(text) for at in range(len(run) - 1))
    return list(dict.fromkeys(pairs))
