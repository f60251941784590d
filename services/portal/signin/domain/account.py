"""An account and a session, as they stand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shared.contracts.event import PersonId, UnitCode

Way = Literal["password", "oidc", "demo"]


@dataclass(frozen=True, slots=True)
class Seat:
    """A post of a unit in which somebody acts: their own, or another's by delegation (代办)."""

    post: str
    unit: UnitCode
    on_behalf_of: PersonId | None = None

    @property
    def code(self) -> str:
        """The seat as a form names it."""
        return "/".join((self.post, self.unit, self.on_behalf_of or ""))


@dataclass(frozen=True, slots=True)
class Account:
    """How a person may come in; ``password`` and ``secret`` are as they are stored, not plain."""

    person: PersonId
    opened_at: datetime
    subject: str | None = None
    password: str | None = None
    must_change: bool = False
    set_at: datetime | None = None
    secret: bytes | None = None
    enrolled_at: datetime | None = None
    locked_at: datetime | None = None
    locked_why: str | None = None

    @property
    def has_second_factor(self) -> bool:
        """Whether a code is asked for besides."""
        return self.enrolled_at is not None


@dataclass(frozen=True, slots=True)
class Session:
    """One browser in which somebody came in, and how far they have got."""

    number: int
    person: PersonId
    way: Way
    began_at: datetime
    seen_at: datetime
    proved_at: datetime
    second_at: datetime | None = None
    seat: Seat | None = None
    ended_at: datetime | None = None
    ended_why: str | None = None
    address: str = ""
    browser: str = ""
