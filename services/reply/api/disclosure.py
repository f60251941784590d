"""Disclosure: units propose, the office decides, a person goes through the text and releases it."""

from typing import Annotated

from fastapi import APIRouter

from services.reply import store
from services.reply.commands import (
    DecidePublication,
    Form,
    ProposePublication,
    ReleaseLetter,
    Why,
)
from services.reply.domain.disclosing import (
    decide_publication,
    propose_publication,
    release_letter,
    withdraw_release,
)
from services.reply.domain.masking import proposed_maskings
from services.reply.views import MaskedView, MaskingView
from shared.contracts.event import ProposalId
from shared.web import Act, Look, Receipt, may, may_see

router = APIRouter()


@router.post("/proposals/{proposal_id}/letters/{letter_id}/propose-publication")
async def propose(
    proposal_id: ProposalId,
    letter_id: str,
    command: ProposePublication,
    act: Annotated[Act, may("reply.propose_publication")],
) -> Receipt:
    """公开属性：发文单位拟定主动公开、依申请公开或不予公开。"""
    sent = await store.lock_sent(act.tx, proposal_id, letter_id)
    event = propose_publication(
        sent,
        attribute=command.as_attribute(),
        by=act.caller,
        on=act.today,
        rules=act.rules,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/letters/{letter_id}/decide-publication")
async def decide(
    proposal_id: ProposalId,
    letter_id: str,
    command: DecidePublication,
    act: Annotated[Act, may("reply.publish")],
) -> Receipt:
    """公开审定：交办机关审定公开属性和形式。"""
    sent = await store.lock_sent(act.tx, proposal_id, letter_id)
    event = decide_publication(
        sent,
        attribute=command.attribute,
        form=command.form,
        why=command.why,
        by=act.caller,
        on=act.today,
        rules=act.rules,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.get("/proposals/{proposal_id}/letters/{letter_id}/masking")
async def masking(
    proposal_id: ProposalId,
    letter_id: str,
    look: Annotated[Look, may_see("reply.publish")],
    form: Form = "full",
) -> MaskedView:
    """脱敏建议：拟公开的文本，和其中疑似个人信息的各处，供人逐一确认。"""
    sent = await store.sent(look.tx, proposal_id, letter_id)
    text = sent.text(form)
    return MaskedView(
        letter_id=letter_id,
        form=form,
        title=sent.title,
        text=text,
        proposed=[
            MaskingView(start=one.start, end=one.end, kind=one.kind, text=text[one.start : one.end])
            for one in proposed_maskings(text)
        ],
    )


@router.post("/proposals/{proposal_id}/letters/{letter_id}/release")
async def release(
    proposal_id: ProposalId,
    letter_id: str,
    command: ReleaseLetter,
    act: Annotated[Act, may("reply.publish")],
) -> Receipt:
    """公开：疑似个人信息逐一确认之后，公开全文或摘要。"""
    sent = await store.lock_sent(act.tx, proposal_id, letter_id)
    event = release_letter(
        sent,
        form=command.form,
        proposed=proposed_maskings(sent.text(command.form)),
        mask=command.masks(),
        leave=command.leaves(),
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/letters/{letter_id}/withdraw-release")
async def withdraw(
    proposal_id: ProposalId,
    letter_id: str,
    command: Why,
    act: Annotated[Act, may("reply.publish")],
) -> Receipt:
    """撤回公开：说明理由；需要再次公开的，重新审定。"""
    sent = await store.lock_sent(act.tx, proposal_id, letter_id)
    event = withdraw_release(sent, why=command.why, by=act.caller, on=act.today, rules=act.rules)
    await store.record(act.tx, event)
    return act.receipt()
