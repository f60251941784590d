"""The overall-situation report: five parts, each figure with its rule, the same every time."""

import io
import json
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from pydantic import ValidationError

from services.portal.domain.cases import Case
from services.portal.domain.figures import COUNTING_RULES, Facts, Received
from services.portal.domain.period import OfYear
from services.portal.domain.report import Meeting, write_report
from services.portal.papers.fonts import Shelf
from services.portal.papers.report import (
    TITLES,
    Snapshot,
    Summed,
    markdown,
    snapshot_json,
    snapshot_of,
    snapshot_of_json,
    with_text,
)
from services.portal.papers.report_paper import (
    report_docx,
    report_pdf,
    report_pictures,
    report_sheets,
)
from services.portal.papers.sheets import lines_of, workbook
from tests.domain.portal.papers.seeing import opened, text_of
from tests.domain.portal.papers.situation import SNAPSHOT

(SUMS,) = SNAPSHOT.sums
HEADINGS = [f"{at}、{title}" for at, title in zip("一二三四五", TITLES, strict=True)]


def counted() -> Snapshot:
    """The snapshot of a small year, counted from its facts."""
    received = (
        Received(
            *("p1", "20240080", "某提案", "lead", "经济", "real", True, False),
            date(2024, 5, 30),
            0,
        ),
        Received("p2", "20240081", "另一件", "co_handle", None, None, False, False, None, None),
    )
    facts = Facts(
        received=received,
        owed=received,
        replies=({"result_class": "A"}, {"result_class": "C"}),
        redone=0,
        ratings=({"process": "satisfied", "result": "basically"},),
        promises=(),
        matters=(),
        returned=0,
        contacts=3,
        handed_down=4,
    )
    case = Case(
        *("p1", "20240080", "某提案", "single", ("吴联喜",), ("龙华区",), (), True, False),
        ("已经办好。",),
        ("年底前完成",),
    )
    report = write_report(
        facts,
        unit="龙华区人民政府",
        period=OfYear(2024),
        as_of=date(2024, 12, 31),
        meetings=[Meeting(date(2024, 1, 22), "区政府全体（扩大）会议")],
        cases=[case],
    )
    return snapshot_of(report, rules=report.rules, classes={"A": "已解决", "C": "暂不能解决"})


def test_a_snapshot_is_kept_and_found_again() -> None:
    assert snapshot_of_json(snapshot_json(SNAPSHOT)) == SNAPSHOT
    assert json.loads(snapshot_json(SNAPSHOT))["figures"][0]["value"] == "37"


def test_what_is_no_snapshot_is_not_taken_for_one() -> None:
    with pytest.raises(ValidationError):
        snapshot_of_json(b'{"body": "x"}')


def test_the_same_snapshot_gives_the_same_report(shelf: Shelf) -> None:
    again = snapshot_of_json(snapshot_json(SNAPSHOT))

    assert again.fingerprint == SNAPSHOT.fingerprint
    assert report_pdf(again, shelf=shelf) == report_pdf(SNAPSHOT, shelf=shelf)
    assert report_docx(again, shelf=shelf) == report_docx(SNAPSHOT, shelf=shelf)
    assert markdown(again) == markdown(SNAPSHOT)


def test_another_figure_has_another_fingerprint() -> None:
    first, *rest = SNAPSHOT.figures

    other = replace(SNAPSHOT, figures=(replace(first, value="38"), *rest))

    assert other.fingerprint != SNAPSHOT.fingerprint


def test_text_that_a_person_wrote_takes_a_parts_place_and_figures_stay() -> None:
    edited = with_text(SNAPSHOT, "（一）高位推动。\r\n区长领办。\x00", part=2)

    assert edited.parts[1] == "（一）高位推动。\n区长领办。"
    assert edited.parts[0] == SNAPSHOT.parts[0]
    assert edited.figures == SNAPSHOT.figures


def test_districts_add_up_to_the_city() -> None:
    assert SUMS.totals == (36, 38, 24)
    assert SUMS.off == ()
    assert SUMS.sentence == "各区合计扣除重复计算后与全市数字一致。"


def test_what_does_not_add_up_is_said() -> None:
    off = replace(SUMS, whole=(35, 39, 24))

    assert off.off == ("答复（件）",)
    assert "答复（件），须核对" in off.sentence


def test_figures_are_counted_into_a_snapshot() -> None:
    snapshot = counted()

    shown = {figure.code: figure.value for figure in snapshot.figures}
    assert list(shown) == list(COUNTING_RULES)
    assert (shown["received"], shown["by_class"]) == ("2", "A类1，C类1")
    assert shown["conversion_rate"] == "不计算"
    assert shown["ratings"] == ("1份；过程满意1、基本满意0、不满意0；结果满意0、基本满意1、不满意0")
    assert [tally.title for tally in snapshot.tallies] == [
        *("承办方式", "办理结果分类", "提案人对办理过程的评价", "提案人对办理结果的评价")
    ]
    assert snapshot.tallies[1].counts == (("A类 已解决", 1), ("C类 暂不能解决", 1))
    assert snapshot.cases[0].promises == ("年底前完成",)
    assert "2024年1月22日" in snapshot.parts[1]


def test_it_has_the_five_parts_and_every_rule(shelf: Shelf) -> None:
    printed = text_of(report_pdf(SNAPSHOT, shelf=shelf))

    places = [printed.index(heading) for heading in HEADINGS]
    assert places == sorted(places)
    assert [one.name for one in SNAPSHOT.figures if one.name not in printed] == []
    for says in ("各区合计3638", "减：重复计算1", "承诺事项：完成合作园区选址", "（重点）"):
        assert says in printed.replace(" ", "")
    assert SNAPSHOT.fingerprint in printed


def test_it_is_tagged_and_its_charts_are_read_out(shelf: Shelf) -> None:
    pdf = report_pdf(SNAPSHOT, shelf=shelf)

    told = opened(pdf).xmp_metadata
    assert told is not None
    assert told.pdfaid_part == "2"
    assert b"/Figure" in pdf or "/StructTreeRoot" in opened(pdf).root_object


def test_the_docx_has_the_parts_tables_and_charts(shelf: Shelf) -> None:
    document = Document(io.BytesIO(report_docx(SNAPSHOT, shelf=shelf)))

    lines = [line.text for line in document.paragraphs]
    assert [heading for heading in HEADINGS if heading not in lines] == []
    assert len(document.inline_shapes) == 3
    says = document.inline_shapes[0]._inline.docPr.get("descr")
    assert says == "承办方式：主办、承办、分办件9件，会办件28件。"
    assert len(document.tables) == 2
    assert document.tables[1].rows[1].cells[1].text == "37"


def test_its_figures_are_sheets_with_their_rules() -> None:
    book = workbook(report_sheets(SNAPSHOT), title=SNAPSHOT.title, on=SNAPSHOT.as_of)

    figures = lines_of(book, name="report")
    assert figures[3].cells == ("收到提案", "37", COUNTING_RULES["received"])
    assert SNAPSHOT.fingerprint in figures[-1].cells[0]
    sums = lines_of(book, name="report", sheet=4)
    assert [line.cells for line in sums[-5:-2]] == [
        *(("各区合计", "36", "38", "24"), ("减：重复计算", "1", "0", "0")),
        ("全市", "35", "38", "24"),
    ]


def test_composed_records_are_named_as_such(shelf: Shelf) -> None:
    composed = replace(SNAPSHOT, is_composed=True)

    assert "演示记录" in text_of(report_pdf(composed, shelf=shelf))
    assert "> 本报告的统计范围含" in markdown(composed)


def test_markdown_has_it_all_and_no_foreign_markup() -> None:
    (case, *_) = SNAPSHOT.cases
    wild = replace(SNAPSHOT, cases=(replace(case, title="*甲* | <b>"),))

    text = markdown(wild)

    assert text.startswith("# 深圳市龙华区人民政府2024年承办市政协提案总体情况\n")
    assert r"（一）\*甲\* \| \<b\>（重点）" in text
    assert "| 各区合计 | 36 | 38 | 24 |" in text
    assert text.count("\n## ") == 6


def test_an_empty_year_can_be_reported(shelf: Shelf) -> None:
    bare = Snapshot("某局", "2024年上半年", date(2024, 6, 30), (), ("", "", "", "", ""))

    assert report_pictures(bare, shelf=shelf, ppi=30) != ()
    assert report_docx(bare, shelf=shelf) != b""
    assert "## 五、" in markdown(bare)


def test_a_sum_over_no_district_is_the_citys_alone() -> None:
    assert Summed("", "", ("件",), (), (0,), (0,)).totals == (0,)
