"""Templates of the offices' own: filled in, checked, and kept in their sandbox."""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document

from services.portal.papers.office_docx import (
    fields_asked,
    fields_missing,
    filled_docx,
    plain,
)
from services.portal.papers.packing import entry
from services.portal.papers.refusals import (
    NotADocument,
    TemplateAsksForMore,
    TemplateNotUnderstood,
    TemplateOversteps,
)
from tests.domain.portal.papers.year import REPLY

NAME = "答复函模板"


def template(*lines: str, header: str = "", row: tuple[str, ...] = ()) -> bytes:
    """A .docx with these paragraphs, a header, and one table whose rows are these texts."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if row:
        table = document.add_table(len(row), 1)
        for cell, text in zip(table.columns[0].cells, row, strict=True):
            cell.text = text
    whole = io.BytesIO()
    document.save(whole)
    return whole.getvalue()


def texts(docx: bytes) -> list[str]:
    document = Document(io.BytesIO(docx))
    cells = [cell.text for table in document.tables for cell in table.columns[0].cells]
    return [line.text for line in document.paragraphs if line.text] + cells


def packed(**files: bytes) -> bytes:
    """A .docx with more in it than it should have."""
    whole = io.BytesIO(template("{{ unit }}"))
    with ZipFile(whole, "a") as added:
        for name, content in files.items():
            added.writestr(entry(name.replace("__", "/").replace("_dot_", ".")), content)
    return whole.getvalue()


def test_fields_are_filled_in() -> None:
    asked = template(
        "{{ unit }}：{{ proposal.cited }}",
        "{% if contact %}联系人：{{ contact.name }}{% endif %}",
        "{%p for one in promises %}",
        "{{ loop.index }}. {{ one.text }}（{{ one.due_on }}）",
        "{%p endfor %}",
        "抄送：{{ copies | join('，') }}",
        header="{{ number }}",
    )

    filled = filled_docx(asked, REPLY, name=NAME)

    assert texts(filled) == [
        "深圳市龙华区人民政府：《关于推动龙华深入衔接河套深圳园区发展规划的提案》（第20240080号）",
        "联系人：陈堃",
        "1. 与河套深圳园区共建数字能源合作园区，完成选址和首批企业签约（2024年12月31日）",
        "2. 举办深圳北站与河套港澳青年创新创业大赛（2024年10月31日）",
        "抄送：市政协提案委员会，市政府督查室，市发展和改革委员会，市科技创新局，"
        "市工业和信息化局，福田区人民政府",
    ]
    header = Document(io.BytesIO(filled)).sections[0].header.paragraphs[0].text
    assert header == "深龙华府函〔2024〕36号"


def test_rows_of_a_table_are_repeated() -> None:
    asked = template(row=("{%tr for one in names %}", "{{ one }}", "{%tr endfor %}"))

    assert texts(filled_docx(asked, {"names": ["甲", "乙"]}, name=NAME)) == ["甲", "乙"]


def test_what_people_wrote_is_text_and_neither_markup_nor_template() -> None:
    wild = {"unit": "甲 & 乙 <w:p/> {{ number }} {% for %} {_{ x }_}"}

    (line,) = texts(filled_docx(template("{{ unit }}"), wild, name=NAME))

    assert line.startswith("甲 & 乙 <w:p/> {{ number }} {% for %}")


def test_the_same_template_and_data_give_the_same_bytes() -> None:
    asked = template("{{ unit }}")

    assert filled_docx(asked, REPLY, name=NAME) == filled_docx(asked, REPLY, name=NAME)


def test_every_field_that_is_asked_for_is_listed() -> None:
    asked = template(
        "{{ unit }} {{ proposal.title }}",
        "{%p for one in promises %}",
        "{{ one.text }} {{ one['due_on'] }} {{ loop.index }}",
        "{%p endfor %}",
        header="{% if contact is defined %}{{ contact.name | default('') }}{% endif %}",
    )

    assert set(fields_asked(asked, name=NAME)) == {
        *("unit", "proposal", "proposal.title", "promises"),
        *("promises[].text", "promises[].due_on", "contact", "contact.name"),
    }


def test_unknown_fields_are_listed_and_refused() -> None:
    asked = template(
        "{{ unit }}{{ proposal.titel }}", "{% if signer %}{{ signer.name }}{% endif %}"
    )

    assert fields_missing(asked, REPLY, name=NAME) == (
        "proposal.titel",
        "signer",
        "signer.name",
    )
    with pytest.raises(TemplateAsksForMore) as refused:
        filled_docx(asked, REPLY, name=NAME)
    assert "proposal.titel" in refused.value.sentence


def test_of_an_empty_list_nothing_is_missed() -> None:
    asked = template("{%p for one in names %}", "{{ one.any }}", "{%p endfor %}")

    assert fields_missing(asked, {"names": []}, name=NAME) == ()
    assert fields_missing(asked, {"names": [{"other": 1}]}, name=NAME) == ("names[].any",)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{{ unit.__class__.__mro__ }}", "内部属性"),
        ("{{ unit['__class__'] }}", "内部属性"),
        ("{{ unit | attr('__class__') }}", "过滤器“attr”"),
        ("{{ unit | center(1000000000) }}", "过滤器“center”"),
        ("{{ unit.upper() }}", "调用函数"),
        ("{{ range(10) }}", "调用函数"),
        ("{{ 'a' * 1000000000 }}", "Mul"),
        ("{{ 9 ** 9 ** 9 }}", "Pow"),
        ("{{ '%999999999d' % 1 }}", "Mod"),
        ("{% set x = 1 %}", "Assign"),
        ("{% macro m() %}{% endmacro %}", "Macro"),
        ("{% include 'x' %}", "Include"),
        ("{% import 'x' as y %}", "Import"),
        ("{% extends 'x' %}", "Extends"),
        ("{% for a in 'abc' %}{% endfor %}", "Const"),
        ("{% for a, b in promises %}{% endfor %}", "循环"),
        ("{% for a in promises recursive %}{% endfor %}", "循环"),
        ("{% for a in unit %}{{ a }}{% endfor %}", "不是清单"),
        ("{{ unit is string }}", "判断“string”"),
        ("{% for a in promises %}{{ loop.cycle }}{% endfor %}", "loop.cycle"),
        ("{{ unit[0:3] }}", "Getitem"),
        ("{{ self }}", ""),
    ],
)
def test_it_may_fill_in_choose_and_repeat_and_nothing_else(line: str, why: str) -> None:
    refusal = TemplateOversteps if why else TemplateAsksForMore

    with pytest.raises(refusal) as refused:
        filled_docx(template(line), REPLY, name=NAME)

    assert NAME in refused.value.sentence
    assert why in refused.value.sentence


def test_loops_in_loops_end_somewhere() -> None:
    asked = template("{% for a in copies %}" * 4 + "{% endfor %}" * 4)

    with pytest.raises(TemplateOversteps):
        filled_docx(asked, REPLY, name=NAME)


@pytest.mark.parametrize("line", ["{{ unit }", "{% if unit %}", "{% nonsense %}", "{{ }}"])
def test_what_is_not_understood_is_said(line: str) -> None:
    with pytest.raises(TemplateNotUnderstood) as refused:
        filled_docx(template(line), REPLY, name=NAME)

    assert NAME in refused.value.sentence


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "不是有效的文件"),
        (b"%PDF-1.7", "不是有效的文件"),
        (packed(word__vbaProject_dot_bin=b"x"), "宏"),
        (
            packed(
                word___rels__settings_dot_xml_dot_rels=b'<Relationships xmlns="x"><Relationship '
                b'Id="r" Type="http://x/attachedTemplate" Target="http://evil/t.dotm" '
                b'TargetMode="External"/></Relationships>'
            ),
            "外部文件",
        ),
        (packed(word___rels__broken_dot_rels=b"<not"), "外部文件"),
    ],
)
def test_what_is_no_harmless_document_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(NotADocument) as refused:
        filled_docx(content, REPLY, name=NAME)

    assert why in refused.value.sentence


def test_a_zip_without_a_text_is_no_document() -> None:
    whole = io.BytesIO()
    with ZipFile(whole, "w") as empty:
        empty.writestr("other.xml", "<a/>")

    with pytest.raises(NotADocument):
        fields_asked(whole.getvalue(), name=NAME)


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    on: date

    @property
    def both(self) -> str:
        return f"{self.name}·{self.on}"


def test_a_template_sees_plain_data_only() -> None:
    seen: dict[str, Any] = plain({"who": Named("甲\x00", date(2024, 6, 5)), "n": (1, None)})

    assert seen == {
        "who": {"name": "甲", "on": "2024年6月5日", "both": "甲·2024-06-05"},
        "n": [1, None],
    }
    with pytest.raises(TypeError):
        plain(object())
