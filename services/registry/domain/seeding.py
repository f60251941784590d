"""Seeding: a place's first data, told in an order in which each fact finds what it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass

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


def seed(register: Register, *, wanted: Seed) -> tuple[Fact, ...]:
    """What has to be told so that the register holds all of it; nothing, if it does already.

    Calendars and rules that have come to a later edition since are left as they are.
    """
    told: list[Fact] = []

    def tell(facts: Iterable[Fact]) -> None:
        nonlocal register
        for fact in facts:
            told.append(fact)
            register = register.after(fact)

    for unit in wanted.units:
        tell(register_unit(register, unit=unit))
    for one in wanted.successions:
        tell(
            name_successors(
                register,
                old_name=one.old_name,
                successors=one.successors,
                year=one.year,
                source=one.source,
            )
        )
    for person in wanted.people:
        tell(register_person(register, person=person))
    for year in wanted.calendars:
        standing_year = register.calendars.get(year.year)
        if standing_year is None or standing_year.edition <= year.edition:
            tell(announce_year(register, year=year))
    for rules in wanted.rules:
        standing_rules = register.rules.get(rules.rules)
        if standing_rules is None or standing_rules.edition <= rules.edition:
            tell(publish_rules(register, rules=rules))
    return tuple(told)
