"""Proving who one is: a password, a code, and the count of those who cannot."""

from dataclasses import dataclass
from datetime import datetime

from services.portal.signin.codes import recovery_digest, step_of
from services.portal.signin.domain.account import Account
from services.portal.signin.domain.limiting import locked_until, may_try
from services.portal.signin.domain.refusals import (
    AccountLocked,
    CodeNotRight,
    FirstPasswordOver,
    NotRecognised,
)
from services.portal.signin.domain.stepping import first_password_is_over
from services.portal.signin.domain.terms import Terms
from services.portal.signin.room import SignIn
from services.portal.signin.store import accounts, failures
from services.portal.signin.trail import NOBODY, note

LONGEST_NAME = 100
LONGEST_PASSWORD = 200


@dataclass(frozen=True, slots=True)
class Door:
    """Where and when somebody tries to come in, and the terms that hold."""

    signin: SignIn
    terms: Terms
    now: datetime
    address: str

    async def password(self, name: str, password: str) -> Account:
        """The account that a name and its password open.

        Failures of a second factor to come are not forgiven by a good password.

        Raises:
            TooManyFailures, TooManyFromHere: they have to wait.
            NotRecognised: there is no such account, or this is not its password.
            AccountLocked, FirstPasswordOver: it is, but lets nobody in.
        """
        failure = await self._try(name)
        async with self.signin.desk.transaction() as tx:
            account = await accounts.account(tx, name)
        stored = account.password if account is not None else None
        fits, anew = await self.signin.passwords.fits(password[:LONGEST_PASSWORD], stored)
        if account is None or not fits or len(password) > LONGEST_PASSWORD:
            await self._failed(name, account, "password" if account is not None else "nobody")
            raise NotRecognised
        async with self.signin.desk.transaction() as tx:
            await failures.take_back(tx, failure)
            if anew is not None and stored is not None:
                await accounts.hash_anew(tx, account.person, old=stored, new=anew)
            if not account.has_second_factor:
                await failures.forgive(tx, name)
        await self.must_let_in(account)
        return account

    async def code(self, account: Account, said: str) -> None:
        """See that this is the authenticator's code of now.

        Raises:
            TooManyFailures, TooManyFromHere: they have to wait.
            CodeNotRight: it is none, or was used before.
        """
        failure = await self._try(account.person)
        secret = self.signin.seal.opened(account.secret) if account.secret else None
        step = step_of(said, secret, seconds=self.now.timestamp()) if secret else None
        async with self.signin.desk.transaction() as tx:
            good = step is not None and await accounts.use_step(tx, account.person, step)
            if good:
                await failures.take_back(tx, failure)
                await failures.forgive(tx, account.person)
        if not good:
            await self._failed(account.person, account, "code")
            raise CodeNotRight

    async def recovery_code(self, account: Account, said: str) -> None:
        """See that this is a recovery code that was never used; raises like ``code``."""
        failure = await self._try(account.person)
        digest = recovery_digest(said[:LONGEST_PASSWORD], person=account.person)
        async with self.signin.desk.transaction() as tx:
            good = await accounts.use_recovery_code(tx, account.person, digest, now=self.now)
            if good:
                await failures.take_back(tx, failure)
                await failures.forgive(tx, account.person)
                await note(tx, "recovery-code", account.person, at=self.now, address=self.address)
        if not good:
            await self._failed(account.person, account, "code")
            raise CodeNotRight

    async def must_let_in(self, account: Account) -> None:
        """See that an account that was proved lets its owner in.

        Raises:
            AccountLocked: the security administrator has locked it.
            FirstPasswordOver: its one-time password has waited too long.
        """
        if account.locked_at is not None:
            await self.refused(account.person, "locked")
            raise AccountLocked
        if first_password_is_over(account, terms=self.terms, now=self.now):
            await self.refused(account.person, "first-password-over")
            raise FirstPasswordOver

    async def refused(self, person: str, why: str) -> None:
        """Write down that somebody was not let in."""
        async with self.signin.desk.transaction() as tx:
            await note(tx, "refused", person, at=self.now, address=self.address, why=why)

    async def _try(self, name: str) -> int:
        """Count a try before it is looked at: as failed, until it has not."""
        async with self.signin.desk.transaction() as tx:
            await failures.forget_before(tx, self.now - 2 * self.terms.lock)
            await failures.queue_up(tx, name)
            may_try(
                await failures.of_name(tx, name, most=self.terms.failures_to_lock),
                from_here=await failures.from_address(
                    tx, self.address, since=self.now - self.terms.lock
                ),
                terms=self.terms,
                now=self.now,
            )
            return await failures.note(tx, name, self.address, now=self.now)

    async def _failed(self, name: str, account: Account | None, why: str) -> None:
        # A name that nobody has may be a password, written into the wrong field: it is not kept.
        person = account.person if account is not None else NOBODY
        async with self.signin.desk.transaction() as tx:
            failed = await failures.of_name(tx, name, most=self.terms.failures_to_lock)
            await note(tx, "refused", person, at=self.now, address=self.address, why=why)
            if account is not None and locked_until(failed, terms=self.terms) is not None:
                await note(tx, "held-up", person, at=self.now, address=self.address)
