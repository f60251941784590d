"""Opinions of co-handlers: drafted, checked, issued, withdrawn; and disagreements about them."""

from typing import Annotated

from fastapi import APIRouter

from services.reply import store
from services.reply.commands import (
    DraftOpinion,
    GiveOpinion,
    IssueOpinion,
    OfDraft,
    SendDraftBack,
    SettleDisagreement,
    Why,
    attachments,
    paper,
)
from services.reply.domain.disagreeing import raise_disagreement, settle_disagreement
from services.reply.domain.giving_opinions import (
    check_opinion,
    draft_opinion,
    give_opinion,
    issue_opinion,
    send_opinion_back,
    withdraw_opinion,
)
from services.reply.domain.numbering import LetterBook
from shared.contracts.event import ProposalId, TaskId
from shared.policy import allow
from shared.web import Act, Receipt, may

router = APIRouter()


async def _book(act: Act) -> LetterBook:
    return await store.lock_letter_book(
        act.tx,
        act.known.unit(act.caller.unit),
        series="opinion",
        year=act.today.year,
        rules=act.rules,
    )


@router.post("/proposals/{proposal_id}/tasks/{task_id}/opinion")
async def opinion(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: GiveOpinion,
    act: Annotated[Act, may("reply.opinion")],
) -> Receipt:
    """会办意见：规则允许一步办理的，会办单位直接向主办单位提出意见。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    events = give_opinion(
        handling,
        task_id=task_id,
        opinion=command.as_opinion(),
        book=await _book(act),
        by=act.caller,
        on=act.today,
        rules=act.rules,
        calendar=act.known.calendar,
    )
    await store.record(act.tx, *events)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/opinion/drafts")
async def draft(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: DraftOpinion,
    act: Annotated[Act, may("reply.opinion")],
) -> Receipt:
    """会办意见拟稿：写下意见的一稿，取代前一稿。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    drafted = draft_opinion(
        handling,
        task_id=task_id,
        opinion=command.as_opinion(),
        by=act.caller,
        on=act.today,
        rules=act.rules,
        after=command.after,
    )
    await store.record(act.tx, drafted)
    await store.keep_opinion(act.tx, drafted, opinion=command.as_opinion())
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/opinion/check")
async def check(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: OfDraft,
    act: Annotated[Act, may("reply.check_opinion")],
) -> Receipt:
    """会办意见核稿：由拟稿人以外的负责人核稿。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    event = check_opinion(
        handling, task_id=task_id, draft=command.draft, by=act.caller, on=act.today
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/opinion/send-back")
async def send_back(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: SendDraftBack,
    act: Annotated[Act, may("reply.check_opinion")],
) -> Receipt:
    """会办意见退改：说明理由，退回重拟。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    event = send_opinion_back(
        handling,
        task_id=task_id,
        draft=command.draft,
        why=command.why,
        by=act.caller,
        on=act.today,
        rules=act.rules,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/opinion/issue")
async def issue(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: IssueOpinion,
    act: Annotated[Act, may("reply.record_paper")],
) -> Receipt:
    """会办意见签发：编号送主办单位；书面签发的，凭扫描件登记。"""
    if command.paper is None:
        allow("reply.issue_opinion", act.caller)
    handling = await store.lock_handling(act.tx, proposal_id)
    events = issue_opinion(
        handling,
        task_id=task_id,
        draft=command.draft,
        book=await _book(act),
        by=act.caller,
        on=act.today,
        rules=act.rules,
        calendar=act.known.calendar,
        attachments=attachments(command.attachments),
        paper=paper(command.paper),
    )
    await store.record(act.tx, *events)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/opinion/withdraw")
async def withdraw(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: Why,
    act: Annotated[Act, may("reply.issue_opinion")],
) -> Receipt:
    """撤回会办意见：主办单位答复之前，收回意见另提。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    events = withdraw_opinion(
        handling,
        task_id=task_id,
        why=command.why,
        by=act.caller,
        on=act.today,
        rules=act.rules,
    )
    await store.record(act.tx, *events)
    return act.receipt()


@router.post("/proposals/{proposal_id}/disagreements/{disagreement_id}/raise")
async def raise_up(
    proposal_id: ProposalId,
    disagreement_id: str,
    command: Why,
    act: Annotated[Act, may("reply.disagree")],
) -> Receipt:
    """提级协商：双方负责人协商不成的提请交办机关，交办机关协调不成的提请市领导。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    event = raise_disagreement(
        handling,
        disagreement_id=disagreement_id,
        why=command.why,
        by=act.caller,
        on=act.today,
        rules=act.rules,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/disagreements/{disagreement_id}/settle")
async def settle(
    proposal_id: ProposalId,
    disagreement_id: str,
    command: SettleDisagreement,
    act: Annotated[Act, may("reply.disagree")],
) -> Receipt:
    """解决分歧：登记协商一致或决定的结果。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    event = settle_disagreement(
        handling,
        disagreement_id=disagreement_id,
        outcome=command.outcome,
        by=act.caller,
        on=act.today,
        rules=act.rules,
    )
    await store.record(act.tx, event)
    return act.receipt()
