"""Changing who handles a proposal after the hand-over."""

from typing import Annotated

from fastapi import APIRouter

from services.assignment import store
from services.assignment.api.terms import terms_of
from services.assignment.commands import AddHandler, ChangeRoles, Reassign, Withdraw
from services.assignment.domain.changing_handlers import (
    Change,
    add_handler,
    change_roles,
    withdraw_handler,
)
from services.assignment.domain.reassigning import reassign_task
from shared.contracts.assignment import Role
from shared.contracts.event import ProposalId, TaskId
from shared.web import Act, Receipt, may

router = APIRouter()


@router.post("/proposals/{proposal_id}/handlers")
async def add(
    proposal_id: ProposalId,
    command: AddHandler,
    act: Annotated[Act, may("assignment.change_handlers")],
) -> Receipt:
    """增加承办单位：交办以后加入，时限自当日起算。"""
    assignment = await store.lock_group(act.tx, proposal_id)
    events = add_handler(
        assignment,
        unit=command.unit,
        role=Role(command.role),
        duty=command.duty,
        why=command.why,
        units=act.known,
        terms=terms_of(act),
        by=act.caller,
        on=act.today,
    )
    await store.record_change(act.tx, proposal_id, events, by=act.caller, on=act.today)
    return act.receipt()


@router.post("/proposals/{proposal_id}/change-roles")
async def roles(
    proposal_id: ProposalId,
    command: ChangeRoles,
    act: Annotated[Act, may("assignment.change_handlers")],
) -> Receipt:
    """变更角色：主办与会办可在一次办理中互换；时限按规则或者按写明的重新计算、不变。"""
    assignment = await store.lock_group(act.tx, proposal_id)
    events = change_roles(
        assignment,
        changes=[Change(change.unit, Role(change.role)) for change in command.changes],
        why=command.why,
        clock=command.clock,
        with_work=command.with_work,
        units=act.known,
        terms=terms_of(act),
        by=act.caller,
        on=act.today,
    )
    await store.record_change(act.tx, proposal_id, events, by=act.caller, on=act.today)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/withdraw")
async def withdraw(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: Withdraw,
    act: Annotated[Act, may("assignment.withdraw")],
) -> Receipt:
    """撤回任务：谁交办谁撤回，连同由它分解下去的一并终止；其余单位都已答复的，提案即告答复。"""
    assignment = await store.lock_group(act.tx, proposal_id)
    events = withdraw_handler(
        assignment,
        task_id=task_id,
        why=command.why,
        units=act.known,
        terms=terms_of(act),
        by=act.caller,
        on=act.today,
    )
    await store.record_change(act.tx, proposal_id, events, by=act.caller, on=act.today)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/reassign")
async def reassign(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: Reassign,
    act: Annotated[Act, may("assignment.change_handlers")],
) -> Receipt:
    """改派：交办机关主动调整承办单位；分解下去的任务写明随转的才随转。"""
    assignment = await store.lock_group(act.tx, proposal_id)
    events = reassign_task(
        assignment,
        task_id=task_id,
        unit=command.unit,
        why=command.why,
        clock=command.clock,
        with_work=command.with_work,
        units=act.known,
        terms=terms_of(act),
        by=act.caller,
        on=act.today,
    )
    await store.record_change(act.tx, proposal_id, events, by=act.caller, on=act.today)
    return act.receipt()
