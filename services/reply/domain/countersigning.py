"""Countersigning: the co-handlers put their names to one version of the lead's draft (会签).

Who sends it back ends the others' open requests: the lead writes again and asks all anew. A
version that was overtaken, or went back, cannot be signed.
"""

from datetime import date

from services.reply.domain.demands import chosen
from services.reply.domain.handling import Draft, Handling, Round, Task
from services.reply.domain.proposing import must_not_be_signed_later
from services.reply.domain.refusals import (
    AskedAlready,
    NobodyToAsk,
    NotApproved,
    NotAskedToSign,
    NotCoHandler,
)
from services.reply.domain.wording import keep_within
from shared.contracts.assignment import Role
from shared.contracts.event import Actor, TaskId, UnitCode
from shared.contracts.registry import RulesPublished
from shared.contracts.reply import (
    CountersignAsked,
    CountersignRefused,
    Paper,
    ReplyCountersigned,
)


def ask_to_countersign(
    handling: Handling, *, task_id: TaskId, draft: int, by: Actor, on: date
) -> CountersignAsked:
    """Every co-handler that has not been asked about this version yet."""
    task = handling.task_of(by.unit, task_id=task_id)
    round = task.open_round
    newest = round.current(draft)
    if newest.approved_by is None:
        raise NotApproved(draft=draft)
    if not handling.co_handlers:
        raise NobodyToAsk
    known = {one.unit for one in newest.countersigning}
    asked = tuple(one.unit for one in handling.co_handlers if one.unit not in known)
    if not asked:
        raise AskedAlready(draft=draft)
    return CountersignAsked(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        task_id=task_id,
        unit=task.unit,
        round=round.number,
        draft=draft,
        asked=asked,
    )


def countersign(
    handling: Handling,
    *,
    task_id: TaskId,
    lead_task: TaskId,
    draft: int,
    by: Actor,
    on: date,
    paper: Paper | None = None,
) -> ReplyCountersigned:
    """A head of the co-handling unit signs, or its officer records what was signed on paper."""
    own, lead, round, newest = _asked(
        handling, task_id=task_id, lead_task=lead_task, draft=draft, by=by
    )
    if own.unit not in newest.asked:
        raise NotAskedToSign(draft=draft)
    if paper is not None:
        must_not_be_signed_later(paper, on=on)
    return ReplyCountersigned(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        task_id=lead_task,
        unit=own.unit,
        lead=lead.unit,
        round=round.number,
        draft=draft,
        paper=paper,
    )


def refuse_to_countersign(
    handling: Handling,
    *,
    task_id: TaskId,
    lead_task: TaskId,
    draft: int,
    why: str,
    by: Actor,
    on: date,
    rules: RulesPublished,
) -> CountersignRefused:
    """The draft goes back with a reason, and nobody else is waited for."""
    own, lead, round, newest = _asked(
        handling, task_id=task_id, lead_task=lead_task, draft=draft, by=by
    )
    if own.unit not in newest.asked:
        raise NotAskedToSign(draft=draft)
    keep_within(rules, reason=why)
    return CountersignRefused(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        task_id=lead_task,
        unit=own.unit,
        lead=lead.unit,
        round=round.number,
        draft=draft,
        why=why,
        ended=tuple(unit for unit in newest.asked if unit != own.unit),
    )


def unsigned(handling: Handling, draft: Draft, *, rules: RulesPublished) -> tuple[UnitCode, ...]:
    """The co-handlers without whose signature this version may not go out.

    Whom the lead asked must have signed; by rule, all co-handlers of today.
    """
    demanded = chosen(rules, "countersign", kinds=handling.kinds, otherwise="asked")
    today = [task.unit for task in handling.co_handlers]
    wanted = today if demanded == "all" else [one for one in today if one in draft.asked]
    return tuple(unit for unit in wanted if unit not in draft.signed)


def _asked(
    handling: Handling, *, task_id: TaskId, lead_task: TaskId, draft: int, by: Actor
) -> tuple[Task, Task, Round, Draft]:
    own = handling.held_by(by.unit, task_id=task_id)
    if own.role is not Role.CO_HANDLE:
        raise NotCoHandler
    lead = handling.task(lead_task)
    round = lead.open_round
    return own, lead, round, round.current(draft)
