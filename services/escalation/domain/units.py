"""What coordination asks about units: what they are called, and whose district they are."""

from collections.abc import Mapping, Sequence

from shared.contracts.event import UnitCode
from shared.contracts.registry import UnitLevel, UnitRegistered

Units = Mapping[UnitCode, UnitRegistered]


def name_of(unit: UnitCode, units: Units) -> str:
    """What a sentence calls a unit; its code where it is not known."""
    known = units.get(unit)
    return known.short_name if known else unit


def is_another_district(unit: UnitCode, *, answering: Sequence[UnitCode], units: Units) -> bool:
    """A district that neither answers itself, nor stands above or below a unit that does."""
    known = units.get(unit)
    return (
        known is not None
        and known.level is UnitLevel.DISTRICT
        and not any(
            unit in line_of(lead, units) or lead in line_of(unit, units) for lead in answering
        )
    )


def district_of(unit: UnitCode, units: Units) -> UnitCode | None:
    """The district that a unit is, or belongs to."""
    for one in line_of(unit, units):
        if (known := units.get(one)) is not None and known.level is UnitLevel.DISTRICT:
            return one
    return None


def line_of(unit: UnitCode, units: Units) -> list[UnitCode]:
    """A unit and those above it, the nearest first."""
    line: list[UnitCode] = []
    above: UnitCode | None = unit
    while above is not None and above not in line:
        line.append(above)
        known = units.get(above)
        above = known.parent if known else None
    return line
