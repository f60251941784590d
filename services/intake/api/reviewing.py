"""Reviewing: filed, declined, turned, sent back; categorised and advised on; made key."""

from typing import Annotated

from fastapi import APIRouter

from services.intake import store
from services.intake.api import asked
from services.intake.commands import (
    AcceptProposal,
    AdviseOnProposal,
    CategoriseProposal,
    DeclineProposal,
    DesignateKey,
    SendBack,
    TakeBackKey,
    TurnProposal,
)
from services.intake.domain.accepting import accept_proposal, category_book, session_book
from services.intake.domain.declining import decline_proposal
from services.intake.domain.designating import designate_key, take_back_key
from services.intake.domain.reviewing import advise_on, categorise_proposal
from services.intake.domain.sending_back import send_back
from services.intake.domain.submitting import must_be_of_category
from services.intake.domain.turning import turn_proposal
from shared.contracts.event import ProposalId
from shared.web import Act, Receipt, may

router = APIRouter()

Reviewer = Annotated[Act, may("intake.review")]


@router.post("/proposals/{proposal_id}/categorise")
async def categorise(
    proposal_id: ProposalId, command: CategoriseProposal, act: Reviewer
) -> Receipt:
    """归类：确定类别，交相应的审查小组初审。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = categorise_proposal(
        proposal, category=command.category, rules=act.rules, by=act.caller, on=act.today
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/advise")
async def advise(proposal_id: ProposalId, command: AdviseOnProposal, act: Reviewer) -> Receipt:
    """小组初审：审查小组提出处理意见，由提案委决定。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = advise_on(
        proposal,
        review_group=command.review_group,
        advice=command.advice,
        why=command.why,
        rules=act.rules,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/accept")
async def accept(proposal_id: ProposalId, command: AcceptProposal, act: Reviewer) -> Receipt:
    """立案：提案委审查通过，编定案号及会议、类别序号。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    proposal.must_await_review()
    must_be_of_category(command.category, form=asked.form(act))
    category = command.category or proposal.category
    register = await store.lock_register(act.tx, proposal.year, number=command.number)
    serials = await store.lock_serials(
        act.tx,
        session=session_book(proposal, rules=act.rules),
        category=category_book(proposal, category=category, rules=act.rules),
    )
    event = accept_proposal(
        proposal,
        number=command.number,
        register=register,
        one_matter=command.one_matter,
        category=category,
        serials=serials,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/decline")
async def decline(proposal_id: ProposalId, command: DeclineProposal, act: Reviewer) -> Receipt:
    """不予立案：按规则集所列理由之一。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    reasons = act.rules.decline_reasons
    event = decline_proposal(
        proposal, reason_code=command.reason_code, reasons=reasons, by=act.caller, on=act.today
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/turn")
async def turn(proposal_id: ProposalId, command: TurnProposal, act: Reviewer) -> Receipt:
    """转办：不作提案，转为社情民意、来信或意见建议。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = turn_proposal(
        proposal,
        into=command.into,
        ways=act.rules.reasons.get("turned_into", ()),
        why=command.why,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/send-back")
async def return_for_revision(proposal_id: ProposalId, command: SendBack, act: Reviewer) -> Receipt:
    """退回修改：写明须修改之处，由提案人改后重新提交。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = send_back(proposal, why=command.why, by=act.caller, on=act.today)
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/designate-key")
async def designate(proposal_id: ProposalId, command: DesignateKey, act: Reviewer) -> Receipt:
    """确定为重点提案：明确领办领导和督办单位。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = designate_key(
        proposal,
        leader=command.leader,
        supervised_by=act.known.unit(command.supervised_by).code,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/take-back-key")
async def no_longer_key(proposal_id: ProposalId, command: TakeBackKey, act: Reviewer) -> Receipt:
    """取消重点提案：写明理由。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = take_back_key(proposal, why=command.why, by=act.caller, on=act.today)
    await store.record(act.tx, event)
    return act.receipt()
