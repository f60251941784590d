"""Letters: replies go out, and the office checks them."""

from typing import Annotated

from fastapi import APIRouter

from services.reply import store
from services.reply.commands import ChangeClass, IssueReply, Why
from services.reply.domain.checking import accept_reply, change_class, send_reply_back
from services.reply.domain.issuing import issue_reply
from shared.contracts.event import ProposalId, TaskId
from shared.policy import allow
from shared.web import Act, Receipt, may

router = APIRouter()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/issue")
async def issue(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: IssueReply,
    act: Annotated[Act, may("reply.record_paper")],
) -> Receipt:
    """答复：编号发出审签过的答复，并案的各件提案各得一份；书面签发的，凭扫描件登记。"""
    if command.paper is None:
        allow("reply.issue", act.caller)
    handling = await store.lock_group(act.tx, proposal_id)
    unit = act.known.unit(act.caller.unit)
    events = issue_reply(
        handling,
        task_id=task_id,
        letter=command.as_letter(),
        book=await store.lock_letter_book(
            act.tx, unit, series="reply", year=act.today.year, rules=act.rules
        ),
        by=act.caller,
        on=act.today,
        rules=act.rules,
        calendar=act.known.calendar,
        name_of=act.known.name,
        level=unit.level,
    )
    await store.record(act.tx, *events)
    return act.receipt()


@router.post("/proposals/{proposal_id}/replies/{reply_id}/accept")
async def accept(
    proposal_id: ProposalId, reply_id: str, act: Annotated[Act, may("reply.check")]
) -> Receipt:
    """审核通过：交办机关审核已经发出的答复。"""
    reply = await store.lock_issued(act.tx, proposal_id, reply_id)
    await store.record(act.tx, accept_reply(reply, by=act.caller, on=act.today))
    return act.receipt()


@router.post("/proposals/{proposal_id}/replies/{reply_id}/send-back")
async def send_back(
    proposal_id: ProposalId,
    reply_id: str,
    command: Why,
    act: Annotated[Act, may("reply.check")],
) -> Receipt:
    """审核退回：答复作废，承办单位限期再次答复。"""
    reply = await store.lock_issued(act.tx, proposal_id, reply_id)
    events = send_reply_back(
        reply,
        why=command.why,
        by=act.caller,
        on=act.today,
        rules=act.rules,
        calendar=act.known.calendar,
    )
    await store.record(act.tx, *events)
    return act.receipt()


@router.post("/proposals/{proposal_id}/replies/{reply_id}/change-class")
async def reclassify(
    proposal_id: ProposalId,
    reply_id: str,
    command: ChangeClass,
    act: Annotated[Act, may("reply.check")],
) -> Receipt:
    """调整类别：交办机关说明理由，调整办理结果类别。"""
    reply = await store.lock_issued(act.tx, proposal_id, reply_id)
    event = change_class(
        reply,
        result_class=command.result_class,
        why=command.why,
        by=act.caller,
        on=act.today,
        rules=act.rules,
    )
    await store.record(act.tx, event)
    return act.receipt()
