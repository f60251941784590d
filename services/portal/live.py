"""Live pages: a stream that says that something changed, and never what.

Only what its reader may see moves it: nobody learns from it that anything happened elsewhere.
"""

import asyncio
from collections.abc import AsyncIterator, Collection

from fastapi import APIRouter, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from services.portal.signin.visiting import visiting
from services.portal.store import changes as store
from services.portal.store.seeing import Seen
from shared.policy import sight_of
from shared.service import Backbone
from shared.web import backbone_of

router = APIRouter(include_in_schema=False)

BREATH_SECONDS = 1.0  # many changes at once are one
HEARTBEAT_SECONDS = 15.0


class Changed:
    """The keys that were heard of since somebody last looked."""

    def __init__(self) -> None:
        self._keys: set[str] = set()
        self._some = asyncio.Event()

    def tell(self, keys: Collection[str]) -> None:
        """These were heard of."""
        self._keys.update(keys)
        self._some.set()

    async def wait(self) -> set[str]:
        """What was heard of meanwhile; nothing, if it stays quiet for long."""
        try:
            async with asyncio.timeout(HEARTBEAT_SECONDS):
                await self._some.wait()
        except TimeoutError:
            return set()
        keys, self._keys = self._keys, set()
        self._some.clear()
        return keys


@router.get("/changes", response_class=EventSourceResponse)
async def changes(request: Request, of: str = "") -> AsyncIterator[ServerSentEvent]:
    """变动：读者看得到的事项有变动时，发出一个不含内容的信号；可以只看一件提案。"""
    backbone = backbone_of(request)
    seen = await _sight(request, backbone)
    changed = Changed()
    backbone.hearing.watches.add(changed.tell)
    try:
        while backbone.ready_to_serve and not await request.is_disconnected():
            keys = await changed.wait()
            if not keys:
                yield ServerSentEvent(comment="waiting")
                continue
            async with backbone.desk.transaction() as tx:
                theirs = (
                    await store.changes(tx, keys, of, seen=seen)
                    if of
                    else await store.concerns(tx, keys, seen=seen)
                )
            if theirs:
                yield ServerSentEvent(event="changed", data="")
            await asyncio.sleep(BREATH_SECONDS)
    finally:
        backbone.hearing.watches.discard(changed.tell)


async def _sight(request: Request, backbone: Backbone) -> Seen:
    caller = (await visiting(request)).caller
    assert caller is not None  # the gate let nobody else pass
    return Seen(sight_of(caller, await backbone.desk.reference()))
