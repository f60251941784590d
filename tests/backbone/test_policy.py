"""Who may do what: every post has a name for people, and nobody unknown may do anything."""

from datetime import date, timedelta
from typing import ClassVar

import pytest

from shared.contracts.event import Actor, PersonId, UnitCode
from shared.contracts.registry import DelegationGiven, HeldPost, Post
from shared.policy import (
    POST_NAMES,
    RIGHTS,
    Decision,
    NoLongerInPost,
    NotDelegated,
    PostMayNot,
    Relation,
    Sight,
    allow,
    decide,
    must_hold_post,
    relation_to,
    sight_of,
)

PEOPLES_POSTS = set(Post) - {Post.UNKNOWN}
IN_A_UNIT = {Post.OFFICER, Post.SECTION_HEAD, Post.DEPUTY, Post.HEAD}


def someone(post: str) -> Actor:
    return Actor(person=PersonId("p"), name="某人", post=post, unit=UnitCode("D09"))


@pytest.mark.parametrize(
    ("act", "posts"),
    [
        ("intake.submit", {Post.PROPOSER, Post.COMMITTEE}),
        ("intake.review", {Post.COMMITTEE}),
        ("intake.draft", {Post.PROPOSER, Post.COMMITTEE}),
        ("intake.sign", {Post.PROPOSER}),
        ("intake.withdraw", {Post.PROPOSER, Post.COMMITTEE}),
        ("intake.similar", {Post.PROPOSER, Post.COMMITTEE, Post.OFFICE}),
        ("intake.evaluate", {Post.COMMITTEE, Post.OFFICE, Post.OPERATOR}),
        ("intake.merge", {Post.COMMITTEE, Post.OFFICE}),
        ("intake.object", {Post.PROPOSER}),
        ("intake.import", {Post.COMMITTEE, Post.OFFICE}),
        ("assignment.hand_over", {Post.OFFICE}),
        ("assignment.decide_return", {Post.OFFICE}),
        ("assignment.sign", IN_A_UNIT),
        ("assignment.return", IN_A_UNIT),
        ("assignment.hand_down", IN_A_UNIT),
        ("assignment.complete", IN_A_UNIT),
        ("reply.contact", IN_A_UNIT),
        ("reply.opinion", IN_A_UNIT),
        ("reply.draft", IN_A_UNIT),
        ("reply.confirm_contact", {Post.PROPOSER, Post.COMMITTEE}),
        ("reply.check_opinion", {Post.SECTION_HEAD, Post.DEPUTY, Post.HEAD}),
        ("reply.issue_opinion", {Post.DEPUTY, Post.HEAD}),
        ("reply.disagree", {Post.DEPUTY, Post.HEAD, Post.OFFICE, Post.LEADER}),
        ("reply.approve", {Post.SECTION_HEAD, Post.DEPUTY, Post.HEAD}),
        ("reply.countersign", {Post.DEPUTY, Post.HEAD}),
        ("reply.endorse", {Post.HEAD, Post.LEADER}),
        ("reply.issue", {Post.DEPUTY, Post.HEAD}),
        ("reply.record_paper", IN_A_UNIT),
        ("reply.check", {Post.OFFICE}),
        ("reply.ask_ratings", {Post.COMMITTEE}),
        ("reply.rate", {Post.PROPOSER, Post.COMMITTEE}),
        ("reply.hold_meeting", {Post.OFFICE, Post.COMMITTEE}),
        ("reply.propose_publication", IN_A_UNIT),
        ("reply.publish", {Post.OFFICE}),
        ("reply.report_promise", IN_A_UNIT),
        ("reply.keep_promise", IN_A_UNIT | {Post.OFFICE}),
        ("reply.change_promise", {Post.DEPUTY, Post.HEAD}),
        ("reply.check_promise", {Post.OFFICE}),
        ("reply.look_back", {Post.OFFICE}),
        ("escalation.sweep", {Post.OFFICE, Post.OPERATOR}),
        ("escalation.flag", IN_A_UNIT | {Post.OFFICE}),
        ("escalation.decide", {Post.LEADER}),
        ("registry.keep", {Post.OPERATOR}),
        ("registry.units", {Post.OPERATOR}),
        ("registry.people", {Post.OPERATOR}),
        ("registry.rules", {Post.OPERATOR}),
        ("registry.calendar", {Post.OFFICE, Post.OPERATOR}),
        ("registry.delegate", PEOPLES_POSTS),
        ("registry.accounts", {Post.SECURITY}),
        ("registry.audit", {Post.OPERATOR, Post.SECURITY, Post.AUDITOR}),
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


@pytest.mark.parametrize("act", sorted(RIGHTS))
@pytest.mark.parametrize("post", ["unknown", "emperor", "", "system", "OPERATOR"])
def test_whoever_holds_no_post_may_do_nothing(act: str, post: str) -> None:
    with pytest.raises(PostMayNot):
        allow(act, someone(post))


def test_the_refusal_names_the_posts_for_people() -> None:
    with pytest.raises(PostMayNot) as refused:
        allow("assignment.sign", someone("proposer"))

    assert refused.value.sentence == (
        "此事由承办单位经办人、承办单位科室负责人、承办单位分管负责人、承办单位负责人办理，"
        "您当前的身份是“提案人”。"
    )


def test_every_post_has_a_name_for_people() -> None:
    assert set(POST_NAMES) == PEOPLES_POSTS


def test_a_decision_names_the_rule_that_it_rests_on() -> None:
    officer = someone("officer")

    assert decide("assignment.sign", officer, Relation.OWN) == Decision(True, "assignment.sign")
    assert decide("assignment.sign", officer, Relation.PARTY).rule == "assignment.sign/relation"
    assert decide("assignment.sign", someone("leader")).rule == "assignment.sign/post"


class Tree:
    """The city, a district below it, a bureau and a street below that."""

    ABOVE: ClassVar = {"S1": ("D1", "C1"), "T1": ("D1", "C1"), "D1": ("C1",), "D2": ("C1",)}

    def is_under(self, code: UnitCode, ancestor: UnitCode) -> bool:
        return ancestor in self.ABOVE.get(code, ())

    def below(self, code: UnitCode) -> list[UnitCode]:
        return [UnitCode(one) for one, above in self.ABOVE.items() if code in above]


@pytest.mark.parametrize(
    ("caller", "relation"),
    [
        ("S1", Relation.OWN),
        ("D1", Relation.ABOVE),
        ("D2", Relation.LEAD),
        ("T1", Relation.PARTY),
        ("X1", Relation.NONE),
    ],
)
def test_the_nearest_relation_counts(caller: str, relation: Relation) -> None:
    found = relation_to(
        UnitCode("S1"),
        caller=replace_unit(someone("officer"), caller),
        answering=[UnitCode("D2")],
        taking_part=[UnitCode(code) for code in ("S1", "D1", "D2", "T1")],
        units=Tree(),
    )

    assert found is relation


def replace_unit(actor: Actor, unit: str) -> Actor:
    return actor.model_copy(update={"unit": UnitCode(unit)})


def test_a_unit_sees_what_concerns_it_and_the_units_below() -> None:
    district = replace_unit(someone("officer"), "D1")

    assert sight_of(district, Tree()) == Sight(
        False, (UnitCode("D1"), UnitCode("S1"), UnitCode("T1"))
    )


def test_the_office_sees_everything_and_a_proposer_their_own() -> None:
    assert sight_of(someone("office"), Tree()) == Sight(True)
    assert sight_of(someone("proposer"), Tree()) == Sight(False, person=PersonId("p"))


def test_who_acts_for_another_sees_with_that_persons_eyes() -> None:
    deputy = someone("proposer").model_copy(update={"on_behalf_of": PersonId("q")})

    assert sight_of(deputy, Tree()) == Sight(False, person=PersonId("q"))
    assert deputy.is_also(someone("proposer").model_copy(update={"person": PersonId("q")}))


SINCE, UNTIL = date(2024, 1, 8), date(2024, 1, 12)
HELD = HeldPost(post=Post.OFFICER, unit=UnitCode("D09"), since=SINCE, until=UNTIL)


class Staff:
    """One person in one post for a week, who lets another act."""

    def posts_of(self, person: PersonId) -> list[HeldPost] | None:
        return [HELD] if person == "p" else None

    def may_act_for(self, giver: PersonId, deputy: PersonId, *, held: HeldPost, on: date) -> bool:
        return DelegationGiven(
            delegation="d1", giver=PersonId("p"), deputy=PersonId("q"), post=Post.OFFICER,
            unit=UnitCode("D09"), since=SINCE, until=SINCE, why="出差",
        ).covers(giver=giver, deputy=deputy, held=held, on=on)  # fmt: skip


@pytest.mark.parametrize("day", [SINCE, UNTIL])
def test_a_post_is_held_from_its_first_day_to_its_last(day: date) -> None:
    must_hold_post(someone("officer"), Staff(), on=day)


@pytest.mark.parametrize("day", [SINCE - timedelta(days=1), UNTIL + timedelta(days=1)])
def test_nobody_acts_in_a_post_before_or_after(day: date) -> None:
    with pytest.raises(NoLongerInPost):
        must_hold_post(someone("officer"), Staff(), on=day)


def test_nobody_acts_in_a_post_of_another_unit() -> None:
    with pytest.raises(NoLongerInPost):
        must_hold_post(replace_unit(someone("officer"), "D08"), Staff(), on=SINCE)


def test_a_deputy_acts_while_the_delegation_lasts() -> None:
    deputy = someone("officer").model_copy(
        update={"person": PersonId("q"), "on_behalf_of": PersonId("p")}
    )

    must_hold_post(deputy, Staff(), on=SINCE)
    with pytest.raises(NotDelegated):
        must_hold_post(deputy, Staff(), on=SINCE + timedelta(days=1))


def test_whom_the_registry_does_not_know_is_believed() -> None:
    stranger = someone("officer").model_copy(update={"person": PersonId("z")})

    must_hold_post(stranger, Staff(), on=SINCE)
