"""Handing over, signing, handing down, and saying how far one has come."""

from typing import Annotated

from fastapi import APIRouter

from services.assignment import store
from services.assignment.api.terms import terms_of
from services.assignment.commands import (
    CompleteTask,
    HandDown,
    HandOver,
    NameOfficer,
    ReportProgress,
)
from services.assignment.domain.completing import complete_task
from services.assignment.domain.consenting import named_in_post
from services.assignment.domain.handing_down import Work, hand_down
from services.assignment.domain.handing_over import Row, hand_over
from services.assignment.domain.reporting_progress import name_officer, report_progress
from services.assignment.domain.signing import sign_task
from services.assignment.views import HandOverPlan, PlannedTask
from shared.contracts.assignment import AdviceFollowed, HandlersAssigned
from shared.contracts.event import PersonId, ProposalId, TaskId
from shared.contracts.registry import Post
from shared.web import Act, Look, Receipt, may, may_see

router = APIRouter()


@router.post("/hand-overs")
async def hand_over_list(
    command: HandOver, act: Annotated[Act, may("assignment.hand_over")]
) -> Receipt:
    """交办：整份清单一次交办；有一处不对，全部不交办，并逐处指明。"""
    await store.record(act.tx, *await _handed_over(command, act))
    return act.receipt()


@router.post("/hand-overs/check")
async def check_list(
    command: HandOver, look: Annotated[Look, may_see("assignment.hand_over")]
) -> HandOverPlan:
    """预检：整份清单如果现在交办，各单位的任务和期限；什么都不写入，有问题的逐处指明。"""
    return HandOverPlan(
        tasks=[
            PlannedTask(
                proposal_id=event.proposal_id,
                unit=task.unit,
                unit_name=look.known.name(task.unit),
                role=task.role,
                sign_by=task.sign.on if task.sign else None,
                answer_by=task.answer.on if task.answer else None,
            )
            for event in await _handed_over(command, look)
            if isinstance(event, HandlersAssigned)
            for task in event.tasks
        ]
    )


async def _handed_over(command: HandOver, look: Look) -> list[HandlersAssigned | AdviceFollowed]:
    rows = [
        Row(**{**dict(item), "proposal_id": ProposalId(str(item.proposal_id))})
        for item in command.items
    ]
    desk = await store.lock_assignments(look.tx, [row.proposal_id for row in rows])
    return hand_over(
        rows,
        desk=desk,
        units=look.known,
        terms=terms_of(look),
        meeting=command.meeting,
        by=look.caller,
        on=look.today,
    )


@router.post("/proposals/{proposal_id}/tasks/{task_id}/sign")
async def sign(
    proposal_id: ProposalId, task_id: TaskId, act: Annotated[Act, may("assignment.sign")]
) -> Receipt:
    """签收：本单位承担这项任务。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    await store.record(act.tx, sign_task(assignment, task_id=task_id, by=act.caller, on=act.today))
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/hand-down")
async def hand_down_work(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: HandDown,
    act: Annotated[Act, may("assignment.hand_down")],
) -> Receipt:
    """分解：把任务交给下级单位，期限早于本单位的期限；可写明谁部署、谁安排。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    named = {
        who: named_in_post(
            PersonId(person), posts=[post], unit=act.caller.unit, people=act.known, on=act.today
        )
        for who, person, post in (
            ("deployed_by", command.deployed_by, Post.HEAD),
            ("arranged_by", command.arranged_by, Post.DEPUTY),
        )
        if person is not None
    }
    event = hand_down(
        assignment,
        task_id=task_id,
        work=[Work(row.unit, row.duty, row.until) for row in command.tasks],
        meeting=command.meeting,
        **named,
        units=act.known,
        terms=terms_of(act),
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/officer")
async def officer(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: NameOfficer,
    act: Annotated[Act, may("assignment.name_officer")],
) -> Receipt:
    """确定经办人：由本单位哪个科室、哪个人具体办理。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    event = name_officer(
        assignment,
        task_id=task_id,
        officer=PersonId(command.officer),
        section=command.section,
        people=act.known,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/progress")
async def progress(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: ReportProgress,
    act: Annotated[Act, may("assignment.report_progress")],
) -> Receipt:
    """阶段进展：办到了哪一步，上级单位和交办机关都能看到。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    event = report_progress(
        assignment,
        task_id=task_id,
        stage=command.stage,
        says=command.says,
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
