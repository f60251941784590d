"""Wording: notices and messages in the language of whoever reads them.

The templates are data. Traditional Chinese is made of the Simplified, names and all.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from opencc import OpenCC

from services.escalation.domain.digesting import Language, Line
from services.escalation.views import InboxRow
from shared.contracts.event import UnitCode
from shared.nearness import base_of

Names = Callable[[UnitCode], str]

TRADITIONAL: Language = "zh-HK"
WRITTEN_IN: Mapping[str, str] = {"zh-CN": "zh-CN", TRADITIONAL: "zh-CN", "en": "en"}


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words."""

    language: str
    words: Mapping[str, Any]

    def notice(self, row: InboxRow, *, name: Names) -> str:
        """A notice as its reader sees it. One of a later version says what kind it is."""
        template = self.words["notices"].get(row.kind)
        if template is None:
            return row.kind
        facts = {
            "number": self._number(row.number),
            **self._readable(row.facts, name=name),
        }
        return self._written(template.format_map(_Lenient(facts)))

    def subject(self, *, count: int, day: date) -> str:
        """The subject of a message."""
        return self._written(self.words["digest"]["subject"].format(count=count, day=day))

    def message(self, lines: Sequence[Line], *, portal: str) -> str:
        """A message: a number, a light and a link for each proposal, and nothing of what is in
        them."""
        digest = self.words["digest"]
        said = [
            digest["line"].format(
                number=self._number(line.number),
                light=self.words["lights"][line.light],
                link=f"{portal}/proposals/{line.proposal_id}",
            )
            for line in lines
        ]
        return self._written("\n".join([*said, "", digest["foot"], ""]))

    def _number(self, number: str | None) -> str:
        digest = self.words["digest"]
        said: str = digest["number"].format(number=number) if number else digest["unfiled"]
        return said

    def _readable(self, facts: Mapping[str, str], *, name: Names) -> dict[str, str]:
        said = dict(facts)
        if "unit" in said:
            said["unit"] = name(UnitCode(said["unit"]))
        if "units" in said:
            said["units"] = "、".join(name(UnitCode(one)) for one in said["units"].split(","))
        for fact, listed in (("clock", "clocks"), ("role", "roles"), ("verdict", "verdicts")):
            if fact in said:
                key = base_of(said[fact])
                said[fact] = self.words[listed].get(key, said[fact])
        return said

    def _written(self, text: str) -> str:
        return _traditional(text) if self.language == TRADITIONAL else text


class _Lenient(dict[str, str]):
    """A fact that an older notice does not have is left out."""

    def __missing__(self, key: str) -> str:
        return ""


@cache
def wording(language: str) -> Wording:
    """The words of a language; of one that is not written down, Chinese."""
    written = WRITTEN_IN.get(language, "zh-CN")
    path = files("services.escalation") / "data" / "notices" / f"{written}.json"
    return Wording(language, json.loads(path.read_text(encoding="utf-8")))


@cache
def _converter() -> OpenCC:
    return OpenCC("s2hk")


def _traditional(text: str) -> str:
    converted: str = _converter().convert(text)
    return converted
