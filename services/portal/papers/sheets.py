"""Sheets: ledgers, statistics and lists as .xlsx, and .xlsx as rows.

What people wrote is written as text and stays text: a cell that begins with ``=`` is no formula.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, assert_never
from zipfile import BadZipFile, ZipFile

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from services.portal.papers.refusals import NotASheet, TooManyRows
from services.portal.papers.wording import clean, width

MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767
WIDEST = 60
YES, NO = "是", "否"
LARGEST = 50 * 1024 * 1024
LARGEST_UNPACKED = 1024 * 1024 * 1024


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"  # 0.25 is shown as 25.0%
    DATE = "date"
    YES_NO = "yes_no"


Value = str | int | float | date | bool | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its heading, what it holds, its width in characters (0: as its heading asks)."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. ``above`` stands over the heading (what was asked, as of when), ``below`` at the end
    (counting rules). ``rows`` may be read once, as they come."""

    name: str
    fields: Sequence[Field]
    rows: Iterable[Sequence[Value]]
    above: Sequence[str] = ()
    below: Sequence[str] = ()


def workbook(sheets: Iterable[Sheet], *, title: str, on: date) -> bytes:
    """Sheets as one .xlsx: headings stay in view, can be filtered, and are repeated in print.

    The same sheets of the same day give the same bytes.

    Raises:
        TooManyRows: a sheet has more rows than Excel can hold.
    """
    whole = io.BytesIO()
    book = xlsxwriter.Workbook(whole, {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": title, "created": datetime.combine(on, time())})
    formats = _Formats(book)
    names: set[str] = set()
    try:
        for sheet in sheets:
            _write(book, sheet, formats, name=_named(sheet.name, names))
    finally:
        book.close()
    return whole.getvalue()


class _Formats:
    """How the cells of a book look."""

    def __init__(self, book: Any) -> None:
        plain = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "border": 1}
        self.heading = book.add_format(
            {**plain, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#EDEDED"}
        )
        self.note = book.add_format({"font_name": "宋体", "font_size": 10, "text_wrap": False})
        self.by_kind = {
            Kind.TEXT: book.add_format({**plain, "text_wrap": True, "num_format": "@"}),
            Kind.NUMBER: book.add_format({**plain, "num_format": "0"}),
            Kind.SHARE: book.add_format({**plain, "num_format": "0.0%"}),
            Kind.DATE: book.add_format({**plain, "num_format": "yyyy-mm-dd", "align": "center"}),
            Kind.YES_NO: book.add_format({**plain, "align": "center"}),
        }


def _write(book: Any, sheet: Sheet, formats: _Formats, *, name: str) -> None:
    page = book.add_worksheet(name)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    for at, field in enumerate(sheet.fields):
        page.set_column(at, at, field.width or min(WIDEST, 2 * width(field.title) + 4))
    for row, text in enumerate(sheet.above):
        page.write_string(row, 0, clean(text), formats.note)
    head = len(sheet.above)
    for at, field in enumerate(sheet.fields):
        page.write_string(head, at, field.title, formats.heading)
    page.freeze_panes(head + 1, 0)
    page.repeat_rows(head)
    row = head
    for row, values in enumerate(sheet.rows, start=head + 1):
        if row >= MOST_ROWS - len(sheet.below):
            raise TooManyRows(rows=row, most=MOST_ROWS)
        for at, (field, value) in enumerate(zip(sheet.fields, values, strict=True)):
            _put(page, row, at, value, kind=field.kind, look=formats.by_kind[field.kind])
    page.autofilter(head, 0, row, max(0, len(sheet.fields) - 1))
    for at, field in enumerate(sheet.fields):
        if field.kind is Kind.YES_NO and row > head:
            page.data_validation(head + 1, at, row, at, {"validate": "list", "source": [YES, NO]})
    for nth, text in enumerate(sheet.below, start=row + 1):
        page.write_string(nth, 0, clean(text), formats.note)


def _put(page: Any, row: int, at: int, value: Value, *, kind: Kind, look: Any) -> None:
    match value:
        case None | "":
            page.write_blank(row, at, None, look)
        case bool():
            page.write_string(row, at, YES if value else NO, look)
        case int() | float() if kind in (Kind.NUMBER, Kind.SHARE):
            page.write_number(row, at, value, look)
        case date() if kind is Kind.DATE:
            page.write_datetime(row, at, value, look)
        case date():
            page.write_string(row, at, value.isoformat(), look)
        case str() | int() | float():
            page.write_string(row, at, clean(str(value))[:LONGEST_TEXT], look)
        case _:
            assert_never(value)


def _named(name: str, taken: set[str]) -> str:
    """A name that Excel takes: without its signs, 31 characters at most, each only once."""
    kept = "".join(one for one in clean(name) if one not in "[]:*?/\\\n\t").strip("' ") or "表"
    found, nth = kept[:31], 1
    while found.lower() in taken:
        nth += 1
        found = f"{kept[: 31 - len(str(nth)) - 1]}-{nth}"
    taken.add(found.lower())
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it was read; ``number`` is the one that Excel shows beside it."""

    number: int
    cells: tuple[str, ...]

    def place(self, column: int) -> str:
        """Where a cell is, as Excel says it: the first of row 7 is A7."""
        return f"{letters(column)}{self.number}"


def lines_of(data: bytes, *, name: str, sheet: int = 0) -> tuple[Line, ...]:
    """The rows of a sheet that are not empty, every cell as text: whole numbers without a point,
    days as 2024-06-05. Merged cells have their text in each of their places.

    Raises:
        NotASheet: it cannot be read, is too large, or has no such sheet.
    """
    if len(data) > LARGEST or _unpacked(data) > LARGEST_UNPACKED:
        raise NotASheet(name=name, why="文件过大")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        if sheet >= len(names):
            raise NotASheet(name=name, why=f"没有第{sheet + 1}张工作表")
        page = book.get_sheet_by_index(sheet)
        rows = page.to_python(skip_empty_area=False)
        merged = page.merged_cell_ranges or []
    except (CalamineError, OSError, ValueError) as broken:
        raise NotASheet(name=name, why="文件已损坏或不是表格") from broken
    texts = [[_as_text(value) for value in row] for row in rows]
    for (top, left), (bottom, right) in merged:
        for row in range(top, min(bottom + 1, len(texts))):
            for at in range(left, min(right + 1, len(texts[row]))):
                texts[row][at] = texts[top][left]
    return tuple(Line(number, tuple(row)) for number, row in enumerate(texts, start=1) if any(row))


def _unpacked(data: bytes) -> int:
    """How large a packed file says it is; one that is not packed says nothing."""
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            return sum(one.file_size for one in packed.infolist())
    except BadZipFile:
        return 0


def letters(column: int) -> str:
    """A column as Excel names it: 0 is A, 26 is AA."""
    before, last = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def _as_text(value: Any) -> str:
    match value:
        case bool():
            return YES if value else NO
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case _:
            return clean(str(value)).strip()
