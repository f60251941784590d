"""What registry tells: units and their successions, people, the calendar, the rules."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.event import Actor, Open, PersonId, ReferenceEvent, UnitCode, Value, Word


class Entered(ReferenceEvent):
    """A fact of the registry, with who entered it there and on which day."""

    by: Actor | None = None
    entered_on: date | None = None


class UnitLevel(Word):
    """Where a unit stands: in the city, a district, a district's bureau, a street office."""

    CITY = "city"
    DISTRICT = "district"
    SECTION = "section"
    STREET = "street"
    UNKNOWN = "unknown"


class Post(Word):
    """The posts whose holders act in the system."""

    PROPOSER = "proposer"  # 委员, or who signs for a body that proposes
    COMMITTEE = "committee"  # 提案委
    OFFICE = "office"  # 交办机关: the city office
    SUPERVISION = "supervision"  # 督查室
    OFFICER = "officer"  # 经办人
    SECTION_HEAD = "section_head"  # 科室负责人
    DEPUTY = "deputy"  # 单位分管负责人
    HEAD = "head"  # 单位主要负责人
    LEADER = "leader"  # 市领导
    OPERATOR = "operator"  # 系统管理员
    SECURITY = "security"  # 安全管理员
    AUDITOR = "auditor"  # 审计管理员
    UNKNOWN = "unknown"


class HeldPost(Value):
    """A post and the unit in which it is held, from a day on and to the end of another."""

    post: Post
    unit: UnitCode
    since: date | None = None
    until: date | None = None

    def is_held_on(self, day: date) -> bool:
        """Whether the post is held on this day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


class Duty(Value):
    """One thing a unit is there for, in the words of its source."""

    says: str
    source: str
    since: date | None = None
    until: date | None = None


class UnitRegistered(Entered):
    """A unit as it now stands, whole."""

    code: UnitCode
    name: str
    short_name: str
    aliases: tuple[str, ...] = ()
    level: UnitLevel
    parent: UnitCode | None
    source: str
    kind: str = ""
    duties: tuple[Duty, ...] = ()
    since: date | None = None
    until: date | None = None

    @property
    def key(self) -> str:
        return f"unit/{self.code}"


Succession = Annotated[Literal["renamed", "merged", "split", "abolished", "unknown"], Open()]


class UnitSucceeded(Entered):
    """A unit was renamed, merged or split: its work goes to its successors, its history stays.

    A unit that was only renamed succeeds itself: it keeps its code. ``on`` is the first day of
    the new order; where it is not known, the year is.
    """

    old_name: str
    successors: tuple[UnitCode, ...]
    year: int
    source: str
    old_code: UnitCode | None = None
    how: Succession | None = None
    on: date | None = None

    @property
    def key(self) -> str:
        return f"succession/{self.old_name}"

    @property
    def since(self) -> date:
        """The first day of the new order, as far as it is known."""
        return self.on or date(self.year, 1, 1)

    @property
    def is_renaming(self) -> bool:
        """Whether it is still the same unit, under another name."""
        if self.old_code is None:
            return self.how == "renamed" and len(self.successors) == 1
        return self.successors == (self.old_code,)

    @property
    def ended(self) -> UnitCode | None:
        """The unit that is gone, where it had a code of its own."""
        return None if self.is_renaming else self.old_code


class PersonRegistered(Entered):
    """A person and all posts, held or ended; where messages reach them outside this system."""

    person: PersonId
    name: str
    posts: tuple[HeldPost, ...]
    mail: str | None = None

    @property
    def key(self) -> str:
        return f"person/{self.person}"


class DelegationGiven(Entered):
    """Somebody lets another person act in their post for some days (代办)."""

    delegation: str
    giver: PersonId
    deputy: PersonId
    post: Post
    unit: UnitCode
    since: date
    until: date
    why: str

    @property
    def key(self) -> str:
        return f"delegation/{self.delegation}"

    def covers(self, *, giver: PersonId, deputy: PersonId, held: HeldPost, on: date) -> bool:
        """Whether this is the permission that is needed."""
        return (self.giver, self.deputy, self.post, self.unit) == (
            giver,
            deputy,
            held.post,
            held.unit,
        ) and self.since <= on <= self.until


class ServiceAccountRegistered(Entered):
    """Another system that may act here in a post; of its key only the digest is known (SHA-256)."""

    account: str
    name: str
    post: Post
    unit: UnitCode
    key_digest: str
    acts: tuple[str, ...]
    until: date | None = None

    @property
    def key(self) -> str:
        return f"account/{self.account}"


class CalendarDay(Value):
    """A day that differs from its weekday: a holiday, or a weekend day that is worked (调休).

    A ``local`` one is this city's own, such as a day on which a typhoon stopped all work.
    """

    day: date
    works: bool
    name: str
    local: bool = False


class CalendarYearProposed(Entered):
    """Somebody entered a year's next edition; it counts when somebody else has confirmed it."""

    proposal: str
    year: int
    edition: int
    source: str
    provisional: bool
    days: tuple[CalendarDay, ...]
    why: str = ""

    @property
    def key(self) -> str:
        return f"calendar-proposal/{self.year}"


class CalendarProposalDropped(Entered):
    """A year's proposed edition will not be confirmed."""

    proposal: str
    year: int
    why: str

    @property
    def key(self) -> str:
        return f"calendar-proposal/{self.year}"


class CalendarYearAnnounced(Entered):
    """The working days of one year. Until the official notice is out, the year is provisional.

    Two people stand behind an edition: who proposed it, and who confirmed (``by``).
    """

    year: int
    edition: int
    source: str
    provisional: bool
    days: tuple[CalendarDay, ...]
    why: str = ""
    proposed_by: Actor | None = None

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


class Number(Value):
    """A number of the office that is no deadline: a count, a length, a share."""

    value: int
    says: str
    source: str | None


class Policy(Value):
    """A choice that a place has made, in one of the words that the act knows."""

    value: str
    says: str
    source: str | None


class Series(Value):
    """A series of document numbers; ``pattern`` has the places {unit}, {year} and {n}."""

    pattern: str
    says: str
    source: str | None


class Session(Value):
    """A plenary session; what is handed in between ``since`` and ``until`` counts as its own."""

    session: str
    since: date
    until: date
    source: str | None


class RulesPublished(Entered):
    """A rule set: the numbers of one place and year, each with its source, in one edition.

    ``reasons`` are coded lists by name, beside those for declining and returning. A clock may have
    a special deadline for a kind of proposal, under ``clock:kind``. Clocks that run already keep
    the date they were given, unless the edition says that it applies to them as well.
    """

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
    numbers: dict[str, Number] = Field(default={})
    policies: dict[str, Policy] = Field(default={})
    reasons: dict[str, tuple[Reason, ...]] = Field(default={})
    series: dict[str, Series] = Field(default={})
    sessions: tuple[Session, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    limit_sources: dict[str, str] = Field(default={})
    applies_to_running: bool = False

    @property
    def key(self) -> str:
        return f"rules/{self.rules}@{self.edition}"
