"""Rows as pages read them, and what stands in several statements."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import from_json, to_json

from shared.nearness import Horizon

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


def near_until(clock: str, place: int) -> str:
    """The last near date of a clock, as ``Horizon.until`` says it; ``horizon`` is the value."""
    near = f"${place}::jsonb"
    return (
        f"coalesce({near} ->> {clock}, {near} ->> split_part({clock}, ':', 1), {near} ->> '')::date"
    )


def horizon(near: Horizon) -> str:
    """A horizon as a value of a statement; what holds for all other clocks has no name."""
    return to_json({"": near.otherwise, **near.by_clock}).decode()


def owed(*kinds: str) -> str:
    """The open clock of a task that is due last, of these kinds: joined as ``owed``."""
    wanted = ", ".join(f"'{kind}'" for kind in kinds)
    return f"""LEFT JOIN LATERAL (
                   SELECT due_on, clock, provisional, due
                     FROM open_clocks
                    WHERE open_clocks.proposal_id = tasks.proposal_id
                      AND open_clocks.task_id = tasks.task_id
                      AND kind IN ({wanted})
                    ORDER BY due_on DESC
                    LIMIT 1) AS owed ON true"""  # noqa: S608 - kinds are words of the statements


def rows_of(records: Iterable[Mapping[str, Any]], *documents: str) -> list[Row]:
    """Rows as plain values; the columns that hold JSON are read."""
    rows = [dict(record) for record in records]
    for row in rows:
        for name in documents:
            row[name] = from_json(row[name]) if row[name] is not None else None
    return rows
