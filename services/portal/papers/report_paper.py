"""The overall-situation report as PDF, as .docx, and its figures as sheets."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Pt

from services.portal.domain.cases import day_text
from services.portal.papers import typesetting
from services.portal.papers.charts import Chart, bars, pie
from services.portal.papers.fonts import Face, Shelf, chains
from services.portal.papers.paper import (
    Align,
    Block,
    Column,
    Level,
    Listing,
    Paragraph,
)
from services.portal.papers.paper_docx import (
    SMALL,
    TINY,
    add_blocks,
    add_line,
    add_page_numbers,
    add_title,
    blank,
    saved,
)
from services.portal.papers.paper_pdf import block_data
from services.portal.papers.report import (
    COMPOSED,
    TITLES,
    Snapshot,
    Summed,
    Tally,
    TypicalCase,
    marks,
    summed_counts,
    summed_rows,
)
from services.portal.papers.sheets import Field, Kind, Sheet
from services.portal.papers.wording import joined, numeral, paragraphs, title_lines

TEMPLATE = "report.typ"
DRAWN = 0.72  # points for each unit of a drawing: its type is then as large as a table's


def report_pdf(snapshot: Snapshot, *, shelf: Shelf) -> bytes:
    """The report as tagged PDF/A-2b. The same snapshot gives the same bytes.

    Raises:
        NoChineseFont: the machine cannot print Chinese.
    """
    return typesetting.pdf(
        TEMPLATE, _data(snapshot, shelf=shelf), shelf=shelf, dated=snapshot.as_of
    )


def report_pictures(snapshot: Snapshot, *, shelf: Shelf, ppi: float = 96) -> tuple[bytes, ...]:
    """The report as one PNG a page.

    Raises:
        NoChineseFont: the machine cannot print Chinese.
    """
    return typesetting.pictures(TEMPLATE, _data(snapshot, shelf=shelf), shelf=shelf, ppi=ppi)


def report_docx(snapshot: Snapshot, *, shelf: Shelf) -> bytes:
    """The report as .docx, for the office to go on writing in; its charts are pictures.

    Raises:
        NoChineseFont: the machine cannot print Chinese.
    """
    document = blank(title=snapshot.title, author=snapshot.body, dated=snapshot.as_of)
    document.settings.odd_and_even_pages_header_footer = True
    add_page_numbers(document.sections[0])
    add_title(document, title_lines(snapshot.title), outlined=True)
    add_line(document, _as_of(snapshot), align=WD_ALIGN_PARAGRAPH.CENTER)
    for one in _contents(snapshot, shelf=shelf):
        if isinstance(one, Drawing):
            _add_drawing(document, one, shelf=shelf)
        else:
            add_blocks(document, (one,))
    add_line(document, _proof(snapshot), size=SMALL)
    return saved(document)


def report_sheets(snapshot: Snapshot) -> tuple[Sheet, ...]:
    """The report's figures as sheets, each with its counting rule: for ``sheets.workbook``."""
    above = (snapshot.title, _as_of(snapshot))
    proof = (_proof(snapshot),)
    figures = Sheet(
        "数字与统计口径",
        (Field("项目", width=26), Field("数字", width=26), Field("统计口径", width=60)),
        tuple((one.name, one.value, one.rule) for one in snapshot.figures),
        above,
        proof,
    )
    tallies = (
        Sheet(
            one.title,
            (Field("项目", width=30), Field(f"数字（{one.unit}）", Kind.NUMBER)),
            one.counts,
            (*above, one.rule),
            proof,
        )
        for one in snapshot.tallies
    )
    sums = (
        Sheet(
            one.title,
            (Field("单位", width=30), *(Field(column, Kind.NUMBER) for column in one.columns)),
            tuple((name, *counts) for name, counts in summed_counts(one)),
            (*above, one.rule),
            (one.sentence, *proof),
        )
        for one in snapshot.sums
    )
    return figures, *tallies, *sums


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart in the report, what it shows and how that is counted."""

    title: str
    rule: str
    chart: Chart


def _data(snapshot: Snapshot, *, shelf: Shelf) -> dict[str, Any]:
    return {
        "title": title_lines(snapshot.title),
        "author": snapshot.body,
        "as_of": _as_of(snapshot),
        "proof": _proof(snapshot),
        "contents": [
            {
                "kind": "drawing",
                "title": one.title,
                "rule": one.rule,
                "svg": one.chart.svg,
                "width": one.chart.width * DRAWN,
                "says": one.chart.says,
            }
            if isinstance(one, Drawing)
            else block_data(one)
            for one in _contents(snapshot, shelf=shelf)
        ],
    }


def _contents(snapshot: Snapshot, *, shelf: Shelf) -> Iterator[Block | Drawing]:
    if snapshot.is_composed:
        yield Paragraph(COMPOSED)
    for nth, (title, text) in enumerate(zip(TITLES, snapshot.parts, strict=True), start=1):
        yield Paragraph("", Level.FIRST, f"{numeral(nth)}、{title}")
        yield from paragraphs(text)
        if nth == 1:
            for tally in snapshot.tallies:
                yield _drawing(tally, shelf=shelf)
            for summed in snapshot.sums:
                yield _table(summed)
                yield Paragraph(summed.sentence)
        if nth == 3:
            for at, case in enumerate(snapshot.cases, start=1):
                yield from _told(case, at)
    yield Paragraph("", Level.FIRST, "附：数字与统计口径")
    yield Listing(
        (Column("项目", 22), Column("数字", 24), Column("统计口径", 54)),
        tuple((one.name, one.value, one.rule) for one in snapshot.figures),
    )


def _told(case: TypicalCase, at: int) -> Iterator[Block]:
    yield Paragraph("", Level.SECOND, f"（{numeral(at)}）{case.title}{marks(case)}")
    for text in (case.opening, *case.answers):
        yield from (Paragraph(line) for line in text.splitlines() if line.strip())
    if case.promises:
        yield Paragraph(f"承诺事项：{'；'.join(case.promises)}。")


def _drawing(tally: Tally, *, shelf: Shelf) -> Drawing:
    labels = [label for label, _ in tally.counts]
    family = ", ".join(chains(shelf, texts=labels)[Face.HEADING])
    draw = pie if tally.drawn_as == "pie" else bars
    chart = draw(tally.counts, title=tally.title, unit=tally.unit, family=family)
    return Drawing(tally.title, tally.rule, chart)


def _table(summed: Summed) -> Listing:
    return Listing(
        (Column("单位", 28), *(Column(one, 18, Align.RIGHT) for one in summed.columns)),
        tuple(summed_rows(summed)),
        caption=joined((summed.title, f"（{summed.rule}）" if summed.rule else "")),
    )


def _as_of(snapshot: Snapshot) -> str:
    return f"（统计截至{day_text(snapshot.as_of)}）"


def _proof(snapshot: Snapshot) -> str:
    return f"数据快照校验码：{snapshot.fingerprint}"


def _add_drawing(document: Docx, drawing: Drawing, *, shelf: Shelf) -> None:
    title = add_line(
        document, drawing.title, align=WD_ALIGN_PARAGRAPH.CENTER, face=Face.HEADING, size=SMALL
    )
    title.paragraph_format.keep_with_next = True
    chart = drawing.chart
    (picture,) = typesetting.pictures(
        "drawing.typ", {"svg": chart.svg, "width": chart.width * DRAWN}, shelf=shelf, ppi=220
    )
    line = add_line(document, "", align=WD_ALIGN_PARAGRAPH.CENTER)
    line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    line.paragraph_format.keep_with_next = True
    shown = line.add_run().add_picture(io.BytesIO(picture), width=Pt(chart.width * DRAWN))
    shown._inline.docPr.set("descr", chart.says)
    add_line(document, drawing.rule, align=WD_ALIGN_PARAGRAPH.CENTER, size=TINY)
