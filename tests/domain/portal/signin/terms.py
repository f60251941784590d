"""The terms by which these tests go, and a moment to start from."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services.portal.signin.domain.account import Account, Seat, Session
from services.portal.signin.domain.terms import Terms
from shared.contracts.event import PersonId, UnitCode

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MOMENT = timedelta(microseconds=1)
TERMS = Terms(
    failures_to_lock=5,
    lock=15 * MINUTE,
    failures_per_address=60,
    idle=30 * MINUTE,
    longest=12 * HOUR,
    fresh=15 * MINUTE,
    length=10,
    kinds=3,
    history=5,
    password_life=90 * DAY,
    first_password_life=7 * DAY,
    recovery_codes=10,
    second_factor=frozenset({"operator"}),
)
PERSON = PersonId("chen.jing")
OFFICER = Seat("officer", UnitCode("D07"))
OPERATOR = Seat("operator", UnitCode("C007"))
ACCOUNT = Account(PERSON, opened_at=NOW - 30 * DAY, password="stored", set_at=NOW - 30 * DAY)
SESSION = Session(1, PERSON, "password", began_at=NOW, seen_at=NOW, proved_at=NOW)


def session(**more: object) -> Session:
    """A session that differs in something."""
    return replace(SESSION, **more)  # type: ignore[arg-type]


def account(**more: object) -> Account:
    """An account that differs in something."""
    return replace(ACCOUNT, **more)  # type: ignore[arg-type]
