"""Rows as pages read them, and what stands in several statements."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import from_json

Row = dict[str, Any]

# What a unit itself owes; a rating is the proposer's to give, a return the office's to decide.
UNIT_DUTIES = [
    "sign",
    "contact",
    "opinion",
    "reply",
    "redo",
    "work",
    "publish",
    "meet",
    "promise",
    "supervise",
    "finding",
    "matter",
    "carry_out",
]


def rows_of(records: Iterable[Mapping[str, Any]], *documents: str) -> list[Row]:
    """Rows as plain values; the columns that hold JSON are read."""
    rows = [dict(record) for record in records]
    for row in rows:
        for name in documents:
            row[name] = from_json(row[name]) if row[name] is not None else None
    return rows
