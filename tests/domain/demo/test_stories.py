"""The stories of the year: what went another way than usual, and what came of it."""

from collections import Counter

from deploy.demo.days import HANDED_OVER_ON
from deploy.demo.portfolio import portfolio
from deploy.demo.stories import TOLD
from deploy.demo.units import named
from tests.domain.demo.looking import acts, all_acts, case_of, day_of, of


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


def test_the_key_proposal_is_sent_back_once_and_then_signed_by_all() -> None:
    key = of("20240152")
    [refused] = acts("refuse-countersign", upon=key)
    signed = [act.who.unit for act in acts("countersign", upon=key) if act.body["draft"] == 2]

    assert refused.body["draft"] == 1
    assert signed == [named(unit).code for unit in key.co_handlers]
    assert [act.body["draft"] for act in acts("issue", upon=key)] == [2]
    [planned] = acts("items", upon=key)
    assert [item["says"] for item in planned.body["items"]] == list(key.asks)


def test_joint_proposers_sign_for_themselves_on_the_day_they_are_asked() -> None:
    for case in portfolio():
        signers = [act.who.name for act in acts("sign", upon=case, service="intake")]
        alone = case.kind != "joint" or case.unnamed
        assert signers == ([] if alone else list(case.proposers[1:])), case.number


def test_a_talk_that_was_denied_is_made_good_in_time() -> None:
    [denied] = acts("deny")
    case = case_of(denied)
    later = [act.on for act in acts("contacts", upon=case) if act.on > denied.on]

    assert later[0] <= day_of("contact", HANDED_OVER_ON)
    assert [act.path.split("/")[-2] for act in acts("confirm", upon=case)] == ["D07.1.c2"]


def test_one_promise_is_broken_and_it_is_not_longhuas() -> None:
    [broken] = acts("break")

    assert broken.path.split("/")[-2] == f"{named('市城市管理和综合执法局').code}.r1.p1"
    assert broken.who.post == "office"


def test_a_second_objection_is_decided_after_a_meeting() -> None:
    lorries = of("20240612")
    verbs = ("return", "decide-return", "object", "objection-meeting", "decide-objection")
    days = [act.on for verb in verbs for act in acts(verb, upon=lorries)]

    assert days == sorted(days)
    assert acts("decide-objection", upon=lorries)[0].body["upheld"] is False


def test_every_story_told_at_the_end_happened_on_its_day() -> None:
    happened = {(act.on, concerned) for act in all_acts() for concerned in act.concerns}

    for story in TOLD:
        if story.number:
            assert (story.on, of(story.number).proposal_id) in happened, story.says
        else:
            assert any(act.on == story.on for act in acts("hand-down"))
