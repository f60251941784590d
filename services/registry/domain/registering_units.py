"""Registering a unit: its names are its own, and it stands under a unit that may be above it."""

from services.registry.domain.periods import must_run_forward
from services.registry.domain.refusals import (
    LevelIsFixed,
    NameTaken,
    ParentIsBelow,
    ParentOfWrongLevel,
    UnknownUnit,
)
from services.registry.domain.register import Register, names_of
from shared.contracts.registry import UnitLevel, UnitRegistered

# City bureaus have branches in the districts, which no district can give orders to.
MAY_STAND_UNDER = {
    UnitLevel.CITY: {UnitLevel.CITY},
    UnitLevel.DISTRICT: {UnitLevel.CITY},
    # A bureau or a street has sections of its own.
    UnitLevel.SECTION: {
        UnitLevel.CITY,
        UnitLevel.DISTRICT,
        UnitLevel.SECTION,
        UnitLevel.STREET,
    },
    UnitLevel.STREET: {UnitLevel.DISTRICT},
}


def register_unit(register: Register, *, unit: UnitRegistered) -> tuple[UnitRegistered, ...]:
    """The unit as it now stands; nothing, if it stands like that already."""
    unit = unit.model_copy(update={"duties": tuple(dict.fromkeys(unit.duties))})
    standing = register.units.get(unit.code)
    if standing == unit:
        return ()
    if standing is not None:
        register.unit(unit.code)  # what is gone is not changed any more
        if standing.level != unit.level:
            raise LevelIsFixed(unit=standing.name, code=unit.code)
    must_run_forward("单位", unit.since, unit.until)
    for duty in unit.duties:
        must_run_forward(f"职责“{duty.says[:20]}”", duty.since, duty.until)
    _parent_may_be_above(register, unit=unit)
    _names_are_free(register, unit=unit)
    return (unit,)


def _parent_may_be_above(register: Register, *, unit: UnitRegistered) -> None:
    if unit.parent is None:
        return
    if unit.parent not in register.units:
        raise UnknownUnit(text=unit.parent)
    parent = register.unit(unit.parent)
    if parent.level not in MAY_STAND_UNDER[unit.level]:
        raise ParentOfWrongLevel(parent=parent.name, unit=unit.name)
    above: UnitRegistered | None = parent
    while above is not None:
        if above.code == unit.code:
            raise ParentIsBelow(parent=parent.name, unit=unit.name)
        above = register.units[above.parent] if above.parent else None


def _names_are_free(register: Register, *, unit: UnitRegistered) -> None:
    names = register.names()
    for name in names_of(unit):
        owner = names.get(name, unit.code)
        if owner != unit.code:
            raise NameTaken(name=name, unit=register.units[owner].name, code=owner)
