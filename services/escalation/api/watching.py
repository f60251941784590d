"""Sweep, and see the lights."""

from typing import Annotated

from fastapi import APIRouter, Query

from services.escalation import store
from services.escalation.domain.lights import Light
from services.escalation.sweeping import sweep
from services.escalation.views import ClockList, ProposalView, Swept, clock_view
from shared.contracts.event import ProposalId
from shared.nearness import Horizon
from shared.refusals import Unknown
from shared.web import Call, Reading, may_call

router = APIRouter()


@router.post("/sweep")
async def sweep_clocks(call: Annotated[Call, may_call("escalation.sweep")]) -> Swept:
    """巡检：查看当日到点的全部时钟，发出临期、逾期、催办、督办和协调提示；重复巡检不会重复发出。"""
    return await sweep(call.backbone, on=call.today)


@router.get("/clocks")
async def list_clocks(
    look: Reading,
    unit: Annotated[str | None, Query(max_length=100)] = None,
    light: Light | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> ClockList:
    """时钟清单，最急的在前；不选灯色时只列正在计时的。只列您有权查看的提案。"""
    horizon = Horizon.of(look.today, rules=look.rules, calendar=look.known.calendar)
    found = await store.clocks(
        look.tx,
        horizon,
        sight=look.sight,
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
    """一件提案的全部时钟、协调事项、督办、现场督查和领衔督办活动。"""
    if not await store.sees(look.tx, look.sight, proposal_id):
        raise Unknown(what="提案", id=proposal_id)
    about = await store.number_of(look.tx, proposal_id)
    horizon = Horizon.of(look.today, rules=look.rules, calendar=look.known.calendar)
    return ProposalView(
        proposal_id=proposal_id,
        number=about["number"],
        generation=about["generation"],
        leader=about["key_leader"],
        tracker=about["tracker"],
        clocks=[
            clock_view(
                clock,
                number=about["number"],
                unit_name=look.known.name(clock.unit),
                horizon=horizon,
            )
            for clock in await store.clocks_of(look.tx, proposal_id)
        ],
        matters=await store.matters_of(look.tx, proposal_id),
        supervisions=await store.supervisions_of(look.tx, proposal_id),
        inspections=await store.inspections_of(look.tx, proposal_id),
        activities=await store.activities_of(look.tx, proposal_id),
    )
