"""Administering: by the security administrator, upon others, with a reason."""

from dataclasses import replace

import pytest

from services.portal.signin.domain.administering import (
    may_administer,
    may_open,
    must_exist,
    reason_given,
    subject_given,
)
from services.portal.signin.domain.refusals import (
    AccountIsOpen,
    AdministratorsAreApart,
    NoAccount,
    NotRegistered,
    NotYourself,
    ReasonMissing,
    SubjectUnfit,
)
from shared.contracts.event import Actor, PersonId, UnitCode
from shared.contracts.registry import HeldPost, Post
from shared.policy import PostMayNot
from tests.domain.portal.signin.terms import ACCOUNT, PERSON

C007 = UnitCode("C007")
GUARD = Actor(person=PersonId("guard"), name="王安", post="security", unit=C007)


def held(*posts: Post) -> list[HeldPost]:
    return [HeldPost(post=post, unit=C007) for post in posts]


def test_the_security_administrator_sees_to_others() -> None:
    may_administer(GUARD, PERSON)


def test_not_to_themselves_nor_to_whom_they_stand_in_for() -> None:
    stand_in = GUARD.model_copy(update={"on_behalf_of": PERSON})

    with pytest.raises(NotYourself):
        may_administer(GUARD, GUARD.person)
    with pytest.raises(NotYourself):
        may_administer(stand_in, PERSON)


@pytest.mark.parametrize("post", sorted(set(Post) - {Post.SECURITY, Post.UNKNOWN}))
def test_nobody_else_does(post: Post) -> None:
    with pytest.raises(PostMayNot):
        may_administer(GUARD.model_copy(update={"post": post}), PERSON)


def test_an_account_is_opened_once_for_somebody_registered() -> None:
    may_open(PERSON, None, posts=held(Post.OFFICER))
    with pytest.raises(AccountIsOpen):
        may_open(PERSON, ACCOUNT, posts=held(Post.OFFICER))
    with pytest.raises(NotRegistered, match="“chen"):
        may_open(PERSON, None, posts=None)


def test_three_administrators_are_three_people() -> None:
    may_open(PERSON, None, posts=held(Post.SECURITY, Post.OFFICER))
    with pytest.raises(AdministratorsAreApart):
        may_open(PERSON, None, posts=held(Post.SECURITY, Post.AUDITOR))


def test_what_is_not_there_is_named() -> None:
    assert must_exist(ACCOUNT, person=PERSON) == ACCOUNT
    with pytest.raises(NoAccount, match="“chen"):
        must_exist(None, person=PERSON)


def test_a_reason_is_a_sentence() -> None:
    assert reason_given("  离岗\n 一月 ") == "离岗 一月"
    assert reason_given("因" * 200) == "因" * 200
    for said in ("", " \n ", "因" * 201):
        with pytest.raises(ReasonMissing):
            reason_given(said)


def test_a_name_at_the_provider_is_one_or_none() -> None:
    assert subject_given(" sz-001 ") == "sz-001"
    assert subject_given("  ") is None
    for said in ("a\nb", "x" * 201):
        with pytest.raises(SubjectUnfit):
            subject_given(said)


def test_an_account_knows_its_second_factor() -> None:
    assert not replace(ACCOUNT, secret=b"waiting").has_second_factor
    assert replace(ACCOUNT, enrolled_at=ACCOUNT.opened_at).has_second_factor
