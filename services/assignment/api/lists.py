"""Looking up: a proposal, tasks in lists, how many are answered; going through changed facts."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from services.assignment import store
from services.assignment.domain.assignment import TaskState
from services.assignment.sweeping import sweep
from services.assignment.views import AssignmentView, Counts, Swept, TaskList, TasksWithoutHeir
from shared.contracts.assignment import Role
from shared.contracts.event import ProposalId
from shared.web import Call, Reading, may_call

router = APIRouter()

Limit = Annotated[int, Query(ge=1, le=200)]
Unit = Annotated[str | None, Query(max_length=100)]


@router.get("/proposals/{proposal_id}")
async def proposal(proposal_id: ProposalId, look: Reading) -> AssignmentView:
    """一件提案由谁承办、各到什么程度，每个期限如何算出。"""
    return await store.assignment(look.tx, proposal_id, sight=look.sight)


@router.get("/tasks")
async def tasks(
    look: Reading,
    unit: Unit = None,
    state: TaskState | None = None,
    role: Literal["lead", "split", "co_handle", "reference"] | None = None,
    answered: bool | None = None,
    limit: Limit = 50,
    after: Annotated[str | None, Query(pattern=r"^[^/]+/[^/]+$", max_length=100)] = None,
) -> TaskList:
    """任务清单：按单位、状态、角色筛选；接着看时把上一页的 next 填入 after。"""
    return await store.tasks(
        look.tx,
        unit=look.known.unit(unit).code if unit is not None else None,
        state=state,
        role=Role(role) if role is not None else None,
        answered=answered,
        sight=look.sight,
        limit=limit,
        after=(after.partition("/")[0], after.partition("/")[2]) if after else None,
    )


@router.get("/tasks/without-heir")
async def tasks_without_heir(
    look: Reading,
    limit: Limit = 50,
    after: Annotated[str | None, Query(pattern=r"^[^/]+/[^/]+$", max_length=100)] = None,
) -> TasksWithoutHeir:
    """待明确承接单位的任务：原单位已撤销、拆分，须由交办机关逐件改派。"""
    return await store.tasks_without_heir(
        look.tx,
        sight=look.sight,
        limit=limit,
        after=(after.partition("/")[0], after.partition("/")[2]) if after else None,
    )


@router.get("/tasks/due")
async def tasks_due(
    look: Reading,
    by: date,
    unit: Unit = None,
    state: TaskState | None = None,
    role: Literal["lead", "split", "co_handle"] | None = None,
    limit: Limit = 50,
    after: Annotated[
        str | None, Query(pattern=r"^\d{4}-\d\d-\d\d/[^/]+/[^/]+$", max_length=120)
    ] = None,
) -> TaskList:
    """到期清单：在某日之前应当办理而尚未办理的，先到期的在前。"""
    day, number, task_id = after.split("/") if after else ("", "", "")
    return await store.tasks_due(
        look.tx,
        by=by,
        unit=look.known.unit(unit).code if unit is not None else None,
        state=state,
        role=Role(role) if role is not None else None,
        sight=look.sight,
        limit=limit,
        after=(day, number, task_id) if after else None,
    )


@router.get("/counts")
async def counts(
    look: Reading,
    year: Annotated[int, Query(ge=1949, le=9998)],
    unit: Unit = None,
) -> Counts:
    """计数：提案按件计、答复按份计；分办的提案各单位都答复了才算答复。"""
    return await store.counts(
        look.tx,
        year=year,
        unit=look.known.unit(unit).code if unit is not None else None,
        sight=look.sight,
    )


@router.post("/sweep")
async def sweep_now(call: Annotated[Call, may_call("assignment.sweep")]) -> Swept:
    """核对：日历更新的，重新计算未办结的期限；机构调整的，未办结的任务转给承接单位。"""
    return await sweep(call.backbone, on=call.today)
