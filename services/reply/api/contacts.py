"""Contacts: units record them, proposers confirm, deny or waive them."""

from typing import Annotated

from fastapi import APIRouter

from services.reply import store
from services.reply.commands import (
    DenyContact,
    RecordContact,
    SpeakOfContact,
    attachments,
    paper,
)
from services.reply.domain.confirming_contacts import (
    confirm_contact,
    deny_contact,
    waive_contact,
)
from services.reply.domain.contacting import record_contact
from shared.contracts.event import ProposalId, TaskId
from shared.web import Act, Receipt, may

router = APIRouter()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/contacts")
async def contact(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: RecordContact,
    act: Annotated[Act, may("reply.contact")],
) -> Receipt:
    """沟通：记录与提案人的一次沟通。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    event = record_contact(
        handling,
        task_id=task_id,
        kind=command.kind,
        people=tuple(command.people),
        summary=command.summary,
        by=act.caller,
        on=act.today,
        rules=act.rules,
        talked_on=command.talked_on,
        attachments=attachments(command.attachments),
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/contacts/{contact_id}/confirm")
async def confirm(
    proposal_id: ProposalId,
    contact_id: str,
    command: SpeakOfContact,
    act: Annotated[Act, may("reply.confirm_contact")],
) -> Receipt:
    """属实：提案人确认一次沟通属实，或由提案委员会凭书面材料登记。"""
    contact = await store.lock_contact(act.tx, proposal_id, contact_id)
    event = confirm_contact(
        contact,
        proposer=command.proposer,
        by=act.caller,
        on=act.today,
        paper=paper(command.paper),
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/contacts/{contact_id}/deny")
async def deny(
    proposal_id: ProposalId,
    contact_id: str,
    command: DenyContact,
    act: Annotated[Act, may("reply.confirm_contact")],
) -> Receipt:
    """不属实：提案人否认一次沟通，交办机关可以看到，这次沟通不作数。"""
    contact = await store.lock_contact(act.tx, proposal_id, contact_id)
    event = deny_contact(
        contact,
        proposer=command.proposer,
        says=command.says,
        by=act.caller,
        on=act.today,
        rules=act.rules,
        paper=paper(command.paper),
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/waive-contact")
async def waive(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: SpeakOfContact,
    act: Annotated[Act, may("reply.confirm_contact")],
) -> Receipt:
    """无需面商：提案人表示本轮答复前无需沟通。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    event = waive_contact(
        handling,
        task_id=task_id,
        signatory=await store.signatory_of(act.tx, proposal_id, task_id=task_id),
        proposer=command.proposer,
        by=act.caller,
        on=act.today,
        paper=paper(command.paper),
    )
    await store.record(act.tx, event)
    return act.receipt()
