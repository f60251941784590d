"""What registry tells: units and their successions, people, the calendar, the rules."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.event import Open, PersonId, ReferenceEvent, UnitCode, Value, Word


class UnitLevel(Word):
    """Where a unit stands: in the city, a district, a district's bureau, a street office."""

    CITY = "city"
    DISTRICT = "district"
    SECTION = "section"
    STREET = "street"
    UNKNOWN = "unknown"


class Post(Word):
    """The posts whose holders act in the system."""

    PROPOSER = "proposer"
    COMMITTEE = "committee"
    OFFICE = "office"
    OFFICER = "officer"
    HEAD = "head"
    LEADER = "leader"
    OPERATOR = "operator"
    UNKNOWN = "unknown"


class HeldPost(Value):
    """A post and the unit in which it is held."""

    post: Post
    unit: UnitCode


class UnitRegistered(ReferenceEvent):
    """A unit as it now stands, whole."""

    code: UnitCode
    name: str
    short_name: str
    aliases: tuple[str, ...] = ()
    level: UnitLevel
    parent: UnitCode | None
    source: str

    @property
    def key(self) -> str:
        return f"unit/{self.code}"


class UnitSucceeded(ReferenceEvent):
    """A unit was renamed, merged or split: its work goes to its successors, its history stays."""

    old_name: str
    successors: tuple[UnitCode, ...]
    year: int
    source: str

    @property
    def key(self) -> str:
        return f"succession/{self.old_name}"


class PersonRegistered(ReferenceEvent):
    """A person and the posts held now."""

    person: PersonId
    name: str
    posts: tuple[HeldPost, ...]

    @property
    def key(self) -> str:
        return f"person/{self.person}"


class CalendarDay(Value):
    """A day that differs from its weekday: a holiday, or a weekend day that is worked (调休)."""

    day: date
    works: bool
    name: str


class CalendarYearAnnounced(ReferenceEvent):
    """The working days of one year. Until the official notice is out, the year is provisional."""

    year: int
    edition: int
    source: str
    provisional: bool
    days: tuple[CalendarDay, ...]

    @property
    def key(self) -> str:
        return f"calendar/{self.year}"


TimeUnit = Annotated[Literal["working_days", "calendar_days", "months", "unknown"], Open()]
Meaning = Annotated[Literal["solved", "in_progress", "not_now", "for_reference", "unknown"], Open()]


class Deadline(Value):
    """How long a clock runs, in which unit of time, and who says so."""

    count: int = Field(ge=0)
    unit: TimeUnit
    source: str | None
    note: str = ""


class Reason(Value):
    """A coded reason with its sentence."""

    code: str
    says: str


class ResultClass(Value):
    """A class that a reply may have here, and what it means everywhere."""

    code: str
    says: str
    meaning: Meaning
    needs_promise: bool = False
    needs_reason: bool = False


class Rung(Value):
    """One rung of a reminder ladder: when, counted from the due date, and to whom."""

    rung: int
    offset: int
    unit: TimeUnit
    to: str
    says: str
    source: str | None


class CoordinationRule(Value):
    """When a matter is flagged for coordination at city level."""

    code: str
    threshold: int
    says: str
    source: str | None


class RulesPublished(ReferenceEvent):
    """A rule set: the numbers of one place and year, each with its source, in one edition."""

    rules: str
    place: str
    year: int
    edition: int
    effective_on: date
    source: str
    deadlines: dict[str, Deadline]
    inner_margin: Deadline
    near: Deadline
    classes: tuple[ResultClass, ...]
    decline_reasons: tuple[Reason, ...]
    return_reasons: tuple[Reason, ...]
    ladders: dict[str, tuple[Rung, ...]]
    coordination: tuple[CoordinationRule, ...]
    limits: dict[str, int]

    @property
    def key(self) -> str:
        return f"rules/{self.rules}@{self.edition}"
