"""The papers as .docx: opened again, measured, and opened by an office program."""

import io
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from services.portal.papers.fonts import TYPEFACES
from services.portal.papers.paper_docx import paper_docx
from tests.domain.portal.papers.seeing import opened
from tests.domain.portal.papers.year import PAPERS


def again(name: str) -> Docx:
    return Document(io.BytesIO(paper_docx(PAPERS[name])))


def everything(name: str) -> list[Any]:
    """Every element of the text, of heads and of feet."""
    document = again(name)
    section = document.sections[0]
    edges = (
        section.first_page_header,
        section.first_page_footer,
        section.footer,
        section.even_page_footer,
    )
    stories = [one._element for one in edges if not one.is_linked_to_previous]
    return [one for story in (document.element.body, *stories) for one in story.iter()]


@pytest.mark.parametrize("name", PAPERS)
def test_all_that_the_paper_says_is_in_it(name: str) -> None:
    text = "".join(one.text or "" for one in everything(name) if one.tag == qn("w:t"))

    lost = [
        line for whole in PAPERS[name].texts() for line in whole.split("\n") if line not in text
    ]
    assert lost == []


@pytest.mark.parametrize("name", PAPERS)
def test_every_run_names_the_offices_own_fonts(name: str) -> None:
    ours = {typeface.in_word for typeface in TYPEFACES.values()}

    runs = [one for one in everything(name) if one.tag == qn("w:r")]
    fonts = [run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}") for run in runs]
    named = [font for font in fonts if font is not None]
    assert len(named) == len(runs) > 0
    assert {font.get(qn("w:eastAsia")) for font in named} <= ours
    assert {font.get(qn("w:hint")) for font in named} == {"eastAsia"}


@pytest.mark.parametrize("name", PAPERS)
def test_lines_stand_exactly_and_off_the_grid(name: str) -> None:
    found = everything(name)

    lines = [one.find(qn("w:pPr")) for one in found if one.tag == qn("w:p")]
    assert {line.find(qn("w:spacing")).get(qn("w:lineRule")) for line in lines} == {"exact"}
    assert {line.find(qn("w:snapToGrid")).get(qn("w:val")) for line in lines} == {"0"}
    assert [one for one in found if one.tag == qn("w:docGrid")] == []


@pytest.mark.parametrize("name", PAPERS)
def test_the_parts_of_a_paragraph_are_in_the_schemas_order(name: str) -> None:
    order = [
        qn(f"w:{part}")
        for part in (
            *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"),
            *("pBdr", "tabs", "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing", "ind"),
            *("jc", "outlineLvl", "rPr", "sectPr"),
        )
    ]

    for one in everything(name):
        if one.tag == qn("w:pPr"):
            places = [order.index(part.tag) for part in one]
            assert places == sorted(places)


def test_the_page_is_that_of_the_standard() -> None:
    section = again("reply").sections[0]

    measured = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    assert measured == pytest.approx([Mm(one) for one in (210, 297, 37, 35, 28, 26)], abs=700)


def test_the_text_is_set_like_the_standard_says() -> None:
    line = next(one for one in again("reply").paragraphs if one.text.startswith("你们提出的"))

    assert line.paragraph_format.line_spacing == Pt(28.95)
    assert line.paragraph_format.first_line_indent == Pt(31.6)
    assert line.runs[0].font.size == Pt(16)


def test_headings_of_two_levels_have_their_types() -> None:
    fonts = {
        run.text: run._r.xpath("string(w:rPr/w:rFonts/@w:eastAsia)")
        for line in again("reply").paragraphs
        for run in line.runs
    }

    assert fonts["一、立足区域和产业特点"] == "黑体"
    assert fonts["（一）建设高水平联动区域。"] == "楷体_GB2312"
    assert fonts["专此函复。"] == "仿宋_GB2312"
    assert fonts["关于市政协七届四次会议\n"] == "方正小标宋简体"


def test_the_first_page_has_double_lines_and_no_number() -> None:
    section = again("reply").sections[0]

    assert section.different_first_page_header_footer
    borders = [
        [border.get(qn("w:val")) for border in part._element.iter(qn("w:bottom"))]
        for part in (section.first_page_header, section.first_page_footer)
    ]
    assert borders == [["thickThinSmallGap"], ["thinThickSmallGap"]]
    assert "PAGE" not in section.first_page_footer._element.xml
    assert "PAGE" in section.footer._element.xml
    assert "PAGE" in section.even_page_footer._element.xml


def test_the_list_of_a_notice_repeats_its_heading_on_each_page() -> None:
    (table,) = again("hand-over").tables

    assert len(table.rows) == 16
    assert table.rows[0]._tr.trPr is not None
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_who_wrote_it_and_when_is_told_and_nobody_else() -> None:
    told = again("reply").core_properties

    assert (told.author, told.last_modified_by) == ("深圳市龙华区人民政府",) * 2
    assert told.created is not None
    assert told.created.date() == PAPERS["reply"].dated
    assert told.comments == ""


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert paper_docx(PAPERS["reply"]) == paper_docx(PAPERS["reply"])


def test_the_hour_of_making_is_not_in_it() -> None:
    with ZipFile(io.BytesIO(paper_docx(PAPERS["reply"]))) as packed:
        assert packed.testzip() is None
        assert all(one.date_time[0] == 1980 for one in packed.infolist())


@pytest.fixture(scope="module")
def as_pdf(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every paper, opened by LibreOffice and printed."""
    folder = tmp_path_factory.mktemp("docx")
    for name, paper in PAPERS.items():
        (folder / f"{name}.docx").write_bytes(paper_docx(paper))
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation=file://{folder}/profile",
            *("--headless", "--convert-to", "pdf", "--outdir", str(folder)),
            *(str(folder / f"{name}.docx") for name in PAPERS),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return folder


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("reply", (4, 5)),
        ("long reply", (5, 6)),
        ("opinion form", (1, 1)),
        ("reminder", (1, 2)),
        ("minutes", (2, 3)),
    ],
)
def test_an_office_program_sets_it_on_as_many_pages(
    name: str, pages: tuple[int, int], as_pdf: Path
) -> None:
    count = len(opened((as_pdf / f"{name}.pdf").read_bytes()).pages)

    assert pages[0] <= count <= pages[1]


def test_an_office_program_opens_every_paper(as_pdf: Path) -> None:
    for name, paper in PAPERS.items():
        text = "".join(
            page.extract_text() for page in opened((as_pdf / f"{name}.pdf").read_bytes()).pages
        )
        assert "".join(paper.title)[:8] in "".join(text.split())
