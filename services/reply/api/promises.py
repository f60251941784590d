"""Promises: units keep and report them, the office checks; and the yearly look-back."""

from typing import Annotated

from fastapi import APIRouter

from services.reply import store
from services.reply.commands import (
    AnswerAgain,
    AskForChange,
    DecideChange,
    InheritPromise,
    KeepPromise,
    LookBackAt,
    NoteProgress,
    OpenLookBack,
    ReportKept,
    Why,
    attachments,
)
from services.reply.domain.keeping_promises import (
    Change,
    ask_for_change,
    break_promise,
    decide_change,
    inherit_promise,
    keep_promise,
    refuse_report,
    report_kept,
    report_progress,
)
from services.reply.domain.looking_back import answer_again, look_back_at, open_look_back
from shared.contracts.event import ProposalId
from shared.web import Act, Receipt, may

router = APIRouter()


@router.post("/proposals/{proposal_id}/promises/{promise_id}/progress")
async def progress(
    proposal_id: ProposalId,
    promise_id: str,
    command: NoteProgress,
    act: Annotated[Act, may("reply.report_promise")],
) -> Receipt:
    """落实进展：承诺单位登记进展。"""
    promise = await store.lock_promise(act.tx, proposal_id, promise_id)
    event = report_progress(
        promise, progress=command.progress, by=act.caller, on=act.today, rules=act.rules
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/promises/{promise_id}/report")
async def report(
    proposal_id: ProposalId,
    promise_id: str,
    command: ReportKept,
    act: Annotated[Act, may("reply.report_promise")],
) -> Receipt:
    """申报兑现：承诺单位附依据申报，待交办机关核实。"""
    promise = await store.lock_promise(act.tx, proposal_id, promise_id)
    event = report_kept(
        promise,
        evidence=command.evidence,
        by=act.caller,
        on=act.today,
        rules=act.rules,
        attachments=attachments(command.attachments),
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/promises/{promise_id}/refuse-report")
async def refuse(
    proposal_id: ProposalId,
    promise_id: str,
    command: Why,
    act: Annotated[Act, may("reply.check_promise")],
) -> Receipt:
    """核实不通过：承诺尚未兑现，退回继续落实。"""
    promise = await store.lock_promise(act.tx, proposal_id, promise_id)
    event = refuse_report(promise, why=command.why, by=act.caller, on=act.today, rules=act.rules)
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/promises/{promise_id}/keep")
async def keep(
    proposal_id: ProposalId,
    promise_id: str,
    command: KeepPromise,
    act: Annotated[Act, may("reply.keep_promise")],
) -> Receipt:
    """兑现：交办机关核实承诺已经兑现；规则允许的，由承诺单位登记。"""
    promise = await store.lock_promise(act.tx, proposal_id, promise_id)
    event = keep_promise(
        promise, evidence=command.evidence, by=act.caller, on=act.today, rules=act.rules
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/promises/{promise_id}/ask-for-change")
async def ask_change(
    proposal_id: ProposalId,
    promise_id: str,
    command: AskForChange,
    act: Annotated[Act, may("reply.change_promise")],
) -> Receipt:
    """申请变更承诺：由承诺单位负责人提出，说明理由。"""
    promise = await store.lock_promise(act.tx, proposal_id, promise_id)
    event = ask_for_change(
        promise,
        change=Change(command.text, command.due_on, command.why),
        by=act.caller,
        on=act.today,
        rules=act.rules,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/promises/{promise_id}/decide-change")
async def decide(
    proposal_id: ProposalId,
    promise_id: str,
    command: DecideChange,
    act: Annotated[Act, may("reply.check_promise")],
) -> Receipt:
    """审定变更：交办机关同意或不同意变更承诺；同意的，告知提案人。"""
    promise = await store.lock_promise(act.tx, proposal_id, promise_id)
    event = decide_change(
        promise,
        granted=command.granted,
        why=command.why,
        by=act.caller,
        on=act.today,
        rules=act.rules,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/promises/{promise_id}/break")
async def broken(
    proposal_id: ProposalId,
    promise_id: str,
    command: Why,
    act: Annotated[Act, may("reply.check_promise")],
) -> Receipt:
    """未兑现：交办机关认定承诺没有兑现，也不会兑现。"""
    promise = await store.lock_promise(act.tx, proposal_id, promise_id)
    event = break_promise(promise, why=command.why, by=act.caller, on=act.today, rules=act.rules)
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/promises/{promise_id}/inherit")
async def inherit(
    proposal_id: ProposalId,
    promise_id: str,
    command: InheritPromise,
    act: Annotated[Act, may("reply.check_promise")],
) -> Receipt:
    """承接：职责划转的，由交办机关确定承接承诺的单位。"""
    promise = await store.lock_promise(act.tx, proposal_id, promise_id)
    event = inherit_promise(
        promise,
        heir=act.known.unit(command.unit).code,
        why=command.why,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/look-backs")
async def look_back(command: OpenLookBack, act: Annotated[Act, may("reply.look_back")]) -> Receipt:
    """回头看：列出全部未兑现的承诺，并按种子抽取一部分已解决的答复。"""
    promises, solved = await store.lock_look_back(act.tx, command.year)
    events = open_look_back(
        command.year,
        seed=command.seed,
        promises=promises,
        solved=solved,
        by=act.caller,
        on=act.today,
        rules=act.rules,
    )
    await store.record(act.tx, *events)
    return act.receipt()


@router.post("/look-backs/{year}/proposals/{proposal_id}/items/{item}")
async def looked_at(
    year: int,
    proposal_id: ProposalId,
    item: str,
    command: LookBackAt,
    act: Annotated[Act, may("reply.look_back")],
) -> Receipt:
    """回头看结果：登记一个事项现在的情况。"""
    found = await store.lock_item(act.tx, str(year), proposal_id, item)
    event = look_back_at(
        found,
        found=command.found,
        says=command.says,
        by=act.caller,
        on=act.today,
        rules=act.rules,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/replies/{reply_id}/second-answer")
async def second_answer(
    proposal_id: ProposalId,
    reply_id: str,
    command: AnswerAgain,
    act: Annotated[Act, may("reply.issue")],
) -> Receipt:
    """再次答复：承诺全部兑现之后，告知提案人，类别转为已解决。"""
    replies = await store.lock_unsolved(act.tx, proposal_id, reply_id)
    events = answer_again(
        replies,
        summary=command.summary,
        book=await store.lock_letter_book(
            act.tx,
            act.known.unit(act.caller.unit),
            series="reply",
            year=act.today.year,
            rules=act.rules,
        ),
        by=act.caller,
        on=act.today,
        rules=act.rules,
    )
    await store.record(act.tx, *events)
    return act.receipt()
