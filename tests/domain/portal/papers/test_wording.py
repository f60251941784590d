"""Levels, title lines, numerals and widths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.portal.papers.paper import Level, Paragraph
from services.portal.papers.wording import (
    LINE,
    clean,
    named_together,
    numeral,
    paragraph,
    paragraphs,
    title_lines,
    width,
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("一、基本情况", Paragraph("", Level.FIRST, "一、基本情况")),
        ("十二、附则", Paragraph("", Level.FIRST, "十二、附则")),
        ("一、退办事由。不属于。", Paragraph("不属于。", Level.FIRST, "一、退办事由。")),
        ("（一）认真部署。高度重视。", Paragraph("高度重视。", Level.SECOND, "（一）认真部署。")),
        ("(二)主动沟通", Paragraph("", Level.SECOND, "(二)主动沟通")),
        ("（三）一句话说完。", Paragraph("（三）一句话说完。", Level.SECOND)),
        ("1. 第一项。余下的。", Paragraph("1. 第一项。余下的。", Level.THIRD)),
        ("（1）更细的。", Paragraph("（1）更细的。", Level.FOURTH)),
        ("1.5万元已经拨付。", Paragraph("1.5万元已经拨付。")),
        ("2024.6月以来", Paragraph("2024.6月以来")),
        ("一是加强领导。", Paragraph("一是加强领导。")),
        ("一般来说，可以。", Paragraph("一般来说，可以。")),
    ],
)
def test_a_paragraph_s_level_is_told_by_its_number(line: str, expected: Paragraph) -> None:
    assert paragraph(line) == expected


def test_empty_lines_are_no_paragraphs() -> None:
    assert paragraphs("甲。\r\n\r\n  乙。 \n") == (Paragraph("甲。"), Paragraph("乙。"))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("政协提案督办单", ("政协提案督办单",)),
        (
            "关于市政协七届四次会议第20240080号提案答复的函",
            ("关于市政协七届四次会议", "第20240080号提案答复的函"),
        ),
        (
            "关于坚持“两个毫不动摇”，推动龙华区民营经济高质量发展的提案",
            ("关于坚持“两个毫不动摇”，", "推动龙华区民营经济高质量发展的提案"),
        ),
        (
            "深圳市龙华区人民政府2024年承办市政协提案总体情况",
            ("深圳市龙华区人民政府2024年", "承办市政协提案总体情况"),
        ),
        ("甲\n乙丙", ("甲", "乙丙")),
        ("", ()),
    ],
)
def test_a_title_is_broken_by_its_meaning(title: str, expected: tuple[str, ...]) -> None:
    assert title_lines(title) == expected


CHARACTERS = st.text(st.sampled_from("关于提案的答复第2024号、《》“”市政协会议，a"), max_size=90)


@given(CHARACTERS)
def test_no_line_of_a_title_is_too_long_and_nothing_is_lost(title: str) -> None:
    lines = title_lines(title)

    assert "".join(lines) == title.strip()
    assert all(width(line) <= LINE or line.isascii() or line[0] in "第2024" for line in lines)


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九")],
)
def test_headings_count_in_chinese(number: int, expected: str) -> None:
    assert numeral(number) == expected


def test_what_is_half_wide_counts_for_a_half() -> None:
    assert width("2024年6月5日") == 6.0


def test_what_cannot_be_printed_is_left_out() -> None:
    assert clean("甲\x00乙\u200b丙\u202e丁\r\n戊\t己\ud800") == "甲乙丙丁\n戊\t己"


def test_more_than_three_are_named_by_the_first() -> None:
    assert named_together(("甲", "乙", "丙")) == "甲、乙、丙"
    assert named_together(("甲", "乙", "丙", "丁")) == "甲等4位"
