"""What the operator may ask the registry to keep, as it comes in over HTTP."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.contracts.registry import (
    CalendarDay,
    CoordinationRule,
    Deadline,
    Reason,
    ResultClass,
    Rung,
)

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
Level = Literal["city", "district", "section", "street"]
PostName = Literal["proposer", "committee", "office", "officer", "head", "leader", "operator"]
Year = Annotated[int, Field(ge=1949, le=2100)]
Edition = Annotated[int, Field(ge=1)]

TEN_YEARS = 3660  # days: beyond it a date stands for nothing, and reckoning it takes for ever


class Command(BaseModel):
    """A command has no fields that nobody reads."""

    model_config = ConfigDict(extra="forbid")


class SeedPlace(Command):
    """Load what is prepared for a place."""

    place: Name


class RegisterUnit(Command):
    """How a unit now stands, whole."""

    name: Name
    short_name: Name
    aliases: list[Name] = Field(default_factory=list, max_length=20)
    level: Level
    parent: Name | None = None
    source: Sentence


class NameSuccessors(Command):
    """To which units of today an old one's work went."""

    old_name: Name
    successors: list[Name] = Field(min_length=1, max_length=20)
    year: Year
    source: Sentence


class HoldPost(Command):
    """A post in a unit."""

    post: PostName
    unit: Name


class RegisterPerson(Command):
    """A person and all posts held now."""

    name: Name
    posts: list[HoldPost] = Field(max_length=20)


class DifferingDay(CalendarDay, extra="forbid"):
    """A day that differs from its weekday."""

    name: Name


class AnnounceYear(Command):
    """A year's days that differ from their weekday."""

    edition: Edition
    source: Sentence
    provisional: bool
    days: list[DifferingDay] = Field(max_length=366)


# A reader passes over words that it does not know; whoever publishes must use known ones.
KnownTimeUnit = Literal["working_days", "calendar_days", "months"]
KnownMeaning = Literal["solved", "in_progress", "not_now", "for_reference"]


class DeadlineGiven(Deadline, extra="forbid"):
    """How long a clock runs."""

    unit: KnownTimeUnit

    count: int = Field(ge=0, le=TEN_YEARS)
    source: Sentence | None
    note: str = Field(default="", max_length=200)


class ReasonGiven(Reason, extra="forbid"):
    """A coded reason."""

    code: Name
    says: Phrase


class ResultClassGiven(ResultClass, extra="forbid"):
    """A class that a reply may have."""

    code: Name
    meaning: KnownMeaning
    says: Phrase


class RungGiven(Rung, extra="forbid"):
    """One rung of a ladder."""

    unit: KnownTimeUnit
    offset: int = Field(ge=-TEN_YEARS, le=TEN_YEARS)
    to: Name
    says: Phrase
    source: Phrase | None


class CoordinationRuleGiven(CoordinationRule, extra="forbid"):
    """When a matter is flagged."""

    code: Name
    threshold: int = Field(ge=1, le=1000)
    says: Phrase
    source: Sentence | None


class PublishRules(Command):
    """One edition of a rule set, whole. A number without a source says so: ``source: null``."""

    place: Name
    year: Year
    edition: Edition
    effective_on: date
    source: Sentence
    deadlines: dict[Name, DeadlineGiven] = Field(max_length=30)
    inner_margin: DeadlineGiven
    near: DeadlineGiven
    classes: list[ResultClassGiven] = Field(max_length=26)
    decline_reasons: list[ReasonGiven] = Field(max_length=100)
    return_reasons: list[ReasonGiven] = Field(max_length=100)
    ladders: dict[Name, Annotated[list[RungGiven], Field(max_length=20)]] = Field(max_length=30)
    coordination: list[CoordinationRuleGiven] = Field(max_length=30)
    limits: dict[Name, Annotated[int, Field(ge=1, le=1_000_000)]] = Field(max_length=50)
