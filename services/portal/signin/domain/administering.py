"""Administering accounts: the security administrator's, never upon themselves."""

from collections.abc import Sequence

from services.portal.signin.domain.account import Account
from services.portal.signin.domain.choosing import ADMINISTRATORS
from services.portal.signin.domain.refusals import (
    AccountIsOpen,
    AdministratorsAreApart,
    NoAccount,
    NotRegistered,
    NotYourself,
    ReasonMissing,
    SubjectUnfit,
)
from shared.contracts.event import Actor, PersonId
from shared.contracts.registry import HeldPost
from shared.policy import allow

LONGEST_REASON = 200
LONGEST_SUBJECT = 200


def may_administer(by: Actor, person: PersonId) -> None:
    """Let the security administrator see to somebody else's account.

    Raises:
        PostMayNot: they are none.
        NotYourself: it is their own, or that of the person they act for.
    """
    allow("signin.administer", by)
    if person in (by.person, by.on_behalf_of):
        raise NotYourself


def may_open(
    person: PersonId, account: Account | None, *, posts: Sequence[HeldPost] | None
) -> None:
    """See that an account can be opened.

    Raises:
        NotRegistered: nobody of this id is in the registry.
        AccountIsOpen: there is one.
        AdministratorsAreApart: the person would be two administrators at once.
    """
    if posts is None:
        raise NotRegistered(person=person)
    if account is not None:
        raise AccountIsOpen(person=person)
    if len({held.post for held in posts if held.post in ADMINISTRATORS}) > 1:
        raise AdministratorsAreApart


def must_exist(account: Account | None, *, person: PersonId) -> Account:
    """The account.

    Raises:
        NoAccount: there is none.
    """
    if account is None:
        raise NoAccount(person=person)
    return account


def reason_given(text: str) -> str:
    """Why it is done, as it is kept.

    Raises:
        ReasonMissing: nothing was said, or a whole story.
    """
    said = " ".join(text.split())
    if not 1 <= len(said) <= LONGEST_REASON:
        raise ReasonMissing(most=LONGEST_REASON)
    return said


def subject_given(text: str) -> str | None:
    """The name under which the city's sign-in knows somebody; None for nobody.

    Raises:
        SubjectUnfit: it cannot be one.
    """
    said = text.strip()
    if not said:
        return None
    if len(said) > LONGEST_SUBJECT or not said.isprintable():
        raise SubjectUnfit
    return said
