"""Renaming a unit: it is the same unit, with the same work, under another name."""

from collections.abc import Iterable
from datetime import date

from services.registry.domain.refusals import (
    BeforeLastRenaming,
    NotYet,
    OldNameTwice,
    SameName,
)
from services.registry.domain.register import Register
from services.registry.domain.registering_units import register_unit
from shared.contracts.registry import UnitRegistered, UnitSucceeded


def rename_unit(
    register: Register,
    *,
    unit: str,
    name: str,
    short_name: str,
    aliases: Iterable[str] | None,
    on: date,
    source: str,
    today: date,
) -> tuple[UnitRegistered | UnitSucceeded, ...]:
    """The unit under its new name, and the old one as a name that it had until ``on``.

    Where no aliases are given it keeps those it had, and its short name with them.
    """
    standing = register.unit(unit)
    if standing.name == name:
        raise SameName(unit=name)
    if on > today:
        raise NotYet(on=on)
    before = [
        one.since
        for one in register.successions.values()
        if one.is_renaming and one.successors == (standing.code,)
    ]
    if before and on <= max(before):
        raise BeforeLastRenaming(unit=standing.name, since=max(before))
    if (earlier := register.successions.get(standing.name)) is not None:
        raise OldNameTwice(old_name=standing.name, year=earlier.year)
    kept = (*standing.aliases, standing.short_name) if aliases is None else tuple(aliases)
    renamed = standing.model_copy(
        update={
            "name": name,
            "short_name": short_name,
            "aliases": tuple(one for one in dict.fromkeys(kept) if one not in (name, short_name)),
            "source": source,
        }
    )
    return (
        *register_unit(register, unit=renamed),
        UnitSucceeded(
            old_name=standing.name,
            old_code=standing.code,
            successors=(standing.code,),
            how="renamed",
            on=on,
            year=on.year,
            source=source,
        ),
    )
