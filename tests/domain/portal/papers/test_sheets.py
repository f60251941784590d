"""Sheets: what is written is read again, and nothing that people wrote is a formula."""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from services.portal.papers.refusals import NotASheet, TooManyRows
from services.portal.papers.sheets import (
    MOST_ROWS,
    Field,
    Kind,
    Line,
    Sheet,
    Value,
    letters,
    lines_of,
    workbook,
)

TODAY = date(2024, 6, 5)
LEDGER = (
    Field("案号"),
    Field("提案名称", width=50),
    Field("会办单位数", Kind.NUMBER),
    Field("按时率", Kind.SHARE),
    Field("答复期限", Kind.DATE),
    Field("是否重点", Kind.YES_NO),
)
ROW: tuple[Value, ...] = ("20240080", "关于推动龙华发展的提案", 4, 0.25, date(2024, 5, 31), True)


def written(*rows: Sequence[Value], above: Sequence[str] = (), below: Sequence[str] = ()) -> bytes:
    return workbook([Sheet("台账", LEDGER, rows, above, below)], title="台账", on=TODAY)


def inside(book: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    with ZipFile(io.BytesIO(book)) as packed:
        return packed.read(name).decode()


def foreign(
    rows: Sequence[Sequence[Any]], merged: Sequence[tuple[int, int, int, int]] = ()
) -> bytes:
    """A sheet as somebody else would send it."""
    whole = io.BytesIO()
    book = xlsxwriter.Workbook(whole)
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(at, column, value, day)
            else:
                sheet.write(at, column, value)
    for top, left, bottom, right in merged:
        sheet.merge_range(top, left, bottom, right, rows[top][left])
    book.close()
    return whole.getvalue()


def test_what_is_written_is_read_again() -> None:
    found = lines_of(written(ROW, above=("截至2024年6月5日",), below=("共1件",)), name="台账")

    assert found == (
        Line(1, ("截至2024年6月5日", "", "", "", "", "")),
        Line(2, tuple(field.title for field in LEDGER)),
        Line(3, ("20240080", "关于推动龙华发展的提案", "4", "0.25", "2024-05-31", "是")),
        Line(4, ("共1件", "", "", "", "", "")),
    )


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "http://a.cn", "0755"]
)
def test_what_looks_like_a_formula_is_text(text: str) -> None:
    book = written((text, text, text, text, text, text))

    assert "<f>" not in inside(book)
    assert "hyperlink" not in inside(book)
    assert lines_of(book, name="台账")[1].cells == (text.strip(),) * 6


@given(st.text(max_size=60))
def test_whatever_people_write_is_no_formula_and_can_be_read(text: str) -> None:
    book = written((text, text, None, None, None, None))

    assert "<f>" not in inside(book)
    lines_of(book, name="台账")


def test_the_heading_stays_in_view_and_can_be_filtered() -> None:
    page = inside(written(ROW, above=("说明",)))

    assert 'topLeftCell="A3"' in page
    assert 'state="frozen"' in page
    assert '<autoFilter ref="A2:F3"/>' in page
    assert "是,否" in page


def test_what_is_empty_stays_empty() -> None:
    (line,) = lines_of(written(("1", None, None, None, None, False)), name="台账")[1:]

    assert line.cells == ("1", "", "", "", "", "否")


def test_a_day_in_a_column_of_text_is_text() -> None:
    (line,) = lines_of(written((TODAY, 5, "六", 0, "未定", None)), name="台账")[1:]

    assert line.cells == ("2024-06-05", "5", "六", "0", "未定", "")


def test_names_of_sheets_are_made_fit() -> None:
    names = ["统计[1]/按单位:*?", "统计[1]/按单位:*?", "", "很" * 40, "很" * 40]
    book = workbook([Sheet(name, LEDGER, ()) for name in names], title="统计", on=TODAY)

    told = inside(book, "xl/workbook.xml")
    assert 'name="统计1按单位"' in told
    assert 'name="统计1按单位-2"' in told
    assert 'name="表"' in told
    assert f'name="{"很" * 31}"' in told
    assert f'name="{"很" * 29}-2"' in told


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert written(ROW) == written(ROW)


def test_rows_are_taken_as_they_come() -> None:
    def coming() -> Iterator[tuple[Value, ...]]:
        yield ROW
        yield ROW

    book = workbook([Sheet("台账", LEDGER, coming())], title="台账", on=TODAY)

    assert len(lines_of(book, name="台账")) == 3


def test_more_rows_than_excel_holds_are_refused() -> None:
    room_for_two = [""] * (MOST_ROWS - 3)

    written(ROW, ROW, below=room_for_two[:9])
    with pytest.raises(TooManyRows) as refused:
        written(ROW, ROW, ROW, below=room_for_two)

    assert "先筛选" in refused.value.sentence


def test_numbers_are_read_as_an_office_writes_them() -> None:
    book = foreign([[20240080, 0.5, True, date(2024, 5, 31), "  甲\x0b、乙 "], [], [1e15]])

    assert lines_of(book, name="名册") == (
        Line(1, ("20240080", "0.5", "是", "2024-05-31", "甲、乙")),
        Line(3, ("1000000000000000", "", "", "", "")),
    )


def test_a_merged_cell_says_its_text_in_each_of_its_places() -> None:
    book = foreign([["龙华区", "甲"], ["", "乙"]], merged=[(0, 0, 1, 0)])

    assert [line.cells for line in lines_of(book, name="名册")] == [
        ("龙华区", "甲"),
        ("龙华区", "乙"),
    ]


def test_a_place_is_named_as_excel_does() -> None:
    assert Line(7, ("a",)).place(0) == "A7"
    assert [letters(at) for at in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA")
    ]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"a,b,c"])
def test_what_is_no_sheet_is_refused(data: bytes) -> None:
    with pytest.raises(NotASheet) as refused:
        lines_of(data, name="名册.xlsx")

    assert "名册.xlsx" in refused.value.sentence


def test_a_sheet_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotASheet, match="没有第2张"):
        lines_of(written(ROW), name="台账", sheet=1)
