"""A paper as .docx, for an office that wants to go on writing in it.

It names the offices' own fonts. Lines are kept by exact spacing and not by a grid of characters:
16 pt type is wider than the standard's cells, and a grid would give each character two of them.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import assert_never

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph as Line
from docx.text.run import Run

from services.portal.papers.fonts import TYPEFACES, Face
from services.portal.papers.packing import repacked
from services.portal.papers.paper import (
    Align,
    Attendance,
    Block,
    Form,
    Letterhead,
    Level,
    Listing,
    MinutesHead,
    Paper,
    Paragraph,
)
from services.portal.papers.proposal import by_day
from services.portal.papers.typesetting import UNDATED
from services.portal.papers.wording import clean, width

SIZE, SMALL, TINY, TITLE = Pt(16), Pt(14), Pt(10.5), Pt(22)
PITCH = Pt(28.95)
NONE = Pt(0)
TEXT_WIDTH = Mm(156)
SHORT = 2 * 26  # characters of two paragraphs of one line each
TIGHTER = "-4"  # twentieths of a point: 28 characters fit into a line
RED, BLACK = RGBColor(0xE6, 0x00, 0x12), RGBColor(0, 0, 0)

ALIGNED = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}
FACES = {
    Level.TEXT: Face.BODY,
    Level.FIRST: Face.HEADING,
    Level.SECOND: Face.SUBHEADING,
    Level.THIRD: Face.BODY,
    Level.FOURTH: Face.BODY,
}
# The parts of a paragraph's properties have an order; out of it Word calls the file damaged.
ORDER = [
    qn(f"w:{name}")
    for name in (
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"),
        *("numPr", "pBdr", "shd", "tabs", "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing"),
        *("ind", "jc", "outlineLvl", "rPr", "sectPr"),
    )
]


def paper_docx(paper: Paper) -> bytes:
    """A paper as .docx by GB/T 9704. The same paper gives the same bytes."""
    document = blank(title=paper.name, author=paper.author, dated=paper.dated)
    match paper.head:
        case Letterhead():
            _letterhead(document, paper.head)
        case MinutesHead():
            _minutes_head(document, paper.head)
        case None:
            pass
        case _:
            assert_never(paper.head)
    if paper.head is not None:
        document.settings.odd_and_even_pages_header_footer = True
        add_page_numbers(document.sections[0])
    add_title(
        document,
        paper.title,
        before=NONE if paper.head is None else Length(2 * PITCH),
        outlined=True,
    )
    if paper.to:
        _text(_line(document), f"{paper.to}：")
    add_blocks(document, paper.body)
    _ending(document, paper)
    for nth, annex in enumerate(paper.annexes, start=1):
        line = _line(document)
        line.paragraph_format.page_break_before = True
        _text(line, f"附件{nth}" if len(paper.annexes) > 1 else "附件", face=Face.HEADING)
        add_title(document, (annex.title,), before=PITCH)
        add_blocks(document, annex.blocks)
    if paper.copies:
        _copies(document, paper)
    return saved(document)


def blank(*, title: str, author: str, dated: date | None) -> Docx:
    """An empty document with the measures of the standard."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.header_distance, section.footer_distance = Mm(11), Mm(20)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    normal = document.styles["Normal"]
    normal.font.size = SIZE
    properties = normal.element.get_or_add_rPr()
    _set_fonts(properties, Face.BODY)
    properties.append(_element("lang", val="en-US", eastAsia="zh-CN"))
    layout = normal.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, PITCH
    layout.space_before = layout.space_after = Pt(0)
    layout.widow_control = True
    _free_of_grid(normal.element.get_or_add_pPr())
    told = document.core_properties
    told.title, told.author, told.last_modified_by = title, author, author
    told.comments, told.language = "", "zh-CN"
    told.created = told.modified = datetime.combine(dated or UNDATED, time())
    return document


def saved(document: Docx) -> bytes:
    """A document's bytes: the same for the same document."""
    whole = io.BytesIO()
    document.save(whole)
    return repacked(whole.getvalue())


def add_title(
    document: Docx, lines: Sequence[str], *, before: Length = NONE, outlined: bool = False
) -> None:
    """A title in its lines, and the empty line under it."""
    if not lines:
        return
    line = _line(document, align=WD_ALIGN_PARAGRAPH.CENTER, pitch=Pt(33))
    line.paragraph_format.space_before, line.paragraph_format.space_after = before, PITCH
    for nth, text in enumerate(lines):
        run = _text(line, text, face=Face.TITLE, size=TITLE)
        if nth + 1 < len(lines):
            run.add_break()
    if outlined:
        _put(line._p.get_or_add_pPr(), _element("outlineLvl", val="0"))


def add_line(
    document: Docx,
    text: str,
    *,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    face: Face = Face.BODY,
    size: Length = SIZE,
) -> Line:
    """A line of its own, outside the paragraphs of the text."""
    line = _line(document, align=align)
    _text(line, text, face=face, size=size)
    return line


def add_blocks(document: Docx, blocks: Iterable[Block]) -> None:
    """Paragraphs, lists, forms and attendance, one after the other."""
    before: Block | None = None
    for block in blocks:
        match block:
            case Paragraph():
                _paragraph(document, block)
            case Listing():
                _listing(document, block)
            case Form():
                _form(document, block)
            case Attendance():
                line = _hanging(document, f"{block.capacity}：", "、".join(block.people))
                if not isinstance(before, Attendance):
                    line.paragraph_format.space_before = PITCH
            case _:
                assert_never(block)
        before = block


def add_page_numbers(section: Section) -> None:
    """— 1 —: odd pages right, even pages left, one character in, 7 mm under the text."""
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        line = _laid(footer.paragraphs[0], align=align, pitch=SMALL)
        line.paragraph_format.space_after = Mm(5.5)
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = SMALL
        _text(line, "— ", face=Face.FIGURE, size=SMALL)
        for kind, instruction in (("begin", ""), ("", "PAGE"), ("end", "")):
            run = _text(line, "", face=Face.FIGURE, size=SMALL)
            if kind:
                run._r.append(_element("fldChar", fldCharType=kind))
            else:
                told = _element("instrText")
                told.text = instruction
                run._r.append(told)
        _text(line, " —", face=Face.FIGURE, size=SMALL)


def _letterhead(document: Docx, head: Letterhead) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    header = section.first_page_header
    above: Length = Mm(19)
    for nth, mark in enumerate(head.marks):
        first = header.paragraphs[0] if nth == 0 else header.add_paragraph()
        line = _laid(first, align=WD_ALIGN_PARAGRAPH.RIGHT, pitch=Pt(21))
        _text(line, mark, face=Face.HEADING)
        above = Length(above - Pt(21))
    size = _mark_size(head.sender)
    first = header.add_paragraph() if head.marks else header.paragraphs[0]
    line = _laid(first, align=WD_ALIGN_PARAGRAPH.CENTER, pitch=Length(size + Pt(4)))
    line.paragraph_format.space_before = Length(max(0, above - Pt(2)))
    _beyond_the_text(line)
    _border(line, "bottom", "thickThinSmallGap", size=24, space=11)
    _text(line, head.sender, face=Face.TITLE, size=size).font.color.rgb = RED

    line = _laid(section.first_page_footer.paragraphs[0], pitch=Pt(1))
    _beyond_the_text(line)
    _border(line, "bottom", "thinThickSmallGap", size=24, space=0)

    line = _line(document, align=WD_ALIGN_PARAGRAPH.RIGHT)
    line.paragraph_format.space_before = Pt(7)
    _text(line, head.number)


def _minutes_head(document: Docx, head: MinutesHead) -> None:
    size = _mark_size(head.series)
    line = _line(document, align=WD_ALIGN_PARAGRAPH.CENTER, pitch=Length(size + Pt(4)))
    line.paragraph_format.space_before, line.paragraph_format.space_after = Mm(35), PITCH
    _text(line, head.series, face=Face.TITLE, size=size).font.color.rgb = RED
    _text(_line(document, align=WD_ALIGN_PARAGRAPH.CENTER), head.number)
    line = _line(document)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = SIZE
    line.paragraph_format.tab_stops.add_tab_stop(
        Length(TEXT_WIDTH - 2 * SIZE), WD_TAB_ALIGNMENT.RIGHT
    )
    _text(line, f"{head.issuer}\t{by_day(head.issued_on)}")
    line = _line(document, pitch=Pt(6))
    _border(line, "bottom", "single", size=8, space=0)


def _ending(document: Docx, paper: Paper) -> None:
    """Attachments, signature and remarks; a line of the text always stays with them."""
    if paper.signature is not None or paper.attachments:
        last = document.paragraphs[-2:]
        for line in last if sum(len(one.text) for one in last) <= SHORT else last[-1:]:
            line.paragraph_format.keep_with_next = True
    several = len(paper.attachments) > 1
    for nth, name in enumerate(paper.attachments, start=1):
        number = f"{nth}. " if several else ""
        line = _hanging(document, "附件：" if nth == 1 else "", f"{number}{name}", face=Face.BODY)
        line.paragraph_format.keep_with_next = paper.signature is not None
        if nth == 1:
            line.paragraph_format.space_before = PITCH
    if paper.signature is not None:
        name, day = clean(paper.signature.name), by_day(paper.signature.on)
        wide, narrow = width(name), width(day)
        right = max(0.0, 4 - max(0.0, wide - narrow) / 2)
        line = _line(document, align=WD_ALIGN_PARAGRAPH.RIGHT)
        line.paragraph_format.space_before = Length(2 * PITCH)
        line.paragraph_format.keep_with_next = True
        line.paragraph_format.right_indent = _ems(right + max(0.0, narrow - wide) / 2)
        _text(line, name)
        line = _line(document, align=WD_ALIGN_PARAGRAPH.RIGHT)
        line.paragraph_format.right_indent = _ems(right + max(0.0, wide - narrow) / 2)
        line.paragraph_format.keep_with_next = bool(paper.remarks)
        _text(line, day)
    if paper.remarks:
        line = _line(document)
        line.paragraph_format.first_line_indent = _ems(2)
        line.paragraph_format.keep_with_next = bool(paper.copies and not paper.annexes)
        _text(line, f"（{paper.remarks}）")


def _copies(document: Docx, paper: Paper) -> None:
    line = _hanging(document, "抄送：", f"{'，'.join(paper.copies)}。", face=Face.BODY, size=SMALL)
    line.paragraph_format.left_indent = Length(4 * SMALL)
    line.paragraph_format.first_line_indent = Length(-3 * SMALL)
    line.paragraph_format.right_indent = SMALL
    line.paragraph_format.line_spacing = Pt(21)
    if isinstance(paper.head, MinutesHead):
        _border(line, "top", "single", size=8, space=3, color=BLACK)
        _border(line, "bottom", "single", size=8, space=3, color=BLACK)
    frame = _element("framePr", w=str(int(TEXT_WIDTH.twips)), wrap="around")
    frame.set(qn("w:hAnchor"), "margin")
    frame.set(qn("w:vAnchor"), "margin")
    frame.set(qn("w:xAlign"), "left")
    frame.set(qn("w:yAlign"), "bottom")
    _put(line._p.get_or_add_pPr(), frame)


def _paragraph(document: Docx, paragraph: Paragraph) -> None:
    line = _line(document, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    line.paragraph_format.first_line_indent = _ems(2)
    if paragraph.heading:
        _text(line, paragraph.heading, face=FACES[paragraph.level])
    if paragraph.text:
        _text(line, paragraph.text)
    else:
        line.paragraph_format.keep_with_next = True
        _put(line._p.get_or_add_pPr(), _element("outlineLvl", val=str(int(paragraph.level))))


def _hanging(
    document: Docx, label: str, text: str, *, face: Face = Face.HEADING, size: Length = SIZE
) -> Line:
    """A label two characters in, and a text whose further lines begin under its first."""
    line = _line(document)
    line.paragraph_format.left_indent = _ems(5)
    line.paragraph_format.first_line_indent = _ems(-width(label))
    if label:
        _text(line, label, face=face, size=size)
    _text(line, text, size=size)
    return line


def _listing(document: Docx, listing: Listing) -> None:
    if listing.caption:
        line = _line(document, align=WD_ALIGN_PARAGRAPH.CENTER)
        line.paragraph_format.keep_with_next = True
        _text(line, listing.caption, face=Face.HEADING, size=SMALL)
    table = _table(document, [column.share for column in listing.columns], 1 + len(listing.rows))
    for column, cell in zip(listing.columns, table.rows[0].cells, strict=True):
        _fill(cell, column.title, Align.CENTER, face=Face.HEADING, size=TINY, pitch=Pt(16))
    table.rows[0]._tr.get_or_add_trPr().append(_element("tblHeader"))
    for row, texts in zip(list(table.rows)[1:], listing.rows, strict=True):
        for column, cell, text in zip(listing.columns, row.cells, texts, strict=True):
            _fill(cell, text, column.align, size=TINY, pitch=Pt(16))
    _line(document, pitch=Pt(10))


def _form(document: Docx, form: Form) -> None:
    table = _table(document, form.shares, len(form.rows))
    for row, cells in zip(table.rows, form.rows, strict=True):
        places, at = row.cells, 0
        row.height = Length(max(cell.lines for cell in cells) * Pt(24))
        for cell in cells:
            place = places[at]
            if cell.span > 1:
                place = place.merge(places[at + cell.span - 1])
            at += cell.span
            face, align = (Face.HEADING, Align.CENTER) if cell.is_label else (Face.BODY, cell.align)
            _fill(place, cell.text, align, face=face, size=SMALL, pitch=Pt(21))
    _line(document, pitch=Pt(10))


def _table(document: Docx, shares: Sequence[float], rows: int) -> Table:
    table: Table = document.add_table(rows, len(shares), "Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    margins = _element("tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(side, w="57", type="dxa"))  # 1 mm: a day fits into its column
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    widths = [Length(int(TEXT_WIDTH * share / sum(shares))) for share in shares]
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide
    for row in table.rows:
        row._tr.get_or_add_trPr().append(_element("cantSplit"))
        for cell, wide in zip(row.cells, widths, strict=True):
            cell.width = wide
    return table


def _fill(
    cell: _Cell,
    text: str,
    align: Align,
    *,
    size: Length,
    pitch: Length,
    face: Face = Face.BODY,
) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for nth, part in enumerate(text.split("\n")):
        first = cell.paragraphs[0] if nth == 0 else cell.add_paragraph()
        _text(_laid(first, align=ALIGNED[align], pitch=pitch), part, face=face, size=size)


def _line(
    document: Docx,
    *,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    pitch: Length = PITCH,
) -> Line:
    return _laid(document.add_paragraph(), align=align, pitch=pitch)


def _laid(
    line: Line, *, align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT, pitch: Length
) -> Line:
    line._p.style = None  # the document's own: heads and feet come with styles of their own
    line.alignment = align
    layout = line.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, pitch
    _free_of_grid(line._p.get_or_add_pPr())
    return line


def _free_of_grid(properties: BaseOxmlElement) -> None:
    """No grid of characters, and no gap between characters and figures."""
    for name in ("autoSpaceDE", "autoSpaceDN", "snapToGrid"):
        _put(properties, _element(name, val="0"))


def _text(line: Line, text: str, *, face: Face = Face.BODY, size: Length = SIZE) -> Run:
    run = line.add_run(clean(text))
    run.font.size = size
    properties = run._r.get_or_add_rPr()
    _set_fonts(properties, face)
    return run


def _set_fonts(properties: BaseOxmlElement, face: Face) -> None:
    """Names one font for every script; quotation marks are then as wide as characters."""
    for there in properties.findall(qn("w:rFonts")):
        properties.remove(there)
    name = TYPEFACES[face].in_word
    fonts = _element("rFonts", hint="eastAsia", ascii=name, hAnsi=name, eastAsia=name, cs=name)
    properties.insert(0, fonts)
    if face is Face.BODY or face is Face.HEADING or face is Face.SUBHEADING:
        _tighten(properties)


def _tighten(properties: BaseOxmlElement) -> None:
    spacing = _element("spacing", val=TIGHTER)
    size = properties.find(qn("w:sz"))
    if size is None:
        properties.append(spacing)
    else:
        size.addprevious(spacing)


def _border(
    line: Line, side: str, kind: str, *, size: int, space: int, color: RGBColor = RED
) -> None:
    properties = line._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = _element("pBdr")
        _put(properties, borders)
    borders.append(_element(side, val=kind, sz=str(size), space=str(space), color=str(color)))


def _beyond_the_text(line: Line) -> None:
    """The double lines are 170 mm long, centred on the page, and so longer than the text."""
    line.paragraph_format.left_indent, line.paragraph_format.right_indent = Mm(-8), Mm(-6)


def _mark_size(name: str) -> Length:
    """As large as one line allows, up to 38 pt."""
    return Length(min(Pt(38), int(0.95 * TEXT_WIDTH / max(1, len(name)) / 12700 * 2) * 6350))


def _ems(count: float) -> Length:
    return Length(int(count * Pt(15.8)))


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _put(properties: BaseOxmlElement, element: BaseOxmlElement) -> None:
    """Puts a part where the schema wants it."""
    place = ORDER.index(element.tag)
    for there in properties:
        if there.tag in ORDER and ORDER.index(there.tag) > place:
            there.addprevious(element)
            return
    properties.append(element)
