"""Publishing rules: the numbers of one place and year, complete, in one edition, with sources."""

import string
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations, pairwise

from services.registry.domain.editions import must_be_next
from services.registry.domain.periods import must_run_forward, overlap
from services.registry.domain.refusals import (
    CodeTwice,
    EffectiveTooEarly,
    RulesIncomplete,
    RulesTooLarge,
    RungsOutOfOrder,
    SeriesWithoutNumber,
    SessionsOverlap,
    SourceOfNothing,
    SpecialWithoutClock,
    UnknownLadderClock,
)
from services.registry.domain.register import Register
from shared.calendar import Calendar
from shared.contracts.registry import RulesPublished, Rung, Session
from shared.deadlines import shift

CLOCKS = (
    "sign",
    "return",
    "decide_return",
    "contact",
    "opinion",
    "reply",
    "rate",
    "redo",
    "publish",
)
LIMITS = ("title", "text", "suggested_units", "opinion", "reply", "summary", "reason", "comment")
PROMISE = "promise"  # its date is the promise's own, so it has a ladder and no deadline
ANY_MONDAY = date(2024, 3, 4)
LARGEST = 800_000  # bytes: an event carries hardly more


def publish_rules(register: Register, *, rules: RulesPublished) -> tuple[RulesPublished, ...]:
    """The next edition of a rule set; nothing, if it stands like that already.

    It has whatever the last edition had: an act that asks for a number finds it for ever. Special
    deadlines, sessions, synonyms and coordination rules may end.
    """
    standing = register.rules.get(rules.rules)
    if standing == rules:
        return ()
    must_be_next(
        rules.edition, last=standing.edition if standing else 0, what=f"规则集{rules.rules}"
    )
    if standing and rules.effective_on < standing.effective_on:
        raise EffectiveTooEarly(
            edition=rules.edition, effective_on=rules.effective_on, last=standing.effective_on
        )
    if (size := len(rules.model_dump_json().encode())) > LARGEST:
        raise RulesTooLarge(size=size, limit=LARGEST)
    _must_be_complete(rules, before=standing or _newest_of(register, place=rules.place))
    _must_name_each_once(rules)
    _must_rest_on_clocks(rules)
    for clock, rungs in rules.ladders.items():
        _must_climb(clock, rungs)
    for name, series in rules.series.items():
        _must_have_its_number(name, pattern=series.pattern)
    _must_follow_one_another(rules.sessions)
    for limit in rules.limit_sources:
        if limit not in rules.limits:
            raise SourceOfNothing(limit=limit)
    return (rules,)


def without_source(rules: RulesPublished) -> tuple[str, ...]:
    """What has no source, by its place in the rule set."""
    sourced: dict[str, str | None] = {
        f"deadlines.{clock}": one.source for clock, one in rules.deadlines.items()
    }
    sourced |= {"inner_margin": rules.inner_margin.source, "near": rules.near.source}
    sourced |= {
        f"ladders.{clock}.{rung.rung}": rung.source
        for clock, rungs in rules.ladders.items()
        for rung in rungs
    }
    sourced |= {f"coordination.{one.code}": one.source for one in rules.coordination}
    sourced |= {f"limits.{name}": rules.limit_sources.get(name) for name in rules.limits}
    sourced |= {f"numbers.{name}": one.source for name, one in rules.numbers.items()}
    sourced |= {f"policies.{name}": one.source for name, one in rules.policies.items()}
    sourced |= {f"series.{name}": one.source for name, one in rules.series.items()}
    sourced |= {f"sessions.{one.session}": one.source for one in rules.sessions}
    return tuple(name for name, source in sourced.items() if source is None)


def _newest_of(register: Register, *, place: str) -> RulesPublished | None:
    of_place = [one for one in register.rules.values() if one.place == place]
    return max(of_place, key=lambda one: one.effective_on, default=None)


def _must_be_complete(rules: RulesPublished, *, before: RulesPublished | None) -> None:
    there = set(_names(rules))
    missing = [f"时限“{clock}”" for clock in CLOCKS if clock not in rules.deadlines]
    missing += [f"上限“{limit}”" for limit in LIMITS if rules.limits.get(limit, 0) < 1]
    if not rules.classes:
        missing.append("结果分类")
    if not rules.decline_reasons:
        missing.append("不予立案理由")
    if not rules.return_reasons:
        missing.append("退办理由")
    if before is not None:
        missing += [name for name in _names(before) if name not in there and name not in missing]
    if missing:
        raise RulesIncomplete(missing="、".join(missing))


def _names(rules: RulesPublished) -> Iterator[str]:
    """What a later edition may not leave out."""
    yield from (f"时限“{clock}”" for clock in rules.deadlines if ":" not in clock)
    yield from (f"上限“{limit}”" for limit in rules.limits)
    yield from (f"数值“{name}”" for name in rules.numbers)
    yield from (f"办法“{name}”" for name in rules.policies)
    yield from (f"理由“{name}”" for name, listed in rules.reasons.items() if listed)
    yield from (f"文号“{name}”" for name in rules.series)


def _must_name_each_once(rules: RulesPublished) -> None:
    _must_not_repeat("结果分类", (one.code for one in rules.classes))
    _must_not_repeat("不予立案理由", (one.code for one in rules.decline_reasons))
    _must_not_repeat("退办理由", (one.code for one in rules.return_reasons))
    _must_not_repeat("协调规则", (one.code for one in rules.coordination))
    for name, listed in rules.reasons.items():
        _must_not_repeat(f"“{name}”的理由", (one.code for one in listed))
    _must_not_repeat("会议", (one.session for one in rules.sessions))
    _must_not_repeat("同义词", (word for words in rules.synonyms for word in words))


def _must_not_repeat(what: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise CodeTwice(what=what, code=code)
        seen.add(code)


def _must_rest_on_clocks(rules: RulesPublished) -> None:
    for special in rules.deadlines:
        clock, colon, kind = special.partition(":")
        if colon and (clock not in rules.deadlines or not kind.strip()):
            raise SpecialWithoutClock(special=special, clock=clock)
    known = (*rules.deadlines, PROMISE)
    for ladder in rules.ladders:
        if ladder not in known and ladder.partition(":")[0] not in known:
            raise UnknownLadderClock(clock=ladder, known="、".join(known))


def _must_climb(clock: str, rungs: tuple[Rung, ...]) -> None:
    numbered = [rung.rung for rung in rungs] == list(range(1, len(rungs) + 1))
    # Units of time differ from rung to rung: they are compared on an ordinary month's calendar.
    days = [shift(ANY_MONDAY, count=r.offset, unit=r.unit, calendar=Calendar()) for r in rungs]
    if not numbered or any(later <= earlier for earlier, later in pairwise(days)):
        raise RungsOutOfOrder(clock=clock)


def _must_have_its_number(name: str, *, pattern: str) -> None:
    try:
        places = [place for _, place, *_ in string.Formatter().parse(pattern) if place is not None]
    except ValueError:
        places = []
    if places.count("n") != 1 or not all(place.isidentifier() for place in places):
        raise SeriesWithoutNumber(series=name, pattern=pattern)


def _must_follow_one_another(sessions: tuple[Session, ...]) -> None:
    for session in sessions:
        must_run_forward(f"会议“{session.session}”", session.since, session.until)
    for one, other in combinations(sessions, 2):
        if overlap((one.since, one.until), (other.since, other.until)):
            raise SessionsOverlap(session=one.session, other=other.session)
