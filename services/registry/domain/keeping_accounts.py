"""Keeping service accounts: another system acts here in a post, with a key that only it knows."""

from datetime import date

from services.registry.domain.periods import must_run_forward
from services.registry.domain.refusals import (
    AccountEnded,
    AccountTaken,
    ActNotOfPost,
    NoSuchAccount,
    NotForAccounts,
    UnknownAct,
)
from services.registry.domain.register import Register, day_before
from shared.contracts.registry import Post, ServiceAccountRegistered
from shared.policy import POST_NAMES, RIGHTS

FOR_PEOPLE_ONLY = frozenset({Post.SECURITY, Post.AUDITOR})


def register_account(
    register: Register, *, account: ServiceAccountRegistered, on: date
) -> tuple[ServiceAccountRegistered, ...]:
    """The account, for some of the acts of its post; a name is never given twice."""
    if account.account in register.accounts:
        raise AccountTaken(account=account.account)
    if account.post in FOR_PEOPLE_ONLY:
        raise NotForAccounts(post=POST_NAMES[account.post])
    for act in account.acts:
        if act not in RIGHTS:
            raise UnknownAct(act=act, known="、".join(sorted(RIGHTS)))
        if account.post not in RIGHTS[act].posts:
            raise ActNotOfPost(act=act, post=POST_NAMES[account.post])
    must_run_forward("服务账户", on, account.until)
    return (account.model_copy(update={"acts": tuple(dict.fromkeys(account.acts))}),)


def rotate_key(
    register: Register, *, account: str, key_digest: str, on: date
) -> tuple[ServiceAccountRegistered, ...]:
    """The account with another key; the one before is good no longer."""
    standing = _running(register, account=account, on=on)
    return (standing.model_copy(update={"key_digest": key_digest}),)


def end_account(
    register: Register, *, account: str, on: date
) -> tuple[ServiceAccountRegistered, ...]:
    """The account, over as of today."""
    standing = _running(register, account=account, on=on)
    return (standing.model_copy(update={"until": day_before(on)}),)


def _running(register: Register, *, account: str, on: date) -> ServiceAccountRegistered:
    standing = register.accounts.get(account)
    if standing is None:
        raise NoSuchAccount(account=account)
    if standing.until is not None and standing.until < on:
        raise AccountEnded(account=account, until=standing.until)
    return standing
