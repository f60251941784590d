"""Withdrawing: its proposers take a proposal back (撤案).

Before it is filed the first proposer does so; afterwards the committee, at their request. What is
merged is separated first: what becomes of the others is a decision of its own.
"""

from datetime import date

from services.intake.domain.proposal import REVIEW_WORDS, Proposal, acting_for
from services.intake.domain.refusals import (
    AnsweredAlready,
    AskCommitteeToWithdraw,
    CannotWithdraw,
    MergedCannotWithdraw,
    OnlyFirstProposer,
)
from shared.contracts.event import Actor
from shared.contracts.intake import ProposalWithdrawn
from shared.contracts.registry import Post


def withdraw_proposal(proposal: Proposal, *, why: str, by: Actor, on: date) -> ProposalWithdrawn:
    if by.post == Post.PROPOSER:
        proposal.author(by)
        if proposal.proposers[0].person != acting_for(by):
            raise OnlyFirstProposer(first=proposal.proposers[0].name)
        if proposal.state == "accepted":
            raise AskCommitteeToWithdraw(proposal=proposal.called)
    if not proposal.is_undecided and proposal.state != "accepted":
        raise CannotWithdraw(proposal=proposal.called, state=REVIEW_WORDS[proposal.state])
    if proposal.group is not None:
        raise MergedCannotWithdraw(proposal=proposal.called)
    if proposal.answered:
        raise AnsweredAlready(proposal=proposal.called)
    return ProposalWithdrawn(
        proposal_id=proposal.proposal_id,
        why=why,
        after_filing=proposal.state == "accepted",
        by=by,
        on=on,
    )
