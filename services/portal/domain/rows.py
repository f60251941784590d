"""What the read side keeps: a few tables of facts, and the rows that one event writes into them.

A row says only what its event said; what it leaves out stays as it was. So rows of one key can be
laid over one another in the order of their events, in memory and in the tables alike.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

Facts = Mapping[str, Any]
Columns = dict[str, Any]
Row = tuple[str, tuple[str, ...], Columns]  # a table, a key in it, and what was told of it


class Told(Protocol):
    """An event as the fold reads it: its facts plain, as they were told, days as ISO text."""

    @property
    def type(self) -> str:
        """Its type and version."""

    @property
    def source(self) -> str:
        """Who told it, such as ``/huiban/intake``."""

    @property
    def key(self) -> str:
        """The proposal to which it happened."""

    @property
    def sequence(self) -> int:
        """Its place among what its teller told of this proposal."""

    @property
    def time(self) -> datetime:
        """When it was told."""

    @property
    def data(self) -> Facts:
        """What was told."""


Reading = Callable[[Told], tuple[Row, ...]]


def proposal(told: Told, **columns: Any) -> Row:
    """What was told of the proposal itself."""
    columns["proposal_id"] = told.key
    return "proposals", (told.key,), columns


def task(told: Told, task_id: str, **columns: Any) -> Row:
    """What was told of a unit's part in the proposal."""
    columns["proposal_id"], columns["task_id"] = told.key, task_id
    return "tasks", (told.key, task_id), columns


def item(told: Told, item_id: str, **columns: Any) -> Row:
    """What was told of an item of the proposal."""
    columns["proposal_id"], columns["item_id"] = told.key, item_id
    return "items", (told.key, item_id), columns


def clock(told: Told, clock_id: str, **columns: Any) -> Row:
    """What was told of a clock. Whoever moves it need not know that it has stopped: it stays so,
    until it starts once more or what stopped it is taken back."""
    columns["proposal_id"], columns["clock_id"] = told.key, clock_id
    return "clocks", (told.key, clock_id), columns


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
    return clock(
        told,
        clock_id,
        kind=kind,
        unit=unit,
        task_id=task_id,
        done_on=None,
        reopened=True,
        **date_of(due),
    )


def date_of(due: Facts) -> Columns:
    """A date by which something is due, with its explanation, and the clock that it belongs to."""
    columns = {"due_on": due["on"], "provisional": due.get("provisional", False), "due": due}
    return columns | ({"clock": due["clock"]} if "clock" in due else {})


def clock_stops(told: Told, clock_id: str) -> Row:
    """What the clock waited for was done."""
    return clock(told, clock_id, done_on=told.data["on"])
