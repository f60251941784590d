"""The year as acts: who acts, on which day, upon what; pure data, the same every time."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from deploy.demo import year as played
from deploy.demo.acts import Act
from deploy.demo.cast import proposers
from deploy.demo.days import DEPLOYED_ON, HANDED_OVER_ON, calendar
from deploy.demo.portfolio import LONGHUA, Proposal, portfolio
from deploy.demo.stories import TOLD
from deploy.demo.units import named, people, rules
from shared.contracts.event import Actor
from shared.contracts.registry import HeldPost, Post
from shared.deadlines import due
from shared.policy import allow

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


def all_acts() -> Iterator[Act]:
    for day in played.year():
        yield day.morning
        yield from day.acts


def acts(verb: str, *, upon: Proposal | None = None) -> list[Act]:
    return [
        act
        for act in all_acts()
        if act.path.endswith(f"/{verb}") and (upon is None or upon.proposal_id in act.concerns)
    ]


def of(number: str) -> Proposal:
    return next(case for case in portfolio() if case.number == number)


def day_of(clock: str, since: date) -> date:
    return due(clock, starts_on=since, rules=rules(), calendar=calendar()).on


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


@pytest.mark.parametrize("case", portfolio(), ids=lambda case: case.number)
def test_a_proposal_is_submitted_then_accepted_then_handed_over(case: Proposal) -> None:
    (submitted,) = (act for act in acts("proposals") if act.concerns == (case.proposal_id,))
    (accepted,) = acts("accept", upon=case)
    handed_over = acts("hand-overs", upon=case)

    assert submitted.on < accepted.on < case.handed_over_on
    assert [act.on for act in handed_over] == ([] if case.merged_into else [case.handed_over_on])


def test_a_merged_proposal_was_accepted_before() -> None:
    (merged,) = acts("groups")

    for case in (of("20240117"), of("20240305")):
        (accepted,) = acts("accept", upon=case)
        assert accepted.on < merged.on < HANDED_OVER_ON


def test_the_district_hands_its_part_down_at_the_meeting_of_22_january() -> None:
    meetings = {act.body["meeting"] for act in acts("hand-down") if act.on == DEPLOYED_ON}

    assert date(2024, 1, 22) == DEPLOYED_ON
    assert meetings == {"龙华区政府全体（扩大）会议"}
    for case in portfolio():
        if LONGHUA in case.answering and not case.merged_into:
            assert [act.on for act in acts("hand-down", upon=case)] == [DEPLOYED_ON]


def test_all_sign_within_three_working_days_but_one() -> None:
    late = [
        act
        for act in acts("sign")
        if "/tasks/C" in act.path
        and act.path.endswith(".1/sign")
        and act.on > day_of("sign", portfolio_case(act).handed_over_on)
    ]

    assert [(act.who.unit, act.on) for act in late] == [(named("市总工会").code, date(2024, 1, 19))]


def test_talk_comes_before_every_reply_in_its_round() -> None:
    for reply in acts("issue"):
        task = reply.path.rpartition("/")[0]
        talks = [act.on for act in acts("contacts") if act.path.startswith(f"{task}/")]
        earlier = [act.on for act in acts("issue") if act.path == reply.path and act.on < reply.on]
        assert any(max(earlier, default=date.min) < talk < reply.on for talk in talks), reply.why


def test_opinions_come_within_a_month_but_for_two() -> None:
    late = {
        act.who.unit
        for act in acts("opinion")
        if act.on > day_of("opinion", portfolio_case(act).handed_over_on)
    }

    assert late == {named("市商务局").code, named("龙岗区人民政府").code}


def test_longhua_is_in_time_with_everything_it_owes() -> None:
    longhua = named(LONGHUA).code
    opinions = [act for act in acts("opinion") if act.who.unit == longhua]
    replies = [act for act in acts("issue") if act.who.unit == longhua]

    assert len(opinions) == 28
    assert all(act.on <= day_of("opinion", portfolio_case(act).handed_over_on) for act in opinions)
    assert len(replies) == 9  # 8 letters of the first round, one of them to both merged ones
    assert all(act.on <= day_of("reply", portfolio_case(act).handed_over_on) for act in replies[:8])
    assert replies[8].on <= day_of("redo", date(2024, 4, 12))


def test_every_proposal_is_answered_in_time() -> None:
    for case in portfolio():
        answered = acts("issue", upon=case)
        since = date(2024, 2, 2) if case.number == "20240126" else case.handed_over_on
        assert len(answered) >= len(case.answering), case.number
        assert answered[0].on <= day_of("reply", since), case.number


def test_letters_of_one_unit_go_out_in_one_order() -> None:
    for act in acts("issue"):
        assert act.queue == (f"letters of {act.who.unit}",)


def test_every_named_proposer_rates_every_first_reply_to_the_proposal() -> None:
    for case in portfolio():
        named_ones = [name for name in case.proposers if "姓名未载" not in name]
        by = Counter(
            act.body["proposer"] for act in acts("ratings", upon=case) if ".r1/" in act.path
        )
        units = 1 if case.number == "20240126" else len(case.answering)
        assert by == dict.fromkeys(named_ones, units), case.number


def test_one_proposer_is_dissatisfied_and_satisfied_after_the_second_round() -> None:
    results = [
        (act.body["proposer"], act.body["result"])
        for act in acts("ratings", upon=of("20240371"))
        if act.path.endswith(("D07.r1/ratings", "D07.r2/ratings"))
    ]
    all_results = Counter(act.body["result"] for act in acts("ratings"))

    assert [result for _, result in results] == [
        "basically",
        "dissatisfied",
        "satisfied",
        "satisfied",
    ]
    assert all_results["dissatisfied"] == 1


def test_all_promises_of_longhua_are_kept_but_one_that_is_due_next_year() -> None:
    longhua = named(LONGHUA).code
    made = [
        promise
        for act in acts("issue")
        if act.who.unit == longhua
        for promise in act.body["promises"]
    ]
    kept = [act for act in acts("keep") if act.who.unit == longhua]

    assert (len(made), len(kept)) == (5, 4)
    assert max(promise["due_on"] for promise in made) == "2025-06-30"


def test_a_promise_is_kept_by_the_day_it_was_due() -> None:
    for case in portfolio():
        for promise in case.reply.promises:
            assert promise.kept_on is None or promise.kept_on <= promise.due_on


def test_the_lifts_are_returned_twice_and_then_get_a_new_lead() -> None:
    lifts = of("20240126")
    (decided,) = acts("decide", upon=lifts)

    assert len(acts("return", upon=lifts)) == 2
    assert [act.body["upheld"] for act in acts("decide-return", upon=lifts)] == [True, False]
    assert decided.body["effect"] == {"kind": "new_lead", "lead": "市住房和建设局"}


def test_returns_and_their_decisions_are_within_their_days() -> None:
    lifts = of("20240126")
    first, second = acts("return", upon=lifts)
    upheld, refused = acts("decide-return", upon=lifts)

    assert first.on <= day_of("return", HANDED_OVER_ON)
    assert upheld.on <= day_of("decide_return", first.on)
    assert second.on <= day_of("return", upheld.on)
    assert refused.on <= day_of("decide_return", second.on)


def test_every_story_told_at_the_end_happened_on_its_day() -> None:
    happened = {(act.on, concerned) for act in all_acts() for concerned in act.concerns}

    for story in TOLD:
        if story.number:
            assert (story.on, of(story.number).proposal_id) in happened, story.says
        else:
            assert any(act.on == story.on for act in acts("hand-down"))


def portfolio_case(act: Act) -> Proposal:
    return next(case for case in portfolio() if case.proposal_id in act.concerns)
