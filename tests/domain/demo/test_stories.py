"""The stories of the year: returned twice, dissatisfied once, and what came of it."""

from collections import Counter

from deploy.demo.days import HANDED_OVER_ON
from deploy.demo.stories import TOLD
from tests.domain.demo.looking import acts, all_acts, day_of, of


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


def test_every_story_told_at_the_end_happened_on_its_day() -> None:
    happened = {(act.on, concerned) for act in all_acts() for concerned in act.concerns}

    for story in TOLD:
        if story.number:
            assert (story.on, of(story.number).proposal_id) in happened, story.says
        else:
            assert any(act.on == story.on for act in acts("hand-down"))
