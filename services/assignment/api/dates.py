"""More time, and clocks that stand still."""

from typing import Annotated

from fastapi import APIRouter

from services.assignment import store
from services.assignment.api.terms import terms_of
from services.assignment.commands import AskExtension, DecideExtension, SayWhy
from services.assignment.domain.extending import ask_extension, decide_extension
from services.assignment.domain.pausing import pause_clock, resume_clock
from shared.contracts.event import ProposalId, TaskId
from shared.web import Act, Receipt, may

router = APIRouter()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/ask-extension")
async def ask(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: AskExtension,
    act: Annotated[Act, may("assignment.ask_extension")],
) -> Receipt:
    """申请延期：在期限届满之前写明理由和希望的日期，由交办机关决定。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    event = ask_extension(
        assignment,
        task_id=task_id,
        until=command.until,
        reason=command.reason,
        units=act.known,
        terms=terms_of(act),
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/decide-extension")
async def decide(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: DecideExtension,
    act: Annotated[Act, may("assignment.decide_extension")],
) -> Receipt:
    """决定延期：会办单位和分解任务的日期，写明才随之调整；结果告知提案人。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    event = decide_extension(
        assignment,
        task_id=task_id,
        granted=command.granted,
        why=command.why,
        until=command.until,
        co_handlers_until=command.co_handlers_until,
        with_work=command.with_work,
        units=act.known,
        terms=terms_of(act),
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/pause")
async def pause(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: SayWhy,
    act: Annotated[Act, may("assignment.pause")],
) -> Receipt:
    """中止计时：写明原因，恢复之前不计时限。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    event = pause_clock(
        assignment,
        task_id=task_id,
        why=command.why,
        units=act.known,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/resume")
async def resume(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: SayWhy,
    act: Annotated[Act, may("assignment.pause")],
) -> Receipt:
    """恢复计时：余下的工作日接着计算。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    event = resume_clock(
        assignment,
        task_id=task_id,
        why=command.why,
        terms=terms_of(act),
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()
