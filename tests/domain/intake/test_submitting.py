"""A proposal is handed in by one, by several, or by a body, and keeps to the limits of form."""

import pytest

from services.intake.domain.refusals import (
    CollectiveIsOneBody,
    JointNeedsTwo,
    NotAmongProposers,
    ProposerNamedTwice,
    SingleHasOneProposer,
    TextMissing,
    TextTooLong,
    TitleMissing,
    TitleTooLong,
    TooManySuggestedUnits,
    UnitSuggestedTwice,
    UnknownKind,
)
from services.intake.domain.submitting import Form, Limits, submit_proposal
from shared.contracts.event import Actor, PersonId, ProposalId, UnitCode
from shared.contracts.intake import ProposalKind, ProposalSubmitted, Proposer, ProposerType
from tests.domain.intake.desk import COMMITTEE, MONDAY, WANG

LIMITS = Limits(title=10, text=20, suggested_units=3)
FORM = Form(limits=LIMITS)
WANG_HIMSELF = Proposer(name="王志毅", person=PersonId("p-wang"))
WU = Proposer(name="吴联喜", person=PersonId("p-wu"))
UNION = Proposer(name="民进深圳市委会")
UNITS = tuple(UnitCode(code) for code in ("C001", "C002", "C003", "C004"))


def submission(
    *,
    kind: ProposalKind = ProposalKind.SINGLE,
    put_by: ProposerType = ProposerType.MEMBER,
    body: str | None = None,
    proposers: tuple[Proposer, ...] = (WANG_HIMSELF,),
    title: str = "增开公交",
    text: str = "建议增开社区公交。",
    suggested_units: tuple[UnitCode, ...] = (),
    by: Actor = COMMITTEE,
) -> ProposalSubmitted:
    return ProposalSubmitted(
        proposal_id=ProposalId("a"),
        year=2024,
        title=title,
        text=text,
        kind=kind,
        put_by=put_by,
        body=body,
        proposers=proposers,
        suggested_units=suggested_units,
        by=by,
        on=MONDAY,
    )


@pytest.mark.parametrize(
    ("kind", "proposers"),
    [
        (ProposalKind.SINGLE, (WANG_HIMSELF,)),
        (ProposalKind.JOINT, (WANG_HIMSELF, WU)),
    ],
)
def test_each_kind_has_its_number_of_proposers(
    kind: ProposalKind, proposers: tuple[Proposer, ...]
) -> None:
    submitted = submission(kind=kind, proposers=proposers)

    assert submit_proposal(submitted, form=FORM) == submitted


@pytest.mark.parametrize(
    ("kind", "proposers", "refusal"),
    [
        (ProposalKind.SINGLE, (WANG_HIMSELF, WU), SingleHasOneProposer),
        (ProposalKind.JOINT, (WANG_HIMSELF,), JointNeedsTwo),
        (ProposalKind.COLLECTIVE, (UNION, WU), CollectiveIsOneBody),
        (ProposalKind.UNKNOWN, (WANG_HIMSELF,), UnknownKind),
        (ProposalKind.JOINT, (WANG_HIMSELF, WANG_HIMSELF), ProposerNamedTwice),
    ],
)
def test_other_numbers_do_not_fit_the_kind(
    kind: ProposalKind, proposers: tuple[Proposer, ...], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        submit_proposal(submission(kind=kind, proposers=proposers), form=FORM)


def test_two_proposers_may_have_the_same_name() -> None:
    namesakes = (WANG_HIMSELF, Proposer(name="王志毅", person=PersonId("p-other")))

    submitted = submit_proposal(submission(kind=ProposalKind.JOINT, proposers=namesakes), form=FORM)

    assert submitted.proposers == namesakes


def test_a_proposer_hands_in_what_bears_their_own_name() -> None:
    own = submission(proposers=(WANG_HIMSELF,), by=WANG)
    by_name_only = submission(proposers=(Proposer(name="王志毅"),), by=WANG)

    assert submit_proposal(own, form=FORM) == own
    assert submit_proposal(by_name_only, form=FORM).proposers == (WANG_HIMSELF,)


@pytest.mark.parametrize("somebody_else", [WU, Proposer(name="王志毅", person=PersonId("p-other"))])
def test_a_proposer_does_not_hand_in_for_somebody_else(somebody_else: Proposer) -> None:
    with pytest.raises(NotAmongProposers):
        submit_proposal(submission(proposers=(somebody_else,), by=WANG), form=FORM)


def test_the_committee_enters_anybody_s_proposal() -> None:
    submitted = submission(proposers=(WU,), by=COMMITTEE)

    assert submit_proposal(submitted, form=FORM) == submitted


def test_title_and_text_may_fill_the_limit() -> None:
    submitted = submission(title="题" * 10, text="文" * 20)

    assert submit_proposal(submitted, form=FORM) == submitted


def test_one_character_more_is_too_long() -> None:
    with pytest.raises(TitleTooLong, match=r"11字.*10字"):
        submit_proposal(submission(title="题" * 11), form=FORM)
    with pytest.raises(TextTooLong, match=r"21字.*20字"):
        submit_proposal(submission(text="文" * 21), form=FORM)


@pytest.mark.parametrize("blank", ["", " \n"])
def test_title_and_text_are_not_left_out(blank: str) -> None:
    with pytest.raises(TitleMissing):
        submit_proposal(submission(title=blank), form=FORM)
    with pytest.raises(TextMissing):
        submit_proposal(submission(text=blank), form=FORM)


def test_as_many_units_may_be_suggested_as_the_rules_allow() -> None:
    submitted = submission(suggested_units=UNITS[:3])

    assert submit_proposal(submitted, form=FORM) == submitted


def test_one_unit_more_is_too_many() -> None:
    with pytest.raises(TooManySuggestedUnits, match=r"4个.*3个"):
        submit_proposal(submission(suggested_units=UNITS), form=FORM)


def test_a_unit_is_suggested_once() -> None:
    with pytest.raises(UnitSuggestedTwice):
        submit_proposal(submission(suggested_units=(UNITS[0], UNITS[0])), form=FORM)


def test_what_the_rule_set_does_not_limit_is_free() -> None:
    submitted = submission(title="题" * 500, text="文" * 5000, suggested_units=UNITS)

    assert submit_proposal(submitted, form=Form()) == submitted


def test_the_limits_are_those_of_the_rule_set() -> None:
    limits = Limits.of({"title": 60, "text": 1500, "suggested_units": 3, "reply": 6000})

    assert limits == Limits(title=60, text=1500, suggested_units=3)
