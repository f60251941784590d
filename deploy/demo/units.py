"""The units and people that the registry starts with; the demo adds proposers and a section."""

from dataclasses import dataclass
from functools import cache

from services.registry.starting_data import starting_data
from shared.contracts.event import PersonId, TaskId, UnitCode
from shared.contracts.registry import PersonRegistered, RulesPublished, UnitRegistered

PLACE = "shenzhen"


@dataclass(frozen=True, slots=True)
class Section:
    """A section inside a unit, as no published list names it; the demo makes one up."""

    code: UnitCode
    name: str
    short_name: str
    below: str


SECTION = Section(
    UnitCode("S900"), "龙华区教育局规划建设科（演示）", "区教育局规建科（演示）", "龙华区教育局"
)


def named(name: str) -> UnitRegistered:
    """The unit of this full name."""
    return _units()[name]


def code_of(unit: str) -> UnitCode:
    """The code of a unit, or of the section that the demo adds."""
    return SECTION.code if unit == SECTION.name else named(unit).code


def task_of(unit: str, generation: int = 1) -> TaskId:
    """The id of a unit's task; a reassignment makes one of the next generation."""
    return TaskId(f"{code_of(unit)}.{generation}")


@cache
def people() -> dict[PersonId, PersonRegistered]:
    """Everybody whom the registry knows from the start."""
    return {person.person: person for person in starting_data(PLACE).people}


@cache
def rules() -> RulesPublished:
    """The rule set that the year is played by."""
    return next(rules for rules in starting_data(PLACE).rules if rules.year == 2024)


@cache
def _units() -> dict[str, UnitRegistered]:
    return {unit.name: unit for unit in starting_data(PLACE).units}
