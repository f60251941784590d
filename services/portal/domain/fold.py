"""Folding: many events, in order, become few rows."""

from collections.abc import Iterable
from typing import NamedTuple

from services.portal.domain import from_assignment, from_escalation, from_intake, from_reply
from services.portal.domain.rows import Columns, Reading, Told
from services.portal.domain.story import parts_of

READINGS: dict[str, Reading] = {
    **from_intake.READINGS,
    **from_assignment.READINGS,
    **from_reply.READINGS,
    **from_escalation.READINGS,
}
TABLES = (
    "proposals",
    "texts",
    "links",
    "tasks",
    "clocks",
    "replies",
    "ratings",
    "promises",
    "items",
    "matters",
    "contacts",
    "contact_words",
    "countersigns",
    "signatures",
    "disagreements",
    "publications",
    "look_backs",
    "positions",
    "supervisions",
    "inspections",
    "findings",
)

Overlay = dict[tuple[str, ...], Columns]


class Folded(NamedTuple):
    """What some events write: rows by table and key, and a line of the timeline for each."""

    rows: dict[str, Overlay]
    lines: list[Columns]


def fold(events: Iterable[Told]) -> Folded:
    """What these events write, in their order: key by key and column by column, the last word wins.

    An event of a type not known here still gets its line in the timeline.
    """
    rows: dict[str, Overlay] = {table: {} for table in TABLES}
    lines = []
    for told in events:
        reading = READINGS.get(told.type)
        if reading is not None:
            for table, key, columns in reading(told):
                known = rows[table].setdefault(key, columns)
                if known is not columns:
                    known.update(columns)
        lines.append(_line(told))
    return Folded(rows, lines)


def _line(told: Told) -> Columns:
    data = told.data
    by = data.get("by") or {}
    return {
        "proposal_id": told.key,
        "teller": told.source.rpartition("/")[2],
        "sequence": told.sequence,
        "type": told.type,
        "on_day": data.get("on") or told.time.date(),
        "at": told.time,
        "by_name": by.get("name", ""),
        "by_post": by.get("post", ""),
        "by_unit": by.get("unit", ""),
        "parts": parts_of(told.type, data),
    }
