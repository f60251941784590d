"""Ratings: the committee asks, reminds, closes; proposers rate, and meet after the last round."""

from typing import Annotated

from fastapi import APIRouter

from services.reply import store
from services.reply.commands import HoldMeeting, RateReply, attachments, paper
from services.reply.domain.asking_ratings import ask_for_ratings, close_rating, remind_of_rating
from services.reply.domain.meeting import hold_meeting
from services.reply.domain.rating import rate_reply
from shared.contracts.event import ProposalId
from shared.web import Act, Receipt, may

router = APIRouter()


@router.post("/proposals/{proposal_id}/replies/{reply_id}/ask-for-ratings")
async def ask(
    proposal_id: ProposalId, reply_id: str, act: Annotated[Act, may("reply.ask_ratings")]
) -> Receipt:
    """征询意见：提案委员会请提案人评价，期限自当日起算。"""
    reply = await store.lock_reply(act.tx, proposal_id, reply_id)
    event = ask_for_ratings(
        reply, by=act.caller, on=act.today, rules=act.rules, calendar=act.known.calendar
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/replies/{reply_id}/remind-of-rating")
async def remind(
    proposal_id: ProposalId, reply_id: str, act: Annotated[Act, may("reply.ask_ratings")]
) -> Receipt:
    """催评：提醒还没有评价的提案人。"""
    reply = await store.lock_reply(act.tx, proposal_id, reply_id)
    await store.record(act.tx, remind_of_rating(reply, by=act.caller, on=act.today))
    return act.receipt()


@router.post("/proposals/{proposal_id}/replies/{reply_id}/ratings")
async def rate(
    proposal_id: ProposalId,
    reply_id: str,
    command: RateReply,
    act: Annotated[Act, may("reply.rate")],
) -> Receipt:
    """评价：提案人分别评价办理过程和结果；结果不满意的，重新办理或者组织面商。"""
    reply = await store.lock_reply(act.tx, proposal_id, reply_id)
    events = rate_reply(
        reply,
        proposer=command.proposer,
        process=command.process,
        result=command.result,
        comment=command.comment,
        by=act.caller,
        on=act.today,
        rules=act.rules,
        calendar=act.known.calendar,
        paper=paper(command.paper),
    )
    await store.record(act.tx, *events)
    return act.receipt()


@router.post("/proposals/{proposal_id}/replies/{reply_id}/close-ratings")
async def close(
    proposal_id: ProposalId, reply_id: str, act: Annotated[Act, may("reply.ask_ratings")]
) -> Receipt:
    """评价截止：没有反馈的记为未反馈，不作满意；承办单位从此可以看到评价。"""
    reply = await store.lock_reply(act.tx, proposal_id, reply_id)
    events = close_rating(
        reply, by=act.caller, on=act.today, rules=act.rules, calendar=act.known.calendar
    )
    await store.record(act.tx, *events)
    return act.receipt()


@router.post("/proposals/{proposal_id}/replies/{reply_id}/hold-meeting")
async def meet(
    proposal_id: ProposalId,
    reply_id: str,
    command: HoldMeeting,
    act: Annotated[Act, may("reply.hold_meeting")],
) -> Receipt:
    """面商：登记当面沟通的结果，各轮办理到此为止。"""
    meeting = await store.lock_meeting(act.tx, proposal_id, reply_id)
    event = hold_meeting(
        meeting,
        held_on=command.held_on,
        people=tuple(command.people),
        result=command.result,
        outcome=command.outcome,
        by=act.caller,
        on=act.today,
        rules=act.rules,
        attachments=attachments(command.attachments),
    )
    await store.record(act.tx, event)
    return act.receipt()
