"""Reviewing: the committee's groups look first, each at its categories (分组审查)."""

from datetime import date
from typing import Literal

from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import UnknownReviewGroup
from services.intake.domain.submitting import Form, must_be_of_category
from shared.contracts.event import Actor
from shared.contracts.intake import ProposalCategorised, ReviewAdvised
from shared.contracts.registry import RulesPublished

Advice = Literal["accept", "decline", "turn", "send_back", "merge"]


def review_group_of(category: str | None, *, rules: RulesPublished) -> str | None:
    """The group that looks at a category first, as the rule set has it."""
    for name in (f"review_group:{category}", "review_group"):
        if (chosen := rules.policies.get(name)) is not None:
            return chosen.value
    return None


def categorise_proposal(
    proposal: Proposal, *, category: str, rules: RulesPublished, by: Actor, on: date
) -> ProposalCategorised:
    """Put it into a category, and so before that category's group."""
    proposal.must_be_undecided()
    must_be_of_category(category, form=Form.of(rules, in_session=True))
    return ProposalCategorised(
        proposal_id=proposal.proposal_id,
        category=category,
        review_group=review_group_of(category, rules=rules),
        by=by,
        on=on,
    )


def advise_on(
    proposal: Proposal,
    *,
    review_group: str | None,
    advice: Advice,
    why: str,
    rules: RulesPublished,
    by: Actor,
    on: date,
) -> ReviewAdvised:
    """A group says what should become of it; the committee decides."""
    proposal.must_be_undecided()
    group = review_group or proposal.review_group
    known = {one.code: one.says for one in rules.reasons.get("review_groups", ())}
    if group is None or (known and group not in known):
        raise UnknownReviewGroup(
            group=group or "", known="、".join(f"{code}（{says}）" for code, says in known.items())
        )
    return ReviewAdvised(
        proposal_id=proposal.proposal_id,
        review_group=group,
        advice=advice,
        why=why,
        by=by,
        on=on,
    )
