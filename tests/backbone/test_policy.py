"""Who may do what: every post has a name for people, and nobody unknown may do anything."""

from datetime import date, timedelta
from itertools import product
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


def someone(post: str) -> Actor:
    return Actor(person=PersonId("p"), name="某人", post=post, unit=UnitCode("D09"))


# The whole table once more, as the office would write it down: a letter for each post.
# P proposer, C committee, O office, S supervision, o officer, s section head, d deputy and
# h head of a unit, L leader, T operator, X security, A auditor; * everybody with a post.
LETTERS = dict(zip("PCOSosdhLTXA", POST_NAMES, strict=True))
EVERYBODY = "*"
IN_A_UNIT = "osdh"
WHO_MAY = {
    "read": EVERYBODY,
    "parking.operate": "T",
    "registry.keep": "T",
    "registry.units": "T",
    "registry.people": "T",
    "registry.rules": "T",
    "registry.calendar": "OT",
    "registry.delegate": EVERYBODY,
    "registry.accounts": "X",
    "registry.audit": "TXA",
    "intake.submit": "PC",
    "intake.draft": "PC",
    "intake.sign": "P",
    "intake.withdraw": "PC",
    "intake.review": "C",
    "intake.similar": "PCO",
    "intake.evaluate": "COT",
    "intake.merge": "CO",
    "intake.object": "P",
    "intake.import": "CO",
    "assignment.hand_over": "O",
    "assignment.decide_return": "O",
    "assignment.sign": IN_A_UNIT,
    "assignment.return": IN_A_UNIT,
    "assignment.hand_down": IN_A_UNIT,
    "assignment.complete": IN_A_UNIT,
    "assignment.consent": "dh",
    "assignment.object": "dh",
    "assignment.hold_meeting": "O",
    "assignment.decide_objection": "L",
    "assignment.change_handlers": "O",
    "assignment.withdraw": "O" + IN_A_UNIT,
    "assignment.ask_extension": IN_A_UNIT,
    "assignment.decide_extension": "O",
    "assignment.pause": "O",
    "assignment.name_officer": IN_A_UNIT,
    "assignment.report_progress": IN_A_UNIT,
    "assignment.plan_items": "O" + IN_A_UNIT,
    "assignment.work_on_item": IN_A_UNIT,
    "assignment.be_advised": "OC" + IN_A_UNIT,
    "assignment.judge_advice": "OTA",
    "assignment.sweep": "OT",
    "reply.contact": IN_A_UNIT,
    "reply.confirm_contact": "PC",
    "reply.opinion": IN_A_UNIT,
    "reply.check_opinion": "sdh",
    "reply.issue_opinion": "dh",
    "reply.disagree": "dhOL",
    "reply.draft": IN_A_UNIT,
    "reply.approve": "sdh",
    "reply.countersign": "dh",
    "reply.endorse": "hL",
    "reply.issue": "dh",
    "reply.record_paper": IN_A_UNIT,
    "reply.check": "O",
    "reply.ask_ratings": "C",
    "reply.rate": "PC",
    "reply.hold_meeting": "OC",
    "reply.propose_publication": IN_A_UNIT,
    "reply.publish": "O",
    "reply.report_promise": IN_A_UNIT,
    "reply.keep_promise": "O" + IN_A_UNIT,
    "reply.change_promise": "dh",
    "reply.check_promise": "O",
    "reply.look_back": "O",
    "escalation.sweep": "OT",
    "escalation.flag": "O" + IN_A_UNIT,
    "escalation.decide": "L",
    "escalation.state_position": IN_A_UNIT,
    "escalation.hold_meeting": "O",
    "escalation.dismiss": "OL",
    "escalation.follow_up": "OS",
    "escalation.report_blocked": IN_A_UNIT,
    "escalation.supervise": "OS",
    "escalation.answer_supervision": IN_A_UNIT,
    "escalation.name_tracker": "OS",
    "escalation.lead_key": "OSCL",
    "escalation.inspect": "OSC",
    "escalation.answer_finding": IN_A_UNIT,
    "escalation.figures": "OSCLTA",
    "escalation.inbox": EVERYBODY,
    "escalation.deliveries": "OST",
    "escalation.subscribe": "OSCdhT",
    "report.write": "COSosdh",
    "template.keep": "OsdhT",
    "signin.administer": "X",
    "signin.audit": "A",
}
# What only those do whose own task, letter, promise or proposal it is.
ONLY_ONES_OWN = {
    "intake.object",
    "assignment.sign",
    "assignment.return",
    "assignment.hand_down",
    "assignment.complete",
    "assignment.consent",
    "assignment.object",
    "assignment.ask_extension",
    "assignment.name_officer",
    "assignment.report_progress",
    "assignment.work_on_item",
    "reply.contact",
    "reply.opinion",
    "reply.check_opinion",
    "reply.issue_opinion",
    "reply.draft",
    "reply.approve",
    "reply.countersign",
    "reply.endorse",
    "reply.issue",
    "reply.record_paper",
    "reply.propose_publication",
    "reply.report_promise",
    "reply.change_promise",
    "escalation.state_position",
    "escalation.report_blocked",
    "escalation.answer_supervision",
    "escalation.answer_finding",
}


def posts_for(act: str) -> set[Post]:
    letters = LETTERS if WHO_MAY[act] == EVERYBODY else WHO_MAY[act]
    return {LETTERS[one] for one in letters}


def test_the_table_has_every_act_and_no_other() -> None:
    assert set(RIGHTS) == set(WHO_MAY)
    assert set(WHO_MAY) >= ONLY_ONES_OWN


@pytest.mark.parametrize("act", sorted(WHO_MAY))
def test_every_act_for_every_post_and_every_relation(act: str) -> None:
    for post, relation in product(PEOPLES_POSTS, (None, *Relation)):
        if post not in posts_for(act):
            expected = (False, f"{act}/post")
        elif act in ONLY_ONES_OWN and relation not in (None, Relation.OWN):
            expected = (False, f"{act}/relation")
        else:
            expected = (True, act)

        decided = decide(act, someone(post), relation)

        assert (decided.allowed, decided.rule) == expected
        assert bool(decided.says) is not decided.allowed


@pytest.mark.parametrize("act", sorted(WHO_MAY))
def test_who_may_is_told_in_words_that_a_clerk_knows(act: str) -> None:
    """The sentence names exactly the posts that may, and the caller's own; no code words."""
    says = decide(act, someone("unknown")).says

    named = says.removeprefix("此事由").partition("办理，")[0].split("、")
    assert set(named) == {POST_NAMES[post] for post in posts_for(act)}
    assert "_" not in says


@pytest.mark.parametrize("act", sorted(ONLY_ONES_OWN - {"intake.object"}))
def test_a_deputy_by_delegation_has_the_rights_of_the_post_and_no_more(act: str) -> None:
    for post in PEOPLES_POSTS:
        deputy = someone(post).model_copy(
            update={"person": PersonId("q"), "on_behalf_of": PersonId("p")}
        )
        for relation in Relation:
            assert decide(act, deputy, relation) == decide(act, someone(post), relation)


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
