"""Supervision: demand an answer, inspect on the spot, lead key proposals, name who keeps an eye."""

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from services.escalation import store
from services.escalation.api.recording import record, terms_of
from services.escalation.commands import (
    CloseSupervision,
    HoldActivity,
    HoldInspection,
    NameTracker,
    OpenSupervision,
    Say,
)
from services.escalation.domain.clock import Awaited
from services.escalation.domain.inspecting import Found, answer_finding, hold_inspection
from services.escalation.domain.leading import hold_activity, name_tracker
from services.escalation.domain.supervising import (
    answer_supervision,
    close_supervision,
    letter_number,
    open_supervision,
)
from services.escalation.views import SupervisionList
from shared.contracts.event import PersonId, ProposalId
from shared.web import Act, Reading, Receipt, may

router = APIRouter()

State = Literal["open", "answered", "closed", "lapsed"]


@router.post("/proposals/{proposal_id}/supervisions", status_code=201)
async def supervise(
    proposal_id: ProposalId,
    command: OpenSupervision,
    act: Annotated[Act, may("escalation.supervise")],
) -> Receipt:
    """督办立项：要求承办单位在规定日期前反馈，并编发督办文号。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    terms = terms_of(act)
    n = await store.next_letter(act.tx, year=act.today.year)
    event = open_supervision(
        proposal,
        unit=act.known.unit(command.unit).code,
        demand=command.demand,
        answer_by=command.answer_by,
        number=letter_number(terms.rules, n=n, on=act.today),
        terms=terms,
        units=act.known.units,
        by=act.caller,
        on=act.today,
    )
    await record(act, event, proposal)
    return act.receipt()


@router.post("/proposals/{proposal_id}/supervisions/{supervision_id}/answer")
async def answer(
    proposal_id: ProposalId,
    supervision_id: str,
    command: Say,
    act: Annotated[Act, may("escalation.answer_supervision")],
) -> Receipt:
    """督办反馈：被督办单位说明情况。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = answer_supervision(
        proposal,
        supervision_id=supervision_id,
        says=command.says,
        units=act.known.units,
        by=act.caller,
        on=act.today,
    )
    await record(act, event, proposal, stops=Awaited.SUPERVISION, subject=supervision_id)
    return act.receipt()


@router.post("/proposals/{proposal_id}/supervisions/{supervision_id}/close")
async def close(
    proposal_id: ProposalId,
    supervision_id: str,
    command: CloseSupervision,
    act: Annotated[Act, may("escalation.supervise")],
) -> Receipt:
    """督办办结：写明结果。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = close_supervision(
        proposal,
        supervision_id=supervision_id,
        result=command.result,
        by=act.caller,
        on=act.today,
    )
    await record(act, event, proposal, stops=Awaited.SUPERVISION, subject=supervision_id)
    return act.receipt()


@router.get("/supervisions")
async def list_supervisions(
    look: Reading,
    state: State | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> SupervisionList:
    """督办清单，新的在前。只列您有权查看的提案。"""
    found = await store.supervisions(
        look.tx, sight=look.sight, state=state, limit=limit + 1, offset=offset
    )
    return SupervisionList(supervisions=found[:limit], more=len(found) > limit)


@router.post("/proposals/{proposal_id}/inspections", status_code=201)
async def inspect(
    proposal_id: ProposalId,
    command: HoldInspection,
    act: Annotated[Act, may("escalation.inspect")],
) -> Receipt:
    """现场督查：登记所见的进展和成效，以及须整改反馈的问题。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = hold_inspection(
        proposal,
        held_on=command.held_on,
        place=command.place,
        inspected=[act.known.unit(name).code for name in command.units],
        progress=command.progress,
        effect=command.effect,
        found=[
            Found(act.known.unit(one.unit).code, one.says, one.answer_by)
            for one in command.findings
        ],
        terms=terms_of(act),
        units=act.known.units,
        by=act.caller,
        on=act.today,
    )
    await record(act, event, proposal)
    return act.receipt()


@router.post("/proposals/{proposal_id}/inspections/{inspection_id}/findings/{finding_id}/answer")
async def answered(
    proposal_id: ProposalId,
    inspection_id: str,
    finding_id: str,
    command: Say,
    act: Annotated[Act, may("escalation.answer_finding")],
) -> Receipt:
    """整改反馈：被督查单位说明整改情况。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = answer_finding(
        proposal,
        inspection_id=inspection_id,
        finding_id=finding_id,
        says=command.says,
        units=act.known.units,
        by=act.caller,
        on=act.today,
    )
    await record(act, event, proposal, stops=Awaited.FINDING, subject=finding_id)
    return act.receipt()


@router.post("/proposals/{proposal_id}/activities", status_code=201)
async def activity(
    proposal_id: ProposalId,
    command: HoldActivity,
    act: Annotated[Act, may("escalation.lead_key")],
) -> Receipt:
    """领衔督办：登记领导就重点提案开展的调研、座谈、走访和会议。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = hold_activity(
        proposal,
        kind=command.kind,
        held_on=command.held_on,
        units=[act.known.unit(name).code for name in command.units],
        summary=command.summary,
        by=act.caller,
        on=act.today,
    )
    await record(act, event, proposal)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tracker")
async def tracker(
    proposal_id: ProposalId,
    command: NameTracker,
    act: Annotated[Act, may("escalation.name_tracker")],
) -> Receipt:
    """指定跟踪责任人：其后每次逾期都告知此人。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = name_tracker(
        proposal,
        person=PersonId(command.person),
        people=act.known.people,
        by=act.caller,
        on=act.today,
    )
    proposal = replace(proposal, tracker=event.person)
    await record(act, event, proposal)
    return act.receipt()
