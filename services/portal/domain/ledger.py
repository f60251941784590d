"""The ledger's view: filters, order, columns; all in the address, so that it can be passed on."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from services.portal.domain.words import KINDS, MERGED, ORIGINS, RATINGS, ROLES, STATES, TIMELY
from shared.refusals import Malformed, Refusal

PAGE_SIZE = 50
COUNTED_TO = 10_000
FOUND_TO = 200  # so far is counted what was looked for by words
LONGEST_NAME = 30
MOST_VIEWS = 30
LONGEST_QUERY = 100
ORDERS = {"": "新编号在前", "oldest": "旧编号在前"}
# What may stand in a row, in the order in which it stands there.
COLUMNS = {
    "number": "案号",
    "title": "案由",
    "proposers": "提案人",
    "leads": "主办、分办",
    "co_handlers": "会办",
    "state": "状态",
    "duty": "下一期限",
    "last_on": "最近",
    "year": "年度",
    "kind": "提案形式",
    "category": "类别",
    "submitted_on": "提交",
    "accepted_on": "立案",
    "assigned_on": "交办",
    "key": "重点提案",
    "origin": "来源",
}
USUAL = ("number", "title", "proposers", "leads", "co_handlers", "state", "duty", "last_on")
KEPT = ("number", "title")  # without these nobody knows what a row is about
LIGHTS = {"red": "已逾期", "yellow": "临期", "green": "正常"}
KEYS = {"yes": "重点提案", "no": "非重点提案"}
CHOICES: dict[str, dict[str, str]] = {
    "role": ROLES,
    "light": LIGHTS,
    "state": STATES,
    "kind": KINDS,
    "key": KEYS,
    "origin": ORIGINS,
    "merged": MERGED,
    "timely": TIMELY,
    "rating": RATINGS,
    "process": RATINGS,
    "order": ORDERS,
}
UNCATEGORISED = "未分类"
# What is written as a person would write it: its form, and how it is read.
WRITTEN: dict[str, tuple[re.Pattern[str], str]] = {
    "year": (re.compile(r"\d{1,4}", re.ASCII), "四位年份"),
    "result_class": (re.compile(r"[A-Za-z0-9]{1,4}"), "规则库中的办理结果类别，如A"),
    "handed": (re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII), "年份和月份，如2024-03"),
    "replied": (re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII), "年份和月份，如2024-03"),
}
# How a filter that is set reads, where its word alone would not say of what it speaks.
SAYS = {
    "year": "{}年",
    "q": "含“{}”",
    "result_class": "答复{}类",
    "timely": "答复和意见{}",
    "rating": "对办理结果{}",
    "process": "对办理过程{}",
    "handed": "{}交办",
    "replied": "{}答复",
}
# By what else than proposals the ledger counts, once a filter speaks of it; the first that does.
COUNTED_BESIDES = {
    "forms": ("rating", "process"),
    "replies": ("result_class", "replied"),
    "parts": ("role", "timely", "district"),
}
BESIDES = ("order", "cols", "before", "after")  # what filters nothing


class UnknownChoice(Malformed):
    """筛选条件“{name}”没有“{value}”这一项，可选：{known}。"""


class ViewUnnamed(Malformed):
    """请给视图起一个名称，不超过{most}个字。"""


class TooManyViews(Refusal):
    """您已保存了{most}个视图，请先删除不用的。"""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the ledger shows; an empty word filters nothing. ``unit`` and ``district`` are codes,
    ``handed`` and ``replied`` months. A proposal is shown if it has one part, one reply or one
    rating of which all is true that is said of them.

    ``before`` and ``after`` name the proposal at which a page begins or ends.
    """

    year: str = ""
    unit: str = ""
    role: str = ""
    light: str = ""
    state: str = ""
    category: str = ""
    kind: str = ""
    key: str = ""
    origin: str = ""
    district: str = ""
    merged: str = ""
    timely: str = ""
    result_class: str = ""
    rating: str = ""
    process: str = ""
    handed: str = ""
    replied: str = ""
    q: str = ""
    order: str = ""
    cols: str = ""
    before: str = ""
    after: str = ""

    def checked(self) -> "Filters":
        """These filters, if each of them can be chosen.

        Raises:
            UnknownChoice: with what could have been chosen.
        """
        for name, known in CHOICES.items():
            value = getattr(self, name)
            if value and value not in known:
                raise UnknownChoice(name=name, value=value, known="、".join(known))
        for name, (form, known_as) in WRITTEN.items():
            value = getattr(self, name)
            if value and not form.fullmatch(value):
                raise UnknownChoice(name=name, value=value, known=known_as)
        for name in self.cols.split(",") if self.cols else ():
            if name not in COLUMNS:
                raise UnknownChoice(name="cols", value=name, known="、".join(COLUMNS))
        return replace(self, cols=_written(self.columns))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns to be shown."""
        if not self.cols:
            return USUAL
        asked = {*self.cols.split(","), *KEPT}
        return tuple(name for name in COLUMNS if name in asked)

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are set."""
        return {
            name: str(value)
            for name, value in asdict(self).items()
            if value and name not in BESIDES
        }

    @property
    def counted_to(self) -> int:
        """So many are counted; of more it is said that they are more."""
        return FOUND_TO if self.q else COUNTED_TO

    @property
    def query(self) -> str:
        """What stands in the address behind the question mark."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    @property
    def address(self) -> str:
        """The ledger's address with this view."""
        return f"/ledger?{self.query}" if self.query else "/ledger"

    @property
    def from_the_start(self) -> "Filters":
        """The same view, from its first page."""
        return replace(self, before="", after="")

    @property
    def counts_besides(self) -> str:
        """What is counted beside the proposals: ``forms``, ``replies`` or ``parts``; or nothing."""
        return next(
            (
                what
                for what, names in COUNTED_BESIDES.items()
                if any(getattr(self, name) for name in names)
            ),
            "",
        )

    def also(self, **chosen: str) -> "Filters":
        """This view with more filters, from its first page."""
        return replace(self.from_the_start, **chosen)

    def without(self, name: str) -> "Filters":
        """This view less one filter, from its first page."""
        return replace(self.from_the_start, **{name: ""})

    def ordered(self, order: str) -> "Filters":
        """This view in another order."""
        return replace(self.from_the_start, order=order)

    def beyond(self, *, before: str = "", after: str = "") -> "Filters":
        """The page before or after a proposal."""
        return replace(self, before=before, after=after)


def _written(columns: tuple[str, ...]) -> str:
    return "" if columns == USUAL else ",".join(columns)


def filters_of(query: str) -> Filters:
    """The view that was saved under a name; what this version does not know is left out."""
    names = set(asdict(Filters()))
    said = {name: value for name, value in parse_qsl(query) if name in names}
    return Filters(**said).checked().from_the_start


def name_for_a_view(name: str) -> str:
    """A name under which a view is found again.

    Raises:
        ViewUnnamed: none, or one too long for a list.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise ViewUnnamed(most=LONGEST_NAME)
    return name


def filter_says(name: str, value: str, *, unit: Callable[[str], str]) -> str:
    """A filter that is set, as a person reads it; ``unit`` gives a unit's name."""
    if name == "unit":
        return unit(value)
    if name == "district":
        return f"{unit(value)}各单位"
    word = CHOICES[name][value] if name in CHOICES else value
    return SAYS[name].format(word) if name in SAYS else word


def by_proposal(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Rows sorted by the proposal to which they belong."""
    sorted_rows: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        sorted_rows[row["proposal_id"]].append(row)
    return sorted_rows
