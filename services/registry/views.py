"""How the register is shown: lists with the place where the next page begins."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, computed_field

from services.registry.domain.comparing_rules import Change
from services.registry.domain.reading_notices import Finding
from services.registry.domain.standing import stand_of
from shared.contracts.event import UnitCode
from shared.contracts.registry import (
    CalendarDay,
    CalendarYearProposed,
    DelegationGiven,
    PersonRegistered,
    RulesPublished,
    UnitRegistered,
    UnitSucceeded,
)
from shared.work import Receipt

# Who entered a fact, and when, is shown with its history and not in every list.
UNSIGNED = {"by", "entered_on"}


def each_unsigned(listed: str) -> dict[str, Any]:
    """What a list leaves out of each of its entries."""
    return {listed: {"__all__": UNSIGNED}}


class Units(BaseModel):
    """Some units, and the code after which the next ones come."""

    units: list[UnitRegistered]
    next: UnitCode | None


class UnitStory(UnitRegistered):
    """A unit with its past: what it was called, whose work came to it, to whom its own went."""

    called_before: list[UnitSucceeded]
    took_over: list[UnitSucceeded]
    succeeded: UnitSucceeded | None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def stand(self) -> str:
        """The mark of the entry as it stands."""
        return stand_of(self)


class PersonEntry(PersonRegistered):
    """A person, with the mark of the entry as it stands."""

    stand: str


class Named(BaseModel):
    """What a unit was called on a day, and who stands for it today where that differs."""

    on: date
    then: str
    now: tuple[str, ...]
    says: str


class Successions(BaseModel):
    """Some successions, and the old name after which the next ones come."""

    successions: list[UnitSucceeded]
    next: str | None


class People(BaseModel):
    """Some people, and the id after which the next ones come."""

    people: list[PersonRegistered]
    next: str | None


class Delegations(BaseModel):
    """Some delegations, and the id after which the next ones come."""

    delegations: list[DelegationGiven]
    next: str | None


class AccountView(BaseModel):
    """A service account; its key is known to its owner only."""

    account: str
    name: str
    post: str
    unit: UnitCode
    acts: tuple[str, ...]
    until: date | None


class Accounts(BaseModel):
    """Some accounts, and the name after which the next ones come."""

    accounts: list[AccountView]
    next: str | None


class KeyShown(Receipt):
    """What was told, and the account's key as a header.

    It is shown this once and kept nowhere: the same request sent again is answered without it.
    """

    authorization: str | None = None


class CalendarProposals(BaseModel):
    """Calendars that wait for a second person, and the year after which the next ones come."""

    proposals: list[CalendarYearProposed]
    next: int | None


class NoticeRead(BaseModel):
    """What was read from a notice, and what somebody has to look at."""

    days: tuple[CalendarDay, ...]
    elsewhere: tuple[CalendarDay, ...]
    findings: tuple[Finding, ...]
    passed_over: tuple[int, ...]


class RuleSetView(RulesPublished):
    """One edition of a rule set, and what in it has no source."""

    without_source: tuple[str, ...]


class RuleSets(BaseModel):
    """Some editions of rule sets, and the offset of the next ones."""

    rules: list[RuleSetView]
    next: int | None


class Changes(BaseModel):
    """What differs between two editions."""

    before: str
    after: str
    changes: tuple[Change, ...]


class Entry(BaseModel):
    """One word that was told of a fact; ``data`` says who entered it, and on which day."""

    sequence: int
    type: str
    told_at: datetime
    data: dict[str, Any]


class History(BaseModel):
    """What was told of a fact, and the sequence number after which more comes."""

    entries: list[Entry]
    next: int | None
