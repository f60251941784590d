"""Seeding: a place's first data, told in an order in which each fact finds what it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.registry.domain.announcing_years import announce_year
from services.registry.domain.naming_successors import name_successors
from services.registry.domain.publishing_rules import publish_rules
from services.registry.domain.register import Fact, Register
from services.registry.domain.registering_people import register_person
from services.registry.domain.registering_units import register_unit
from shared.contracts.registry import (
    CalendarYearAnnounced,
    PersonRegistered,
    RulesPublished,
    UnitRegistered,
    UnitSucceeded,
)


@dataclass(frozen=True, slots=True)
class Seed:
    """What a place starts with. A unit comes after its parent."""

    units: tuple[UnitRegistered, ...]
    successions: tuple[UnitSucceeded, ...]
    people: tuple[PersonRegistered, ...]
    calendars: tuple[CalendarYearAnnounced, ...]
    rules: tuple[RulesPublished, ...]


def seed(register: Register, *, wanted: Seed, on: date) -> tuple[Fact, ...]:
    """What has to be told so that the register holds all of it; nothing, if it does already.

    What has a story of its own since is left as it is: a unit that was renamed or is gone, or one
    that stood under it, a succession that was told in full, a person who is registered, and
    calendars and rules that have come to a later edition.
    """
    told: list[Fact] = []

    def tell(facts: Iterable[Fact]) -> None:
        nonlocal register
        for fact in facts:
            told.append(fact)
            register = register.after(fact)

    for unit in wanted.units:
        if not _has_moved_on(register, unit=unit):
            tell(register_unit(register, unit=unit))
    for one in wanted.successions:
        standing = register.successions.get(one.old_name)
        if standing is None or standing.how is None:
            tell(
                name_successors(
                    register,
                    old_name=one.old_name,
                    successors=one.successors,
                    year=one.year,
                    how=None if one.how == "unknown" else one.how,
                    source=one.source,
                    today=on,
                )
            )
    for person in wanted.people:
        if person.person not in register.people:
            tell(register_person(register, person=person, by=None, on=on))
    for year in wanted.calendars:
        standing_year = register.calendars.get(year.year)
        if standing_year is None or standing_year.edition <= year.edition:
            tell(announce_year(register, year=year))
    for rules in wanted.rules:
        standing_rules = register.rules.get(rules.rules)
        if standing_rules is None or standing_rules.edition <= rules.edition:
            tell(publish_rules(register, rules=rules))
    return tuple(told)


def _has_moved_on(register: Register, *, unit: UnitRegistered) -> bool:
    of_old = {one.old_code for one in register.successions.values()} - {None}
    return unit.code in of_old or (
        unit.parent is not None and register.ending(unit.parent) is not None
    )
