"""Reading lists: an Excel sheet as offices write it, as rows of named cells (清单).

Headings are known under several names and may stand below a title; numbers come as 20240080.0,
names and units as lists joined by 、 or ；.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from services.intake.domain.refusals import ColumnsMissing, ListEmpty, ListTooLong

Kind = Literal["hand_over", "archive"]
Cell = object

HEADINGS: dict[str, tuple[str, ...]] = {
    "number": ("案号", "提案号", "提案编号", "编号"),
    "year": ("年度", "年份"),
    "session": ("届次", "会议", "届次会议"),
    "title": ("案由", "提案案由", "标题", "提案标题", "提案名称", "题目"),
    "proposers": ("提案人", "提案者", "第一提案人", "提案单位"),
    "kind": ("形式", "提案形式"),
    "category": ("类别", "分类", "提案类别"),
    "text": ("正文", "内容", "提案内容"),
    "lead": ("主办单位", "主办", "承办单位"),
    "split": ("分办单位", "分办"),
    "co_handlers": ("会办单位", "会办", "协办单位", "协办"),
    "reference": ("参阅单位", "参阅"),
    "result_class": ("办理结果", "结果分类", "答复类别", "结果类别"),
    "answered_on": ("答复日期", "答复时间", "办结日期"),
    "summary": ("答复摘要", "答复内容", "办理情况", "答复"),
}
SAID: dict[str, str] = {name: headings[0] for name, headings in HEADINGS.items()}
REQUIRED: dict[Kind, tuple[str, ...]] = {
    "hand_over": ("title", "proposers"),
    "archive": ("number", "title"),
}
UNIT_COLUMNS = ("lead", "split", "co_handlers", "reference")
LOOK_FOR_HEADINGS = 10
BETWEEN = re.compile(r"[、，,；;/\n]+")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row as Excel counts it, its cells by the name of their column."""

    row: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def listed(self, column: str) -> tuple[str, ...]:
        """The names in a cell."""
        return tuple(filter(None, (one.strip() for one in BETWEEN.split(self[column]))))


@dataclass(frozen=True, slots=True)
class ReadList:
    """What stands in a sheet; ``unread`` are the headings that nobody knows."""

    rows: tuple[ListRow, ...]
    unread: tuple[str, ...]


def read_list(sheet: Sequence[Sequence[Cell]], *, kind: Kind, most: int) -> ReadList:
    """The rows below the headings; empty ones are passed over.

    Raises:
        ColumnsMissing: a column without which nothing can be made of the rows.
        ListEmpty: there is no row.
        ListTooLong: there are more than the rule set allows at once.
    """
    at, columns, unread = _headings(sheet)
    missing = [SAID[name] for name in REQUIRED[kind] if name not in columns]
    if missing:
        raise ColumnsMissing(missing="、".join(missing))
    rows = []
    for row, cells in enumerate(sheet[at + 1 :], start=at + 2):
        said = {
            name: text
            for name, column in columns.items()
            if column < len(cells) and (text := text_of(cells[column]))
        }
        if said:
            rows.append(ListRow(row, _tidied(said)))
    if not rows:
        raise ListEmpty
    if len(rows) > most:
        raise ListTooLong(count=len(rows), most=most)
    return ReadList(tuple(rows), unread)


def text_of(cell: Cell) -> str:
    """A cell as text: whole numbers without a point, days as 2024-01-31."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    seen = (one for one in str(cell) if one in "\n\t" or unicodedata.category(one)[0] != "C")
    return "".join(seen).strip()


def number_of(text: str) -> str:
    """A proposal's number as it is kept: 第20240080号 and ２０２４００８０ are 20240080."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return re.sub(r"^第|号(提案)?$|\.0$", "", plain).strip()


def day_of(text: str) -> date | None:
    """A day in one of the ways in which people write it."""
    found = DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _headings(sheet: Sequence[Sequence[Cell]]) -> tuple[int, dict[str, int], tuple[str, ...]]:
    """The line of headings: the first that names the titles' column."""
    known = {heading: name for name, headings in HEADINGS.items() for heading in headings}
    for at, cells in enumerate(sheet[:LOOK_FOR_HEADINGS]):
        headings = ["".join(text_of(cell).split()) for cell in cells]
        columns: dict[str, int] = {}
        unread = []
        for column, heading in enumerate(headings):
            name = known.get(heading)
            if name is not None:
                columns.setdefault(name, column)
            elif heading and heading != "序号":
                unread.append(heading[:30])
        if "title" in columns:
            return at, columns, tuple(unread)
    raise ColumnsMissing(missing=SAID["title"])


def _tidied(cells: dict[str, str]) -> dict[str, str]:
    if "number" in cells:
        cells["number"] = number_of(cells["number"])
    for column in ("title", "category", "session", "kind", "result_class"):
        if column in cells:
            cells[column] = " ".join(cells[column].split())
    return cells
