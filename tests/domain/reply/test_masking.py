"""Personal data is found by its form and its check; a document number is none."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reply.domain.masking import Span, masked, proposed_maskings


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in proposed_maskings(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("联系电话：13812345678。", [("phone", "13812345678")]),
        ("致电+86 138 1234 5678", [("phone", "+86 138 1234 5678")]),
        ("电话0755-28123456转8", [("phone", "0755-28123456")]),
        ("（0755）28123456", [("phone", "（0755）28123456")]),
        ("联系电话：28123456", [("phone", "28123456")]),
        ("身份证11010519491231002X", [("identity", "11010519491231002X")]),
        ("卡号6222 0212 3456 7895", []),
        ("卡号4111 1111 1111 1111", [("card", "4111 1111 1111 1111")]),
        ("邮箱wang.zy@example.gov.cn", [("mail", "wang.zy@example.gov.cn")]),
        ("住民治街道梅龙路98号", [("address", "住民治街道梅龙路98号")]),
        ("3栋2单元501室", [("address", "3栋2单元501室")]),
        ("龙华区函〔2024〕12号", []),
        ("第20240080号提案", []),
        ("身份证110105194912310021", []),
        ("投资1381234567890元", []),
        ("2024年3月1日共28123456元", []),
        ("姓名不在其列", []),
    ],
)
def test_what_is_personal_and_what_is_not(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_they_come_in_reading_order_and_do_not_overlap() -> None:
    text = "请致电13812345678或发信至a@b.cn，住梅龙路9号。"
    spans = proposed_maskings(text)

    assert [span.kind for span in spans] == ["phone", "mail", "address"]
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_as_many_signs_are_covered_as_there_were() -> None:
    assert masked("电话13812345678", [Span(2, 13)]) == "电话" + "＊" * 11
    assert masked("不动", []) == "不动"


@given(st.text(max_size=200))
def test_whatever_the_text_the_spans_lie_within_it_and_nothing_moves(text: str) -> None:
    spans = proposed_maskings(text)

    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    covered = masked(text, spans)
    assert len(covered) == len(text)
    assert proposed_maskings(covered) == ()
