"""What people may ask of assignment: hand over, sign, return, hand down, complete, look up."""

from typing import Annotated

from fastapi import APIRouter, Query

from services.assignment import store
from services.assignment.commands import (
    CompleteTask,
    DecideReturn,
    HandDown,
    HandOver,
    ReturnTask,
)
from services.assignment.domain.assignment import TaskState
from services.assignment.domain.completing import complete_task
from services.assignment.domain.deciding_returns import decide_return
from services.assignment.domain.handing_down import Work, hand_down
from services.assignment.domain.handing_over import Row, hand_over
from services.assignment.domain.returning import return_task
from services.assignment.domain.signing import sign_task
from services.assignment.domain.terms import Terms
from services.assignment.views import AssignmentView, TaskList
from shared.contracts.event import ProposalId, TaskId
from shared.web import Act, Reading, Receipt, may

router = APIRouter(tags=["assignment"])


def _terms(act: Act) -> Terms:
    return Terms(act.rules, act.known.calendar)


@router.post("/hand-overs")
async def hand_over_list(
    command: HandOver, act: Annotated[Act, may("assignment.hand_over")]
) -> Receipt:
    """交办：整份清单一次交办；有一处不对，全部不交办，并逐处指明。"""
    rows = [
        Row(**{**dict(item), "proposal_id": ProposalId(str(item.proposal_id))})
        for item in command.items
    ]
    desk = await store.lock_assignments(act.tx, [row.proposal_id for row in rows])
    events = hand_over(
        rows,
        desk=desk,
        units=act.known,
        terms=_terms(act),
        meeting=command.meeting,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, *events)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/sign")
async def sign(
    proposal_id: ProposalId, task_id: TaskId, act: Annotated[Act, may("assignment.sign")]
) -> Receipt:
    """签收：本单位承担这项任务。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    await store.record(act.tx, sign_task(assignment, task_id=task_id, by=act.caller, on=act.today))
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/return")
async def return_(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: ReturnTask,
    act: Annotated[Act, may("assignment.return")],
) -> Receipt:
    """退办：这项任务不属本单位，写明理由和建议的承办单位；决定之前责任不变。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    event = return_task(
        assignment,
        task_id=task_id,
        reason_code=command.reason_code,
        reason=command.reason,
        proposed_unit=act.known.unit(command.proposed_unit).code,
        terms=_terms(act),
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/decide-return")
async def decide(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: DecideReturn,
    act: Annotated[Act, may("assignment.decide_return")],
) -> Receipt:
    """决定退办：同意则改派，由新单位从今日起重新计期；不同意则原单位继续承办。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    events = decide_return(
        assignment,
        task_id=task_id,
        upheld=command.upheld,
        why=command.why,
        new_unit=command.new_unit,
        units=act.known,
        terms=_terms(act),
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, *events)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/hand-down")
async def hand_down_work(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: HandDown,
    act: Annotated[Act, may("assignment.hand_down")],
) -> Receipt:
    """分解：把任务交给下级单位，期限早于本单位的期限。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    event = hand_down(
        assignment,
        task_id=task_id,
        work=[Work(row.unit, row.duty) for row in command.tasks],
        meeting=command.meeting,
        units=act.known,
        terms=_terms(act),
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/complete")
async def complete(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: CompleteTask,
    act: Annotated[Act, may("assignment.complete")],
) -> Receipt:
    """办结：下级单位报告分解任务完成；最后一项办结时自动汇总。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    events = complete_task(
        assignment, task_id=task_id, summary=command.summary, by=act.caller, on=act.today
    )
    await store.record(act.tx, *events)
    return act.receipt()


@router.get("/proposals/{proposal_id}")
async def proposal(proposal_id: ProposalId, look: Reading) -> AssignmentView:
    """一件提案由谁承办、各到什么程度，每个期限如何算出。"""
    return await store.assignment(look.tx, proposal_id)


@router.get("/tasks")
async def tasks(
    look: Reading,
    unit: Annotated[str | None, Query(max_length=100)] = None,
    state: TaskState | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: Annotated[str | None, Query(pattern=r"^[^/]+/[^/]+$", max_length=100)] = None,
) -> TaskList:
    """任务清单：按单位、状态筛选；接着看时把上一页的 next 填入 after。"""
    return await store.tasks(
        look.tx,
        unit=look.known.unit(unit).code if unit is not None else None,
        state=state,
        limit=limit,
        after=(after.partition("/")[0], after.partition("/")[2]) if after else None,
    )
