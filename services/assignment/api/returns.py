"""Returning a task, deciding on it, objecting once more, and a leader's last word."""

from typing import Annotated

from fastapi import APIRouter

from services.assignment import store
from services.assignment.api.terms import terms_of
from services.assignment.commands import (
    AskConsent,
    DecideObjection,
    DecideReturn,
    HoldMeeting,
    PaperConsent,
    RaiseObjection,
    ReturnTask,
)
from services.assignment.domain.asking_consent import ask_consent
from services.assignment.domain.consenting import consent_to_return, named_in_post
from services.assignment.domain.deciding_returns import decide_return
from services.assignment.domain.objecting import decide_objection, hold_meeting, raise_objection
from services.assignment.domain.returning import return_task
from shared.contracts.assignment import Consent
from shared.contracts.event import PersonId, ProposalId, TaskId
from shared.policy import HEADS
from shared.web import Act, Receipt, may

router = APIRouter()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/ask-consent-to-return")
async def ask(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: AskConsent,
    act: Annotated[Act, may("assignment.return")],
) -> Receipt:
    """请示退办：请本单位负责人同意退办这项任务，写明理由和建议的承办单位。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    event = ask_consent(
        assignment,
        task_id=task_id,
        reason_code=command.reason_code,
        reason=command.reason,
        proposed_unit=act.known.unit(command.proposed_unit).code,
        terms=terms_of(act),
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/consent-to-return")
async def consent(
    proposal_id: ProposalId, task_id: TaskId, act: Annotated[Act, may("assignment.consent")]
) -> Receipt:
    """同意退办：单位负责人同意本单位退办这项任务，经办人随后办理退办。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    event = consent_to_return(assignment, task_id=task_id, by=act.caller, on=act.today)
    await store.record(act.tx, event)
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
        paper=_on_paper(command.consent, act),
        terms=terms_of(act),
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


def _on_paper(paper: PaperConsent | None, act: Act) -> Consent | None:
    if paper is None:
        return None
    head = named_in_post(
        PersonId(paper.person), posts=HEADS, unit=act.caller.unit, people=act.known, on=paper.on
    )
    return Consent(person=head.person, name=head.name, on=paper.on, on_paper=True)


@router.post("/proposals/{proposal_id}/tasks/{task_id}/decide-return")
async def decide(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: DecideReturn,
    act: Annotated[Act, may("assignment.decide_return")],
) -> Receipt:
    """决定退办：同意则改派，时限按规则或者按写明的重新计算、不变；不同意则原单位继续承办。"""
    assignment = await store.lock_group(act.tx, proposal_id)
    events = decide_return(
        assignment,
        task_id=task_id,
        upheld=command.upheld,
        why=command.why,
        new_unit=command.new_unit,
        clock=command.clock,
        units=act.known,
        terms=terms_of(act),
        by=act.caller,
        on=act.today,
    )
    await store.record_change(act.tx, proposal_id, events, by=act.caller, on=act.today)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/object")
async def object_(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: RaiseObjection,
    act: Annotated[Act, may("assignment.object")],
) -> Receipt:
    """二次异议：退办未获同意，由单位负责人签署再次提出；裁定之前责任不变。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    event = raise_objection(
        assignment,
        task_id=task_id,
        reason=command.reason,
        proposed_unit=act.known.unit(command.proposed_unit).code,
        terms=terms_of(act),
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/objection-meeting")
async def meeting(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: HoldMeeting,
    act: Annotated[Act, may("assignment.hold_meeting")],
) -> Receipt:
    """协调会：就二次异议召集有关单位，记录会议纪要，供领导裁定。"""
    assignment = await store.lock_assignment(act.tx, proposal_id)
    event = hold_meeting(
        assignment,
        task_id=task_id,
        held_on=command.held_on,
        present=command.present,
        minutes=command.minutes,
        units=act.known,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/decide-objection")
async def decide_for_good(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: DecideObjection,
    act: Annotated[Act, may("assignment.decide_objection")],
) -> Receipt:
    """裁定异议：领导裁定由谁承办，裁定具有约束力，此后不再退办。"""
    assignment = await store.lock_group(act.tx, proposal_id)
    events = decide_objection(
        assignment,
        task_id=task_id,
        upheld=command.upheld,
        why=command.why,
        new_unit=command.new_unit,
        clock=command.clock,
        units=act.known,
        terms=terms_of(act),
        by=act.caller,
        on=act.today,
    )
    await store.record_change(act.tx, proposal_id, events, by=act.caller, on=act.today)
    return act.receipt()
