"""One person enters a year's next edition, another confirms it; the city may except days."""

from datetime import date
from typing import Any

import pytest

from services.registry.domain.proposing_years import (
    confirm_year,
    drop_year,
    propose_exception,
    propose_year,
)
from services.registry.domain.reading_notices import Finding, Notice
from services.registry.domain.refusals import (
    AlreadyOfficial,
    ChangedMeanwhile,
    DayLikeItsWeekday,
    DayOfAnotherYear,
    DayTwice,
    NothingChanged,
    NothingProposed,
    NoticeNotUnderstood,
    SamePersonConfirms,
    YearNotAnnounced,
)
from services.registry.domain.register import Fact, Register
from shared.contracts.event import Actor, PersonId, UnitCode
from shared.contracts.registry import CalendarDay, CalendarYearProposed
from tests.domain.registry.standing import announced, year

HOLIDAY = CalendarDay(day=date(2024, 2, 12), works=False, name="春节")
MADE_UP = CalendarDay(day=date(2024, 2, 18), works=True, name="春节")
TYPHOON = CalendarDay(day=date(2024, 9, 6), works=False, name="台风停工", local=True)


def actor(name: str, **more: Any) -> Actor:
    unit = UnitCode("C007")
    return Actor(person=PersonId(name), name=name, post="office", unit=unit, **more)


ZHOU, WU = actor("zhou"), actor("wu")


def propose(
    *days: CalendarDay,
    register: Register | None = None,
    proposal: str = "p1",
    provisional: bool = False,
    source: str = "通知",
) -> CalendarYearProposed:
    [told] = propose_year(
        register or Register(),
        proposal=proposal,
        year=2024,
        source=source,
        provisional=provisional,
        notice=Notice(days),
        why="",
        by=ZHOU,
    )
    return told


def after(*facts: Fact, register: Register | None = None) -> Register:
    register = register or Register()
    for fact in facts:
        register = register.after(fact)
    return register


def test_what_is_entered_is_told_as_the_next_edition_in_order() -> None:
    told = propose(MADE_UP, HOLIDAY, register=announced(year(2024, provisional=True)))

    assert (told.edition, told.days, told.by) == (2, (HOLIDAY, MADE_UP), ZHOU)


def test_a_year_of_which_nothing_was_known_begins_with_the_first_edition() -> None:
    assert propose(HOLIDAY).edition == 1


def test_what_is_entered_must_be_fit_to_be_confirmed() -> None:
    with pytest.raises(DayTwice):
        propose(HOLIDAY, HOLIDAY)
    with pytest.raises(DayLikeItsWeekday):
        propose(HOLIDAY.model_copy(update={"works": True}))
    with pytest.raises(AlreadyOfficial):
        propose(HOLIDAY, register=announced(year(2024)), provisional=True)


def test_another_confirms_and_both_are_named() -> None:
    proposed = propose(HOLIDAY)

    [told] = confirm_year(after(proposed), proposal="p1", year=2024, by=WU)

    assert (told.edition, told.days, told.proposed_by) == (1, (HOLIDAY,), ZHOU)
    assert after(proposed, told).proposals == {}


@pytest.mark.parametrize(
    "by", [ZHOU, actor("wu", on_behalf_of=PersonId("zhou")), ZHOU.model_copy(update={"post": "x"})]
)
def test_nobody_confirms_what_they_entered_themselves_or_in_anothers_name(by: Actor) -> None:
    with pytest.raises(SamePersonConfirms):
        confirm_year(after(propose(HOLIDAY)), proposal="p1", year=2024, by=by)


def test_what_was_entered_anew_is_looked_at_anew() -> None:
    register = after(propose(HOLIDAY), propose(MADE_UP, proposal="p2"))

    with pytest.raises(ChangedMeanwhile):
        confirm_year(register, proposal="p1", year=2024, by=WU)
    [told] = confirm_year(register, proposal="p2", year=2024, by=WU)
    assert told.days == (MADE_UP,)


def test_what_rests_on_an_edition_that_was_followed_is_looked_at_anew() -> None:
    register = after(propose(HOLIDAY), register=announced(year(2024)))

    with pytest.raises(ChangedMeanwhile):
        confirm_year(register, proposal="p1", year=2024, by=WU)


def test_where_nothing_waits_nothing_is_confirmed_or_dropped() -> None:
    with pytest.raises(NothingProposed, match="2024年没有待确认的工作日历"):
        confirm_year(Register(), proposal="p1", year=2024, by=WU)
    with pytest.raises(NothingProposed):
        drop_year(Register(), proposal="p1", year=2024, why="录错")


def test_what_was_entered_may_be_dropped_by_anybody_who_looked_at_it() -> None:
    register = after(propose(HOLIDAY))

    [dropped] = drop_year(register, proposal="p1", year=2024, why="录错")

    assert after(dropped, register=register).proposals == {}
    with pytest.raises(ChangedMeanwhile):
        drop_year(register, proposal="p0", year=2024, why="录错")


def test_what_stands_like_that_is_not_entered() -> None:
    standing = announced(year(2024, ("2024-02-12", False)))

    with pytest.raises(NothingChanged):
        propose(HOLIDAY, register=standing)
    assert propose(HOLIDAY, register=standing, source="更正通知").edition == 2


def propose_read(notice: Notice, *, register: Register) -> tuple[CalendarYearProposed, ...]:
    return propose_year(
        register,
        proposal="p1",
        year=2024,
        source="2024年通知",
        provisional=False,
        notice=notice,
        why="",
        by=ZHOU,
    )


def test_a_notice_with_findings_is_not_entered() -> None:
    finding = Finding(3, "元旦：放假", "没有读懂这一句")

    with pytest.raises(NoticeNotUnderstood, match=r"有1处.*第3行“元旦：放假”没有读懂这一句"):
        propose_read(Notice((HOLIDAY,), findings=(finding,)), register=Register())


def test_a_notice_that_reaches_into_the_year_before_changes_that_one_too() -> None:
    eve = CalendarDay(day=date(2023, 12, 29), works=False, name="元旦")
    notice = Notice((HOLIDAY,), elsewhere=(eve,))
    register = announced(year(2023, ("2023-04-05", False), edition=4))

    this_year, before = propose_read(notice, register=register)

    assert (this_year.year, this_year.days) == (2024, (HOLIDAY,))
    assert (before.year, before.edition, before.source) == (2023, 5, "通知")
    assert (before.days[-1], before.why) == (eve, "2024年通知")
    confirmed = confirm_year(after(before, register=register), proposal="p1", year=2023, by=WU)
    assert confirmed[0].edition == 5
    with pytest.raises(YearNotAnnounced, match="2023年"):
        propose_read(notice, register=Register())


def except_(
    *days: tuple[date, bool, str], register: Register, year: int = 2024
) -> CalendarYearProposed:
    [told] = propose_exception(
        register, proposal="p1", year=year, days=days, why="台风红色预警", by=ZHOU
    )
    return told


STOPPED = (TYPHOON.day, False, "台风停工")
STANDING = announced(year(2024, ("2024-02-12", False), ("2024-02-18", True)))


def test_the_city_excepts_a_day_and_says_why() -> None:
    told = except_(STOPPED, register=STANDING)

    assert told.days == (HOLIDAY, MADE_UP, TYPHOON)
    assert (told.edition, told.source, told.why) == (2, "通知", "台风红色预警")


def test_a_provisional_year_stays_so() -> None:
    provisional = announced(year(2024, provisional=True))

    assert except_(STOPPED, register=provisional).provisional


def test_a_day_that_is_like_its_weekday_again_is_not_listed_any_more() -> None:
    free_sunday = (MADE_UP.day, False, "台风停工")

    assert except_(free_sunday, register=STANDING).days == (HOLIDAY,)


def test_a_weekend_day_may_be_worked_instead() -> None:
    saturday = date(2024, 9, 14)

    told = except_(STOPPED, (saturday, True, "补班"), register=STANDING)

    assert told.days[-1] == CalendarDay(day=saturday, works=True, name="补班", local=True)


def test_exceptions_make_sense() -> None:
    with pytest.raises(YearNotAnnounced):
        except_(STOPPED, register=Register())
    with pytest.raises(DayOfAnotherYear):
        except_((date(2025, 9, 5), False, "台风停工"), register=STANDING)
    with pytest.raises(DayTwice):
        except_(STOPPED, STOPPED, register=STANDING)
    with pytest.raises(NothingChanged):
        except_((date(2024, 9, 6), True, "上班"), register=STANDING)


def test_what_the_city_excepted_stays_when_the_notice_is_entered_again() -> None:
    excepted = announced(year(2024)).calendars[2024].model_copy(update={"days": (TYPHOON,)})

    told = propose(HOLIDAY, register=announced(excepted))
    listed = propose(
        HOLIDAY, TYPHOON.model_copy(update={"local": False}), register=announced(excepted)
    )

    assert told.days == (HOLIDAY, TYPHOON)
    assert not listed.days[-1].local, "the notice has it now"
