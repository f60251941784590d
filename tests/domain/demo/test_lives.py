"""The lives of the proposals: every step in its order, and in time but for those that tell."""

from collections import Counter
from datetime import date

import pytest

from deploy.demo.days import DEPLOYED_ON, HANDED_OVER_ON
from deploy.demo.portfolio import LONGHUA, Proposal, portfolio
from deploy.demo.stories import EXTENDED_TO
from deploy.demo.units import named
from tests.domain.demo.looking import acts, case_of, day_of, of


@pytest.mark.parametrize("case", portfolio(), ids=lambda case: case.number)
def test_a_proposal_is_submitted_then_accepted_then_handed_over(case: Proposal) -> None:
    (submitted,) = (*acts("proposals", upon=case), *acts("submit", upon=case))
    (accepted,) = acts("accept", upon=case, service="intake")
    handed_over = acts("hand-overs", upon=case)

    assert submitted.on < accepted.on < case.handed_over_on
    assert [act.on for act in handed_over] == ([] if case.merged_into else [case.handed_over_on])


def test_a_merged_proposal_was_accepted_before() -> None:
    (merged,) = acts("groups")

    for case in (of("20240117"), of("20240305")):
        (accepted,) = acts("accept", upon=case, service="intake")
        assert accepted.on < merged.on < HANDED_OVER_ON


def test_the_district_hands_its_part_down_at_the_meeting_of_22_january() -> None:
    meetings = {act.body["meeting"] for act in acts("hand-down") if act.on == DEPLOYED_ON}

    assert date(2024, 1, 22) == DEPLOYED_ON
    assert meetings == {"龙华区政府全体（扩大）会议"}
    for case in portfolio():
        if LONGHUA in case.answering and not case.merged_into:
            assert acts("hand-down", upon=case)[0].on == DEPLOYED_ON


def test_all_sign_within_three_working_days_but_one_and_who_objects() -> None:
    late = [
        act
        for act in acts("sign")
        if "/tasks/C" in act.path
        and act.path.endswith(".1/sign")
        and act.on > day_of("sign", case_of(act).handed_over_on)
    ]

    assert [(act.who.unit, act.on) for act in late] == [
        (named("市总工会").code, date(2024, 1, 19)),
        (named("市公安局交通警察局").code, date(2024, 6, 4)),
    ]


def test_talk_comes_before_every_reply_in_its_round() -> None:
    for reply in acts("issue"):
        task = reply.path.rpartition("/")[0]
        talks = [act.on for act in acts("contacts") if act.path.startswith(f"{task}/")]
        earlier = [act.on for act in acts("issue") if act.path == reply.path and act.on < reply.on]
        assert any(max(earlier, default=date.min) < talk < reply.on for talk in talks), reply.why


def test_opinions_come_within_a_month_but_for_two() -> None:
    late = {
        act.who.unit
        for act in acts("opinion/issue")
        if act.on > day_of("opinion", case_of(act).handed_over_on)
    }

    assert late == {named("市商务局").code, named("龙岗区人民政府").code}


def test_longhua_is_in_time_with_everything_it_owes() -> None:
    longhua = named(LONGHUA).code
    opinions = [act for act in acts("opinion/issue") if act.who.unit == longhua]
    replies = [act for act in acts("issue") if act.who.unit == longhua]

    assert len(opinions) == 28
    assert all(act.on <= day_of("opinion", case_of(act).handed_over_on) for act in opinions)
    assert len(replies) == 9  # 8 letters of the first round, one of them to both merged ones
    assert all(act.on <= day_of("reply", case_of(act).handed_over_on) for act in replies[:8])
    assert replies[8].on <= day_of("redo", date(2024, 4, 12))


def test_every_proposal_is_answered_in_time() -> None:
    for case in portfolio():
        answered = acts("issue", upon=case)
        since = date(2024, 2, 2) if case.number == "20240126" else case.handed_over_on
        assert len(answered) >= len(case.answering), case.number
        granted = acts("ask-extension", upon=case)
        until = EXTENDED_TO if granted else day_of("reply", since)
        assert answered[0].on <= until, case.number


def test_every_named_proposer_rates_every_first_reply_to_the_proposal() -> None:
    for case in portfolio():
        named_ones = [name for name in case.proposers if "姓名未载" not in name]
        by = Counter(
            act.body["proposer"] for act in acts("ratings", upon=case) if ".r1/" in act.path
        )
        units = 1 if case.number == "20240126" else len(case.answering)
        assert by == dict.fromkeys(named_ones, units), case.number


def test_all_promises_of_longhua_are_kept_but_one_that_is_due_next_year() -> None:
    longhua = named(LONGHUA).code
    made = [
        promise
        for act in acts("issue")
        if act.who.unit == longhua
        for promise in act.body["promises"]
    ]
    kept = [act for act in acts("keep") if f"/promises/{longhua}." in act.path]

    assert (len(made), len(kept)) == (5, 4)
    assert max(promise["due_on"] for promise in made) == "2025-06-30"


def test_a_promise_is_kept_by_the_day_it_was_due() -> None:
    for case in portfolio():
        for promise in case.reply.promises:
            assert promise.kept_on is None or promise.kept_on <= promise.due_on
