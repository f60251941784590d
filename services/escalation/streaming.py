"""Streaming: other systems are told what happens, each in order, signed, at its own pace.

A receiver that is away pauses its own subscription, with growing pauses. An event that it will not
take is parked with whatever follows of that proposal; everything else goes on.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import httpx

from services.escalation import store
from services.escalation.delivering import now
from services.escalation.domain.channels import Post, outcome_of, signature
from services.escalation.domain.subscribing import Subscription, wait_after
from services.escalation.outside import PATIENCE_SECONDS, outgoing, post_out
from services.escalation.store import Told
from shared.clock import epoch_seconds
from shared.contracts.event import Actor
from shared.policy import must_hold_post, sight_of
from shared.postgres import OUTAGES
from shared.reference import Reference
from shared.refusals import NotYours
from shared.service import Backbone

log = logging.getLogger("huiban.escalation")

LOOK_SECONDS = 0.5
TOLD_AT_ONCE = 100
LEASE = timedelta(minutes=20)  # longer than so many events can take
SERVICE = "service:"


async def keep_streaming(backbone: Backbone) -> None:
    """Tell every subscriber what is new, for ever; one that hangs keeps no other waiting."""
    under_way: dict[str, asyncio.Task[None]] = {}
    try:
        while True:
            try:
                async with backbone.desk.transaction() as tx:
                    await store.place_feed(tx)
                    await store.prune_feed(tx)
                while (one := await _claimed(backbone, at=now(), but=list(under_way))) is not None:
                    task = asyncio.create_task(_tell_quietly(backbone, one))
                    under_way[one.subscription_id] = task
            except OUTAGES as error:
                log.warning("the stream waits for the database", extra={"error": repr(error)})
            await backbone.beats.beating("stream", asyncio.sleep(LOOK_SECONDS))
            under_way = {id: task for id, task in under_way.items() if not task.done()}
    finally:
        for task in under_way.values():
            task.cancel()


async def _claimed(backbone: Backbone, *, at: datetime, but: Sequence[str]) -> Subscription | None:
    async with backbone.desk.transaction() as tx:
        return await store.claim_subscription(tx, at=at, until=at + LEASE, but=but)


async def _tell_quietly(backbone: Backbone, one: Subscription) -> None:
    try:
        await tell(backbone, one, at=now())
    except Exception as error:
        log.warning(
            "a subscription waits",
            exc_info=error,
            extra={"subscription_id": one.subscription_id},
        )


async def stream_once(
    backbone: Backbone, *, at: datetime, patience: float = PATIENCE_SECONDS
) -> int:
    """Bring every subscription that may go on as far as it will go; how many were told of."""
    async with backbone.desk.transaction() as tx:
        while await store.place_feed(tx):
            pass
    done: list[str] = []
    while (one := await _claimed(backbone, at=at, but=done)) is not None:
        while await tell(backbone, one, at=at, patience=patience):
            async with backbone.desk.transaction() as tx:
                again = await store.subscription(tx, one.subscription_id)
            if again is None:
                break
            one = again
        done.append(one.subscription_id)
    async with backbone.desk.transaction() as tx:
        await store.prune_feed(tx)
    return len(done)


async def tell(
    backbone: Backbone, one: Subscription, *, at: datetime, patience: float = PATIENCE_SECONDS
) -> bool:
    """Tell a subscriber what comes next; whether there may be more to tell at once."""
    known = await backbone.desk.reference()
    if (why := _may_no_longer(one.owner, known, at=at)) is not None:
        stopped = replace(one, state="paused", why=why)
        async with backbone.desk.transaction() as tx:
            await store.settle_subscription(tx, stopped, taken_again=[], parked=[], next_at=at)
        return False
    async with backbone.desk.transaction() as tx:
        waiting = await store.to_tell(tx, one, sight=sight_of(one.owner, known), limit=TOLD_AT_ONCE)
    taken_again: list[Told] = []
    parked: list[tuple[Told, str, str]] = []
    refused: set[str] = set()
    away = ""
    async with outgoing() as client:
        for told in waiting:
            if told.concerns and (told.waits or told.proposal_id in refused):
                parked.append((told, "behind", "同一提案有更早的事件未被接收"))
            elif told.concerns:
                result, why = await _tell_one(client, one, told, patience=patience)
                if result == "away":
                    away = why
                    break
                if result == "refused":
                    refused.add(told.proposal_id)
                    parked.append((told, "refused", why))
                elif told.again:
                    taken_again.append(told)
            if not told.again:
                one = replace(one, reached=told.position)
    one = replace(one, tries=one.tries + 1 if away else 0, why=away)
    async with backbone.desk.transaction() as tx:
        await store.settle_subscription(
            tx,
            one,
            taken_again=taken_again,
            parked=parked,
            next_at=wait_after(at, failures=one.tries) if away else at,
        )
    return bool(waiting) and not away


async def _tell_one(
    client: httpx.AsyncClient, one: Subscription, told: Told, *, patience: float
) -> tuple[str, str]:
    post = Post(
        one.url,
        told.value,
        {
            "Content-Type": "application/json",
            **cloud_event(told.event_id, type=told.type, source=told.source, of=told.proposal_id),
            **signature(told.value, secret=one.secret, at=int(epoch_seconds())),
        },
    )
    status, body, why = await post_out(client, post, patience=patience)
    if status is None:
        return "away", why
    outcome = outcome_of(status, body)
    return outcome.result, outcome.why


def cloud_event(id: UUID, *, type: str, source: str, of: str) -> dict[str, str]:
    """CloudEvents 1.0 over HTTP in binary mode: attributes are headers, the body is the data."""
    return {
        "ce-specversion": "1.0",
        "ce-id": str(id),
        "ce-type": type,
        "ce-source": source,
        "ce-subject": of,
    }


def _may_no_longer(owner: Actor, known: Reference, *, at: datetime) -> str | None:
    """Why whoever subscribed may not be told any more; None while they may."""
    if owner.person.startswith(SERVICE):
        account = known.accounts.get(owner.person.removeprefix(SERVICE))
        ended = account is not None and account.until is not None and account.until < at.date()
        return "服务账户已经停用" if account is None or ended else None
    try:
        must_hold_post(owner, known, on=at.date())
    except NotYours as refusal:
        return refusal.sentence
    return None
