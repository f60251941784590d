"""Fields: what a form asks for, and how what was written becomes a part of a command."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal[
    "line",
    "text",
    "date",
    "number",
    "choice",
    "several",
    "yes",
    "unit",
    "units",
    "person",
    "member",
    "lines",
    "case",
    "cases",
    "dated",
    "rows",
    "file",
    "files",
    "document",
    "kept",
]
Written = Mapping[str, str]  # the fields of a form as a browser sends them

BETWEEN_NAMES = re.compile(r"[、，,；;\n]+")
DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[\s：:]+(\S.*)")
NUMBER = re.compile(r"-?\d{1,9}")
CASE_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TRUE_WORDS = ("on", "yes", "true", "1")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a form asks for; ``name`` is what the service calls it.

    ``choices`` names a list that the page looks up (a coded list of the rule set, the units, …) or
    gives the pairs itself. ``preset`` names what stands in the field at first, from the facts of
    the case. ``rows`` are the columns of a list. A ``kept`` field is carried along unseen, a
    ``case`` is a proposal by its number or its page's address, a ``person`` somebody of the
    reader's unit by name or number, a ``member`` somebody who puts proposals by name, beside a
    column ``person`` for their number; ``dated`` lines begin with a day, a ``document`` is written
    as the service reads it.
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
    parts: tuple[str, ...] = ("name", "kind", "size", "digest")  # what is told of a paper
    kept_by: str = ""  # the service that keeps the paper; the others are told its digest alone


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
    if field.kind == "several":
        codes = [pair[0] for pair in field.choices]
        return [code for code in codes if written.get(f"{name}-{code}", "") in TRUE_WORDS]
    words = written.get(name, "").strip()
    if not words:
        if field.required:
            raise Unwritable("必填")
        return [] if field.kind in ("units", "lines", "cases", "files") else None
    return _meant(field, words)


def _meant(field: Field, words: str) -> Any:
    match field.kind:
        case "number":
            if not NUMBER.fullmatch(words):
                raise Unwritable("应为整数")
            return int(words)
        case "kept":
            return int(words) if NUMBER.fullmatch(words) else words
        case "date":
            try:
                date.fromisoformat(words)
            except ValueError:
                raise Unwritable("日期应写作 2024-01-31") from None
            return words
        case "units":
            return [name.strip() for name in BETWEEN_NAMES.split(words) if name.strip()]
        case "lines" | "cases":
            return [line.strip() for line in words.splitlines() if line.strip()]
        case "dated":
            return [_dated(line.strip()) for line in words.splitlines() if line.strip()]
        case "file" | "files":
            brought = [
                {part: one[part] for part in field.parts if part in one} for one in papers(words)
            ]
            if field.kind == "file" and len(brought) != 1:
                raise Unwritable("只能选一个文件")
            return brought[0] if field.kind == "file" else brought
        case "document":
            return _document(words)
        case _:
            return words


def papers(words: str) -> list[dict[str, Any]]:
    """The papers that were brought with a form and are carried along until it is sent."""
    try:
        found = json.loads(words or "[]")
    except ValueError:
        raise Unwritable("请重新选择文件") from None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Unwritable("请重新选择文件")
    return found


def _dated(line: str) -> dict[str, str]:
    match = DATED.fullmatch(line)
    if match is None:
        raise Unwritable("每行先写日期再写内容，如：2024-05-31 完成选址")
    try:
        date.fromisoformat(match[1])
    except ValueError:
        raise Unwritable("日期应写作 2024-01-31") from None
    return {"due_on": match[1], "says": match[2]}


def _document(words: str) -> Any:
    try:
        return json.loads(words)
    except ValueError as trouble:
        raise Unwritable(f"不是合式的JSON：{trouble}") from None


def _rows(field: Field, written: Written) -> list[dict[str, Any]]:
    """The rows in which something was written; the others do not count."""
    found: list[dict[str, Any]] = []
    for n in range(rows_written(field, written)):
        at = f"{field.name}-{n}-"
        if not any(written.get(at + column.name, "").strip() for column in field.rows):
            continue
        row: dict[str, Any] = {}
        for column in field.rows:
            try:
                value = read(column, written, at=at)
            except Unwritable as why:
                raise Unwritable(f"第{len(found) + 1}行“{column.label}”{why}") from None
            if value not in (None, ""):
                put(row, column.name, value)
        found.append(row)
    if field.required and not found:
        raise Unwritable("至少填写一行")
    return found


def put(command: dict[str, Any], name: str, value: Any) -> None:
    """A dotted name stands for a part of a part."""
    *outer, last = name.split(".")
    for part in outer:
        command = command.setdefault(part, {})
    command[last] = value


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


def cells_of(field: Field, written: Written) -> list[list[str]]:
    """The names of the cells of each row of a list that came with the form."""
    return [
        [f"{field.name}-{n}-{column.name}" for column in field.rows]
        for n in range(rows_written(field, written))
    ]


def written_of(
    fields: tuple[Field, ...], facts: Mapping[str, Any], *, named: Callable[[str], str]
) -> dict[str, str]:
    """How facts stand in the fields of a form: the other way round from ``read``."""
    written: dict[str, str] = {}
    for field in fields:
        value = _part_of(facts, field.name)
        if value is None:
            continue
        if field.kind == "rows":
            for n, row in enumerate(value):
                columns = written_of(field.rows, row, named=named)
                written |= {f"{field.name}-{n}-{name}": words for name, words in columns.items()}
        elif field.kind == "several":
            written |= {f"{field.name}-{code}": "yes" for code in value}
        else:
            written[field.name] = _words(field, value, named=named)
    return written


def _part_of(facts: Mapping[str, Any], name: str) -> Any:
    value: Any = facts
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _words(field: Field, value: Any, *, named: Callable[[str], str]) -> str:
    match field.kind:
        case "yes":
            return "yes" if value else ""
        case "unit":
            return named(str(value))
        case "units":
            return "、".join(named(str(one)) for one in value)
        case "lines" | "cases":
            return "\n".join(str(one) for one in value)
        case "file" | "files":
            return json.dumps(value, ensure_ascii=False) if value else ""
        case "document":
            return json.dumps(value, ensure_ascii=False, indent=1)
        case _:
            return str(value)
