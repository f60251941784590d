"""The registry's facts as every service knows them: units, people, calendar and rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from shared.calendar import Calendar
from shared.contracts.event import PersonId, ReferenceEvent, UnitCode
from shared.contracts.registry import (
    CalendarYearAnnounced,
    DelegationGiven,
    HeldPost,
    PersonRegistered,
    RulesPublished,
    ServiceAccountRegistered,
    UnitRegistered,
    UnitSucceeded,
)
from shared.refusals import Refusal, Unknown
from shared.rules import name_of


class UnknownUnit(Unknown):
    """没有名为“{text}”的单位。请按单位全称、规范简称或编码填写。"""


class UnitIsGone(UnknownUnit):
    """“{text}”自{since}起已不再承担工作，现由{successors}承接，请改填其中的单位。"""


class NoRules(Refusal):
    """{on}没有有效的规则集，请先发布规则。"""


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """A unit's name on a day, and where that differs from today's, who stands for it today."""

    then: str
    now: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """As a screen shows it: the old name, and in brackets the one of today."""
        return f"{self.then}（现{'、'.join(self.now)}）" if self.now else self.then


class Reference:
    """Units, people, calendar and rules, as they stood at one moment."""

    def __init__(self, facts: Iterable[ReferenceEvent] = ()) -> None:
        self._facts = tuple(facts)
        self.units: Mapping[UnitCode, UnitRegistered] = {
            fact.code: fact for fact in self._facts if isinstance(fact, UnitRegistered)
        }
        self.people: Mapping[PersonId, PersonRegistered] = {
            fact.person: fact for fact in self._facts if isinstance(fact, PersonRegistered)
        }
        self.accounts: Mapping[str, ServiceAccountRegistered] = {
            fact.account: fact for fact in self._facts if isinstance(fact, ServiceAccountRegistered)
        }
        self.successions: Mapping[str, UnitSucceeded] = {
            fact.old_name: fact for fact in self._facts if isinstance(fact, UnitSucceeded)
        }
        self._delegations = [fact for fact in self._facts if isinstance(fact, DelegationGiven)]
        self._rules = [fact for fact in self._facts if isinstance(fact, RulesPublished)]
        self.calendar = Calendar(
            fact for fact in self._facts if isinstance(fact, CalendarYearAnnounced)
        )

    @cached_property
    def _endings(self) -> Mapping[UnitCode, UnitSucceeded]:
        """Of each unit that is gone, who took over."""
        return {one.ended: one for one in self.successions.values() if one.ended is not None}

    @cached_property
    def _by_name(self) -> Mapping[str, UnitCode]:
        names: dict[str, UnitCode] = {}
        for unit in self.units.values():
            if unit.code not in self._endings:
                names |= dict.fromkeys((*unit.aliases, unit.short_name, unit.name), unit.code)
        for unit in self.units.values():
            names[unit.code] = unit.code
            for name in (unit.name, unit.short_name, *unit.aliases):
                names.setdefault(name, unit.code)
        return names

    def unit(self, text: str) -> UnitRegistered:
        """The unit of this code, full name, short name or alias; an old name finds its successor.

        Raises:
            UnitIsGone: it was split among several, and which of them is meant must be said.
            UnknownUnit: nothing matches whole. A part of a name is never enough.
        """
        text = text.strip()
        code = self._by_name.get(text)
        gone = self._endings.get(code) if code else self.successions.get(text)
        if gone is None:
            if code is None:
                raise UnknownUnit(text=text)
            return self.units[code]
        last = self._at_the_end(gone)
        # Facts of different keys come in any order: a successor may still be on its way.
        if len(last) == 1 and last[0] in self.units:
            return self.units[last[0]]
        if len(last) > 1:
            raise UnitIsGone(
                text=text, since=gone.since, successors="、".join(self.name(one) for one in last)
            )
        raise UnknownUnit(text=text)

    def _at_the_end(self, succession: UnitSucceeded) -> tuple[UnitCode, ...]:
        """The units to which the work has come in the end, by however many steps."""
        found: dict[UnitCode, None] = {}
        waiting = list(reversed(succession.successors))
        passed: set[UnitCode] = set()
        while waiting:
            code = waiting.pop()
            if code in passed:
                continue
            passed.add(code)
            if (further := self._endings.get(code)) is not None:
                waiting += reversed(further.successors)
            else:
                found[code] = None
        return tuple(found)

    def stands_on(self, code: UnitCode, day: date) -> bool:
        """Whether a unit is known, had begun by this day and had not ended before it."""
        unit = self.units.get(code)
        if unit is None:
            return False
        begun = unit.since is None or unit.since <= day
        return begun and (unit.until is None or day <= unit.until)

    def successors_of(self, code: UnitCode) -> tuple[UnitCode, ...]:
        """Who took over from a unit that is gone, by however many steps; nobody while it stands."""
        ending = self._endings.get(code)
        return self._at_the_end(ending) if ending is not None else ()

    def successor_of(self, code: UnitCode) -> UnitCode | None:
        """The one that took over from a unit, if it is gone and was not split among several."""
        successors = self.successors_of(code)
        return successors[0] if len(successors) == 1 else None

    def then_and_now(self, text: str, on: date) -> ThenAndNow:
        """What a unit was called on a day, and who stands for it today where that differs.

        It may be given by code, or by any name that it has or had; one that nobody knows is
        shown as it is.
        """
        text = text.strip()
        code = self._by_name.get(text)
        if code is None:
            if (gone := self.successions.get(text)) is None:
                return ThenAndNow(text)
            return ThenAndNow(text, tuple(self.name(one) for one in self._at_the_end(gone)))
        then = self.name_on(code, on)
        now = tuple(self.name(one) for one in self.successors_of(code) or (code,))
        return ThenAndNow(then, () if now == (then,) else now)

    def name_on(self, code: UnitCode, day: date) -> str:
        """A unit's full name on a day: its present one, or that before the next renaming."""
        renamed = [
            one
            for one in self.successions.values()
            if one.is_renaming and one.successors == (code,) and one.since > day
        ]
        if not renamed:
            return self.name(code)
        return min(renamed, key=lambda one: one.since).old_name

    def name(self, code: UnitCode) -> str:
        """A unit's full name, or its code where it is not known."""
        unit = self.units.get(code)
        return unit.name if unit else code

    def is_under(self, code: UnitCode, ancestor: UnitCode) -> bool:
        """Whether a unit stands below another in the tree; a unit is not below itself."""
        return ancestor in self.parents(code)

    def parents(self, code: UnitCode) -> tuple[UnitCode, ...]:
        """The units above this one, nearest first."""
        chain: list[UnitCode] = []
        unit = self.units.get(code)
        while unit is not None and unit.parent is not None and unit.parent not in chain:
            chain.append(unit.parent)
            unit = self.units.get(unit.parent)
        return tuple(chain)

    @cached_property
    def _children(self) -> Mapping[UnitCode, Sequence[UnitCode]]:
        children: dict[UnitCode, list[UnitCode]] = {}
        for unit in self.units.values():
            if unit.parent is not None:
                children.setdefault(unit.parent, []).append(unit.code)
        return children

    def below(self, code: UnitCode) -> Sequence[UnitCode]:
        """All units that stand below this one, at any depth."""
        found: list[UnitCode] = []
        waiting = [code]
        while waiting:
            children = self._children.get(waiting.pop(), ())
            fresh = [child for child in children if child not in found]
            found += fresh
            waiting += fresh
        return found

    def posts_of(self, person: PersonId) -> Sequence[HeldPost] | None:
        """Every post of somebody, ended ones too; None for somebody not registered."""
        registered = self.people.get(person)
        return registered.posts if registered is not None else None

    def may_act_for(self, giver: PersonId, deputy: PersonId, *, held: HeldPost, on: date) -> bool:
        """Whether somebody was allowed to act in another's post on a day."""
        return any(
            one.covers(giver=giver, deputy=deputy, held=held, on=on) for one in self._delegations
        )

    def delegated_to(self, deputy: PersonId, *, on: date) -> Sequence[DelegationGiven]:
        """Who lets somebody act in their post on a day."""
        return [
            one
            for one in self._delegations
            if one.deputy == deputy and one.since <= on <= one.until
        ]

    def deputies_of(self, giver: PersonId, *, held: HeldPost, on: date) -> tuple[PersonId, ...]:
        """Who acts for somebody in this post on a day."""
        return tuple(
            one.deputy
            for one in self._delegations
            if one.covers(giver=giver, deputy=one.deputy, held=held, on=on)
        )

    def rules_on(self, day: date) -> RulesPublished:
        """The rule set in force on a day: the newest effective one, in its newest edition.

        Raises:
            NoRules: none was in force yet.
        """
        in_force = [rules for rules in self._rules if rules.effective_on <= day]
        if not in_force:
            raise NoRules(on=day)
        return max(in_force, key=_by_effect)

    def rules_named(self, name: str) -> RulesPublished | None:
        """The rule set of this name and edition, as due dates cite it: ``shenzhen-2024@1``."""
        return next((one for one in self._rules if name_of(one) == name), None)

    def rules_running(self, name: str, *, on: date) -> RulesPublished | None:
        """The rules by which a clock runs that was started by those of this name: these, or the
        newest in force that say that they apply to clocks which run already."""
        cited = self.rules_named(name)
        if cited is None:
            return None
        later = [one for one in self.applying_to_running(on=on) if one.place == cited.place]
        return max((cited, *later), key=_by_effect)

    def applying_to_running(self, *, on: date) -> list[RulesPublished]:
        """The editions in force that say that they apply to clocks which run already, the newest
        last."""
        applying = (one for one in self._rules if one.applies_to_running and one.effective_on <= on)
        return sorted(applying, key=_by_effect)


def _by_effect(rules: RulesPublished) -> tuple[date, int]:
    return rules.effective_on, rules.edition
