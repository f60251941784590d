"""The units and people that the registry starts with; the demo adds nobody but the proposers."""

from functools import cache

from services.registry.starting_data import starting_data
from shared.contracts.event import PersonId, TaskId
from shared.contracts.registry import PersonRegistered, RulesPublished, UnitRegistered

PLACE = "shenzhen"


def named(name: str) -> UnitRegistered:
    """The unit of this full name."""
    return _units()[name]


def task_of(unit: str, generation: int = 1) -> TaskId:
    """The id of a unit's task; a reassignment makes one of the next generation."""
    return TaskId(f"{named(unit).code}.{generation}")


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
