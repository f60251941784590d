"""The year as acts: who acts, on which day, upon what; pure data, the same every time."""

import re
from collections import Counter
from datetime import date

from deploy.demo import year as played
from deploy.demo.cast import proposers
from deploy.demo.days import calendar
from deploy.demo.units import people
from shared.contracts.event import Actor
from shared.contracts.registry import HeldPost, Post
from shared.policy import allow
from tests.domain.demo.looking import acts, all_acts

ACT_OF = {
    ("registry", ""): "registry.keep",
    ("intake", "proposals"): "intake.submit",
    ("intake", "accept"): "intake.review",
    ("intake", "designate-key"): "intake.review",
    ("intake", "groups"): "intake.review",
    ("assignment", "hand-overs"): "assignment.hand_over",
    ("assignment", "sign"): "assignment.sign",
    ("assignment", "return"): "assignment.return",
    ("assignment", "decide-return"): "assignment.decide_return",
    ("assignment", "hand-down"): "assignment.hand_down",
    ("assignment", "complete"): "assignment.complete",
    ("reply", "contacts"): "reply.contact",
    ("reply", "opinion"): "reply.opinion",
    ("reply", "drafts"): "reply.draft",
    ("reply", "approve"): "reply.approve",
    ("reply", "issue"): "reply.issue",
    ("reply", "ratings"): "reply.rate",
    ("reply", "keep"): "reply.keep_promise",
    ("escalation", "decide"): "escalation.decide",
    ("escalation", "sweep"): "escalation.sweep",
}


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


def test_the_clocks_are_looked_through_on_every_morning() -> None:
    assert all(day.morning.path == "/sweep" and day.morning.on == day.on for day in played.year())


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
            assert HeldPost(post=Post(who.post), unit=who.unit) in people()[who.person].posts


def test_everybody_may_do_what_they_do() -> None:
    for act in (*played.cast_list(), *all_acts()):
        verb = "" if act.service == "registry" else act.path.rpartition("/")[2]
        who = act.who
        allow(
            ACT_OF[act.service, verb],
            Actor(person=who.person, name=who.name, post=who.post, unit=who.unit),
        )


def test_units_act_upon_their_own_tasks_only() -> None:
    for act in all_acts():
        found = re.search(r"/tasks/(\w+)\.\d+/(.+)$", act.path)
        if found and found[2] != "decide-return":
            assert found[1] == act.who.unit, act.why


def test_who_approves_a_draft_has_not_written_it() -> None:
    writers = {(act.path.rpartition("/")[0], act.who.person) for act in acts("drafts")}

    for act in acts("approve"):
        assert (act.path.rpartition("/")[0], act.who.person) not in writers


def test_letters_of_one_unit_go_out_in_one_order() -> None:
    for act in acts("issue"):
        assert act.queue == (f"letters of {act.who.unit}",)
