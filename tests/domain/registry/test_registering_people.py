"""A person holds posts in units that stand."""

import pytest

from services.registry.domain.refusals import UnknownUnit
from services.registry.domain.registering_people import register_person
from shared.contracts.event import PersonId, UnitCode
from shared.contracts.registry import HeldPost, PersonRegistered, Post
from tests.domain.registry.standing import REGISTER

OFFICER = HeldPost(post=Post.OFFICER, unit=UnitCode("D07"))
HEAD = HeldPost(post=Post.HEAD, unit=UnitCode("S003"))


def person(*posts: HeldPost, name: str = "李明") -> PersonRegistered:
    return PersonRegistered(person=PersonId("li.ming"), name=name, posts=posts)


def test_a_person_may_hold_posts_in_several_units() -> None:
    assert register_person(REGISTER, person=person(OFFICER, HEAD)) == (person(OFFICER, HEAD),)


def test_a_person_may_have_given_up_every_post() -> None:
    register = REGISTER.after(person(OFFICER))

    assert register_person(register, person=person()) == (person(),)


def test_a_post_named_twice_counts_once() -> None:
    assert register_person(REGISTER, person=person(OFFICER, OFFICER)) == (person(OFFICER),)


def test_a_person_who_stands_like_that_is_not_told_again() -> None:
    register = REGISTER.after(person(OFFICER))

    assert register_person(register, person=person(OFFICER)) == ()


def test_a_new_name_is_told() -> None:
    register = REGISTER.after(person(OFFICER))

    assert register_person(register, person=person(OFFICER, name="李明明")) != ()


def test_a_post_is_held_in_a_unit_that_stands() -> None:
    nowhere = HeldPost(post=Post.OFFICER, unit=UnitCode("D99"))

    with pytest.raises(UnknownUnit, match="D99"):
        register_person(REGISTER, person=person(OFFICER, nowhere))
