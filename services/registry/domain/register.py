"""The register: of each fact that the registry keeps, the newest word."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from services.registry.domain.refusals import UnitIsGone, UnknownUnit
from shared.calendar import ONE_DAY
from shared.contracts.event import PersonId, UnitCode
from shared.contracts.registry import (
    CalendarProposalDropped,
    CalendarYearAnnounced,
    CalendarYearProposed,
    DelegationGiven,
    PersonRegistered,
    RulesPublished,
    ServiceAccountRegistered,
    UnitRegistered,
    UnitSucceeded,
)

Fact = (
    UnitRegistered
    | UnitSucceeded
    | PersonRegistered
    | DelegationGiven
    | ServiceAccountRegistered
    | CalendarYearProposed
    | CalendarProposalDropped
    | CalendarYearAnnounced
    | RulesPublished
)


@dataclass(frozen=True, slots=True)
class Register:
    """What stands in the register; of calendars and rules only the newest edition."""

    units: Mapping[UnitCode, UnitRegistered] = field(default_factory=dict)
    successions: Mapping[str, UnitSucceeded] = field(default_factory=dict)
    people: Mapping[PersonId, PersonRegistered] = field(default_factory=dict)
    delegations: Mapping[str, DelegationGiven] = field(default_factory=dict)
    accounts: Mapping[str, ServiceAccountRegistered] = field(default_factory=dict)
    calendars: Mapping[int, CalendarYearAnnounced] = field(default_factory=dict)
    proposals: Mapping[int, CalendarYearProposed] = field(default_factory=dict)
    rules: Mapping[str, RulesPublished] = field(default_factory=dict)

    def ending(self, code: UnitCode) -> UnitSucceeded | None:
        """Who took over from a unit that is gone; None while it stands."""
        return next((one for one in self.successions.values() if one.ended == code), None)

    def names(self) -> Mapping[str, UnitCode]:
        """Every name that stands for one unit, its code included. No name stands for two.

        A unit that is gone keeps its code; its names are free for others.
        """
        gone = {one.ended for one in self.successions.values()}
        return {
            name: code
            for code, unit in self.units.items()
            for name in ((code,) if code in gone else names_of(unit))
        }

    def unit(self, text: str) -> UnitRegistered:
        """The unit of today with this code, full name, short name or alias.

        Raises:
            UnitIsGone: there was such a unit.
            UnknownUnit: nothing matches whole; a part of a name is never enough.
        """
        text = text.strip()
        code = UnitCode(text) if text in self.units else self.names().get(text)
        ending = self.ending(code) if code else self.successions.get(text)
        if ending is not None:
            raise UnitIsGone(
                unit=self.units[code].name if code else text,
                since=ending.since,
                successors="、".join(self.name(one) for one in ending.successors),
            )
        if code is None:
            raise UnknownUnit(text=text)
        return self.units[code]

    def code_of(self, text: str) -> UnitCode:
        """The code of a unit, be it gone: what was in it is named for ever.

        Raises:
            UnknownUnit: nothing matches whole.
        """
        code = UnitCode(text.strip())
        return code if code in self.units else self.unit(text).code

    def name(self, code: UnitCode) -> str:
        """A unit's full name, or its code where it is not known."""
        unit = self.units.get(code)
        return unit.name if unit else code

    def after(self, fact: Fact) -> "Register":
        """The register once this fact was told."""
        match fact:
            case UnitRegistered():
                return replace(self, units={**self.units, fact.code: fact})
            case UnitSucceeded():
                return replace(self, successions={**self.successions, fact.old_name: fact})
            case PersonRegistered():
                return replace(self, people={**self.people, fact.person: fact})
            case DelegationGiven():
                return replace(self, delegations={**self.delegations, fact.delegation: fact})
            case ServiceAccountRegistered():
                return replace(self, accounts={**self.accounts, fact.account: fact})
            case CalendarYearProposed():
                return replace(self, proposals={**self.proposals, fact.year: fact})
            case CalendarProposalDropped():
                return replace(self, proposals=_without(self.proposals, fact.year))
            case CalendarYearAnnounced():
                return replace(
                    self,
                    calendars={**self.calendars, fact.year: fact},
                    proposals=_without(self.proposals, fact.year),
                )
            case RulesPublished():
                return replace(self, rules={**self.rules, fact.rules: fact})
            case _:
                assert_never(fact)


def names_of(unit: UnitRegistered) -> tuple[str, ...]:
    """All that a unit is called: code, full name, short name, aliases; each once."""
    return tuple(dict.fromkeys((unit.code, unit.name, unit.short_name, *unit.aliases)))


def day_before(day: date) -> date:
    """The last day on which something holds that is over on ``day``."""
    return day - ONE_DAY if day > date.min else day


def _without(
    proposals: Mapping[int, CalendarYearProposed], year: int
) -> Mapping[int, CalendarYearProposed]:
    return {one: proposal for one, proposal in proposals.items() if one != year}
