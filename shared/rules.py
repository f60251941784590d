"""Reading a rule set: a number, a policy, a coded reason, the session of a day."""

from datetime import date

from shared.contracts.registry import Reason, RulesPublished, Series, Session
from shared.refusals import Malformed, Unknown


class NotInRules(Unknown):
    """规则{rules}没有规定“{what}”，请先补入规则集。"""


class NoSuchReason(Malformed):
    """没有代码为“{code}”的{what}；可用的有：{known}。"""


def number(rules: RulesPublished, name: str) -> int:
    """A number of the office.

    Raises:
        NotInRules: the rule set does not say.
    """
    if (found := rules.numbers.get(name)) is None:
        raise NotInRules(rules=name_of(rules), what=name)
    return found.value


def policy(rules: RulesPublished, name: str) -> str:
    """What the place has chosen; raises like ``number``."""
    if (found := rules.policies.get(name)) is None:
        raise NotInRules(rules=name_of(rules), what=name)
    return found.value


def series(rules: RulesPublished, name: str) -> Series:
    """A series of document numbers; raises like ``number``."""
    if (found := rules.series.get(name)) is None:
        raise NotInRules(rules=name_of(rules), what=name)
    return found


def reason(rules: RulesPublished, listed: str, code: str, *, what: str) -> Reason:
    """A coded reason of a list; ``what`` names the list for people.

    Raises:
        NotInRules: the rule set has no such list.
        NoSuchReason: the list has no such code.
    """
    if listed not in rules.reasons:
        raise NotInRules(rules=name_of(rules), what=listed)
    by_code = {one.code: one for one in rules.reasons[listed]}
    if code not in by_code:
        raise NoSuchReason(what=what, code=code, known="、".join(by_code))
    return by_code[code]


def clock_for(rules: RulesPublished, clock: str, *kinds: str) -> str:
    """The most special deadline that the rules know for this clock: the first kind that has one."""
    special = (f"{clock}:{kind}" for kind in kinds)
    return next((name for name in special if name in rules.deadlines), clock)


def session_on(rules: RulesPublished, day: date) -> Session | None:
    """The session to which what is handed in on this day belongs; None between sessions."""
    return next((one for one in rules.sessions if one.since <= day <= one.until), None)


def name_of(rules: RulesPublished) -> str:
    """A rule set's name with its edition, as due dates cite it."""
    return f"{rules.rules}@{rules.edition}"
