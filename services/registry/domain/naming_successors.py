"""Naming successors: a unit was renamed, merged or split, and its work went to others."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from services.registry.domain.refusals import (
    DayOrYear,
    NameStillInUse,
    NotYet,
    OldNameTwice,
    RenameInstead,
    UnitsBelow,
    WrongNumberOfSuccessors,
    YearAndDayDiffer,
)
from services.registry.domain.register import Fact, Register, day_before
from shared.contracts.event import UnitCode
from shared.contracts.registry import (
    PersonRegistered,
    ServiceAccountRegistered,
    UnitRegistered,
    UnitSucceeded,
)

How = Literal["renamed", "merged", "split", "abolished"]
CALLED = {"renamed": "更名", "merged": "并入", "split": "拆分", "abolished": "撤销"}


def name_successors(
    register: Register,
    *,
    old_name: str,
    successors: Iterable[str],
    source: str,
    today: date,
    year: int | None = None,
    how: How | None = None,
    on: date | None = None,
) -> tuple[Fact, ...]:
    """The succession as it now stands; its successors are units of today.

    A unit that stood until now ends on the day before, and with it the posts and accounts in it.
    Where a unit's work passed through a body that is itself gone, the ones at the end are named.
    An old name may live on as a successor's short name or alias, but never as another unit's.
    """
    codes = tuple(dict.fromkeys(register.unit(text).code for text in successors))
    _must_fit(how, codes=codes)
    ending = _unit_that_ends(register, old_name=old_name)
    succession = UnitSucceeded(
        old_name=ending.name if ending else old_name,
        old_code=ending.code if ending else None,
        successors=codes,
        how=how,
        on=on,
        year=_year_of(on, year=year, today=today),
        source=source,
    )
    if (standing := register.successions.get(succession.old_name)) == succession:
        return ()
    if standing and standing.old_code != succession.old_code:
        raise OldNameTwice(old_name=standing.old_name, year=standing.year)
    if ending is None:
        _is_no_unit(register, succession=succession)
        return (succession,)
    if on is None or how is None or ending.code in codes:
        raise NameStillInUse(old_name=old_name, code=ending.code)
    if how == "renamed":
        raise RenameInstead(unit=ending.name)
    _must_have_nobody_below(register, unit=ending)
    return (*_endings(register, unit=ending, last_day=day_before(on)), succession)


def _must_fit(how: How | None, *, codes: tuple[UnitCode, ...]) -> None:
    if how in ("renamed", "merged") and len(codes) != 1:
        raise WrongNumberOfSuccessors(how=CALLED[how], wanted="一个")
    if how == "split" and len(codes) < 2:
        raise WrongNumberOfSuccessors(how=CALLED[how], wanted="两个以上")


def _year_of(on: date | None, *, year: int | None, today: date) -> int:
    if on is None:
        if year is None:
            raise DayOrYear
        return year
    if year is not None and on.year != year:
        raise YearAndDayDiffer(on=on, year=year)
    if on > today:
        raise NotYet(on=on)
    return on.year


def _unit_that_ends(register: Register, *, old_name: str) -> UnitRegistered | None:
    """The unit of this code or full name, be it that it is gone already and this is put right."""
    text = old_name.strip()
    if (code := register.names().get(text)) is not None:
        unit = register.units[code]
        return unit if text in (code, unit.name) else None
    told = register.successions.get(text)
    return register.units[told.ended] if told and told.ended else None


def _is_no_unit(register: Register, *, succession: UnitSucceeded) -> None:
    code = register.names().get(succession.old_name)
    if code is not None and code not in succession.successors:
        raise NameStillInUse(old_name=succession.old_name, code=code)


def _must_have_nobody_below(register: Register, *, unit: UnitRegistered) -> None:
    below = [
        one.name
        for one in register.units.values()
        if one.parent == unit.code and register.ending(one.code) is None
    ]
    if below:
        more = f"等{len(below)}个单位" if len(below) > 3 else ""
        raise UnitsBelow(unit=unit.name, units="、".join(below[:3]) + more)


def _endings(
    register: Register, *, unit: UnitRegistered, last_day: date
) -> Iterator[UnitRegistered | PersonRegistered | ServiceAccountRegistered]:
    """The unit, and everybody who acted in it, to the end of its last day."""
    ended = unit.model_copy(update={"until": last_day})
    if ended != unit:
        yield ended
    for person in register.people.values():
        posts = tuple(
            held.model_copy(update={"until": last_day})
            if held.unit == unit.code and (held.until is None or held.until > last_day)
            else held
            for held in person.posts
            if held.unit != unit.code or held.since is None or held.since <= last_day
        )
        if posts != person.posts:
            yield person.model_copy(update={"posts": posts})
    for account in register.accounts.values():
        if account.unit == unit.code and (account.until is None or account.until > last_day):
            yield account.model_copy(update={"until": last_day})
