"""What every command has in common: it says what it means, and all of it can be read."""

from typing import Any

import pytest
from pydantic import Field, ValidationError

from shared.commanding import Command
from shared.problems import finding


class Row(Command):
    says: str


class Order(Command):
    why: str
    rows: list[Row] = Field(default=[])


@pytest.mark.parametrize("why", ["第一行\n第二行\t表\r\n", "𠮷野家🚌", "\u200b\u00a0é"])
def test_what_can_be_read_is_taken(why: str) -> None:
    assert Order.model_validate({"why": why}).why == why


@pytest.mark.parametrize(
    ("character", "code"),
    [
        ("\x00", "U+0000"),
        ("\x0b", "U+000B"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\ud800", "U+D800"),
        ("\uffff", "U+FFFF"),
    ],
)
def test_what_cannot_is_refused_and_the_sentence_says_where(character: str, code: str) -> None:
    said: dict[str, Any] = {"why": "经研究", "rows": [{"says": "好"}, {"says": f"文字{character}"}]}

    with pytest.raises(ValidationError) as refused:
        Order.model_validate(said)

    [error] = refused.value.errors()
    assert finding(error) == {
        "field": "rows.1.says",
        "says": f"的第3个字（{code}）是不能显示的字符，请删去",
    }


def test_names_of_fields_are_words_too() -> None:
    with pytest.raises(ValidationError, match="unprintable"):
        Order.model_validate({"why": "经研究", "no\x00te": 1})


def test_however_deep_it_goes_it_is_read() -> None:
    deep: Any = "\x00"
    for _ in range(5000):
        deep = [deep]

    with pytest.raises(ValidationError, match="unprintable"):
        Order.model_validate({"why": deep})
