"""Attachments: brought once, checked by their content, delivered to be saved."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from starlette.requests import Request

from services.intake import store
from services.intake.domain.proposal import acting_for
from shared import rules
from shared.attachments import attachments_of, delivered
from shared.contracts.event import ProposalId
from shared.contracts.intake import Attachment
from shared.web import Call, Reading, may_call

router = APIRouter()

FILE = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post("/attachments", status_code=201, openapi_extra=FILE)
async def bring(
    request: Request,
    call: Annotated[Call, may_call("intake.submit")],
    name: Annotated[str, Query(min_length=1, max_length=255)],
) -> Attachment:
    """上传附件：请求正文就是文件内容；按内容核对种类，查毒后按摘要保存。"""
    in_force = call.known.rules_on(call.today)
    kinds = {one.code: one.says for one in in_force.reasons.get("attachment_kinds", ())}
    kept = await attachments_of(request).keep(
        await request.body(),
        name=name,
        kinds=kinds,
        largest=rules.number(in_force, "attachment_bytes"),
    )
    # Its content is kept first: whoever may attach a digest finds it there.
    async with call.backbone.desk.transaction() as tx:
        await store.keep_upload(
            tx,
            digest=kept.digest,
            person=acting_for(call.caller),
            kind=kept.kind,
            size=kept.size,
            on=call.today,
        )
    return Attachment(name=kept.name, kind=kept.kind, size=kept.size, digest=kept.digest)


@router.get("/proposals/{proposal_id}/attachments/{digest}", response_class=Response)
async def fetch(proposal_id: ProposalId, digest: str, look: Reading, request: Request) -> Response:
    """下载提案的附件。"""
    found = await store.attachment(look.tx, proposal_id, digest, sight=look.sight)
    content = await attachments_of(request).content(digest)
    return delivered(content, name=found.name, kind=found.kind)
