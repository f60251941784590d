"""The measures of GB/T 9704-2012, taken from the printed page."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from services.portal.papers.answering import Reply, reply_paper
from services.portal.papers.fonts import Shelf
from services.portal.papers.paper import Letterhead, Paper, Signature
from services.portal.papers.paper_pdf import paper_pdf, paper_pictures
from services.portal.papers.refusals import NoChineseFont
from services.portal.papers.wording import paragraphs
from tests.domain.portal.papers.seeing import A4, MM, lines, opened, pieces, text_of
from tests.domain.portal.papers.year import ON, PAPERS, RIVER

IDEOGRAPHS = "提案办理工作事关人民群众切身利益" * 80
FOOT_OF_TEXT = (297 - 35) * MM


def plain(text: str) -> Paper:
    """A letter without a head, whose every page is full of text."""
    return Paper(None, (), paragraphs(text))


@pytest.mark.parametrize("name", PAPERS)
def test_it_is_tagged_pdf_a_2b_in_chinese(name: str, shelf: Shelf) -> None:
    reader = opened(paper_pdf(PAPERS[name], shelf=shelf))

    root: Any = reader.root_object
    told = reader.xmp_metadata
    assert told is not None
    assert (told.pdfaid_part, told.pdfaid_conformance) == ("2", "B")
    assert bool(root["/MarkInfo"]["/Marked"])
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "zh-CN"
    assert reader.metadata is not None
    assert reader.metadata.title == PAPERS[name].name


@pytest.mark.parametrize("name", PAPERS)
def test_it_is_on_a4_and_inside_the_type_area(name: str, shelf: Shelf) -> None:
    pdf = paper_pdf(PAPERS[name], shelf=shelf)

    for number, page in enumerate(opened(pdf).pages, start=1):
        assert page.mediabox.width == pytest.approx(A4[0], abs=0.1)
        assert page.mediabox.height == pytest.approx(A4[1], abs=0.1)
        outside = [
            piece
            for piece in pieces(pdf, number)
            if not 27 * MM < piece.x < 184.5 * MM or piece.y > FOOT_OF_TEXT + 12 * MM
        ]
        assert outside == []


def test_a_page_has_22_lines_of_28_characters(shelf: Shelf) -> None:
    pdf = paper_pdf(plain(IDEOGRAPHS), shelf=shelf)

    first = list(lines(pdf, 1).values())
    assert len(first) == 22
    assert len(first[0]) == 26  # its first two places are the indent
    assert {len(line) for line in first[1:]} == {28}


def test_the_lines_fill_the_type_area(shelf: Shelf) -> None:
    feet = sorted(lines(paper_pdf(plain(IDEOGRAPHS), shelf=shelf), 1))

    pitches = [below - above for above, below in pairwise(feet)]
    assert pitches == pytest.approx([225 * MM / 22] * 21, abs=0.05)
    assert feet[0] == pytest.approx(37 * MM + 0.88 * 16, abs=0.5)


def test_the_head_is_that_of_a_letter(shelf: Shelf) -> None:
    found = {piece.text: piece for piece in pieces(paper_pdf(PAPERS["reply"], shelf=shelf), 1)}

    mark = found["深圳市龙华区人民政府"]
    assert mark.size == pytest.approx(38)
    assert mark.y - 0.88 * mark.size == pytest.approx(30 * MM, abs=0.5)
    number = found["深龙华府函〔2024〕36号"]
    line = 30 * MM + 38 + 4 * MM + 4.2
    assert number.y - 0.88 * 16 == pytest.approx(line + 0.875 * 16, abs=1)


def test_the_class_is_at_the_top_right_of_the_first_page(shelf: Shelf) -> None:
    pdf = paper_pdf(PAPERS["reply"], shelf=shelf)

    top = min(lines(pdf, 1))
    marks = [piece for piece in pieces(pdf, 1) if abs(piece.y - top) < 2]
    assert lines(pdf, 1)[top] == "办理结果：A类"
    assert top < 30 * MM
    assert min(piece.x for piece in marks) > A4[0] / 2


def test_title_and_levels_have_their_type(shelf: Shelf) -> None:
    found = {piece.text: piece for piece in pieces(paper_pdf(PAPERS["reply"], shelf=shelf), 1)}

    assert found["关于市政协七届四次会议"].size == pytest.approx(22)
    assert found["一、立足区域和产业特点"].size == pytest.approx(16)


def test_a_letter_has_no_page_number_on_its_first_page(shelf: Shelf) -> None:
    pdf = paper_pdf(PAPERS["long reply"], shelf=shelf)

    numbers = [
        [piece for piece in pieces(pdf, page) if piece.y > FOOT_OF_TEXT] for page in (1, 2, 3)
    ]
    assert numbers[0] == []
    assert "".join(one.text for one in numbers[1]).replace(" ", "") == "—2—"
    assert numbers[1][0].x == pytest.approx(28 * MM + 14, abs=1)
    assert numbers[2][0].x > A4[0] / 2
    assert numbers[2][0].size == pytest.approx(14)


def test_minutes_are_numbered_from_the_first_page(shelf: Shelf) -> None:
    pdf = paper_pdf(PAPERS["minutes"], shelf=shelf)

    assert [one.text for one in pieces(pdf, 1) if one.y > FOOT_OF_TEXT] != []


@pytest.mark.parametrize("extra", range(22))
def test_signature_and_copies_never_stand_on_a_page_without_text(extra: int, shelf: Shelf) -> None:
    body = "\n".join(f"这是第{n}段。" for n in range(extra + 5))
    paper = reply_paper(Reply("某局", "", ON, RIVER, "A", body, copies=("提案委",)))

    pdf = paper_pdf(paper, shelf=shelf)

    last = "".join(lines(pdf, len(opened(pdf).pages)).values())
    assert "专此函复。" in last
    assert "抄送：提案委。" in last
    assert max(lines(pdf, len(opened(pdf).pages))) > FOOT_OF_TEXT - 20


@pytest.mark.parametrize("count", range(4, 40))
def test_a_long_last_paragraph_goes_with_the_signature(count: int, shelf: Shelf) -> None:
    closing = IDEOGRAPHS[: 28 * count - 5] + "。"
    paper = reply_paper(Reply("某局", "", ON, RIVER, "A", "开头。", closing=closing))

    pdf = paper_pdf(paper, shelf=shelf)

    last = "".join(lines(pdf, len(opened(pdf).pages)).values())
    assert "切身利益" in last
    assert "某局2024年6月5日" in last


def test_a_character_without_a_font_does_not_stop_the_print(shelf: Shelf) -> None:
    paper = plain("提案人王\U00031350的意见，\U0010fffd也一样。")

    assert "提案人王〓的意见，〓也一样。" in text_of(paper_pdf(paper, shelf=shelf))


def test_what_people_write_is_no_code(shelf: Shelf) -> None:
    text = '#read("/etc/passwd") $x^2$ *粗* _斜_ `码` \\ @引 = 标题 // 注 [内容] {{ 1 }} <a> "引号"'

    printed = text_of(paper_pdf(plain(text), shelf=shelf))

    assert "".join(text.split()) in printed


def test_the_same_paper_gives_the_same_bytes(shelf: Shelf) -> None:
    assert paper_pdf(PAPERS["reply"], shelf=shelf) == paper_pdf(PAPERS["reply"], shelf=shelf)


def test_a_draft_without_number_and_day_can_be_seen(shelf: Shelf) -> None:
    paper = replace(PAPERS["reply"], head=Letterhead("某局"), signature=Signature("某局", None))

    assert len(paper_pictures(paper, shelf=shelf, ppi=30)) == len(
        opened(paper_pdf(paper, shelf=shelf)).pages
    )


def test_pictures_are_png(shelf: Shelf) -> None:
    pages = paper_pictures(PAPERS["return"], shelf=shelf, ppi=40)

    assert {page[:8] for page in pages} == {b"\x89PNG\r\n\x1a\n"}


def test_without_a_chinese_font_nothing_is_printed() -> None:
    with pytest.raises(NoChineseFont) as refused:
        paper_pdf(PAPERS["reply"], shelf=Shelf(of_the_machine=False))

    assert "没有中文字体" in refused.value.sentence
