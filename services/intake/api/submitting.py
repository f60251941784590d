"""Handing in: a proposal comes in whole, be it from its proposer or entered by the committee."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter

from services.intake import store
from services.intake.api import asked
from services.intake.commands import ReviseProposal, SubmitProposal, WithdrawProposal
from services.intake.domain.reviewing import review_group_of
from services.intake.domain.sending_back import revise_proposal
from services.intake.domain.submitting import submit_proposal
from services.intake.domain.withdrawing import withdraw_proposal
from shared.contracts.event import ProposalId
from shared.contracts.intake import (
    Origin,
    ProposalKind,
    ProposalRevised,
    ProposalSubmitted,
    ProposerType,
)
from shared.web import Act, Receipt, may

router = APIRouter()

Submitter = Annotated[Act, may("intake.submit")]
Withdrawer = Annotated[Act, may("intake.withdraw")]


@router.post("/proposals", status_code=201)
async def submit(command: SubmitProposal, act: Submitter) -> Receipt:
    """提交：个人、联名或集体提出一件提案。"""
    proposal_id = ProposalId(str(command.proposal_id or uuid4()))
    await store.lock_new(act.tx, proposal_id)
    session = asked.session(act)
    submitted = ProposalSubmitted(
        proposal_id=proposal_id,
        year=command.year,
        title=command.title,
        text=command.text,
        kind=ProposalKind(command.kind),
        proposers=asked.proposers(command.proposers),
        category=command.category,
        suggested_units=asked.units(act, command.suggested_units),
        wants_publication=command.wants_publication,
        origin=Origin(command.origin),
        source=command.source,
        put_by=ProposerType(command.put_by),
        body=command.body,
        session=session.session if session else None,
        convenor=command.convenor,
        sealed=command.sealed,
        attachments=await asked.files(act, command.attachments),
        review_group=review_group_of(command.category, rules=act.rules),
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, submit_proposal(submitted, form=asked.form(act)))
    return act.receipt()


@router.post("/proposals/{proposal_id}/revise")
async def revise(proposal_id: ProposalId, command: ReviseProposal, act: Submitter) -> Receipt:
    """修改后重新提交：提案人（或提案委代为）提交修改稿。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    had = await store.attachments_of(act.tx, proposal_id)
    revised = ProposalRevised(
        proposal_id=proposal_id,
        revision=proposal.revision + 1,
        title=command.title,
        text=command.text,
        suggested_units=asked.units(act, command.suggested_units),
        wants_publication=command.wants_publication,
        attachments=await asked.files(act, command.attachments, had=had),
        proposers=proposal.proposers,
        by=act.caller,
        on=act.today,
    )
    event = revise_proposal(proposal, revised=revised, form=asked.form(act))
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/withdraw")
async def withdraw(proposal_id: ProposalId, command: WithdrawProposal, act: Withdrawer) -> Receipt:
    """撤案：立案前由第一提案人办理，立案后由提案委应提案人要求办理。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = withdraw_proposal(proposal, why=command.why, by=act.caller, on=act.today)
    await store.record(act.tx, event)
    return act.receipt()
