"""Fields: what a form asks for, and how what was written becomes a part of a command."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal[
    "line", "text", "date", "number", "choice", "yes", "unit", "units", "lines", "rows", "fixed"
]
Written = Mapping[str, str]  # the fields of a form as a browser sends them

BETWEEN_NAMES = re.compile(r"[、，,；;\n]+")
TRUE_WORDS = ("on", "yes", "true", "1")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a form asks for; ``name`` is what the service calls it.

    ``choices`` names a list that the page looks up (a coded list of the rule set, the units, …) or
    gives the pairs itself. ``preset`` names what stands in the field at first, from the facts of
    the case. ``rows`` are the columns of a list.
    """

    name: str
    label: str
    kind: Kind = "line"
    required: bool = True
    hint: str = ""
    choices: str | tuple[tuple[str, str], ...] = ()
    preset: str = ""
    rows: tuple["Field", ...] = ()
    longest: int = 500
    tall: int = 4


class Unwritable(Exception):
    """What was written cannot be read; the sentence stands beside the field."""


def read(field: Field, written: Written, *, at: str = "") -> Any:
    """What a field's words mean; None where nothing was written.

    Raises:
        Unwritable: the words make no sense, or a required field is empty.
    """
    name = at + field.name
    if field.kind == "yes":
        return written.get(name, "") in TRUE_WORDS
    if field.kind == "rows":
        return _rows(field, written)
    words = written.get(name, "").strip()
    if not words:
        if field.required:
            raise Unwritable("必填")
        return [] if field.kind in ("units", "lines") else None
    return _meant(field, words)


def _meant(field: Field, words: str) -> Any:
    match field.kind:
        case "number":
            if not re.fullmatch(r"-?\d{1,9}", words):
                raise Unwritable("应为整数")
            return int(words)
        case "date":
            try:
                date.fromisoformat(words)
            except ValueError:
                raise Unwritable("日期应写作 2024-01-31") from None
            return words
        case "units":
            return [name.strip() for name in BETWEEN_NAMES.split(words) if name.strip()]
        case "lines":
            return [line.strip() for line in words.splitlines() if line.strip()]
        case _:
            return words


def _rows(field: Field, written: Written) -> list[dict[str, Any]]:
    """The rows in which something was written; the others do not count."""
    found: list[dict[str, Any]] = []
    for n in range(rows_written(field, written)):
        at = f"{field.name}-{n}-"
        if not any(written.get(at + column.name, "").strip() for column in field.rows):
            continue
        row = {}
        for column in field.rows:
            try:
                value = read(column, written, at=at)
            except Unwritable as why:
                raise Unwritable(f"第{len(found) + 1}行“{column.label}”{why}") from None
            if value not in (None, ""):
                row[column.name] = value
        found.append(row)
    if field.required and not found:
        raise Unwritable("至少填写一行")
    return found


def rows_written(field: Field, written: Written) -> int:
    """How many rows of a list came with the form, empty ones included."""
    numbers = [
        int(number)
        for name in written
        if name.startswith(f"{field.name}-")
        and (number := name[len(field.name) + 1 :].partition("-")[0]).isdecimal()
        and len(number) < 5
    ]
    return max(numbers, default=-1) + 1
