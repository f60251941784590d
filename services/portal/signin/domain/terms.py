"""Terms: the numbers and choices of the office that sign-in goes by."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Terms:
    """What the rule set says of sign-in; a password that never ages has ``password_life`` None."""

    failures_to_lock: int
    lock: timedelta
    failures_per_address: int
    idle: timedelta
    longest: timedelta
    fresh: timedelta
    length: int
    kinds: int
    history: int
    password_life: timedelta | None
    first_password_life: timedelta
    recovery_codes: int
    second_factor: frozenset[str]  # the posts that need one
