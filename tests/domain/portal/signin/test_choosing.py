"""Choosing: a seat among one's own and those of others, and a password that will do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.portal.signin.domain.account import Seat
from services.portal.signin.domain.choosing import chosen, kept_apart, seats_of
from services.portal.signin.domain.choosing_passwords import check, kinds_in
from services.portal.signin.domain.refusals import (
    NotYourSeat,
    PasswordNamesYou,
    PasswordsDiffer,
    PasswordTooLong,
    PasswordTooPlain,
    PasswordTooShort,
)
from shared.contracts.event import PersonId, UnitCode
from shared.contracts.registry import DelegationGiven, HeldPost, Post
from tests.domain.portal.signin.terms import OFFICER, OPERATOR, TERMS

DAY = date(2026, 3, 2)
ME, GIVER = PersonId("me"), PersonId("giver")
D07, C030 = UnitCode("D07"), UnitCode("C030")
MINE = HeldPost(post=Post.OFFICER, unit=D07)
THEIRS = HeldPost(post=Post.HEAD, unit=C030)
GIVEN = DelegationGiven(
    delegation="1",
    giver=GIVER,
    deputy=ME,
    post=Post.HEAD,
    unit=C030,
    since=DAY,
    until=DAY,
    why="出差",
)
STANDS_IN = Seat("head", C030, GIVER)


@dataclass(frozen=True, slots=True)
class Town:
    """Who holds what, and who stands in for whom."""

    mine: tuple[HeldPost, ...] = (MINE,)
    theirs: tuple[HeldPost, ...] = (THEIRS,)

    def posts_of(self, person: PersonId, /) -> Sequence[HeldPost] | None:
        return {ME: self.mine, GIVER: self.theirs}.get(person)

    def delegated_to(self, deputy: PersonId, /, *, on: date) -> Sequence[DelegationGiven]:
        return [GIVEN] if deputy == ME and GIVEN.since <= on <= GIVEN.until else []


def test_ones_own_seats_come_first() -> None:
    assert seats_of(ME, Town(), on=DAY) == [Seat("officer", D07), STANDS_IN]


def test_one_stands_in_on_the_days_of_the_delegation() -> None:
    assert STANDS_IN not in seats_of(ME, Town(), on=DAY - timedelta(days=1))
    assert STANDS_IN not in seats_of(ME, Town(), on=DAY + timedelta(days=1))


def test_nobody_stands_in_for_who_has_left() -> None:
    left = THEIRS.model_copy(update={"until": DAY - timedelta(days=1)})

    assert seats_of(ME, Town(theirs=(left,)), on=DAY) == [Seat("officer", D07)]


def test_a_post_is_a_seat_from_its_first_day_to_its_last() -> None:
    held = MINE.model_copy(update={"since": DAY, "until": DAY})

    for away, seats in ((-1, 0), (0, 1), (1, 0)):
        on = DAY + timedelta(days=away)
        assert len(seats_of(ME, Town(mine=(held,), theirs=()), on=on)) == seats


def test_a_post_of_a_later_version_is_no_seat() -> None:
    unknown = HeldPost(post=Post("archivist"), unit=D07)

    assert seats_of(ME, Town(mine=(unknown,), theirs=()), on=DAY) == []


def test_nobody_is_two_administrators_but_keeps_their_other_seats() -> None:
    auditor = Seat("auditor", OPERATOR.unit)

    assert kept_apart([OFFICER, OPERATOR, auditor]) == [OFFICER]
    assert kept_apart([OFFICER, OPERATOR]) == [OFFICER, OPERATOR]


def test_a_seat_is_chosen_by_its_code() -> None:
    assert chosen("head/C030/giver", [OFFICER, STANDS_IN]) == STANDS_IN
    with pytest.raises(NotYourSeat):
        chosen("head/C030/", [OFFICER, STANDS_IN])


@pytest.mark.parametrize(
    ("password", "kinds"),
    [("", 0), ("abc", 1), ("abC", 2), ("abC1", 3), ("abC1-", 4), ("会办", 1), ("会办a", 2)],
)
def test_kinds_are_counted(password: str, kinds: int) -> None:
    assert kinds_in(password) == kinds


def will_do(password: str, again: str | None = None) -> None:
    check(password, password if again is None else again, names=("chen.jing", "陈静"), terms=TERMS)


def test_ten_characters_of_three_kinds_will_do() -> None:
    will_do("Abcdefgh-1")
    will_do("abcdefgh-1")


@pytest.mark.parametrize(
    ("password", "no"),
    [
        ("Abcdefg-1", PasswordTooShort),
        ("abcdefghi1", PasswordTooPlain),
        ("Xx-CHEN.JING-1", PasswordNamesYou),
        ("Xx-jing-12345", PasswordNamesYou),
        ("x" * 198 + "-A1", PasswordTooLong),
    ],
)
def test_others_will_not(password: str, no: type[Exception]) -> None:
    with pytest.raises(no):
        will_do(password)


def test_it_is_written_twice_alike() -> None:
    with pytest.raises(PasswordsDiffer):
        will_do("Abcdefgh-1", "Abcdefgh-2")


@given(st.text(max_size=12))
def test_whatever_is_written_is_answered(password: str) -> None:
    assert 0 <= kinds_in(password) <= 4
