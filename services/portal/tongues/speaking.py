"""What a page says in one language of what is known only when it is drawn: words and days."""

from collections.abc import Callable
from datetime import date
from typing import Any

from babel.dates import format_date
from markupsafe import Markup, escape

from services.portal.tongues.catalogue import CHINESE, PART, Catalogue
from services.portal.tongues.tongue import SOURCE, Tongue

LONGEST_SENTENCE = 400
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
        if self._is_known(value) or len(value) > LONGEST_SENTENCE or self._catalogue.says(value):
            return self.said(value)
        for sentence, says in self._catalogue.sentences:
            if found := sentence.fullmatch(value):
                return self._put_together(says, found.groupdict())
        return self.said(value)

    def day(self, day: date) -> Markup:
        """A day as it is written in a text."""
        return escape(format_date(day, "long", locale=self.tongue.locale))

    def weekday(self, day: date) -> Markup:
        """The day of the week."""
        return escape(format_date(day, "EEEE", locale=self.tongue.locale))

    def _is_known(self, value: Any) -> bool:
        """Whether it needs no words: it is drawn already, or no Chinese."""
        return self.tongue == SOURCE or type(value) is not str or not CHINESE.search(value)

    def _put_together(self, says: str, parts: dict[str, str]) -> Markup:
        pieces = PART.split(says)
        return Markup("").join(
            (self.told if piece == "says" else self.said)(parts[piece]) if n % 2 else Markup(piece)
            for n, piece in enumerate(pieces)
        )


def _marked(text: str) -> Markup:
    return Markup('<span lang="zh-Hans">{}</span>').format(text)
