"""What the read side keeps: a few tables of facts, and the rows that one event writes into them.

A row says only what its event said; what it leaves out stays as it was. So rows of one key can be
laid over one another in the order of their events, in memory and in the tables alike.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

Facts = Mapping[str, Any]


class Row(NamedTuple):
    """What is now known of one thing: its table, its key there, and the columns that were told."""

    table: str
    key: tuple[str, ...]
    columns: dict[str, Any]


class Told(NamedTuple):
    """An event as the fold reads it: its facts plain, as they were told, days as ISO text."""

    proposal_id: str
    type: str
    teller: str
    sequence: int
    at: datetime
    on: str
    data: Facts


Reading = Callable[[Told], tuple[Row, ...]]


def proposal(told: Told, **columns: Any) -> Row:
    """What was told of the proposal itself."""
    return Row("proposals", (told.proposal_id,), columns)


def task(told: Told, **columns: Any) -> Row:
    """What was told of a unit's part in the proposal."""
    return Row("tasks", (told.proposal_id, told.data["task_id"]), columns)


def clock_starts(
    told: Told,
    clock_id: str,
    *,
    kind: str,
    unit: str,
    due: Facts,
    task_id: str | None = None,
) -> Row:
    """A clock runs for a unit from now on; one that had been stopped before runs again."""
    return Row(
        "clocks",
        (told.proposal_id, clock_id),
        {
            "kind": kind,
            "unit": unit,
            "task_id": task_id,
            "due_on": due["on"],
            "provisional": due.get("provisional", False),
            "due": due,
            "done_on": None,
        },
    )


def clock_stops(told: Told, clock_id: str) -> Row:
    """What the clock waited for was done."""
    return Row("clocks", (told.proposal_id, clock_id), {"done_on": told.on})
