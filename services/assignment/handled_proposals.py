"""Real proposals of which it was published who handled them, as they come with the program.

Six are Shenzhen's own. The others are other places', and stand for the unit that has the same name
in Shenzhen (民政局 for 民政局), which need not be the one that would have got them there.
"""

import csv
from collections.abc import Callable
from importlib.resources import files

from services.assignment.domain.judging_advice import Handled
from shared.contracts.event import UnitCode

HANDLED = files("services.assignment") / "data" / "handled_proposals.csv"


def handled_proposals(unit: Callable[[str], UnitCode | None]) -> list[Handled]:
    """Each with its lead and its co-handlers, as far as this place has units of their names."""
    found = []
    for row in csv.DictReader(HANDLED.read_text("utf-8").splitlines()):
        lead = unit(row["lead"])
        others = map(unit, filter(None, row["co_handlers"].split("；")))
        if lead is not None:
            found.append(
                Handled(row["id"], row["title"], frozenset({lead}), frozenset(filter(None, others)))
            )
    return found
