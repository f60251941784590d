"""The ledger's filters: all of them stand in the address, so that a view can be passed on."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from services.portal.domain.words import KINDS, ORIGINS, ROLES, STATES
from shared.refusals import Malformed

PAGE_SIZE = 50
LAST_PAGE = 200
LIGHTS = {"red": "已逾期", "yellow": "临期", "green": "正常"}
KEYS = {"yes": "重点提案", "no": "非重点提案"}
CHOICES: dict[str, dict[str, str]] = {
    "role": ROLES,
    "light": LIGHTS,
    "state": STATES,
    "kind": KINDS,
    "key": KEYS,
    "origin": ORIGINS,
}


class UnknownChoice(Malformed):
    """筛选条件“{name}”没有“{value}”这一项，可选：{known}。"""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the ledger shows; an empty word filters nothing. ``unit`` is a code."""

    year: str = ""
    unit: str = ""
    role: str = ""
    light: str = ""
    state: str = ""
    category: str = ""
    kind: str = ""
    key: str = ""
    origin: str = ""
    q: str = ""
    page: int = 1

    def checked(self) -> "Filters":
        """These filters, if each of them can be chosen.

        Raises:
            UnknownChoice: with what could have been chosen.
        """
        for name, known in CHOICES.items():
            value = getattr(self, name)
            if value and value not in known:
                raise UnknownChoice(name=name, value=value, known="、".join(known))
        if self.year and not (
            self.year.isascii() and self.year.isdecimal() and len(self.year) <= 4
        ):
            raise UnknownChoice(name="year", value=self.year, known="四位年份")
        return self

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are set, the page aside."""
        return {
            name: str(value) for name, value in asdict(self).items() if value and name != "page"
        }

    @property
    def address(self) -> str:
        """The ledger's address with these filters."""
        pages = {"page": str(self.page)} if self.page > 1 else {}
        query = urlencode({**self.chosen, **pages})
        return f"/ledger?{query}" if query else "/ledger"

    def without(self, name: str) -> "Filters":
        """These filters less one, from the first page."""
        return replace(self, page=1, **{name: ""})

    def on_page(self, page: int) -> "Filters":
        """These filters on another page."""
        return replace(self, page=page)


def filter_says(name: str, value: str, *, unit: Callable[[str], str]) -> str:
    """A filter that is set, as a person reads it; ``unit`` gives a unit's name."""
    if name == "unit":
        return unit(value)
    if name == "year":
        return f"{value}年"
    if name == "q":
        return f"含“{value}”"
    return CHOICES[name][value] if name in CHOICES else value


def by_proposal(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Rows sorted by the proposal to which they belong."""
    sorted_rows: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        sorted_rows[row["proposal_id"]].append(row)
    return sorted_rows
