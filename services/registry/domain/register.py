"""The register: of each unit, succession, person, calendar year and rule set, the newest word."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from services.registry.domain.refusals import UnknownUnit
from shared.contracts.event import PersonId, UnitCode
from shared.contracts.registry import (
    CalendarYearAnnounced,
    PersonRegistered,
    RulesPublished,
    UnitRegistered,
    UnitSucceeded,
)

Fact = UnitRegistered | UnitSucceeded | PersonRegistered | CalendarYearAnnounced | RulesPublished


@dataclass(frozen=True, slots=True)
class Register:
    """What stands in the register; of calendars and rules only the newest edition."""

    units: Mapping[UnitCode, UnitRegistered] = field(default_factory=dict)
    successions: Mapping[str, UnitSucceeded] = field(default_factory=dict)
    people: Mapping[PersonId, PersonRegistered] = field(default_factory=dict)
    calendars: Mapping[int, CalendarYearAnnounced] = field(default_factory=dict)
    rules: Mapping[str, RulesPublished] = field(default_factory=dict)

    def names(self) -> Mapping[str, UnitCode]:
        """Every name that stands for one unit, its code included. No name stands for two."""
        return {name: code for code, unit in self.units.items() for name in names_of(unit)}

    def unit(self, text: str) -> UnitRegistered:
        """The unit of this code, full name, short name or alias.

        Raises:
            UnknownUnit: nothing matches whole; a part of a name is never enough.
        """
        code = self.names().get(text.strip())
        if code is None:
            raise UnknownUnit(text=text)
        return self.units[code]

    def after(self, fact: Fact) -> "Register":
        """The register once this fact was told."""
        match fact:
            case UnitRegistered():
                return replace(self, units={**self.units, fact.code: fact})
            case UnitSucceeded():
                return replace(self, successions={**self.successions, fact.old_name: fact})
            case PersonRegistered():
                return replace(self, people={**self.people, fact.person: fact})
            case CalendarYearAnnounced():
                return replace(self, calendars={**self.calendars, fact.year: fact})
            case RulesPublished():
                return replace(self, rules={**self.rules, fact.rules: fact})
            case _:
                assert_never(fact)


def names_of(unit: UnitRegistered) -> tuple[str, ...]:
    """All that a unit is called: code, full name, short name, aliases; each once."""
    return tuple(dict.fromkeys((unit.code, unit.name, unit.short_name, *unit.aliases)))
