"""A person holds posts in units that stand, from a day on; what they held before stays on file."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain.refusals import (
    BackwardsDates,
    OwnPosts,
    PostsOverlap,
    SeparatedPosts,
    UnitIsGone,
    UnknownUnit,
)
from services.registry.domain.register import Register
from services.registry.domain.registering_people import SEPARATED, register_person
from shared.contracts.event import Actor, PersonId, UnitCode
from shared.contracts.registry import HeldPost, PersonRegistered, Post, UnitSucceeded
from tests.domain.registry.standing import OPERATOR, REGISTER, TODAY

YESTERDAY = TODAY - timedelta(days=1)


def post(of: Post, unit: str, *, since: date | None = None, until: date | None = None) -> HeldPost:
    return HeldPost(post=of, unit=UnitCode(unit), since=since, until=until)


OFFICER = post(Post.OFFICER, "D07")
HEAD = post(Post.HEAD, "S003")
WAS_OFFICER = post(Post.OFFICER, "D07", until=YESTERDAY)


def person(*posts: HeldPost, name: str = "李明", mail: str | None = None) -> PersonRegistered:
    return PersonRegistered(person=PersonId("li.ming"), name=name, posts=posts, mail=mail)


def register(
    wanted: PersonRegistered,
    *before: PersonRegistered,
    by: Actor | None = OPERATOR,
    within: Register = REGISTER,
) -> tuple[PersonRegistered, ...]:
    for one in before:
        within = within.after(one)
    return register_person(within, person=wanted, by=by, on=TODAY)


def test_a_person_may_hold_posts_in_several_units() -> None:
    assert register(person(OFFICER, HEAD)) == (person(OFFICER, HEAD),)


def test_a_post_that_is_given_up_ends_the_day_before_and_stays_on_file() -> None:
    assert register(person(), person(OFFICER)) == (person(WAS_OFFICER),)


def test_a_post_that_had_not_begun_leaves_nothing_behind() -> None:
    to_come = post(Post.OFFICER, "D07", since=TODAY)

    assert register(person(HEAD), person(to_come, HEAD)) == (person(HEAD),)


def test_who_changes_posts_has_held_the_old_one_and_begins_in_the_new_one() -> None:
    begins = post(Post.HEAD, "S003", since=TODAY)

    assert register(person(HEAD), person(OFFICER)) == (person(WAS_OFFICER, begins),)


def test_what_has_ended_is_not_rewritten() -> None:
    assert register(person(HEAD), person(WAS_OFFICER, HEAD)) == ()
    assert register(person(WAS_OFFICER, HEAD), person(WAS_OFFICER, HEAD)) == ()


def test_who_gets_a_post_back_begins_anew() -> None:
    again = post(Post.OFFICER, "D07", since=TODAY)

    assert register(person(OFFICER), person(WAS_OFFICER)) == (person(WAS_OFFICER, again),)


def test_who_goes_on_holding_a_post_keeps_its_first_day() -> None:
    since_last_week = post(Post.OFFICER, "D07", since=date(2024, 1, 8))
    long_ago = post(Post.OFFICER, "D07", until=date(2023, 5, 5))

    assert register(person(OFFICER), person(long_ago, since_last_week)) == ()


def test_a_term_that_is_over_may_be_entered_afterwards() -> None:
    long_ago = post(Post.DEPUTY, "D07", until=date(2020, 5, 5))

    assert register(person(OFFICER, long_ago), person(OFFICER)) == (person(OFFICER, long_ago),)


def test_a_post_named_twice_counts_once() -> None:
    assert register(person(OFFICER, OFFICER)) == (person(OFFICER),)


def test_a_person_who_stands_like_that_is_not_told_again() -> None:
    assert register(person(OFFICER), person(OFFICER)) == ()


def test_a_new_name_and_a_new_address_are_told() -> None:
    assert register(person(OFFICER, name="李明明"), person(OFFICER)) != ()
    assert register(person(OFFICER, mail="li@sz.example"), person(OFFICER)) != ()


def test_a_post_is_held_in_a_unit_that_stands() -> None:
    with pytest.raises(UnknownUnit, match="D99"):
        register(person(OFFICER, post(Post.OFFICER, "D99")))


def test_a_post_is_not_given_in_a_unit_that_is_gone() -> None:
    gone = UnitSucceeded(
        old_name="龙华区教育局",
        old_code=UnitCode("S003"),
        successors=(UnitCode("D07"),),
        how="abolished",
        on=TODAY,
        year=2024,
        source="机构改革",
    )

    with pytest.raises(UnitIsGone, match="“龙华区教育局”自2024-01-15起已由龙华区人民政府承接"):
        register(person(HEAD), within=REGISTER.after(gone))
    was_head = post(Post.HEAD, "S003", until=YESTERDAY)
    assert register(person(was_head), within=REGISTER.after(gone)) != ()


def test_a_term_does_not_end_before_it_begins() -> None:
    one_day = post(Post.OFFICER, "D07", since=TODAY, until=TODAY)
    backwards = post(Post.OFFICER, "D07", since=TODAY, until=YESTERDAY)

    assert register(person(one_day)) == (person(one_day),)
    with pytest.raises(BackwardsDates, match="“承办单位经办人”任期的起始日2024-01-15晚于"):
        register(person(backwards))


def test_one_post_is_not_held_twice_on_a_day() -> None:
    january = post(Post.OFFICER, "D07", since=date(2024, 1, 1), until=date(2024, 1, 31))
    from_the_last = post(Post.OFFICER, "D07", since=date(2024, 1, 31))
    afterwards = post(Post.OFFICER, "D07", since=date(2024, 2, 1))

    with pytest.raises(PostsOverlap, match="承办单位经办人"):
        register(person(january, from_the_last))
    assert register(person(january, afterwards)) == (person(january, afterwards),)


@pytest.mark.parametrize("one", sorted(SEPARATED))
@pytest.mark.parametrize("other", sorted(SEPARATED))
def test_who_runs_grants_and_looks_over_are_three_people(one: Post, other: Post) -> None:
    both = person(post(one, "C001"), post(other, "C001"))

    if one == other:
        assert register(both) != ()
    else:
        with pytest.raises(SeparatedPosts):
            register(both)


def test_one_may_look_over_after_one_has_run_it() -> None:
    ran = post(Post.OPERATOR, "C001", until=date(2023, 12, 31))
    looks_over = post(Post.AUDITOR, "C001", since=date(2024, 1, 1))

    assert register(person(ran, looks_over)) == (person(ran, looks_over),)


def test_nobody_gives_a_post_to_themselves() -> None:
    li = OPERATOR.model_copy(update={"person": "li.ming"})
    for_li = OPERATOR.model_copy(update={"on_behalf_of": "li.ming"})

    for by in (li, for_li):
        with pytest.raises(OwnPosts, match="不能登记自己的职务"):
            register(person(OFFICER), by=by)


def test_a_places_first_people_are_registered_by_nobody() -> None:
    assert register(person(OFFICER), by=None) == (person(OFFICER),)


POSTS = (OFFICER, HEAD, post(Post.DEPUTY, "D07"))


@given(st.lists(st.tuples(st.integers(1, 5), st.sets(st.sampled_from(POSTS))), max_size=12))
def test_what_somebody_held_on_a_day_that_is_over_is_never_rewritten(
    changes: list[tuple[int, set[HeldPost]]],
) -> None:
    """However often a person is registered, each day keeps the posts that it ended with."""
    register, today = REGISTER, TODAY
    held_on: dict[date, set[tuple[Post, str]]] = {}
    wanted: set[HeldPost] = set()
    first = date.max
    for days, posts in changes:
        for _ in range(days):
            held_on[today] = {(one.post, one.unit) for one in wanted}
            today += timedelta(days=1)
        wanted = posts
        first = min(first, today)
        for fact in register_person(
            register, person=person(*sorted(posts, key=str)), by=OPERATOR, on=today
        ):
            register = register.after(fact)

    registered = register.people.get(PersonId("li.ming"))
    for day, posts_then in held_on.items():
        if registered is None or day < first:
            continue  # since when somebody holds the posts that they come with is not known
        found = {(one.post, one.unit) for one in registered.posts if one.is_held_on(day)}
        assert found == posts_then
