"""What a page says in one language of what is known only when it is drawn: words and days."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_skeleton
from markupsafe import Markup, escape

from services.portal.tongues.catalogue import CHINESE, PART, Catalogue
from services.portal.tongues.tongue import ENGLISH, SOURCE, Tongue

LONGEST_SENTENCE = 400
REMEMBERED = 4096
Convert = Callable[[str], str]


class Speaking:
    """Says things in one language; what it has no words for stays Chinese, and is marked as such.

    ``convert`` makes traditional letters of what people wrote, for those who asked for that.
    """

    def __init__(
        self, tongue: Tongue, catalogue: Catalogue, *, convert: Convert | None = None
    ) -> None:
        self.tongue = tongue
        self._catalogue = catalogue
        self._convert = convert
        self._put_together = lru_cache(maxsize=REMEMBERED)(self._sentence)

    def said(self, value: Any) -> Any:
        """A word of the office in this language; anything else as it is."""
        if self._is_known(value):
            return value
        if (says := self._catalogue.says(value)) is not None:
            return says
        return self._convert(value) if self._convert else _marked(value)

    def said_plainly(self, value: Any) -> Any:
        """The same where no element can stand."""
        if self._is_known(value):
            return value
        if (says := self._catalogue.says(value)) is not None:
            return says
        return self._convert(value) if self._convert else value

    def told(self, value: Any) -> Any:
        """A sentence that was made of a known one and its parts."""
        if self._is_known(value) or len(value) > LONGEST_SENTENCE:
            return self.said(value)
        return self._put_together(value)

    def day(self, day: date) -> Markup:
        """A day as it is written in a text."""
        return escape(format_date(day, "long", locale=self.tongue.locale))

    def weekday(self, day: date) -> Markup:
        """The day of the week."""
        # English names of days are long, and known by their first letters.
        name = "EEE" if self.tongue == ENGLISH else "EEEE"
        return escape(format_date(day, name, locale=self.tongue.locale))

    def month(self, month: str, year: int) -> Markup:
        """A month such as ``2024-03``; that of another year with its year."""
        first = date.fromisoformat(f"{month}-01")
        looks = "MMM" if first.year == year else "yMMM"
        return escape(format_skeleton(looks, first, locale=self.tongue.locale))

    def _is_known(self, value: Any) -> bool:
        """Whether it needs no words: it is drawn already, or no Chinese."""
        return self.tongue == SOURCE or type(value) is not str or not CHINESE.search(value)

    def in_which(self, value: Any) -> Markup:
        """An attribute for an element that holds nothing else: its words may stay Chinese."""
        is_ours = self._is_known(value) or self._catalogue.says(value) is not None
        return Markup("" if is_ours or self._convert else ' lang="zh-Hans"')

    def _sentence(self, value: str) -> Any:
        if self._catalogue.says(value) is not None:
            return self.said(value)
        # A space in Chinese parts what stands on its own: a unit and a post.
        before, space, last = value.rpartition(" ")
        if before and self._catalogue.says(last) is not None:
            return Markup("").join((self.said(before), space, self.said(last)))
        for sentence, says in self._catalogue.sentences:
            found = sentence.fullmatch(value)
            if found and value not in (parts := found.groupdict()).values():
                return Markup("").join(
                    self.told(parts[piece]) if n % 2 else Markup(piece)
                    for n, piece in enumerate(PART.split(says))
                )
        return self.said(value)


def _marked(text: str) -> Markup:
    return Markup('<span lang="zh-Hans">{}</span>').format(text)
