"""Digesting: what leaves the house, when, and how long to wait after it could not.

A person gets one message a day by each channel that they chose, on a working day, at an hour at
which the office is awake. Outside the house only numbers, lights and links are read.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from services.escalation.domain.lights import Light
from services.escalation.domain.refusals import UnknownChannel, WrongHour
from shared.calendar import Calendar
from shared.contracts.event import PersonId, ProposalId
from shared.contracts.registry import PersonRegistered, RulesPublished

Channel = Literal["mail", "wecom", "dingtalk", "feishu", "webhook"]
Language = Literal["zh-CN", "zh-HK", "en"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)

QUIET_FROM, QUIET_TO, DIGEST_HOUR, TRIES = "quiet_from", "quiet_to", "digest_hour", "notice_tries"
WITHOUT_RULES = {QUIET_FROM: 24, QUIET_TO: 0, DIGEST_HOUR: 9, TRIES: 8}
PAUSES = (1, 5, 15, 60, 180, 360)  # minutes after the first, second, … try


@dataclass(frozen=True, slots=True)
class Hours:
    """When messages may leave, as the rule set says; a rule set that is silent lets them leave."""

    quiet_from: int
    quiet_to: int
    digest: int
    tries: int

    @classmethod
    def of(cls, rules: RulesPublished) -> "Hours":
        said = {
            name: rules.numbers[name].value if name in rules.numbers else otherwise
            for name, otherwise in WITHOUT_RULES.items()
        }
        return cls(said[QUIET_FROM], said[QUIET_TO], said[DIGEST_HOUR], said[TRIES])

    def open_at(self, moment: datetime, *, calendar: Calendar) -> bool:
        """Whether people may be disturbed at this moment."""
        awake = self.quiet_to <= moment.hour < self.quiet_from
        return awake and calendar.is_working_day(moment.date())


@dataclass(frozen=True, slots=True)
class Preference:
    """How somebody wants to be told: by which channels, in which language, at which hour.

    ``channels`` is None as long as they have chosen nothing: then it is mail, where an address is
    known. ``addresses`` are what a channel calls them.
    """

    person: PersonId
    channels: tuple[Channel, ...] | None = None
    language: Language = "zh-CN"
    digest_hour: int | None = None
    addresses: Mapping[str, str] = field(default_factory=dict)


def choose(preference: Preference, *, wired: Collection[str], hours: Hours) -> Preference:
    """A preference that can be kept.

    Raises:
        UnknownChannel: this installation has no such channel.
        WrongHour: at that hour nothing leaves.
    """
    for channel in preference.channels or ():
        if channel not in wired:
            raise UnknownChannel(channel=channel, known="、".join(sorted(wired)) or "无")
    hour = preference.digest_hour
    if hour is not None and not hours.quiet_to <= hour < hours.quiet_from:
        raise WrongHour(quiet_to=hours.quiet_to, quiet_from=hours.quiet_from)
    return preference


def ways_to(
    preference: Preference, known: PersonRegistered | None, *, wired: Collection[str]
) -> list[tuple[Channel, str]]:
    """The channels by which a person is told, each with their address there."""
    mail = preference.addresses.get("mail") or (known.mail if known is not None else None)
    chosen = preference.channels if preference.channels is not None else ("mail",)
    ways: list[tuple[Channel, str]] = []
    for channel in chosen:
        if channel not in wired:
            continue
        if channel != "mail":
            ways.append((channel, preference.addresses.get(channel, "")))
        elif mail:
            ways.append(("mail", mail))
    return ways


def next_try(moment: datetime, *, tries: int) -> datetime:
    """When to try again after so many tries: soon at first, then more and more rarely."""
    return moment + timedelta(minutes=PAUSES[min(tries, len(PAUSES)) - 1])


@dataclass(frozen=True, slots=True)
class Line:
    """What is read outside the house of one proposal."""

    proposal_id: ProposalId
    number: str | None
    light: Light
    clocks: tuple[str, ...] = ()


URGENCY = (Light.RED, Light.YELLOW, Light.PAUSED, Light.GREEN, Light.GREY)


def lines_of(found: Sequence[Line]) -> list[Line]:
    """One line for each proposal, in its most urgent light, the most urgent first."""
    by_proposal: dict[ProposalId, Line] = {}
    for line in sorted(found, key=lambda one: URGENCY.index(one.light)):
        before = by_proposal.setdefault(line.proposal_id, line)
        if before is not line:
            by_proposal[line.proposal_id] = Line(
                before.proposal_id,
                before.number,
                before.light,
                tuple(dict.fromkeys((*before.clocks, *line.clocks))),
            )
    return list(by_proposal.values())


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it leaves: to whom, under which name it is known, and what it says."""

    delivery_id: int
    person: PersonId
    address: str
    on: date
    subject: str
    text: str
