"""Live pages: a stream that says that something changed, and never what."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from shared.web import backbone_of

router = APIRouter(include_in_schema=False)

BREATH_SECONDS = 1.0  # many changes at once are one
HEARTBEAT_SECONDS = 15.0


@router.get("/changes", response_class=EventSourceResponse)
async def changes(request: Request) -> AsyncIterator[ServerSentEvent]:
    """变动：门户收到新的事项时发出一个不含内容的信号。"""
    backbone = backbone_of(request)
    while backbone.ready_to_serve and not await request.is_disconnected():
        try:
            await asyncio.wait_for(backbone.hearing.advanced.wait(), HEARTBEAT_SECONDS)
        except TimeoutError:
            yield ServerSentEvent(comment="waiting")
            continue
        yield ServerSentEvent(event="changed", data="")
        await asyncio.sleep(BREATH_SECONDS)
