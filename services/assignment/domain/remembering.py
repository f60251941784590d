"""Remembering: by whom a proposal of an earlier year was answered, in the units of today."""

from collections.abc import Iterator
from typing import Protocol

from shared.contracts.event import UnitCode
from shared.contracts.intake import ProposalArchived
from shared.contracts.registry import UnitRegistered
from shared.refusals import Unknown


class Units(Protocol):
    """Units by their codes and names, old names among them."""

    def unit(self, text: str) -> UnitRegistered:
        """The unit of this code or name, or the one that took over from it.

        Raises:
            Unknown: there is none, or several took over.
        """


def answered_by(archived: ProposalArchived, *, known: Units) -> tuple[UnitCode, ...]:
    """Those that led it or replied to it. A name that stands for no unit of today advises nobody.

    Units stand in the archive under the names that they bore; whoever took over is the one to ask.
    """
    named = (*(one.code or one.unit for one in archived.replies), *archived.leads)
    return tuple(dict.fromkeys(_of_today(named, known=known)))


def _of_today(named: tuple[str, ...], *, known: Units) -> Iterator[UnitCode]:
    for text in named:
        try:
            yield known.unit(text).code
        except Unknown:
            continue
