"""Everybody's inbox, how each wants to be told, and what became of the messages."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request

from services.escalation import store
from services.escalation.commands import ChoosePreference
from services.escalation.delivering import deliver_all, moment_on
from services.escalation.domain.digesting import Hours, Preference, choose
from services.escalation.domain.refusals import NotInInbox
from services.escalation.outside import Outside
from services.escalation.views import (
    Delivered,
    DeliveryList,
    Inbox,
    NoticeView,
    PreferenceView,
    Unread,
)
from services.escalation.wording import wording
from shared.contracts.event import Actor, PersonId
from shared.web import Act, Call, Look, Receipt, backbone_of, may, may_call, may_see

router = APIRouter()

LARGEST_ID = 2**63 - 1

Reader = Annotated[Look, may_see("escalation.inbox")]
Owner = Annotated[Act, may("escalation.inbox")]


def whose(caller: Actor) -> PersonId:
    """The inbox of the post's holder, also for who acts for them."""
    return caller.on_behalf_of or caller.person


@router.get("/inbox")
async def list_notices(
    look: Reader,
    only_unread: bool = False,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Inbox:
    """本人的通知，新的在前，用本人选择的语言。"""
    person = whose(look.caller)
    preference = await store.preference_of(look.tx, person)
    found = await store.inbox(
        look.tx, person, only_unread=only_unread, limit=limit + 1, offset=offset
    )
    words = wording(preference.language)
    return Inbox(
        notices=[
            NoticeView(
                notice_id=row.notice_id,
                proposal_id=row.proposal_id,
                number=row.number,
                kind=row.kind,
                says=words.notice(row, name=look.known.name),
                told_on=row.told_on,
                read=row.read,
            )
            for row in found[:limit]
        ],
        unread=await store.unread(look.tx, person),
        more=len(found) > limit,
    )


@router.get("/inbox/unread")
async def count_unread(look: Reader) -> Unread:
    """本人未读通知的件数。"""
    return Unread(unread=await store.unread(look.tx, whose(look.caller)))


@router.post("/inbox/{notice_id}/read")
async def read(notice_id: Annotated[int, Path(ge=1, le=LARGEST_ID)], act: Owner) -> Receipt:
    """已读一条通知。"""
    if not await store.mark_read(act.tx, whose(act.caller), notice_id):
        raise NotInInbox
    return act.receipt()


@router.post("/inbox/read")
async def read_all(act: Owner) -> Receipt:
    """全部已读。"""
    await store.mark_all_read(act.tx, whose(act.caller))
    return act.receipt()


@router.get("/inbox/preferences")
async def see_preference(look: Reader, request: Request) -> PreferenceView:
    """本人选择的通知方式，以及本系统接通的渠道。"""
    preference = await store.preference_of(look.tx, whose(look.caller))
    return PreferenceView(
        channels=list(preference.channels) if preference.channels is not None else None,
        language=preference.language,
        digest_hour=preference.digest_hour,
        addresses=dict(preference.addresses),
        wired=list(Outside.of(backbone_of(request).settings).channels),
    )


@router.put("/inbox/preferences")
async def choose_preference(command: ChoosePreference, act: Owner, request: Request) -> Receipt:
    """选择通知方式：渠道、语言、每日汇总的时间和各渠道的账号。站内收件箱总是保留。"""
    wanted = Preference(
        person=whose(act.caller),
        channels=tuple(dict.fromkeys(command.channels)) if command.channels is not None else None,
        language=command.language,
        digest_hour=command.digest_hour,
        addresses=dict[str, str](command.addresses.items()),
    )
    wired = Outside.of(backbone_of(request).settings).channels
    await store.keep_preference(act.tx, choose(wanted, wired=wired, hours=Hours.of(act.rules)))
    return act.receipt()


@router.post("/deliver")
async def deliver(call: Annotated[Call, may_call("escalation.sweep")]) -> Delivered:
    """立即汇总并发送当日的通知，不等汇总时间；发不出去的按规则重试。"""
    outside = Outside.of(call.backbone.settings)
    return await deliver_all(call.backbone, outside, at=moment_on(call.today))


@router.get("/deliveries")
async def list_deliveries(
    look: Annotated[Look, may_see("escalation.deliveries")],
    state: Literal["queued", "taken", "failed", "over"] | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> DeliveryList:
    """对外通知的发送情况，新的在前。"""
    found = await store.deliveries(look.tx, state=state, limit=limit + 1, offset=offset)
    return DeliveryList(deliveries=found[:limit], more=len(found) > limit)
