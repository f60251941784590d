"""Drafts of replies: points, versions, approval, countersigning, the district's endorsement."""

from typing import Annotated

from fastapi import APIRouter

from services.reply import store
from services.reply.commands import (
    Countersign,
    DraftReply,
    ListPoints,
    OfDraft,
    RefuseToCountersign,
    SendDraftBack,
    paper,
)
from services.reply.domain.approving import approve_draft, endorse_draft, send_draft_back
from services.reply.domain.countersigning import (
    ask_to_countersign,
    countersign,
    refuse_to_countersign,
)
from services.reply.domain.drafting import draft_reply
from services.reply.domain.listing_points import list_points
from shared.contracts.event import ProposalId, TaskId
from shared.policy import allow
from shared.web import Act, Receipt, may

router = APIRouter()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/points")
async def points(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: ListPoints,
    act: Annotated[Act, may("reply.draft")],
) -> Receipt:
    """建议清单：核对提案的各条建议，以便逐条答复。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    event = list_points(
        handling,
        task_id=task_id,
        points=tuple(command.points),
        by=act.caller,
        on=act.today,
        stand=command.stand,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/drafts")
async def draft(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: DraftReply,
    act: Annotated[Act, may("reply.draft")],
) -> Receipt:
    """拟稿：写下答复的一稿，取代前一稿。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    answers = {one.point: one.answer for one in command.answers}
    event = draft_reply(
        handling,
        task_id=task_id,
        text=command.text,
        result_class=command.result_class,
        by=act.caller,
        on=act.today,
        rules=act.rules,
        answered=answers,
        after=command.after,
    )
    await store.record(act.tx, event)
    await store.keep_text(act.tx, event, text=command.text, answers=answers)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/approve")
async def approve(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: OfDraft,
    act: Annotated[Act, may("reply.approve")],
) -> Receipt:
    """审签：由拟稿人以外的负责人核稿并审签最新一稿。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    event = approve_draft(
        handling, task_id=task_id, draft=command.draft, by=act.caller, on=act.today
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/send-back")
async def send_back(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: SendDraftBack,
    act: Annotated[Act, may("reply.approve")],
) -> Receipt:
    """退改：核稿、审定、签发时说明理由，退回重拟。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    event = send_draft_back(
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


@router.post("/proposals/{proposal_id}/tasks/{task_id}/ask-to-countersign")
async def ask(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: OfDraft,
    act: Annotated[Act, may("reply.draft")],
) -> Receipt:
    """送会签：把审签过的一稿送各会办单位会签。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    event = ask_to_countersign(
        handling, task_id=task_id, draft=command.draft, by=act.caller, on=act.today
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/countersign")
async def sign(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: Countersign,
    act: Annotated[Act, may("reply.record_paper")],
) -> Receipt:
    """会签：会办单位负责人会签主办单位送来的一稿；书面会签的，凭扫描件登记。"""
    if command.paper is None:
        allow("reply.countersign", act.caller)
    handling = await store.lock_handling(act.tx, proposal_id)
    event = countersign(
        handling,
        task_id=task_id,
        lead_task=command.lead_task,
        draft=command.draft,
        by=act.caller,
        on=act.today,
        paper=paper(command.paper),
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/refuse-countersign")
async def refuse(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: RefuseToCountersign,
    act: Annotated[Act, may("reply.countersign")],
) -> Receipt:
    """会签退回：说明理由，退回主办单位重拟，其他单位不再等候会签。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    event = refuse_to_countersign(
        handling,
        task_id=task_id,
        lead_task=command.lead_task,
        draft=command.draft,
        why=command.why,
        by=act.caller,
        on=act.today,
        rules=act.rules,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/endorse")
async def endorse(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: OfDraft,
    act: Annotated[Act, may("reply.endorse")],
) -> Receipt:
    """区级审定：区委、区政府领导审定本区的重要答复。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    event = endorse_draft(
        handling,
        task_id=task_id,
        draft=command.draft,
        level=act.known.unit(act.caller.unit).level,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()
