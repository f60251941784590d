"""Branches: who handed work to whom, and how far each has come."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit's part, with what it handed down."""

    unit: str
    duty: str
    due_on: date | None
    stands: str
    below: tuple["Branch", ...]


def branch_of(task: Row, tasks: Collection[Row], clocks: Collection[Row]) -> Branch:
    """A task and everything under it that goes on."""
    below = (one for one in tasks if one["parent"] == task["task_id"] and one["ended_on"] is None)
    return Branch(
        task["unit"],
        task["duty"] or "",
        _due(task, clocks),
        _stands(task),
        tuple(branch_of(one, tasks, clocks) for one in below),
    )


def _due(task: Row, clocks: Iterable[Row]) -> date | None:
    days = [
        one["due_on"]
        for one in clocks
        if one["task_id"] == task["task_id"] and one["kind"] in ("work", "reply", "opinion", "redo")
    ]
    return max(days, default=None)


def _stands(task: Row) -> str:
    if task["answered_on"] is not None:
        return f"{task['answered_on']}办结"
    if task["signed_on"] is None:
        return "待签收"
    return "在办"
