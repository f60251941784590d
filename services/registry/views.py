"""How the register is shown: lists with the place where the next page begins."""

from pydantic import BaseModel

from shared.contracts.event import UnitCode
from shared.contracts.registry import (
    PersonRegistered,
    RulesPublished,
    UnitRegistered,
    UnitSucceeded,
)


class Units(BaseModel):
    """Some units, and the code after which the next ones come."""

    units: list[UnitRegistered]
    next: UnitCode | None


class Successions(BaseModel):
    """Some successions, and the old name after which the next ones come."""

    successions: list[UnitSucceeded]
    next: str | None


class People(BaseModel):
    """Some people, and the id after which the next ones come."""

    people: list[PersonRegistered]
    next: str | None


class RuleSetView(RulesPublished):
    """One edition of a rule set, and its numbers for which no source was found."""

    without_source: tuple[str, ...]


class RuleSets(BaseModel):
    """Some editions of rule sets, and the offset of the next ones."""

    rules: list[RuleSetView]
    next: int | None
