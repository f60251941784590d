"""Who may do what: every post has a name for people, and nobody unknown may do anything."""

import pytest

from shared.contracts.event import Actor, PersonId, UnitCode
from shared.contracts.registry import Post
from shared.policy import ACTS, POST_NAMES, PostMayNot, allow

PEOPLES_POSTS = set(Post) - {Post.UNKNOWN}


def someone(post: str) -> Actor:
    return Actor(person=PersonId("p"), name="某人", post=post, unit=UnitCode("D09"))


@pytest.mark.parametrize(
    ("act", "posts"),
    [
        ("intake.submit", {Post.PROPOSER, Post.COMMITTEE}),
        ("intake.review", {Post.COMMITTEE}),
        ("assignment.hand_over", {Post.OFFICE}),
        ("assignment.decide_return", {Post.OFFICE}),
        ("assignment.sign", {Post.OFFICER, Post.HEAD}),
        ("assignment.return", {Post.OFFICER, Post.HEAD}),
        ("assignment.hand_down", {Post.OFFICER, Post.HEAD}),
        ("assignment.complete", {Post.OFFICER, Post.HEAD}),
        ("reply.contact", {Post.OFFICER, Post.HEAD}),
        ("reply.opinion", {Post.OFFICER, Post.HEAD}),
        ("reply.draft", {Post.OFFICER, Post.HEAD}),
        ("reply.keep_promise", {Post.OFFICER, Post.HEAD}),
        ("reply.approve", {Post.HEAD}),
        ("reply.issue", {Post.HEAD}),
        ("reply.rate", {Post.PROPOSER, Post.COMMITTEE}),
        ("escalation.sweep", {Post.OFFICE, Post.OPERATOR}),
        ("escalation.flag", {Post.OFFICER, Post.HEAD, Post.OFFICE}),
        ("escalation.decide", {Post.LEADER}),
        ("registry.keep", {Post.OPERATOR}),
        ("parking.operate", {Post.OPERATOR}),
        ("read", PEOPLES_POSTS),
    ],
)
def test_an_act_belongs_to_its_posts(act: str, posts: set[Post]) -> None:
    for post in PEOPLES_POSTS:
        if post in posts:
            allow(act, someone(post))
        else:
            with pytest.raises(PostMayNot):
                allow(act, someone(post))


@pytest.mark.parametrize("act", sorted(ACTS))
@pytest.mark.parametrize("post", ["unknown", "emperor", "", "system", "OPERATOR"])
def test_whoever_holds_no_post_may_do_nothing(act: str, post: str) -> None:
    with pytest.raises(PostMayNot):
        allow(act, someone(post))


def test_the_refusal_names_the_posts_for_people() -> None:
    with pytest.raises(PostMayNot) as refused:
        allow("assignment.sign", someone("proposer"))

    assert refused.value.sentence == (
        "此事由承办单位经办人、承办单位负责人办理，您当前的身份是“提案人”。"
    )


def test_every_post_has_a_name_for_people() -> None:
    assert set(POST_NAMES) == PEOPLES_POSTS
