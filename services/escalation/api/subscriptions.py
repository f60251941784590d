"""Subscriptions: another system is told what happens to the proposals that its owner may see."""

from typing import Annotated

from fastapi import APIRouter, Path

from services.escalation import store
from services.escalation.commands import Reason, Subscribe
from services.escalation.domain.refusals import NothingParked, NotSubscriber
from services.escalation.domain.subscribing import Subscription, subscribe
from services.escalation.views import (
    ParkedList,
    SubscriptionList,
    SubscriptionView,
)
from shared.contracts.event import Actor
from shared.contracts.registry import Post
from shared.web import Act, Look, Receipt, may, may_see
from shared.work import Tx

router = APIRouter()

Id = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,60}$")]
Position = Annotated[int, Path(ge=1, le=2**63 - 1)]
Owner = Annotated[Act, may("escalation.subscribe")]
Viewer = Annotated[Look, may_see("escalation.subscribe")]


@router.get("/subscriptions")
async def list_subscriptions(look: Viewer) -> SubscriptionList:
    """本人的订阅；系统运维人员可以看到全部。"""
    of = None if look.caller.post == Post.OPERATOR else look.caller.person
    return SubscriptionList(
        subscriptions=[
            _view(one, parked=parked) for one, parked in await store.subscriptions(look.tx, of=of)
        ]
    )


@router.put("/subscriptions/{subscription_id}")
async def put_subscription(subscription_id: Id, command: Subscribe, act: Owner) -> Receipt:
    """订阅：自此刻起，把订阅者有权查看的提案的事件发送到这个地址，逐件签名。"""
    standing = await store.subscription(act.tx, subscription_id)
    if standing is not None:
        _must_own(standing, act.caller)
    wanted = subscribe(
        subscription_id,
        name=command.name,
        url=command.url,
        secret=command.secret,
        events=command.events,
        by=act.caller,
    )
    await store.keep_subscription(act.tx, wanted)
    return act.receipt()


@router.delete("/subscriptions/{subscription_id}")
async def end_subscription(subscription_id: Id, act: Owner) -> Receipt:
    """取消订阅，搁置的事件一并丢弃。"""
    await _own(act.tx, subscription_id, act.caller)
    await store.remove_subscription(act.tx, subscription_id)
    return act.receipt()


@router.get("/subscriptions/{subscription_id}/parked")
async def list_parked(subscription_id: Id, look: Viewer) -> ParkedList:
    """订阅者拒收而搁置的事件，按先后排列。"""
    await _own(look.tx, subscription_id, look.caller)
    return ParkedList(parked=await store.parked_for(look.tx, subscription_id))


@router.post("/subscriptions/{subscription_id}/redrive")
async def redrive(subscription_id: Id, act: Owner) -> Receipt:
    """把搁置的事件重新发送；暂停的订阅随之恢复。"""
    await _own(act.tx, subscription_id, act.caller)
    await store.redrive(act.tx, subscription_id)
    return act.receipt()


@router.post("/subscriptions/{subscription_id}/parked/{position}/skip")
async def skip(subscription_id: Id, position: Position, command: Reason, act: Owner) -> Receipt:
    """跳过一件拒收的事件，写明理由；其后的继续发送。"""
    await _own(act.tx, subscription_id, act.caller)
    if not await store.skip(act.tx, subscription_id, position, why=command.reason, by=act.caller):
        raise NothingParked
    return act.receipt()


async def _own(tx: Tx, subscription_id: str, caller: Actor) -> None:
    standing = await store.subscription(tx, subscription_id)
    if standing is None:
        raise NotSubscriber(subscription_id=subscription_id)
    _must_own(standing, caller)


def _must_own(standing: Subscription, caller: Actor) -> None:
    if caller.post != Post.OPERATOR and caller.person != standing.owner.person:
        raise NotSubscriber(subscription_id=standing.subscription_id)


def _view(one: Subscription, *, parked: int) -> SubscriptionView:
    return SubscriptionView(
        subscription_id=one.subscription_id,
        name=one.name,
        url=one.url,
        events=list(one.kinds),
        owner=one.owner.name,
        state=one.state,
        parked=parked,
        tries=one.tries,
        why=one.why,
    )
