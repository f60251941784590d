"""What people may ask of escalation: sweep, flag a matter, decide it, and see the lights."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.escalation import store
from services.escalation.domain.deciding import decide_matter
from services.escalation.domain.flagging import flag_by_hand
from services.escalation.domain.lights import Horizon, Light
from services.escalation.sweeping import sweep
from services.escalation.views import ClockList, ProposalView, Swept, clock_view
from shared.contracts.escalation import Effect
from shared.contracts.event import ProposalId
from shared.web import Act, Call, Reading, Receipt, may, may_call

router = APIRouter(tags=["escalation"])

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5_000)]


class Command(BaseModel):
    """A command says what it means, and nothing else."""

    model_config = ConfigDict(extra="forbid")


class FlagMatter(Command):
    """Something for the city to settle: what it is about, and which units it concerns."""

    evidence: Text
    parties: list[Name] = Field(max_length=50)


class DecidedEffect(Command):
    """A new lead, or everything stays as it is."""

    kind: Literal["new_lead", "as_it_is"]
    lead: Name | None = None


class DecideMatter(Command):
    """The leader's word, and what it changes."""

    decision: Text
    effect: DecidedEffect


@router.post("/sweep")
async def sweep_clocks(call: Annotated[Call, may_call("escalation.sweep")]) -> Swept:
    """巡检：查看当日到点的全部时钟，发出临近、逾期、催办和协调提示；重复巡检不会重复发出。"""
    return await sweep(call.backbone, on=call.today)


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
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
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
    lead = act.known.unit(command.effect.lead).code if command.effect.lead else None
    event = decide_matter(
        proposal,
        matter_id=matter_id,
        decision=command.decision,
        effect=Effect(kind=command.effect.kind, lead=lead),
        units=act.known.units,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.get("/clocks")
async def list_clocks(
    look: Reading,
    unit: Annotated[str | None, Query(max_length=100)] = None,
    light: Light | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> ClockList:
    """时钟清单，最急的在前；不选灯色时只列正在计时的。"""
    horizon = Horizon.of(look.today, near=look.rules.near, calendar=look.known.calendar)
    found = await store.clocks(
        look.tx,
        horizon,
        unit=look.known.unit(unit).code if unit else None,
        light=light,
        limit=limit + 1,
        offset=offset,
    )
    return ClockList(
        clocks=[
            clock_view(clock, number=number, unit_name=look.known.name(clock.unit), horizon=horizon)
            for clock, number in found[:limit]
        ],
        more=len(found) > limit,
    )


@router.get("/proposals/{proposal_id}")
async def see(proposal_id: ProposalId, look: Reading) -> ProposalView:
    """一件提案的全部时钟和协调事项。"""
    horizon = Horizon.of(look.today, near=look.rules.near, calendar=look.known.calendar)
    number, generation = await store.number_of(look.tx, proposal_id)
    return ProposalView(
        proposal_id=proposal_id,
        number=number,
        generation=generation,
        clocks=[
            clock_view(clock, number=number, unit_name=look.known.name(clock.unit), horizon=horizon)
            for clock in await store.clocks_of(look.tx, proposal_id)
        ],
        matters=await store.matters_of(look.tx, proposal_id),
    )
