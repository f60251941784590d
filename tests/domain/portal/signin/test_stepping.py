"""Stepping in: each step in its turn, and when a session is over."""

from datetime import timedelta

import pytest

from services.portal.signin.domain.account import Account, Seat, Session
from services.portal.signin.domain.stepping import (
    Step,
    first_password_is_over,
    is_fresh,
    must_change_password,
    next_step,
    seat_taken,
    why_over,
)
from tests.domain.portal.signin.terms import (
    ACCOUNT,
    DAY,
    HOUR,
    MINUTE,
    MOMENT,
    NOW,
    OFFICER,
    OPERATOR,
    SESSION,
    TERMS,
    account,
    session,
)


def step(
    of: Session = SESSION,
    account: Account | None = ACCOUNT,
    *,
    seats: tuple[Seat, ...] = (OFFICER,),
) -> Step:
    return next_step(of, account, seats=seats, terms=TERMS, now=NOW)


def test_who_has_one_seat_and_a_password_of_their_own_is_in() -> None:
    assert step() is Step.DONE


def test_the_code_comes_before_everything() -> None:
    waiting = account(enrolled_at=NOW, must_change=True)

    assert step(account=waiting) is Step.CODE
    assert step(session(second_at=NOW), waiting) is Step.PASSWORD


def test_a_first_password_is_changed_before_a_second_factor_is_bound() -> None:
    assert step(account=account(must_change=True), seats=(OPERATOR,)) is Step.PASSWORD
    assert step(seats=(OPERATOR,)) is Step.ENROL
    assert step(session(second_at=NOW), seats=(OPERATOR,)) is Step.DONE


def test_one_post_that_needs_a_second_factor_is_enough() -> None:
    assert step(seats=(OFFICER, OPERATOR)) is Step.ENROL
    assert step(seats=(OFFICER, Seat("head", OFFICER.unit))) is Step.SEAT


def test_who_came_with_a_provider_changes_no_password_here() -> None:
    assert step(session(way="oidc"), account(must_change=True)) is Step.DONE


def test_whoever_is_played_in_a_demo_proves_nothing() -> None:
    assert step(session(way="demo"), None, seats=(OPERATOR,)) is Step.DONE


@pytest.mark.parametrize(
    ("chosen", "seats", "taken"),
    [
        (None, (OFFICER,), OFFICER),
        (None, (OFFICER, OPERATOR), None),
        (OPERATOR, (OFFICER, OPERATOR), OPERATOR),
        (OPERATOR, (OFFICER, Seat("head", OFFICER.unit)), None),
        (OPERATOR, (OFFICER,), OFFICER),
        (OPERATOR, (), None),
    ],
)
def test_a_seat_is_theirs_while_they_hold_it(
    chosen: Seat | None, seats: tuple[Seat, ...], taken: Seat | None
) -> None:
    assert seat_taken(session(seat=chosen), seats) == taken


@pytest.mark.parametrize(("age", "old"), [(90 * DAY, False), (90 * DAY + MOMENT, True)])
def test_a_password_is_old_after_its_last_day(age: timedelta, old: bool) -> None:
    assert must_change_password(account(set_at=NOW - age), terms=TERMS, now=NOW) is old


@pytest.mark.parametrize(("age", "over"), [(7 * DAY, False), (7 * DAY + MOMENT, True)])
def test_a_first_password_waits_so_long_and_no_longer(age: timedelta, over: bool) -> None:
    first = account(must_change=True, set_at=NOW - age)

    assert first_password_is_over(first, terms=TERMS, now=NOW) is over
    assert not first_password_is_over(account(set_at=NOW - age), terms=TERMS, now=NOW)


@pytest.mark.parametrize(
    ("of", "account", "why"),
    [
        (session(seen_at=NOW - 30 * MINUTE), ACCOUNT, None),
        (session(seen_at=NOW - 30 * MINUTE - MOMENT), ACCOUNT, "idle"),
        (session(began_at=NOW - 12 * HOUR), ACCOUNT, None),
        (session(began_at=NOW - 12 * HOUR - MOMENT), ACCOUNT, "too-long"),
        (session(ended_at=NOW, ended_why="security"), ACCOUNT, "security"),
        (session(ended_at=NOW), ACCOUNT, "ended"),
        (SESSION, account(locked_at=NOW), "locked"),
        (SESSION, None, "locked"),
        (session(way="demo"), None, "no-demo"),
    ],
)
def test_a_session_is_over(of: Session, account: Account | None, why: str | None) -> None:
    assert why_over(of, account, terms=TERMS, now=NOW, is_demo=False) == why


def test_a_session_of_the_demo_lasts_while_it_is_one() -> None:
    assert why_over(session(way="demo"), None, terms=TERMS, now=NOW, is_demo=True) is None


@pytest.mark.parametrize(("ago", "fresh"), [(15 * MINUTE, True), (15 * MINUTE + MOMENT, False)])
def test_a_proof_stays_fresh_for_a_while(ago: timedelta, fresh: bool) -> None:
    assert is_fresh(session(proved_at=NOW - ago), terms=TERMS, now=NOW) is fresh
    assert is_fresh(session(way="demo", proved_at=NOW - ago), terms=TERMS, now=NOW)
