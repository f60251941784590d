"""Codes as people read them."""

import pytest

from services.portal.domain.words import calendar_text, rule_text


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("shenzhen-2024@2 sign", "规则集shenzhen-2024第2版“签收”"),
        ("shenzhen-2024@1 reply:key", "规则集shenzhen-2024第1版“答复（重点提案）”"),
        ("shenzhen-2024@1 inner_margin", "规则集shenzhen-2024第1版“内部时限”"),
        ("shenzhen-2024@1", "规则集shenzhen-2024第1版"),
        ("市领导批示", "市领导批示"),
    ],
)
def test_a_rule_is_said_in_words(code: str, says: str) -> None:
    assert rule_text(code) == says


def test_a_calendar_is_said_in_words() -> None:
    assert calendar_text("CN-2024@1") == "2024年日历第1版"
