"""Coordination at city level: flag a matter, state positions, meet, decide, follow it up."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query

from services.escalation import store
from services.escalation.api.recording import record, terms_of
from services.escalation.commands import (
    DecideMatter,
    DismissMatter,
    FlagMatter,
    HoldMeeting,
    ReportBlocked,
    Say,
    StatePosition,
)
from services.escalation.domain.clock import Awaited
from services.escalation.domain.coordinating import (
    carry_out,
    dismiss_matter,
    follow_up,
    hold_meeting,
    state_position,
)
from services.escalation.domain.deciding import decide_matter
from services.escalation.domain.flagging import flag_by_hand, report_blocked
from services.escalation.views import CoordinationFigures, MatterList
from shared.contracts.escalation import Effect
from shared.contracts.event import ProposalId
from shared.web import Act, Look, Reading, Receipt, may, may_see

router = APIRouter()

State = Literal["open", "decided", "dismissed", "lapsed"]


@router.post("/proposals/{proposal_id}/matters", status_code=201)
async def flag(
    proposal_id: ProposalId, command: FlagMatter, act: Annotated[Act, may("escalation.flag")]
) -> Receipt:
    """提请协调：承办单位或交办机关提请市级协调。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = flag_by_hand(
        proposal,
        evidence=command.evidence,
        parties=[act.known.unit(name).code for name in command.parties],
        units=act.known.units,
        decide=terms_of(act).due("matter", on=act.today),
        by=act.caller,
        on=act.today,
    )
    await record(act, event, proposal)
    return act.receipt()


@router.post("/proposals/{proposal_id}/promises/{promise_id}/blocked", status_code=201)
async def blocked(
    proposal_id: ProposalId,
    promise_id: str,
    command: ReportBlocked,
    act: Annotated[Act, may("escalation.report_blocked")],
) -> Receipt:
    """反映受阻：本单位的承诺因其他单位不能兑现的，提请市级协调。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = report_blocked(
        proposal,
        promise_id=promise_id,
        promised_by=await store.promised_by(act.tx, proposal_id, promise_id),
        blocked_by=act.known.unit(command.blocked_by).code,
        why=command.why,
        units=act.known.units,
        decide=terms_of(act).due("matter", on=act.today),
        by=act.caller,
        on=act.today,
    )
    await record(act, event, proposal)
    return act.receipt()


@router.post("/proposals/{proposal_id}/matters/{matter_id}/positions")
async def position(
    proposal_id: ProposalId,
    matter_id: str,
    command: StatePosition,
    act: Annotated[Act, may("escalation.state_position")],
) -> Receipt:
    """陈述意见：协调事项所涉单位说明本单位的意见，可以再次说明。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = state_position(
        proposal,
        matter_id=matter_id,
        position=command.position,
        units=act.known.units,
        by=act.caller,
        on=act.today,
    )
    await record(act, event, proposal)
    return act.receipt()


@router.post("/proposals/{proposal_id}/matters/{matter_id}/meetings")
async def meeting(
    proposal_id: ProposalId,
    matter_id: str,
    command: HoldMeeting,
    act: Annotated[Act, may("escalation.hold_meeting")],
) -> Receipt:
    """登记协调会：到会单位和会议纪要。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = hold_meeting(
        proposal,
        matter_id=matter_id,
        held_on=command.held_on,
        present=[act.known.unit(name).code for name in command.present],
        minutes=command.minutes,
        units=act.known.units,
        by=act.caller,
        on=act.today,
    )
    await record(act, event, proposal)
    return act.receipt()


@router.post("/proposals/{proposal_id}/matters/{matter_id}/decide")
async def decide(
    proposal_id: ProposalId,
    matter_id: str,
    command: DecideMatter,
    act: Annotated[Act, may("escalation.decide")],
) -> Receipt:
    """协调决定：市领导对协调事项作出决定，各单位遵照执行。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    said = command.effect
    effect = Effect(
        kind=said.kind,
        lead=act.known.unit(said.lead).code if said.lead else None,
        unit=act.known.unit(said.unit).code if said.unit else None,
        role=said.role,
        due_on=said.due_on,
    )
    event = decide_matter(
        proposal,
        matter_id=matter_id,
        decision=command.decision,
        effect=effect,
        units=act.known.units,
        carry_out=terms_of(act).due("carry_out", on=act.today),
        by=act.caller,
        on=act.today,
    )
    await record(act, event, proposal, stops=Awaited.MATTER, subject=matter_id)
    return act.receipt()


@router.post("/proposals/{proposal_id}/matters/{matter_id}/dismiss")
async def dismiss(
    proposal_id: ProposalId,
    matter_id: str,
    command: DismissMatter,
    act: Annotated[Act, may("escalation.dismiss")],
) -> Receipt:
    """不予协调：提请有误的，说明理由后结束，并计入该条规则的误报。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = dismiss_matter(
        proposal, matter_id=matter_id, why=command.why, by=act.caller, on=act.today
    )
    await record(act, event, proposal, stops=Awaited.MATTER, subject=matter_id)
    return act.receipt()


@router.post("/proposals/{proposal_id}/matters/{matter_id}/carry-out")
async def carried_out(
    proposal_id: ProposalId,
    matter_id: str,
    command: Say,
    act: Annotated[Act, may("escalation.follow_up")],
) -> Receipt:
    """决定落实：确认所请经费、政策等已经到位；改派和改期由系统自动确认。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = carry_out(proposal, matter_id=matter_id, says=command.says, by=act.caller, on=act.today)
    await record(act, event, proposal, stops=Awaited.CARRYING_OUT, subject=matter_id)
    return act.receipt()


@router.post("/proposals/{proposal_id}/matters/{matter_id}/follow-ups")
async def followed_up(
    proposal_id: ProposalId,
    matter_id: str,
    command: Say,
    act: Annotated[Act, may("escalation.follow_up")],
) -> Receipt:
    """跟踪落实：登记决定作出以后的情况。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = follow_up(proposal, matter_id=matter_id, says=command.says, by=act.caller, on=act.today)
    await record(act, event, proposal)
    return act.receipt()


@router.get("/matters")
async def list_matters(
    look: Reading,
    state: State | None = None,
    rule: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> MatterList:
    """协调事项清单，新的在前。只列您有权查看的提案。"""
    found = await store.matters(
        look.tx, sight=look.sight, state=state, rule=rule, limit=limit + 1, offset=offset
    )
    return MatterList(matters=found[:limit], more=len(found) > limit)


@router.get("/coordination/{year}")
async def coordination_figures(
    year: Annotated[int, Path(ge=2000, le=2100)],
    look: Annotated[Look, may_see("escalation.figures")],
) -> CoordinationFigures:
    """一年的协调情况：按规则统计提请、决定、误报、天数和变更。"""
    rules = await store.figures(look.tx, year=year, today=look.today)
    return CoordinationFigures(year=year, rules=rules)
