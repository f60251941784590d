"""The year as acts: who acts, on which day, upon what; pure data, the same every time."""

import re
from collections import Counter
from datetime import date

from deploy.demo import year as played
from deploy.demo.cast import officer_of, proposers
from deploy.demo.days import calendar
from deploy.demo.units import SECTION, people
from shared.contracts.event import Actor
from shared.contracts.registry import HeldPost, Post
from shared.policy import allow
from tests.domain.demo.looking import acts, all_acts, verb_of

ACT_OF = {
    ("registry", ""): "registry.keep",
    ("intake", "proposals"): "intake.submit",
    ("intake", "drafts"): "intake.draft",
    ("intake", "ask-signatures"): "intake.draft",
    ("intake", "sign"): "intake.sign",
    ("intake", "submit"): "intake.draft",
    ("intake", "similar"): "intake.review",
    ("intake", "accept"): "intake.review",
    ("intake", "designate-key"): "intake.review",
    ("intake", "groups"): "intake.review",
    ("assignment", "hand-overs"): "assignment.hand_over",
    ("assignment", "sign"): "assignment.sign",
    ("assignment", "return"): "assignment.return",
    ("assignment", "decide-return"): "assignment.decide_return",
    ("assignment", "object"): "assignment.object",
    ("assignment", "objection-meeting"): "assignment.hold_meeting",
    ("assignment", "decide-objection"): "assignment.decide_objection",
    ("assignment", "ask-extension"): "assignment.ask_extension",
    ("assignment", "decide-extension"): "assignment.decide_extension",
    ("assignment", "hand-down"): "assignment.hand_down",
    ("assignment", "progress"): "assignment.report_progress",
    ("assignment", "items"): "assignment.plan_items",
    ("assignment", "complete"): "assignment.complete",
    ("reply", "contacts"): "reply.contact",
    ("reply", "confirm"): "reply.confirm_contact",
    ("reply", "deny"): "reply.confirm_contact",
    ("reply", "opinion/drafts"): "reply.opinion",
    ("reply", "opinion/check"): "reply.check_opinion",
    ("reply", "opinion/issue"): "reply.issue_opinion",
    ("reply", "drafts"): "reply.draft",
    ("reply", "approve"): "reply.approve",
    ("reply", "endorse"): "reply.endorse",
    ("reply", "ask-to-countersign"): "reply.draft",
    ("reply", "countersign"): "reply.countersign",
    ("reply", "refuse-countersign"): "reply.countersign",
    ("reply", "accept"): "reply.check",
    ("reply", "decide-publication"): "reply.publish",
    ("reply", "release"): "reply.publish",
    ("reply", "remind-of-rating"): "reply.ask_ratings",
    ("reply", "close-ratings"): "reply.ask_ratings",
    ("reply", "issue"): "reply.issue",
    ("reply", "ratings"): "reply.rate",
    ("reply", "report"): "reply.report_promise",
    ("reply", "keep"): "reply.keep_promise",
    ("reply", "break"): "reply.check_promise",
    ("escalation", "decide"): "escalation.decide",
    ("escalation", "answer"): "escalation.answer_supervision",
    ("escalation", "close"): "escalation.supervise",
    ("escalation", "activities"): "escalation.lead_key",
    ("escalation", "sweep"): "escalation.sweep",
    ("escalation", "deliver"): "escalation.sweep",
}


BY_OTHERS = {"decide-return", "objection-meeting", "decide-objection", "decide-extension"}


def test_the_year_has_every_working_day_of_2024_once() -> None:
    days = [day.on for day in played.year()]

    assert days[0] == date(2024, 1, 2)
    assert days[-1] == date(2024, 12, 31)
    assert len(days) == 251
    assert all(calendar().is_working_day(day) for day in days)


def test_no_act_gets_lost_on_a_free_day() -> None:
    assert Counter(act.on for act in played._acts()) == Counter(
        act.on for day in played.year() for act in day.acts
    )


def test_the_clocks_are_looked_through_and_news_is_sent_every_morning() -> None:
    for day in played.year():
        assert [act.path for act in day.morning] == ["/sweep", "/deliver"]
        assert all(act.on == day.on for act in day.morning)


def test_the_year_is_the_same_every_time() -> None:
    first = [act.key for act in all_acts()]
    played.year.cache_clear()

    assert [act.key for act in all_acts()] == first


def test_no_two_acts_share_an_idempotency_key() -> None:
    keys = [act.key for act in (*played.cast_list(), *all_acts())]

    assert len(set(keys)) == len(keys)


def test_everybody_who_acts_is_registered_in_the_post_in_which_they_act() -> None:
    entered = {person.person: person for person in proposers()}
    entered_by = {act.path.rpartition("/")[2] for act in played.cast_list()}

    for act in all_acts():
        who = act.who
        if who.post == "proposer":
            assert entered[who.person] == who
            assert who.person in entered_by
        else:
            added = who == officer_of(SECTION.name) and who.person in entered_by
            held = people()[who.person].posts if who.person in people() else ()
            assert added or HeldPost(post=Post(who.post), unit=who.unit) in held


def test_everybody_may_do_what_they_do() -> None:
    for act in (*played.cast_list(), *all_acts()):
        verb = verb_of(act)
        who = act.who
        allow(
            ACT_OF[act.service, verb],
            Actor(person=who.person, name=who.name, post=who.post, unit=who.unit),
        )


def test_units_act_upon_their_own_tasks_only() -> None:
    for act in all_acts():
        found = re.search(r"/tasks/(\w+)\.\d+/(.+)$", act.path)
        if found and found[2] not in BY_OTHERS:
            assert found[1] == act.who.unit, act.why


def test_who_approves_a_draft_has_not_written_it() -> None:
    writers = {
        (act.path.rpartition("/")[0], act.who.person) for act in acts("drafts", service="reply")
    }

    for act in acts("approve"):
        assert (act.path.rpartition("/")[0], act.who.person) not in writers


def test_letters_of_one_unit_go_out_in_one_order() -> None:
    for act in acts("issue"):
        assert act.queue == (f"letters of {act.who.unit}",)
    for act in acts("opinion/issue"):
        assert act.queue == (f"opinions of {act.who.unit}",)
