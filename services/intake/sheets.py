"""Excel sheets: read as rows of cells, and written without a formula in them."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from services.intake.domain.reading_lists import Cell
from services.intake.domain.refusals import NoSheet

MOST_COLUMNS = 60


def sheet_in(content: bytes, *, name: str) -> list[list[Cell]]:
    """The rows of the first sheet that has any.

    Raises:
        NoSheet: the file is no workbook that can be read.
    """
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in workbook.sheet_names:
            rows: list[list[Cell]] = [
                list(row[:MOST_COLUMNS])
                for row in workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            ]
            if any(cell not in ("", None) for row in rows for cell in row):
                return rows
    except (CalamineError, OSError, ValueError):
        raise NoSheet(name=name) from None
    return []


def workbook_of(
    title: str, headings: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]
) -> bytes:
    """A workbook with one sheet: headings with their widths, and cells that are text only.

    A cell that begins like a formula is written as the text that it is.
    """
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(title)
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        for column, (heading, width) in enumerate(headings):
            sheet.set_column(column, column, width, wrapped)
            sheet.write_string(0, column, heading, bold)
        sheet.freeze_panes(1, 0)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                sheet.write_string(last, column, text)
        sheet.autofilter(0, 0, last, len(headings) - 1)
    return written.getvalue()
