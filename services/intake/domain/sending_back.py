"""Sending back: the committee asks for a revision, the proposers hand in again (退回修改)."""

from datetime import date

from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import NotSentBack
from services.intake.domain.submitting import Form, must_be_of_form
from shared.contracts.event import Actor
from shared.contracts.intake import ProposalRevised, ProposalSentBack
from shared.contracts.registry import Post


def send_back(proposal: Proposal, *, why: str, by: Actor, on: date) -> ProposalSentBack:
    proposal.must_await_review()
    return ProposalSentBack(proposal_id=proposal.proposal_id, why=why, by=by, on=on)


def revise_proposal(proposal: Proposal, *, revised: ProposalRevised, form: Form) -> ProposalRevised:
    """What was handed in again, if it keeps to the rules of form.

    One of its proposers revises it, or the committee for them.
    """
    if revised.by.post == Post.PROPOSER:
        proposal.author(revised.by)
    if proposal.state != "sent_back":
        raise NotSentBack(proposal=proposal.called)
    must_be_of_form(revised, form=form)
    return revised
