"""Staff: who holds which post where on a day, and who is meant by a word of the rules.

A rung says 单位负责人; the rule set says, as data, that this is the deputy head of the unit, or
else its head. The choices are tried in turn until one finds somebody:

    proposers              those who put the proposal
    tracker                whoever was named to keep an eye on it
    named                  whom the unit named to handle its task, while they hold a post in it
    <post>@own             holders of the post in the clock's unit
    <post>@parent          in the unit above it
    <post>@line            in the nearest unit from its own upwards that has one
    <post>@office          in the office that handed the proposal over
    <post>@committee       in the committee that filed it
    <post>@city            wherever the post is held
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from services.escalation.domain.units import Units, line_of
from shared.contracts.event import PersonId, UnitCode
from shared.contracts.registry import HeldPost, PersonRegistered, Post, RulesPublished

Deputies = Callable[[PersonId, HeldPost], Iterable[PersonId]]

RECIPIENTS = "recipients:"


@dataclass(frozen=True, slots=True)
class Circle:
    """Those around a duty: the unit that has it, and who else has to do with the proposal."""

    unit: UnitCode
    office: UnitCode | None = None
    committee: UnitCode | None = None
    proposers: tuple[PersonId, ...] = ()
    tracker: PersonId | None = None
    officer: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """Holders of posts on a day, each followed by whoever acts for them (代办)."""

    holders: Mapping[tuple[Post, UnitCode], tuple[PersonId, ...]]
    units: Units
    rules: RulesPublished
    acting: Mapping[tuple[Post, UnitCode, PersonId], tuple[PersonId, ...]] = field(
        default_factory=dict
    )

    @classmethod
    def on_day(
        cls,
        on: date,
        *,
        people: Iterable[PersonRegistered],
        deputies: Deputies,
        units: Units,
        rules: RulesPublished,
    ) -> "Staff":
        """As the registry knows them on this day."""
        holders: dict[tuple[Post, UnitCode], dict[PersonId, None]] = {}
        acting: dict[tuple[Post, UnitCode, PersonId], tuple[PersonId, ...]] = {}
        for one in sorted(people, key=lambda person: person.person):
            for held in one.posts:
                if held.is_held_on(on):
                    who = one.person, *deputies(one.person, held)
                    holders.setdefault((held.post, held.unit), {}).update(dict.fromkeys(who))
                    acting[held.post, held.unit, one.person] = who
        posts = {place: tuple(who) for place, who in holders.items()}
        return cls(posts, units, rules, acting)

    def behind(self, word: str, circle: Circle) -> tuple[PersonId, ...]:
        """The people whom a word of the rules means around this duty; none, if nobody is found."""
        choices = self.rules.policies.get(f"{RECIPIENTS}{word}")
        for choice in choices.value.split(";") if choices is not None else ():
            if found := self._choose(choice.strip(), circle):
                return found
        return ()

    def _choose(self, choice: str, circle: Circle) -> tuple[PersonId, ...]:
        post, at, where = choice.partition("@")
        if not at:
            named = {
                "proposers": circle.proposers,
                "tracker": (circle.tracker,),
                "named": self._standing_in(circle.unit, for_=circle.officer),
            }
            return tuple(one for one in named.get(choice, ()) if one is not None)
        wanted = Post(post)
        if where == "city":
            return tuple(
                dict.fromkeys(
                    one
                    for (held, _), people in self.holders.items()
                    if held is wanted
                    for one in people
                )
            )
        for unit in self._places(where, circle):
            if found := self.holders.get((wanted, unit)):
                return found
        return ()

    def _standing_in(self, unit: UnitCode, *, for_: PersonId | None) -> tuple[PersonId, ...]:
        """This person and whoever acts for them; nobody, once they hold no post in the unit."""
        for post in Post:
            acting = self.acting.get((post, unit, for_), ()) if for_ is not None else ()
            if acting:
                return acting
        return ()

    def _places(self, where: str, circle: Circle) -> list[UnitCode]:
        line = line_of(circle.unit, self.units)
        match where:
            case "own":
                return [circle.unit]
            case "parent":
                return line[1:2]
            case "line":
                return line
            case "office":
                return [circle.office] if circle.office else []
            case "committee":
                return [circle.committee] if circle.committee else []
            case _:
                return []
