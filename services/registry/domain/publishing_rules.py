"""Publishing rules: the numbers of one place and year, complete, in one edition, with sources."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from services.registry.domain.editions import must_be_next
from services.registry.domain.refusals import (
    CodeTwice,
    EffectiveTooEarly,
    RulesIncomplete,
    RungsOutOfOrder,
    UnknownLadderClock,
)
from services.registry.domain.register import Register
from shared.calendar import Calendar
from shared.contracts.registry import RulesPublished, Rung
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
PROMISE = "promise"  # its date is the promise's own, so it has a ladder and no deadline
LIMITS = ("title", "text", "suggested_units", "opinion", "reply", "summary", "reason", "comment")
ANY_MONDAY = date(2024, 3, 4)


def publish_rules(register: Register, *, rules: RulesPublished) -> tuple[RulesPublished, ...]:
    """The next edition of a rule set; nothing, if it stands like that already."""
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
    _must_be_complete(rules)
    _must_not_repeat("结果分类", (one.code for one in rules.classes))
    _must_not_repeat("不予立案理由", (one.code for one in rules.decline_reasons))
    _must_not_repeat("退办理由", (one.code for one in rules.return_reasons))
    _must_not_repeat("协调规则", (one.code for one in rules.coordination))
    for clock, rungs in rules.ladders.items():
        _must_climb(clock, rungs, known=(*rules.deadlines, PROMISE))
    return (rules,)


def without_source(rules: RulesPublished) -> tuple[str, ...]:
    """The numbers for which no source was found, by their place in the rule set."""
    numbers = {f"deadlines.{clock}": one.source for clock, one in rules.deadlines.items()}
    numbers |= {"inner_margin": rules.inner_margin.source, "near": rules.near.source}
    numbers |= {
        f"ladders.{clock}.{rung.rung}": rung.source
        for clock, rungs in rules.ladders.items()
        for rung in rungs
    }
    numbers |= {f"coordination.{one.code}": one.source for one in rules.coordination}
    return tuple(name for name, source in numbers.items() if source is None)


def _must_be_complete(rules: RulesPublished) -> None:
    missing = [f"时限“{clock}”" for clock in CLOCKS if clock not in rules.deadlines]
    missing += [f"上限“{limit}”" for limit in LIMITS if rules.limits.get(limit, 0) < 1]
    if not rules.classes:
        missing.append("结果分类")
    if not rules.decline_reasons:
        missing.append("不予立案理由")
    if not rules.return_reasons:
        missing.append("退办理由")
    if missing:
        raise RulesIncomplete(missing="、".join(missing))


def _must_not_repeat(what: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise CodeTwice(what=what, code=code)
        seen.add(code)


def _must_climb(clock: str, rungs: tuple[Rung, ...], *, known: tuple[str, ...]) -> None:
    if clock not in known:
        raise UnknownLadderClock(clock=clock, known="、".join(known))
    numbered = [rung.rung for rung in rungs] == list(range(1, len(rungs) + 1))
    # Units of time differ from rung to rung: they are compared on an ordinary month's calendar.
    days = [shift(ANY_MONDAY, count=r.offset, unit=r.unit, calendar=Calendar()) for r in rungs]
    if not numbered or any(later <= earlier for earlier, later in pairwise(days)):
        raise RungsOutOfOrder(clock=clock)
