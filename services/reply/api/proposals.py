"""Reading one proposal: all that was said in it, the versions of a draft, how far it has come."""

from typing import Annotated

from fastapi import APIRouter, Query

from services.reply import store
from services.reply.domain.refusals import UnknownDraft
from services.reply.views import DraftChangesView, LetterView, ProgressView, ProposalView
from shared.contracts.event import ProposalId, TaskId
from shared.web import Reading

router = APIRouter()


@router.get("/proposals/{proposal_id}")
async def proposal(
    proposal_id: ProposalId,
    look: Reading,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> ProposalView:
    """提案的沟通、意见、稿件、答复、评价、公开和承诺；各清单分页，稿件正文只给拟稿和会签单位。"""
    return await store.proposal(
        look.tx, proposal_id, sight=look.sight, caller=look.caller, limit=limit, offset=offset
    )


@router.get("/proposals/{proposal_id}/progress")
async def progress(proposal_id: ProposalId, look: Reading) -> ProgressView:
    """办理进展：用公众看得懂的话，说明提案办理到哪一步。"""
    return await store.progress(look.tx, proposal_id)


@router.get("/proposals/{proposal_id}/letters/{letter_id}")
async def letter(proposal_id: ProposalId, letter_id: str, look: Reading) -> LetterView:
    """一份发出的答复或会办意见的全文；会办意见不给提案人。"""
    return await store.letter(look.tx, proposal_id, letter_id, sight=look.sight, caller=look.caller)


@router.get("/proposals/{proposal_id}/tasks/{task_id}/rounds/{round}/drafts/{draft}")
async def changes(
    proposal_id: ProposalId,
    task_id: TaskId,
    round: int,
    draft: int,
    look: Reading,
) -> DraftChangesView:
    """一稿与前一稿的差别，以及对各条建议的答复；只给拟稿和会签单位。"""
    may_read = await store.may_read_draft(
        look.tx, proposal_id, task_id, round=round, draft=draft, caller=look.caller
    )
    if not may_read:
        raise UnknownDraft(draft=draft)
    return await store.draft_changes(look.tx, proposal_id, task_id, round=round, draft=draft)
