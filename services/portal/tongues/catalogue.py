"""Catalogues: what a page says in another language, read once from the file of its translators.

The msgid is the Chinese text; its parts stand in braces, as in ``{unit}签收``. A text that means
something else in one template has that template's name as its context.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from services.portal.tongues.tongue import SOURCE, Tongue

HERE = Path(__file__).parent
CHINESE = re.compile("[\u2e80-\u2fff\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]")
WORDS = re.compile("[\u3400-\u9fff]")
LONGEST_WORD = 6
ANYTHING = ".*?"
# Parts that are known by their looks: what people wrote is not taken for a year or a day.
LOOKS = {
    "year": r"\d{4}",
    "month": r"\d{1,2}",
    "day": r"[\d-]+",
    "draft": r"\d+",
    "begins": r"\d{4}-\d\d-\d\d",
    "since": r"\d{4}-\d\d-\d\d|\d{4}年\d+月\d+日",
    "session": r"\S*届\S*",
}
PART = re.compile(r"{(\w+)}")

Key = tuple[str, str]  # the text, and its template where that matters


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that is translated into one language.

    ``sentences`` are made while a page is drawn: how to know one, and how it is said.
    """

    texts: Mapping[Key, str]
    sentences: Sequence[tuple[re.Pattern[str], str]] = ()

    def says(self, text: str, template: str = "") -> str | None:
        """The text in this language; None if nobody has translated it."""
        return self.texts.get((text, template)) or self.texts.get((text, ""))


def po_of(tongue: Tongue) -> Path:
    """Where the translators of a language work."""
    return HERE / tongue.code.replace("-", "_") / "LC_MESSAGES" / "portal.po"


def read(path: Path) -> Catalog:
    """A catalogue as its file has it."""
    with path.open("rb") as file:
        return read_po(file, charset="utf-8", abort_invalid=True)


@cache
def catalogue_of(tongue: Tongue) -> Catalogue:
    """The catalogue of a language; of the one that the pages are written in it is empty."""
    if tongue == SOURCE:
        return Catalogue({})
    said = [one for one in read(po_of(tongue)) if one.id and one.string]
    made = [
        (str(one.id), str(one.string))
        for one in said
        if any(place.endswith(".py") for place, _ in one.locations) and PART.search(str(one.id))
    ]
    words = [str(one.id) for one in said if len(one.id) <= LONGEST_WORD]
    between = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return Catalogue(
        {(str(one.id), one.context or ""): str(one.string) for one in said},
        [(_made_of(text, between), says) for text, says in sorted(made, key=_how_special)],
    )


def _how_special(sentence: tuple[str, str]) -> tuple[bool, int, int, str]:
    """Sentences in the order in which they are tried: others may fit what says less of itself.

    What is added to a whole sentence comes before any sentence; of two that say as much the one in
    more pieces, wherever in the catalogue they stand.
    """
    own = PART.sub("", sentence[0])
    adds = sentence[0].startswith("{says}") and WORDS.search(own)
    return not adds, -len(own), -len(PART.findall(sentence[0])), sentence[0]


def _made_of(text: str, words: str) -> re.Pattern[str]:
    """How a sentence looks whose parts were filled in; some of them may be empty.

    Of two parts side by side the second is a day, one of the words, or begins with a mark; what is
    added to a whole sentence has no words of its own.
    """
    pattern, before = "", ""
    adds = text.startswith("{says}") and WORDS.search(PART.sub("", text))
    seen: set[str] = set()
    for n, piece in enumerate(PART.split(text)):
        if n % 2 == 0:
            pattern, before = pattern + re.escape(piece), piece
        elif piece in seen:
            pattern += f"(?P={piece})"
        else:
            seen.add(piece)
            looks = ANYTHING
            if n > 1 and adds:
                looks = "[^\u3400-\u9fff]*?"
            elif n > 1 and not before:
                looks = rf"[（，；].*?|\d[\d-]*|{words}|"
            pattern += f"(?P<{piece}>{LOOKS.get(piece, looks)})"
    return re.compile(pattern, re.DOTALL)


def parts_of(text: str) -> list[str]:
    """The names of a text's parts."""
    return PART.findall(text)
