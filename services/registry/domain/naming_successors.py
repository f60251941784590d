"""Naming successors: a unit was renamed, merged or split, and its work went to others."""

from collections.abc import Iterable

from services.registry.domain.refusals import NameStillInUse
from services.registry.domain.register import Register
from shared.contracts.registry import UnitSucceeded


def name_successors(
    register: Register, *, old_name: str, successors: Iterable[str], year: int, source: str
) -> tuple[UnitSucceeded, ...]:
    """The succession as it now stands; its successors are units of today.

    Where a unit's work passed through a body that is itself gone, the ones at the end are named.
    An old name may live on as a successor's short name or alias, but never as another unit's.
    """
    succession = UnitSucceeded(
        old_name=old_name,
        successors=tuple(dict.fromkeys(register.unit(text).code for text in successors)),
        year=year,
        source=source,
    )
    _is_gone(register, succession=succession)
    return () if register.successions.get(old_name) == succession else (succession,)


def _is_gone(register: Register, *, succession: UnitSucceeded) -> None:
    code = register.names().get(succession.old_name)
    if code is None:
        return
    lives_on = succession.old_name not in (code, register.units[code].name)
    if code not in succession.successors or not lives_on:
        raise NameStillInUse(old_name=succession.old_name, code=code)
