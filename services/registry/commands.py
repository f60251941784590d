"""What the operator may ask the registry to keep, as it comes in over HTTP."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.commanding import Command, Plain
from shared.contracts.registry import (
    CoordinationRule,
    Deadline,
    Duty,
    Number,
    Policy,
    Reason,
    ResultClass,
    Rung,
    Series,
    Session,
)

Name = Annotated[Plain, StringConstraints(min_length=1, max_length=60)]
Phrase = Annotated[Plain, StringConstraints(min_length=1, max_length=200)]
Sentence = Annotated[Plain, StringConstraints(min_length=1, max_length=1000)]
Notice = Annotated[Plain, StringConstraints(min_length=1, max_length=10_000)]
Level = Literal["city", "district", "section", "street"]
Kind = Literal[
    "government",  # 政府及其派出机关
    "party",  # 党委及其部门
    "conference",  # 政协及其专委会
    "bureau",  # 政府工作部门
    "agency",  # 直属、派出机构和事业单位
    "state",  # 中央驻本地单位
    "justice",  # 法院、检察院
    "body",  # 群团组织
    "company",  # 企业
    "street",  # 街道、镇
]
PostName = Literal[
    "proposer",
    "committee",
    "office",
    "supervision",
    "officer",
    "section_head",
    "deputy",
    "head",
    "leader",
    "operator",
    "security",
    "auditor",
]
Year = Annotated[int, Field(ge=1949, le=2100)]
Edition = Annotated[int, Field(ge=1, le=100_000)]
Day = Annotated[date, Field(ge=date(1949, 10, 1), le=date(2100, 12, 31))]
Mail = Annotated[str, StringConstraints(pattern=r"^[^@\s]{1,64}@[^@\s]{1,180}$")]
PersonName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,60}$")]
AccountName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]

TEN_YEARS = 3660  # days: beyond it a date stands for nothing, and reckoning it takes for ever


class SeedPlace(Command):
    """Load what is prepared for a place."""

    place: Name


class DutyGiven(Duty, extra="forbid"):
    """One thing a unit is there for."""

    says: Annotated[Plain, StringConstraints(min_length=1, max_length=500)]
    source: Sentence
    since: Day | None = None
    until: Day | None = None


Duties = Annotated[list[DutyGiven], Field(max_length=60)]


Stand = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class RegisterUnit(Command):
    """How a unit now stands, whole; ``stand`` is the mark of the entry that was looked at."""

    name: Name
    short_name: Name
    aliases: list[Name] = Field(default_factory=list, max_length=20)
    level: Level
    parent: Name | None = None
    source: Sentence
    kind: Kind | None = None
    duties: Duties = Field(default_factory=list)
    since: Day | None = None
    until: Day | None = None
    stand: Stand | None = None


class SetDuties(Command):
    """All that a unit is there for; the rest of it stays as it is."""

    duties: Duties
    stand: Stand | None = None


class RenameUnit(Command):
    """The same unit under another name, from a day on."""

    name: Name
    short_name: Name
    aliases: list[Name] | None = Field(default=None, max_length=20)
    on: Day
    source: Sentence


class NameSuccessors(Command):
    """To which units of today an old one's work went, how, and since when."""

    old_name: Name
    successors: list[Name] = Field(min_length=1, max_length=20)
    how: Literal["renamed", "merged", "split", "abolished"] | None = None
    on: Day | None = None
    year: Year | None = None
    source: Sentence


class HoldPost(Command):
    """A post in a unit, from a day on and to the end of another."""

    post: PostName
    unit: Name
    since: Day | None = None
    until: Day | None = None


class RegisterPerson(Command):
    """A person and all posts held from today on; one that is not named any more ends."""

    name: Name
    posts: list[HoldPost] = Field(max_length=50)
    mail: Mail | None = None
    stand: Stand | None = None


class EndPost(Command):
    """Somebody holds a post to the end of a day."""

    post: PostName
    unit: Name
    until: Day


class GiveDelegation(Command):
    """Somebody else acts in a post for some days; ``giver`` is named by an operator only."""

    giver: PersonName | None = None
    deputy: PersonName
    post: PostName
    unit: Name
    since: Day
    until: Day
    why: Phrase


class RegisterAccount(Command):
    """Another system that acts in a post, for these acts and no others."""

    account: AccountName
    name: Name
    post: PostName
    unit: Name
    acts: list[Name] = Field(min_length=1, max_length=60)
    until: Day | None = None


class DifferingDay(Command):
    """A day that differs from its weekday."""

    day: date
    works: bool
    name: Name


class ReadNotice(Command):
    """A notice's text, to see what it comes to."""

    notice: Notice


class ProposeYear(Command):
    """A year's next edition: the notice as it was published, or day by day."""

    source: Sentence
    provisional: bool = False
    notice: Notice | None = None
    days: list[DifferingDay] | None = Field(default=None, max_length=366)
    why: Annotated[Plain, StringConstraints(max_length=200)] = ""


class ProposeException(Command):
    """Days on which this city differs from the notice, such as one of a typhoon."""

    days: list[DifferingDay] = Field(min_length=1, max_length=60)
    why: Phrase


class ConfirmYear(Command):
    """The proposal that was compared with the notice, and is to count."""

    proposal: Name


class DropYear(Command):
    """The proposal that is not to count, and why."""

    proposal: Name
    why: Phrase


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
    """A coded reason; a kind of file has its media type for a code, and some of those are long."""

    code: Annotated[Plain, StringConstraints(min_length=1, max_length=100)]
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


class NumberGiven(Number, extra="forbid"):
    """A number of the office that is no deadline; sizes of files are counted in bytes."""

    value: int = Field(ge=0, le=1_000_000_000)
    says: Phrase
    source: Sentence | None


class PolicyGiven(Policy, extra="forbid"):
    """A choice of this place."""

    value: Name
    says: Phrase
    source: Sentence | None


class SeriesGiven(Series, extra="forbid"):
    """A series of document numbers."""

    pattern: Name
    says: Phrase
    source: Sentence | None


class SessionGiven(Session, extra="forbid"):
    """A plenary session, and when what is handed in counts as its own."""

    session: Name
    since: Day
    until: Day
    source: Sentence | None


Reasons = Annotated[list[ReasonGiven], Field(max_length=100)]


class PublishRules(Command):
    """One edition of a rule set, whole. A number without a source says so: ``source: null``.

    Clocks that run already keep their dates, unless it says that it applies to them as well.
    """

    place: Name
    year: Year
    edition: Edition
    effective_on: Day
    source: Sentence
    deadlines: dict[Name, DeadlineGiven] = Field(max_length=100)
    inner_margin: DeadlineGiven
    near: DeadlineGiven
    classes: list[ResultClassGiven] = Field(max_length=26)
    decline_reasons: Reasons
    return_reasons: Reasons
    ladders: dict[Name, Annotated[list[RungGiven], Field(max_length=20)]] = Field(max_length=60)
    coordination: list[CoordinationRuleGiven] = Field(max_length=30)
    limits: dict[Name, Annotated[int, Field(ge=1, le=1_000_000)]] = Field(max_length=100)
    numbers: dict[Name, NumberGiven] = Field(default_factory=dict, max_length=200)
    policies: dict[Name, PolicyGiven] = Field(default_factory=dict, max_length=200)
    reasons: dict[Name, Reasons] = Field(default_factory=dict, max_length=60)
    series: dict[Name, SeriesGiven] = Field(default_factory=dict, max_length=60)
    sessions: list[SessionGiven] = Field(default_factory=list, max_length=60)
    synonyms: list[Annotated[list[Name], Field(min_length=2, max_length=30)]] = Field(
        default_factory=list, max_length=500
    )
    limit_sources: dict[Name, Sentence] = Field(default_factory=dict, max_length=100)
    applies_to_running: bool = False
