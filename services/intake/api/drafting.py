"""Drafts: kept at home until they are handed in; joint proposers sign them themselves."""

from dataclasses import replace
from typing import Annotated, Literal
from uuid import uuid4

from fastapi import APIRouter, Query
from fastapi.responses import Response
from starlette.requests import Request

from services.intake import store
from services.intake.api import asked
from services.intake.commands import DeclineToSign, OpenDraft, SaveDraft, SubmitDraft, WriteDraft
from services.intake.domain.drafting import (
    Draft,
    Window,
    ask_to_sign,
    decline_to_sign,
    hand_in,
    must_be_newest,
    sign_draft,
)
from services.intake.domain.proposal import acting_for
from services.intake.domain.reviewing import review_group_of
from services.intake.domain.submitting import submit_proposal
from services.intake.views import DraftList, DraftView
from shared.attachments import attachments_of, delivered
from shared.contracts.event import ProposalId
from shared.contracts.intake import Attachment, Origin, ProposalKind, Proposer, ProposerType
from shared.refusals import Unknown
from shared.web import Act, Call, Look, Receipt, may, may_call, may_see

router = APIRouter()

Writer = Annotated[Act, may("intake.draft")]
Keeper = Annotated[Call, may_call("intake.draft")]
Reader = Annotated[Look, may_see("intake.draft")]
Signer = Annotated[Act, may("intake.sign")]


@router.post("/drafts", status_code=201)
async def begin(command: OpenDraft, call: Keeper) -> DraftView:
    """新建草稿：只有本人看得到。"""
    draft_id = ProposalId(str(command.draft_id or uuid4()))
    person = acting_for(call.caller)
    owner = Proposer(name=call.caller.name, person=person)
    async with asked.acting(call) as act:
        await store.lock_new(act.tx, draft_id)
        blank = Draft(draft_id=draft_id, owner=owner, version=1, title="", text="")
        draft = await _written(act, command, draft=blank)
        await store.open_draft(act.tx, draft, on=act.today)
        return await store.draft(act.tx, draft_id, person=person)


@router.get("/drafts")
async def list_drafts(
    look: Reader,
    show: Literal["own", "to_sign"] = "own",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: Annotated[str | None, Query(max_length=100)] = None,
) -> DraftList:
    """本人的草稿（own），或等待本人联名签署的草稿（to_sign）。"""
    listed = store.drafts_of if show == "own" else store.requests_to
    return await listed(look.tx, acting_for(look.caller), limit=limit, after=after)


@router.get("/drafts/{draft_id}")
async def see_draft(draft_id: ProposalId, look: Reader) -> DraftView:
    """一份草稿：本人的，或邀请本人联名的。"""
    return await store.draft(look.tx, draft_id, person=acting_for(look.caller))


@router.get("/drafts/{draft_id}/attachments/{digest}", response_class=Response)
async def draft_attachment(
    draft_id: ProposalId, digest: str, look: Reader, request: Request
) -> Response:
    """下载草稿的附件。"""
    found = await store.draft(look.tx, draft_id, person=acting_for(look.caller))
    named = {one.digest: one for one in found.attachments}
    if digest not in named:
        raise Unknown(what="附件", id=digest)
    content = await attachments_of(request).content(digest)
    return delivered(content, name=named[digest].name, kind=named[digest].kind)


@router.put("/drafts/{draft_id}")
async def save(draft_id: ProposalId, command: SaveDraft, call: Keeper) -> DraftView:
    """保存草稿：在所见的一稿上修改；别处已另存的，请先刷新。"""
    person = acting_for(call.caller)
    async with asked.acting(call) as act:
        draft = await store.lock_draft(act.tx, draft_id, person=person)
        must_be_newest(draft, version=command.version)
        draft = await _written(act, command, draft=replace(draft, version=draft.version + 1))
        await store.save_draft(act.tx, draft, on=act.today)
        return await store.draft(act.tx, draft_id, person=person)


@router.delete("/drafts/{draft_id}", status_code=204)
async def throw_away(draft_id: ProposalId, call: Keeper) -> None:
    """删除草稿。"""
    async with asked.acting(call) as act:
        await store.lock_draft(act.tx, draft_id, person=acting_for(call.caller))
        await store.delete_draft(act.tx, draft_id)


@router.post("/drafts/{draft_id}/ask-signatures")
async def ask_signatures(draft_id: ProposalId, act: Writer) -> Receipt:
    """邀请联名：请联名人在期限内本人签署现在的文字。"""
    draft = await store.lock_draft(act.tx, draft_id, person=acting_for(act.caller))
    window = Window.of(act.rules, session=asked.session(act))
    event = ask_to_sign(draft, window=window, now=asked.moment(act), by=act.caller)
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/drafts/{draft_id}/sign")
async def sign(draft_id: ProposalId, act: Signer) -> Receipt:
    """联名签署：由联名人本人办理。"""
    draft = await store.lock_draft(act.tx, draft_id, person=acting_for(act.caller), signing=True)
    await store.record(act.tx, sign_draft(draft, now=asked.moment(act), by=act.caller))
    return act.receipt()


@router.post("/drafts/{draft_id}/decline")
async def decline_signature(draft_id: ProposalId, command: DeclineToSign, act: Signer) -> Receipt:
    """不同意联名。"""
    draft = await store.lock_draft(act.tx, draft_id, person=acting_for(act.caller), signing=True)
    event = decline_to_sign(draft, why=command.why, now=asked.moment(act), by=act.caller)
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/drafts/{draft_id}/submit", status_code=201)
async def submit_draft(
    draft_id: ProposalId, act: Writer, command: SubmitDraft | None = None
) -> Receipt:
    """提交草稿：联名人逾期未签或不同意的，不列为提案人并予注明。"""
    draft = await store.lock_draft(act.tx, draft_id, person=acting_for(act.caller))
    await store.lock_new(act.tx, draft_id)
    session = asked.session(act)
    submitted = hand_in(
        draft,
        year=session.until.year if session else act.today.year,
        session=session.session if session else None,
        review_group=review_group_of(draft.category, rules=act.rules),
        now=asked.moment(act),
        by=act.caller,
        origin=Origin(command.origin) if command else Origin.REAL,
        source=command.source if command else None,
    )
    await store.record(act.tx, submit_proposal(submitted, form=asked.form(act), signed=True))
    return act.receipt()


async def _written(act: Act, command: WriteDraft, *, draft: Draft) -> Draft:
    """The draft with what was written; nothing of it must be complete yet."""
    files: tuple[Attachment, ...] = await asked.files(
        act, command.attachments, had=draft.attachments
    )
    return replace(
        draft,
        title=command.title,
        text=command.text,
        kind=ProposalKind(command.kind),
        put_by=ProposerType(command.put_by),
        body=command.body,
        convenor=command.convenor,
        sealed=command.sealed,
        joint=asked.proposers(command.joint),
        category=command.category,
        suggested_units=asked.units(act, command.suggested_units),
        wants_publication=command.wants_publication,
        attachments=files,
    )
