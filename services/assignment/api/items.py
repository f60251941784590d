"""Breaking proposals into items, and working on these."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from services.assignment import store
from services.assignment.commands import CompleteItem, PlanItems, ProgressItem, SayWhy
from services.assignment.domain.itemising import (
    Row,
    complete_item,
    drop_item,
    plan_items,
    progress_item,
)
from services.assignment.views import ItemList
from shared.contracts.assignment import Milestone
from shared.contracts.event import ProposalId
from shared.web import Act, Reading, Receipt, may

router = APIRouter()


@router.post("/proposals/{proposal_id}/items")
async def plan(
    proposal_id: ProposalId,
    command: PlanItems,
    act: Annotated[Act, may("assignment.plan_items")],
) -> Receipt:
    """工作项目化：把提案分成项目，逐项写明单位、节点和经办人，一次交办。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    events = plan_items(
        assignment,
        rows=[
            Row(
                item.says,
                item.unit,
                tuple(Milestone(says=one.says, due_on=one.due_on) for one in item.milestones),
                item.officer,
                item.advised,
            )
            for item in command.items
        ],
        planned=len(await store.items_of(act.tx, proposal_id)),
        units=act.known,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, *events)
    return act.receipt()


@router.post("/proposals/{proposal_id}/items/{item_id}/progress")
async def progress(
    proposal_id: ProposalId,
    item_id: str,
    command: ProgressItem,
    act: Annotated[Act, may("assignment.work_on_item")],
) -> Receipt:
    """项目进展：报告办理情况，到了节点的写明是第几个。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    event = progress_item(
        assignment,
        items=await store.items_of(act.tx, proposal_id),
        item_id=item_id,
        says=command.says,
        milestone=command.milestone,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/items/{item_id}/complete")
async def complete(
    proposal_id: ProposalId,
    item_id: str,
    command: CompleteItem,
    act: Annotated[Act, may("assignment.work_on_item")],
) -> Receipt:
    """项目办结：最后一项办结时，整件提案的项目自动汇总。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    events = complete_item(
        assignment,
        items=await store.items_of(act.tx, proposal_id),
        item_id=item_id,
        result=command.result,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, *events)
    return act.receipt()


@router.post("/proposals/{proposal_id}/items/{item_id}/drop")
async def drop(
    proposal_id: ProposalId,
    item_id: str,
    command: SayWhy,
    act: Annotated[Act, may("assignment.plan_items")],
) -> Receipt:
    """取消项目：写明原因。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    events = drop_item(
        assignment,
        items=await store.items_of(act.tx, proposal_id),
        item_id=item_id,
        why=command.why,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, *events)
    return act.receipt()


@router.get("/items")
async def items(
    look: Reading,
    unit: Annotated[str | None, Query(max_length=100)] = None,
    state: Literal["open", "completed", "dropped"] | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: Annotated[str | None, Query(pattern=r"^[^/]+/[0-9]{1,18}$", max_length=100)] = None,
) -> ItemList:
    """项目清单：按单位、状态筛选；接着看时把上一页的 next 填入 after。"""
    number, _, ordinal = (after or "").partition("/")
    return await store.items(
        look.tx,
        unit=look.known.unit(unit).code if unit is not None else None,
        state=state,
        sight=look.sight,
        limit=limit,
        after=(number, int(ordinal)) if after else None,
    )
