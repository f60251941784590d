"""Stepping in: what is still to be done before a session may act, and when it is over."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from services.portal.signin.domain.account import Account, Seat, Session
from services.portal.signin.domain.terms import Terms


class Step(Enum):
    """What comes next for somebody who is coming in, and the page on which it is done."""

    CODE = "/sign-in/code"
    PASSWORD = "/sign-in/password"
    ENROL = "/sign-in/enrol"
    SEAT = "/sign-in/seat"
    DONE = ""


def next_step(
    session: Session,
    account: Account | None,
    *,
    seats: Sequence[Seat],
    terms: Terms,
    now: datetime,
) -> Step:
    """The next thing to do; a visitor of the demo has no account and proves nothing."""
    if session.way != "demo" and account is not None:
        if account.has_second_factor and session.second_at is None:
            return Step.CODE
        if session.way == "password" and must_change_password(account, terms=terms, now=now):
            return Step.PASSWORD
        if session.second_at is None and needs_second_factor(seats, terms=terms):
            return Step.ENROL
    return Step.DONE if seat_taken(session, seats) is not None else Step.SEAT


def needs_second_factor(seats: Sequence[Seat], *, terms: Terms) -> bool:
    """Whether the office asks for one of those who hold these posts."""
    return any(seat.post in terms.second_factor for seat in seats)


def must_change_password(account: Account, *, terms: Terms, now: datetime) -> bool:
    """Whether the password is somebody else's choice, or too old."""
    if account.must_change:
        return True
    return (
        terms.password_life is not None
        and account.set_at is not None
        and now - account.set_at > terms.password_life
    )


def first_password_is_over(account: Account, *, terms: Terms, now: datetime) -> bool:
    """Whether a one-time password has waited too long to be used."""
    return (
        account.must_change
        and account.set_at is not None
        and now - account.set_at > terms.first_password_life
    )


def seat_taken(session: Session, seats: Sequence[Seat]) -> Seat | None:
    """The seat in which the session acts: the chosen one while it is theirs, or their only one."""
    if session.seat in seats:
        return session.seat
    return seats[0] if len(seats) == 1 else None


def why_over(
    session: Session, account: Account | None, *, terms: Terms, now: datetime, is_demo: bool
) -> str | None:
    """Why a session lets nobody in any more; None while it does."""
    if session.ended_at is not None:
        return session.ended_why or "ended"
    if session.way == "demo":
        if not is_demo:
            return "no-demo"
    elif account is None or account.locked_at is not None:
        return "locked"
    if now - session.began_at > terms.longest:
        return "too-long"
    if now - session.seen_at > terms.idle:
        return "idle"
    return None


def is_fresh(session: Session, *, terms: Terms, now: datetime) -> bool:
    """Whether they proved who they are a short while ago; in a demo nobody has to."""
    return session.way == "demo" or now - session.proved_at <= terms.fresh
