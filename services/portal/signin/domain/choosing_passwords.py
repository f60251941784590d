"""Choosing a password: long enough, of several kinds, nobody's name, none of the last ones."""

from services.portal.signin.domain.refusals import (
    PasswordNamesYou,
    PasswordsDiffer,
    PasswordTooLong,
    PasswordTooPlain,
    PasswordTooShort,
    PasswordUsedBefore,
)
from services.portal.signin.domain.terms import Terms

LONGEST = 200  # what the hash takes in at a time is bounded
SHORTEST_NAME = 4


def check(password: str, again: str, *, names: tuple[str, ...], terms: Terms) -> None:
    """See that a new password will do.

    Raises:
        PasswordsDiffer: it was not written twice alike.
        PasswordTooShort, PasswordTooLong: its length.
        PasswordTooPlain: too few kinds of characters.
        PasswordNamesYou: it has a name of its owner in it.
    """
    if password != again:
        raise PasswordsDiffer
    if len(password) < terms.length:
        raise PasswordTooShort(least=terms.length)
    if len(password) > LONGEST:
        raise PasswordTooLong(most=LONGEST)
    if kinds_in(password) < terms.kinds:
        raise PasswordTooPlain(kinds=terms.kinds)
    plain = password.casefold()
    parts = {part for name in names for part in name.casefold().split(".")} | {
        name.casefold() for name in names
    }
    if any(part in plain for part in parts if len(part) >= SHORTEST_NAME):
        raise PasswordNamesYou


def kinds_in(password: str) -> int:
    """How many kinds there are: small and capital letters, digits, everything else."""
    return len(
        {
            "small"
            if one.islower()
            else "capital"
            if one.isupper()
            else "digit"
            if one.isdigit()
            else "other"
            for one in password
        }
    )


def must_be_new(*, used_before: bool, terms: Terms) -> None:
    """Refuse one of the last passwords.

    Raises:
        PasswordUsedBefore: it was one of them.
    """
    if used_before:
        raise PasswordUsedBefore(last=terms.history)
