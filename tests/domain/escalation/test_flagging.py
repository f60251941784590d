"""A matter is flagged by a rule, once in each generation, or by somebody whom it concerns."""

from dataclasses import replace

import pytest

from services.escalation.domain.clock import Awaited, Clock, ClockState
from services.escalation.domain.flagging import (
    BY_HAND,
    flag_by_hand,
    flag_repeated_returns,
    flag_silent_districts,
    rule_of,
    silent_from,
)
from services.escalation.domain.proposal import Handler, Matter, Proposal, Return
from services.escalation.domain.refusals import (
    AlreadyFlagged,
    EvidenceMissing,
    NobodyConcerned,
    NotHandling,
    PartyNamedTwice,
)
from shared.contracts.assignment import Role
from shared.contracts.escalation import CoordinationFlagged
from shared.contracts.event import SYSTEM, Actor, TaskId, UnitCode
from shared.contracts.registry import CoordinationRule
from tests.domain.escalation.office import (
    CALENDAR,
    CITY,
    FUTIAN,
    FUTIAN_BUREAU,
    HANDLED,
    INDUSTRY,
    LEAD,
    LONGHUA,
    LONGHUA_BUREAU,
    OPINION,
    PROPOSAL,
    UNITS,
    day,
    someone,
)

RETURNS = CoordinationRule(code="repeated-returns", threshold=2, says="退办达到2次", source=None)
SILENCE = CoordinationRule(code="silent-district", threshold=2, says="逾期2日", source=None)
FIRST = Return(LONGHUA, FUTIAN, on=day("03-04"))
SECOND = Return(FUTIAN, INDUSTRY, on=day("03-11"))
SENT_BACK_TWICE = replace(HANDLED, returns=(FIRST, SECOND))

# The opinion was due on Friday 15 March: two working days later it is Tuesday the 19th.
MONDAY, TUESDAY = day("03-18"), day("03-19")


def repeated(
    proposal: Proposal, *, rule: CoordinationRule | None = RETURNS
) -> CoordinationFlagged | None:
    return flag_repeated_returns(proposal, rule=rule, units=UNITS, on=day("03-11"))


def silent(
    *clocks: Clock, proposal: Proposal = HANDLED, rule: CoordinationRule | None = SILENCE
) -> CoordinationFlagged | None:
    return flag_silent_districts(
        proposal, clocks, rule=rule, units=UNITS, calendar=CALENDAR, on=TUESDAY
    )


def test_the_return_that_reaches_the_threshold_is_a_matter_for_the_city() -> None:
    assert repeated(SENT_BACK_TWICE) == CoordinationFlagged(
        proposal_id=PROPOSAL,
        matter_id="m1",
        rule="repeated-returns",
        evidence="本案已被退办2次：2024-03-04龙华区退办，建议改由福田区办理；"
        "2024-03-11福田区退办，建议改由市工信局办理。",
        parties=(LONGHUA, FUTIAN, INDUSTRY),
        by=SYSTEM,
        on=day("03-11"),
    )


def test_one_return_fewer_is_none() -> None:
    assert repeated(replace(HANDLED, returns=(FIRST,))) is None


def test_without_a_rule_nothing_is_flagged() -> None:
    assert repeated(SENT_BACK_TWICE, rule=None) is None
    assert silent(OPINION, rule=None) is None


@pytest.mark.parametrize("state", ["open", "decided"])
def test_a_rule_flags_a_proposal_once_in_a_generation(state: str) -> None:
    flagged = Matter("m1", "repeated-returns", generation=1, state=state)  # type: ignore[arg-type]

    assert repeated(replace(SENT_BACK_TWICE, matters=(flagged,))) is None


def test_in_the_next_generation_it_may_be_flagged_again_once_the_first_is_decided() -> None:
    decided = Matter("m1", "repeated-returns", generation=1, state="decided")
    again = replace(SENT_BACK_TWICE, generation=2, matters=(decided,))

    flagged = repeated(again)

    assert flagged is not None
    assert flagged.matter_id == "m2"


def test_what_lies_open_is_not_flagged_again() -> None:
    still_open = Matter("m1", "repeated-returns", generation=1)

    assert repeated(replace(SENT_BACK_TWICE, generation=2, matters=(still_open,))) is None


def test_another_rule_s_matter_does_not_stand_in_the_way() -> None:
    by_hand = Matter("m1", BY_HAND, generation=1)

    assert repeated(replace(SENT_BACK_TWICE, matters=(by_hand,))) is not None


def test_another_district_silent_past_its_date_is_a_matter_for_the_city() -> None:
    assert silent(OPINION) == CoordinationFlagged(
        proposal_id=PROPOSAL,
        matter_id="m1",
        rule="silent-district",
        evidence="福田区的会办意见应于2024-03-15前提出，已逾期2个工作日。",
        parties=(LONGHUA, FUTIAN),
        by=SYSTEM,
        on=TUESDAY,
    )


def test_a_working_day_less_is_not_yet() -> None:
    assert silent(replace(OPINION, due_on=day("03-18"))) is None


def test_with_a_threshold_of_nought_the_last_day_still_belongs_to_the_district() -> None:
    at_once = SILENCE.model_copy(update={"threshold": 0})

    assert silent(replace(OPINION, due_on=TUESDAY), rule=at_once) is None
    assert silent(replace(OPINION, due_on=MONDAY), rule=at_once) is not None


@pytest.mark.parametrize("state", ["stopped", "dead"])
def test_who_gave_an_opinion_or_need_not_is_not_silent(state: ClockState) -> None:
    assert silent(replace(OPINION, state=state)) is None


def test_only_opinions_are_waited_for() -> None:
    assert silent(replace(OPINION, awaits=Awaited.SIGNING)) is None


@pytest.mark.parametrize("unit", [LONGHUA, INDUSTRY, FUTIAN_BUREAU, UnitCode("D99")])
def test_only_another_district_is_a_matter_for_the_city(unit: UnitCode) -> None:
    assert silent(replace(OPINION, unit=unit)) is None


@pytest.mark.parametrize("lead", [FUTIAN_BUREAU, CITY])
def test_a_district_in_one_line_with_the_lead_is_not_another(lead: UnitCode) -> None:
    same_line = replace(HANDLED, handlers=(replace(LEAD, unit=lead),))

    assert silent(OPINION, proposal=same_line) is None


def test_a_city_bureau_s_district_co_handler_is_another() -> None:
    led_by_industry = replace(HANDLED, handlers=(replace(LEAD, unit=INDUSTRY),))

    assert silent(OPINION, proposal=led_by_industry) is not None


def test_who_handles_for_the_lead_does_not_count_as_answering() -> None:
    below = Handler(TaskId("S101.1"), FUTIAN_BUREAU, Role.LEAD, parent=TaskId("D09.1"))

    assert silent(OPINION, proposal=replace(HANDLED, handlers=(LEAD, below))) is not None


def test_several_silent_districts_are_one_matter() -> None:
    guangming = replace(OPINION, unit=UnitCode("D11"), clock_id="D11.1/opinion")
    units = {**UNITS, UnitCode("D11"): UNITS[FUTIAN].model_copy(update={"short_name": "光明区"})}

    flagged = flag_silent_districts(
        HANDLED, [guangming, OPINION], rule=SILENCE, units=units, calendar=CALENDAR, on=TUESDAY
    )

    assert flagged is not None
    assert flagged.parties == (LONGHUA, FUTIAN, UnitCode("D11"))
    assert "福田区" in flagged.evidence
    assert "光明区" in flagged.evidence


def test_an_opinion_s_clock_is_looked_at_on_the_day_its_silence_becomes_a_matter() -> None:
    assert silent_from(OPINION, rule=SILENCE, calendar=CALENDAR) == TUESDAY
    assert silent_from(OPINION, rule=None, calendar=CALENDAR) is None
    assert (
        silent_from(replace(OPINION, awaits=Awaited.REPLY), rule=SILENCE, calendar=CALENDAR) is None
    )


def by_hand(
    *,
    proposal: Proposal = HANDLED,
    evidence: str = "两区对用地权属意见不一",
    parties: tuple[UnitCode, ...] = (LONGHUA, FUTIAN),
    by: Actor | None = None,
) -> CoordinationFlagged:
    return flag_by_hand(
        proposal,
        evidence=evidence,
        parties=parties,
        units=UNITS,
        by=by or someone("officer", LONGHUA),
        on=MONDAY,
    )


def test_a_unit_flags_what_it_handles() -> None:
    assert by_hand() == CoordinationFlagged(
        proposal_id=PROPOSAL,
        matter_id="m1",
        rule="by-hand",
        evidence="两区对用地权属意见不一",
        parties=(LONGHUA, FUTIAN),
        by=someone("officer", LONGHUA),
        on=MONDAY,
    )


def test_a_unit_does_not_flag_what_others_handle() -> None:
    with pytest.raises(NotHandling, match="龙华区教育局不承办本案"):
        by_hand(by=someone("head", LONGHUA_BUREAU))


def test_the_office_flags_anything() -> None:
    assert by_hand(by=someone("office", CITY)).by.unit == CITY


def test_a_matter_needs_a_word_about_it() -> None:
    with pytest.raises(EvidenceMissing):
        by_hand(evidence=" ")


def test_a_matter_concerns_somebody() -> None:
    assert by_hand(parties=(FUTIAN,)).parties == (FUTIAN,)
    with pytest.raises(NobodyConcerned):
        by_hand(parties=())


def test_each_party_is_named_once() -> None:
    with pytest.raises(PartyNamedTwice, match="福田区"):
        by_hand(parties=(FUTIAN, LONGHUA, FUTIAN))


def test_a_second_matter_by_hand_waits_for_the_first() -> None:
    still_open = Matter("m1", BY_HAND, generation=1)
    with pytest.raises(AlreadyFlagged, match="m1"):
        by_hand(proposal=replace(HANDLED, matters=(still_open,)))

    decided = replace(still_open, state="decided")
    assert by_hand(proposal=replace(HANDLED, matters=(decided,))).matter_id == "m2"


def test_a_rule_is_found_by_its_code() -> None:
    assert rule_of([RETURNS, SILENCE], "silent-district") == SILENCE
    assert rule_of([RETURNS], "silent-district") is None
