"""Somebody lets another act in their post for some days, and may end it early."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.registry.domain.delegating import end_delegation, give_delegation
from services.registry.domain.refusals import (
    BackwardsDates,
    DelegationInThePast,
    DelegationOver,
    DelegationsOverlap,
    DelegationTooLong,
    NoSuchDelegation,
    NotDelegable,
    OnlyOwnPost,
    PostNotHeld,
    ToOneself,
    UnknownPerson,
)
from services.registry.domain.register import Register
from shared.contracts.event import Actor, PersonId, UnitCode
from shared.contracts.registry import DelegationGiven, HeldPost, PersonRegistered, Post
from shared.rules import NotInRules
from tests.domain.registry.standing import OPERATOR, REGISTER, RULES, TODAY

DAY = timedelta(days=1)
FRIDAY = TODAY + 4 * DAY
LI, LUO = PersonId("li.ming"), PersonId("luo")


def person(id: PersonId, name: str, *posts: HeldPost) -> PersonRegistered:
    return PersonRegistered(person=id, name=name, posts=posts)


def held(post: Post, *, until: date | None = None) -> HeldPost:
    return HeldPost(post=post, unit=UnitCode("D07"), until=until)


def actor(id: PersonId, post: Post = Post.HEAD, **more: Any) -> Actor:
    return Actor(person=id, name=id, post=post, unit=UnitCode("D07"), **more)


PEOPLE = REGISTER.after(person(LI, "李明", held(Post.HEAD), held(Post.OPERATOR))).after(
    person(LUO, "罗红", held(Post.DEPUTY))
)
A_WEEK = DelegationGiven(
    delegation="d1",
    giver=LI,
    deputy=LUO,
    post=Post.HEAD,
    unit=UnitCode("D07"),
    since=TODAY,
    until=FRIDAY,
    why="出差",
)


def give(
    *, by: Actor | None = None, register: Register = PEOPLE, on: date = TODAY, **changes: Any
) -> tuple[DelegationGiven, ...]:
    return give_delegation(
        register,
        delegation=A_WEEK.model_copy(update=changes),
        rules=RULES,
        by=by or actor(LI),
        on=on,
    )


def test_a_person_lets_another_act_in_their_post() -> None:
    assert give() == (A_WEEK,)


def test_an_operator_enters_it_for_somebody() -> None:
    assert give(by=OPERATOR) == (A_WEEK,)


def test_nobody_else_gives_away_anothers_post() -> None:
    with pytest.raises(OnlyOwnPost, match="只能委托他人代办自己的职务"):
        give(by=actor(LUO))


def test_what_was_lent_is_not_lent_on() -> None:
    with pytest.raises(OnlyOwnPost):
        give(by=actor(LI, on_behalf_of=PersonId("chen")))
    with pytest.raises(OnlyOwnPost):
        give(by=actor(LUO, on_behalf_of=LI))


def test_one_cannot_delegate_to_oneself() -> None:
    with pytest.raises(ToOneself):
        give(deputy=LI)


@pytest.mark.parametrize("post", [Post.OPERATOR, Post.SECURITY, Post.AUDITOR])
def test_the_three_administrators_posts_are_not_lent(post: Post) -> None:
    with pytest.raises(NotDelegable, match="不能委托他人代办"):
        give(post=post)


def test_it_lasts_a_day_at_least() -> None:
    assert give(until=TODAY) != ()
    with pytest.raises(BackwardsDates, match="代办的起始日2024-01-15晚于截止日2024-01-14"):
        give(until=TODAY - DAY)


def test_it_begins_today_or_later() -> None:
    with pytest.raises(DelegationInThePast, match="代办从2024-01-15开始，早于今天"):
        give(on=TODAY + DAY)


def test_it_lasts_no_longer_than_the_rules_allow() -> None:
    assert give(until=TODAY + 89 * DAY) != ()
    with pytest.raises(DelegationTooLong, match=r"代办共91天，最长90天（规则shenzhen-2024@2）"):
        give(until=TODAY + 90 * DAY)


def test_rules_that_do_not_say_how_long_are_to_be_completed() -> None:
    silent = RULES.model_copy(update={"numbers": {}})

    with pytest.raises(NotInRules, match=r"delegation\.days"):
        give_delegation(PEOPLE, delegation=A_WEEK, rules=silent, by=actor(LI), on=TODAY)


def test_both_must_be_known() -> None:
    with pytest.raises(UnknownPerson, match="nobody"):
        give(deputy=PersonId("nobody"))
    with pytest.raises(UnknownPerson, match="nobody"):
        give(giver=PersonId("nobody"), by=actor(PersonId("nobody")))


def test_a_post_is_held_from_the_first_day_to_the_last() -> None:
    ends_on_friday = PEOPLE.after(person(LI, "李明", held(Post.HEAD, until=FRIDAY)))

    assert give(register=ends_on_friday) != ()
    with pytest.raises(PostNotHeld, match="李明在2024-01-20没有担任该单位的“承办单位负责人”"):
        give(register=ends_on_friday, until=FRIDAY + DAY)
    with pytest.raises(PostNotHeld):
        give(post=Post.OFFICER)


def test_one_post_is_lent_to_one_person_at_a_time() -> None:
    lent = PEOPLE.after(A_WEEK)

    assert give(register=lent, delegation="d2", since=FRIDAY + DAY, until=FRIDAY + DAY) != ()
    with pytest.raises(DelegationsOverlap, match="在2024-01-15至2024-01-19已委托罗红代办"):
        give(register=lent, delegation="d2", since=FRIDAY, until=FRIDAY + DAY)


def test_one_that_was_ended_before_its_first_day_is_in_nobodys_way() -> None:
    never = PEOPLE.after(A_WEEK.model_copy(update={"until": TODAY - DAY}))

    assert give(register=never, delegation="d2") != ()


@pytest.mark.parametrize("by", [actor(LI), actor(LUO, Post.DEPUTY), OPERATOR])
def test_it_ends_today_by_giver_deputy_or_operator(by: Actor) -> None:
    [ended] = end_delegation(PEOPLE.after(A_WEEK), delegation="d1", by=by, on=TODAY + DAY)

    assert ended == A_WEEK.model_copy(update={"until": TODAY})


def test_others_do_not_even_learn_of_it() -> None:
    for delegation, by in (("d1", actor(PersonId("chen"))), ("d9", OPERATOR)):
        with pytest.raises(NoSuchDelegation):
            end_delegation(PEOPLE.after(A_WEEK), delegation=delegation, by=by, on=TODAY)


def test_what_is_over_cannot_be_ended() -> None:
    lent = PEOPLE.after(A_WEEK)

    assert end_delegation(lent, delegation="d1", by=OPERATOR, on=FRIDAY) != ()
    with pytest.raises(DelegationOver, match="已于2024-01-19结束"):
        end_delegation(lent, delegation="d1", by=OPERATOR, on=FRIDAY + DAY)
