"""Crossing: somebody else saved while one wrote. Both are shown, and merged to be looked at."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.portal.domain.comparing import Line, compared
from services.portal.domain.merging import merged, merged_text
from services.portal.forms.fields import Field, Unwritable, Written, cells_of, papers, rows_written

OPENED = "opened"  # how the fields stood when the form was opened, carried along with it
LINES = ("text", "lines", "dated", "document")


@dataclass(frozen=True, slots=True)
class Crossed:
    """A field that both changed, or one of them: each one's changes to how it stood before."""

    field: Field
    theirs: tuple[Line, ...]
    mine: tuple[Line, ...]
    both: bool  # they changed the same place, so that one of the two has to be struck out


@dataclass(frozen=True, slots=True)
class Crossing:
    """What is written in the fields now, and what either of the two had changed."""

    written: Mapping[str, str]
    crossed: tuple[Crossed, ...]


def opened_of(fields: Sequence[Field], written: Written) -> str:
    """How the fields stand, to be carried along."""
    names = {name for field in fields if field.kind != "kept" for name in _names(field, written)}
    return json.dumps(
        {name: words for name, words in written.items() if name in names and words},
        ensure_ascii=False,
    )


def cross(fields: Sequence[Field], *, theirs: Written, mine: Written) -> Crossing:
    """Each field merged from what both made of it; of a version before, nobody knows more."""
    was = _before(mine.get(OPENED, ""), otherwise=theirs)
    written: dict[str, str] = {}
    crossed: list[Crossed] = []
    for field in fields:
        if field.kind == "kept":
            continue
        parts = tuple(_part(field, one) for one in (was, theirs, mine))
        found, both = _merged(field, *parts)
        written |= found
        says = [_says(field, one) for one in (was, theirs, mine)]
        if says[1] != says[2]:
            before, other, own = says
            crossed.append(Crossed(field, compared(before, other), compared(before, own), both))
    return Crossing(written, tuple(crossed))


def _before(opened: str, *, otherwise: Written) -> Written:
    try:
        found = json.loads(opened)
    except ValueError:
        return otherwise
    if not isinstance(found, dict):
        return otherwise
    return {str(name): str(words) for name, words in found.items()}


def _names(field: Field, written: Written) -> list[str]:
    match field.kind:
        case "rows":
            return [name for row in cells_of(field, written) for name in row]
        case "several":
            return [f"{field.name}-{code}" for code, _ in _pairs(field)]
        case _:
            return [field.name]


def _pairs(field: Field) -> Sequence[tuple[str, str]]:
    return field.choices if isinstance(field.choices, tuple) else ()


def _part(field: Field, written: Written) -> Written:
    return {name: written.get(name, "") for name in _names(field, written)}


def _merged(
    field: Field, was: Written, theirs: Written, mine: Written
) -> tuple[dict[str, str], bool]:
    if field.kind == "rows":
        tables = [_table(field, one) for one in (was, theirs, mine)]
        whole = merged(tables[0], theirs=tables[1], mine=tables[2])
        return {
            f"{field.name}-{n}-{column.name}": words
            for n, row in enumerate(whole.whole)
            for column, words in zip(field.rows, row, strict=True)
        }, bool(whole.crossed)
    found: dict[str, str] = {}
    both = False
    for name in {*was, *theirs, *mine}:
        words, crosses = _words(field, was.get(name, ""), theirs.get(name, ""), mine.get(name, ""))
        found[name] = words
        both = both or crosses
    return found, both


def _words(field: Field, was: str, theirs: str, mine: str) -> tuple[str, bool]:
    if field.kind in LINES:
        text = merged_text(was, theirs=theirs, mine=mine)
        return "\n".join(text.whole), bool(text.crossed)
    if field.kind in ("file", "files"):
        kept = merged(_papers(was), theirs=_papers(theirs), mine=_papers(mine)).whole
        return f"[{', '.join(kept)}]" if kept else "", False
    if theirs == mine or mine == was:
        return theirs, False
    return mine, theirs != was


def _papers(words: str) -> list[str]:
    try:
        return [json.dumps(one, ensure_ascii=False) for one in papers(words)]
    except Unwritable:
        return []


def _table(field: Field, written: Written) -> list[tuple[str, ...]]:
    rows = (
        tuple(
            written.get(f"{field.name}-{n}-{column.name}", "").replace("\r\n", "\n").strip()
            for column in field.rows
        )
        for n in range(rows_written(field, written))
    )
    return [row for row in rows if any(row)]


def _says(field: Field, written: Written) -> str:
    """What a reader is shown of a field."""
    match field.kind:
        case "rows":
            return "\n".join("，".join(filter(None, row)) for row in _table(field, written))
        case "several":
            chosen = [
                says for code, says in _pairs(field) if written.get(f"{field.name}-{code}", "")
            ]
            return "、".join(chosen)
        case "yes":
            return "是" if written.get(field.name, "") else "否"
        case "choice":
            words = written.get(field.name, "")
            return next((says for code, says in _pairs(field) if code == words), words)
        case "file" | "files":
            brought = _papers(written.get(field.name, ""))
            return "\n".join(json.loads(one).get("name", "") for one in brought)
        case _:
            return written.get(field.name, "").replace("\r\n", "\n").strip()
