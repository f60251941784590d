"""The first password: told once, changed at once; from the pages of security, or the terminal."""

from datetime import datetime

from services.portal.signin.domain.administering import may_open
from services.portal.signin.passwords import Passwords, one_time_password
from services.portal.signin.store import accounts, failures, sessions
from services.portal.signin.trail import note
from shared.contracts.event import PersonId
from shared.reference import Reference
from shared.work import Desk

AT_THE_TERMINAL = "terminal"


async def set_at_the_terminal(
    desk: Desk,
    passwords: Passwords,
    person: PersonId,
    *,
    known: Reference,
    now: datetime,
    without_second_factor: bool = False,
) -> str:
    """A one-time password for somebody, whose account is opened where there is none.

    So the first administrator comes in, and one who has locked themselves out. Whom the security
    administrator has locked stays locked.

    Raises:
        NotRegistered, AdministratorsAreApart: no account can be opened.
    """
    told = one_time_password()
    stored = await passwords.hashed(told)
    async with desk.transaction() as tx:
        account = await accounts.lock_account(tx, person)
        if account is None:
            may_open(person, account, posts=known.posts_of(person))
            await accounts.open_account(tx, person, now=now)
        await accounts.set_password(tx, person, stored, now=now, must_change=True)
        if without_second_factor:
            await accounts.remove_secret(tx, person)
        await failures.forgive(tx, person)
        ended = await sessions.end_all(tx, person, now=now, why="password")
        await note(
            tx,
            "account-opened" if account is None else "password-set",
            person,
            at=now,
            by=AT_THE_TERMINAL,
            sessions=ended or None,
        )
        if without_second_factor and account is not None and account.has_second_factor:
            await note(tx, "unenrolled", person, at=now, by=AT_THE_TERMINAL)
    return told
