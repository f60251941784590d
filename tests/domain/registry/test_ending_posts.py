"""A post ends at the end of a day; that it was held stays on file."""

from datetime import date, timedelta

import pytest

from services.registry.domain.ending_posts import end_post
from services.registry.domain.refusals import (
    BackwardsDates,
    OwnPosts,
    PostEndedAlready,
    PostNotHeld,
    UnknownPerson,
)
from shared.contracts.event import Actor, PersonId, UnitCode
from shared.contracts.registry import HeldPost, PersonRegistered, Post
from tests.domain.registry.standing import OPERATOR, REGISTER, TODAY

DAY = timedelta(days=1)
LI = PersonId("li.ming")


def held(
    post: Post = Post.OFFICER, *, since: date | None = None, until: date | None = None
) -> HeldPost:
    return HeldPost(post=post, unit=UnitCode("D07"), since=since, until=until)


def end(
    *posts: HeldPost,
    person: PersonId = LI,
    post: Post = Post.OFFICER,
    until: date = TODAY,
    by: Actor = OPERATOR,
) -> tuple[HeldPost, ...]:
    li = PersonRegistered(person=LI, name="李明", posts=posts)
    told = end_post(
        REGISTER.after(li),
        person=person,
        post=post,
        unit=UnitCode("D07"),
        until=until,
        by=by,
        on=TODAY,
    )
    return told[0].posts if told else ()


@pytest.mark.parametrize("until", [TODAY - DAY, TODAY, TODAY + DAY])
def test_a_post_is_held_to_the_end_of_a_day(until: date) -> None:
    assert end(held(), held(Post.HEAD), until=until) == (held(until=until), held(Post.HEAD))


def test_an_end_to_come_may_be_moved_and_the_same_is_not_told_again() -> None:
    to_come = held(until=TODAY)

    assert end(to_come, until=TODAY + DAY) == (held(until=TODAY + DAY),)
    assert end(to_come, until=TODAY) == ()


def test_what_is_over_is_over() -> None:
    with pytest.raises(PostEndedAlready, match="李明担任该单位“承办单位经办人”已于2024-01-14截止"):
        end(held(until=TODAY - DAY))


def test_of_several_terms_the_last_one_ends() -> None:
    first = held(until=date(2023, 1, 1))

    assert end(first, held(since=date(2024, 1, 1))) == (
        first,
        held(since=date(2024, 1, 1), until=TODAY),
    )


def test_a_term_does_not_end_before_it_begins() -> None:
    with pytest.raises(BackwardsDates):
        end(held(since=TODAY), until=TODAY - DAY)


def test_a_post_that_somebody_does_not_hold_cannot_end() -> None:
    with pytest.raises(PostNotHeld, match="没有担任该单位的“承办单位负责人”"):
        end(held(), post=Post.HEAD)


def test_nobody_unknown_holds_a_post() -> None:
    with pytest.raises(UnknownPerson, match="没有登记编号为“wang”的人员"):
        end(held(), person=PersonId("wang"))


def test_nobody_ends_their_own() -> None:
    with pytest.raises(OwnPosts):
        end(held(), by=OPERATOR.model_copy(update={"person": LI}))
