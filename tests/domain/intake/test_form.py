"""Who may put a proposal, when, and under which sign, is what the rule set says."""

import pytest

from services.intake.domain.refusals import (
    AttachedTwice,
    CollectiveNeedsBody,
    ConvenorMissing,
    JointSignsOnline,
    OnlyInSession,
    PutByBody,
    PutByMembers,
    SealMissing,
    TooManyAttachments,
    UnknownCategory,
)
from services.intake.domain.submitting import Form, Limits, submit_proposal
from shared.contracts.event import Actor, ProposalId
from shared.contracts.intake import (
    Attachment,
    ProposalKind,
    ProposalSubmitted,
    Proposer,
    ProposerType,
)
from tests.domain.intake.desk import COMMITTEE, FOR_WANG, MONDAY, RULES, WANG, WU, proposer

IN_SESSION, OFF_SESSION = (Form.of(RULES, in_session=one) for one in (True, False))
SEALED = (ProposerType.PARTY, ProposerType.BODY, ProposerType.COMMITTEE)
CONVENED = (ProposerType.SECTOR, ProposerType.GROUP)


def collective(
    put_by: ProposerType,
    *,
    body: str | None = "教育界",
    convenor: str | None = None,
    sealed: bool = False,
) -> ProposalSubmitted:
    return ProposalSubmitted(
        proposal_id=ProposalId("a"),
        year=2024,
        title="增开公交",
        text="建议增开。",
        kind=ProposalKind.COLLECTIVE,
        proposers=(Proposer(name="教育界"),),
        put_by=put_by,
        body=body,
        convenor=convenor,
        sealed=sealed,
        by=COMMITTEE,
        on=MONDAY,
    )


def of_members(*proposers: Proposer, by: Actor = COMMITTEE, **more: object) -> ProposalSubmitted:
    kind = ProposalKind.JOINT if len(proposers) > 1 else ProposalKind.SINGLE
    return ProposalSubmitted(
        proposal_id=ProposalId("a"),
        year=2024,
        title="增开公交",
        text="建议增开。",
        kind=kind,
        proposers=proposers,
        by=by,
        on=MONDAY,
    ).model_copy(update=more)


def file(digest: str) -> Attachment:
    return Attachment(name="方案.pdf", kind="application/pdf", size=1, digest=digest)


def test_the_form_is_the_rule_set_s() -> None:
    assert Form.of(RULES, in_session=False) == Form(
        limits=Limits(title=20, text=40, suggested_units=3, attachments=2),
        in_session=False,
        only_in_session=frozenset(CONVENED),
        convened=frozenset(CONVENED),
        sealed=frozenset(SEALED),
        each_signs=True,
        categories=frozenset({"社会", "经济"}),
    )


@pytest.mark.parametrize("put_by", CONVENED)
def test_sectors_and_groups_put_theirs_in_session_signed_by_a_convenor(
    put_by: ProposerType,
) -> None:
    signed = collective(put_by, convenor="周敏")

    assert submit_proposal(signed, form=IN_SESSION) == signed
    with pytest.raises(OnlyInSession, match="提案只能在全体会议期间提出"):
        submit_proposal(signed, form=OFF_SESSION)
    with pytest.raises(ConvenorMissing):
        submit_proposal(collective(put_by, convenor=" "), form=IN_SESSION)


@pytest.mark.parametrize("form", [IN_SESSION, OFF_SESSION])
@pytest.mark.parametrize("put_by", SEALED)
def test_parties_bodies_and_committees_put_theirs_at_any_time_under_seal(
    put_by: ProposerType, form: Form
) -> None:
    sealed = collective(put_by, sealed=True)

    assert submit_proposal(sealed, form=form) == sealed
    with pytest.raises(SealMissing):
        submit_proposal(collective(put_by), form=form)


@pytest.mark.parametrize("put_by", [ProposerType.MEMBER, ProposerType.UNKNOWN])
def test_a_collective_proposal_is_put_by_a_body(put_by: ProposerType) -> None:
    with pytest.raises(PutByBody):
        submit_proposal(collective(put_by, sealed=True), form=Form())


@pytest.mark.parametrize("body", [None, "", " "])
def test_a_body_has_a_name(body: str | None) -> None:
    with pytest.raises(CollectiveNeedsBody):
        submit_proposal(collective(ProposerType.PARTY, body=body, sealed=True), form=Form())


def test_members_put_the_others() -> None:
    with pytest.raises(PutByMembers):
        submit_proposal(of_members(proposer(WANG), put_by=ProposerType.PARTY), form=Form())


def test_joint_proposers_sign_here_unless_the_committee_enters_what_they_signed() -> None:
    both = (proposer(WANG), proposer(WU))

    with pytest.raises(JointSignsOnline):
        submit_proposal(of_members(*both, by=WANG), form=IN_SESSION)
    for submitted, signed in ((of_members(*both, by=WANG), True), (of_members(*both), False)):
        assert submit_proposal(submitted, form=IN_SESSION, signed=signed) == submitted
    on_trust = of_members(*both, by=WANG)
    assert submit_proposal(on_trust, form=Form()) == on_trust


def test_who_stands_in_for_a_proposer_hands_in_for_them() -> None:
    submitted = of_members(proposer(WANG), by=FOR_WANG)

    assert submit_proposal(submitted, form=IN_SESSION) == submitted


def test_a_category_is_one_of_the_rule_set_s() -> None:
    assert submit_proposal(of_members(proposer(WANG), category="社会"), form=IN_SESSION)

    with pytest.raises(UnknownCategory, match="可选的有：社会、经济"):
        submit_proposal(of_members(proposer(WANG), category="天文"), form=IN_SESSION)


def test_as_many_files_as_the_rules_allow_each_once() -> None:
    two = of_members(proposer(WANG), attachments=(file("1"), file("2")))
    assert submit_proposal(two, form=IN_SESSION) == two

    three = of_members(proposer(WANG), attachments=(file("1"), file("2"), file("3")))
    twice = of_members(proposer(WANG), attachments=(file("1"), file("1")))
    with pytest.raises(TooManyAttachments, match=r"3个.*2个"):
        submit_proposal(three, form=IN_SESSION)
    with pytest.raises(AttachedTwice):
        submit_proposal(twice, form=IN_SESSION)
