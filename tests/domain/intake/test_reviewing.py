"""The committee's groups look first; what is no proposal is turned, what is unripe sent back."""

from dataclasses import replace

import pytest

from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import (
    AlreadyReviewed,
    NotSentBack,
    NotYourProposal,
    TextTooLong,
    UnknownCategory,
    UnknownReviewGroup,
    UnknownTurn,
)
from services.intake.domain.reviewing import advise_on, categorise_proposal, review_group_of
from services.intake.domain.sending_back import revise_proposal, send_back
from services.intake.domain.submitting import Form
from services.intake.domain.turning import turn_proposal
from shared.contracts.event import Actor
from shared.contracts.intake import ProposalRevised
from shared.contracts.registry import Reason
from tests.domain.intake.desk import (
    BUS,
    COMMITTEE,
    DECLINED,
    FILED,
    FOR_WANG,
    LI,
    MONDAY,
    RULES,
    WANG,
    WU,
)

SENT_BACK = replace(BUS, state="sent_back")
WAYS = (Reason(code="opinion", says="社情民意"), Reason(code="letter", says="来信"))
FORM = Form.of(RULES, in_session=True)


def revised(by: Actor = WANG, *, text: str = "建议先试点。") -> ProposalRevised:
    return ProposalRevised(
        proposal_id=BUS.proposal_id, revision=1, title="增开公交", text=text, by=by, on=MONDAY
    )


@pytest.mark.parametrize(
    ("category", "group"), [("社会", "social"), ("经济", "economy"), (None, "economy")]
)
def test_a_category_has_its_group_and_the_rest_has_one_too(
    category: str | None, group: str
) -> None:
    assert review_group_of(category, rules=RULES) == group


def test_without_groups_in_the_rules_there_are_none() -> None:
    bare = RULES.model_copy(update={"policies": {}})

    assert review_group_of("社会", rules=bare) is None


@pytest.mark.parametrize("proposal", [BUS, SENT_BACK])
def test_a_category_moves_it_before_another_group(proposal: Proposal) -> None:
    event = categorise_proposal(proposal, category="社会", rules=RULES, by=COMMITTEE, on=MONDAY)

    assert (event.category, event.review_group) == ("社会", "social")
    with pytest.raises(UnknownCategory):
        categorise_proposal(proposal, category="天文", rules=RULES, by=COMMITTEE, on=MONDAY)


def test_its_own_group_advises_or_one_that_is_named() -> None:
    before = replace(BUS, review_group="social")
    for named, group in ((None, "social"), ("economy", "economy")):
        event = advise_on(
            before,
            review_group=named,
            advice="accept",
            why="具体",
            rules=RULES,
            by=COMMITTEE,
            on=MONDAY,
        )
        assert (event.review_group, event.advice) == (group, "accept")

    for proposal, unknown in ((before, "x"), (BUS, None)):
        with pytest.raises(UnknownReviewGroup, match="social（社会组）、economy（经济组）"):
            advise_on(
                proposal,
                review_group=unknown,
                advice="accept",
                why="具体",
                rules=RULES,
                by=COMMITTEE,
                on=MONDAY,
            )


@pytest.mark.parametrize("proposal", [FILED, DECLINED])
def test_what_is_decided_is_neither_categorised_advised_on_turned_nor_sent_back(
    proposal: Proposal,
) -> None:
    with pytest.raises(AlreadyReviewed):
        categorise_proposal(proposal, category="社会", rules=RULES, by=COMMITTEE, on=MONDAY)
    with pytest.raises(AlreadyReviewed):
        advise_on(
            proposal,
            review_group="social",
            advice="accept",
            why="好",
            rules=RULES,
            by=COMMITTEE,
            on=MONDAY,
        )
    with pytest.raises(AlreadyReviewed):
        turn_proposal(proposal, into="letter", ways=WAYS, why="好", by=COMMITTEE, on=MONDAY)
    with pytest.raises(AlreadyReviewed):
        send_back(proposal, why="改", by=COMMITTEE, on=MONDAY)


@pytest.mark.parametrize("proposal", [BUS, SENT_BACK])
def test_it_is_turned_in_the_words_of_the_rule_set(proposal: Proposal) -> None:
    event = turn_proposal(
        proposal, into="opinion", ways=WAYS, why="反映情况", by=COMMITTEE, on=MONDAY
    )

    assert (event.into, event.says, event.why) == ("opinion", "社情民意", "反映情况")


def test_another_way_is_none() -> None:
    with pytest.raises(UnknownTurn, match="可以转为：opinion（社情民意）、letter（来信）"):
        turn_proposal(BUS, into="poem", ways=WAYS, why="好", by=COMMITTEE, on=MONDAY)


def test_it_is_sent_back_once_until_it_comes_again() -> None:
    assert send_back(BUS, why="请写明路线", by=COMMITTEE, on=MONDAY).why == "请写明路线"

    with pytest.raises(AlreadyReviewed, match="已退回修改"):
        send_back(SENT_BACK, why="改", by=COMMITTEE, on=MONDAY)


@pytest.mark.parametrize("by", [WANG, WU, FOR_WANG, COMMITTEE])
def test_a_proposer_revises_it_or_the_committee_for_them(by: Actor) -> None:
    assert revise_proposal(SENT_BACK, revised=revised(by), form=FORM) == revised(by)


def test_nobody_else_does() -> None:
    with pytest.raises(NotYourProposal):
        revise_proposal(SENT_BACK, revised=revised(LI), form=FORM)


@pytest.mark.parametrize("proposal", [BUS, FILED])
def test_only_what_was_sent_back_is_revised(proposal: Proposal) -> None:
    with pytest.raises(NotSentBack):
        revise_proposal(proposal, revised=revised(), form=FORM)


def test_a_revision_keeps_within_the_limits() -> None:
    assert revise_proposal(SENT_BACK, revised=revised(text="文" * 40), form=FORM)

    with pytest.raises(TextTooLong):
        revise_proposal(SENT_BACK, revised=revised(text="文" * 41), form=FORM)
