"""Everything that assignment keeps: filed proposals, their tasks, what was returned."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import assert_never

import asyncpg

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.refusals import NotFiled
from services.assignment.views import AssignmentView, ReturnView, TaskLine, TaskList, TaskView
from shared.contracts.assignment import (
    AssignmentReturned,
    AssignmentSigned,
    HandlersAssigned,
    HandlersReassigned,
    ReturnDecided,
    Role,
    WorkCompleted,
    WorkHandedDown,
    WorkRolledUp,
)
from shared.contracts.event import Due, ProposalId, UnitCode
from shared.contracts.intake import ProposalAccepted, ProposalsMerged
from shared.work import Tx

OurEvent = (
    HandlersAssigned
    | AssignmentSigned
    | AssignmentReturned
    | ReturnDecided
    | HandlersReassigned
    | WorkHandedDown
    | WorkCompleted
    | WorkRolledUp
)
GivesTasks = HandlersAssigned | HandlersReassigned | WorkHandedDown
Position = tuple[str, str]  # a proposal's number, a task's id


async def lock_assignment(tx: Tx, proposal_id: ProposalId) -> Assignment:
    """The assignment as it stands, locked until the transaction ends: one decision at a time."""
    assignment = (await lock_assignments(tx, [proposal_id])).get(proposal_id)
    if assignment is None:
        raise NotFiled
    return assignment


async def lock_assignments(
    tx: Tx, proposal_ids: Sequence[ProposalId]
) -> dict[ProposalId, Assignment]:
    """Those that are filed; in sorted order, so that two such acts cannot hold each other."""
    wanted = sorted(set(proposal_ids))
    await tx.lock_all(wanted)
    rows = await tx.fetch(
        """
        SELECT assignments.proposal_id, assignments.number,
               coalesce(main.number, assignments.merged_into) AS merged_into,
               tasks.task_id, unit, role, state, generation, parent, duty,
               sign, (return_by->>'on')::date AS return_by, answer, returns.proposed_unit,
               returns.returned_on
          FROM assignments
          LEFT JOIN assignments AS main ON main.proposal_id = assignments.merged_into
          LEFT JOIN tasks ON tasks.proposal_id = assignments.proposal_id
          LEFT JOIN returns
            ON returns.proposal_id = tasks.proposal_id
           AND returns.task_id = tasks.task_id
           AND returns.decided_on IS NULL
         WHERE assignments.proposal_id = ANY($1)
         ORDER BY assignments.proposal_id, ordinal
        """,
        wanted,
    )
    return {
        proposal_id: Assignment(
            proposal_id,
            first["number"],
            first["merged_into"],
            tuple(_task(row) for row in (first, *rest) if row["task_id"] is not None),
        )
        for proposal_id, (first, *rest) in groupby(rows, key=itemgetter("proposal_id"))
    }


def _task(row: asyncpg.Record) -> Task:
    return Task(
        task_id=row["task_id"],
        unit=row["unit"],
        role=Role(row["role"]),
        state=TaskState(row["state"]),
        generation=row["generation"],
        parent=row["parent"],
        duty=row["duty"],
        sign=_due(row["sign"]),
        return_by=row["return_by"],
        answer=_due(row["answer"]),
        proposed_unit=row["proposed_unit"],
        returned_on=row["returned_on"],
    )


def _explained(due: Due | None) -> str | None:
    return due.model_dump_json() if due is not None else None


def _due(explained: str | None) -> Due | None:
    return Due.model_validate_json(explained) if explained is not None else None


async def open_assignment(tx: Tx, accepted: ProposalAccepted) -> None:
    """A filed proposal lands on the desk."""
    await tx.execute(
        "INSERT INTO assignments (proposal_id, number) VALUES ($1, $2)"
        " ON CONFLICT (proposal_id) DO UPDATE SET number = excluded.number",
        accepted.proposal_id,
        accepted.number,
    )


async def join_group(tx: Tx, merged: ProposalsMerged) -> None:
    """From now on a proposal is handled with the main one of its group."""
    await tx.execute(
        "UPDATE assignments SET merged_into = nullif($2, $1) WHERE proposal_id = $1",
        merged.proposal_id,
        merged.main,
    )


async def record(tx: Tx, *events: OurEvent) -> None:
    """Tell these events, and let the tables say the same."""
    for event in events:
        tx.record(event)
        await _apply(tx, event)


async def _apply(tx: Tx, event: OurEvent) -> None:
    match event:
        case HandlersAssigned() | WorkHandedDown():
            await _give(tx, event)
        case HandlersReassigned():
            await tx.execute(
                "UPDATE tasks SET state = 'ended', ended_on = $3"
                " WHERE proposal_id = $1 AND task_id = ANY($2)",
                event.proposal_id,
                event.ended,
                event.on,
            )
            await _give(tx, event)
        case AssignmentSigned():
            await tx.execute(
                "UPDATE tasks SET state = 'signed', signed_on = $3"
                " WHERE proposal_id = $1 AND task_id = $2",
                event.proposal_id,
                event.task_id,
                event.on,
            )
        case AssignmentReturned():
            await _return(tx, event)
        case ReturnDecided():
            await _settle_return(tx, event)
        case WorkCompleted():
            await tx.execute(
                "UPDATE tasks SET state = 'completed', completed_on = $3, summary = $4"
                " WHERE proposal_id = $1 AND task_id = $2",
                event.proposal_id,
                event.task_id,
                event.on,
                event.summary,
            )
        case WorkRolledUp():
            await tx.execute(
                "UPDATE tasks SET rolled_up_on = $3 WHERE proposal_id = $1 AND task_id = $2",
                event.proposal_id,
                event.task_id,
                event.on,
            )
        case _:
            assert_never(event)


async def _give(tx: Tx, event: GivesTasks) -> None:
    await tx.executemany(
        """
        INSERT INTO tasks (proposal_id, task_id, unit, role, state, generation, parent, duty,
                           sign, return_by, answer, given_on)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """,
        [
            (
                event.proposal_id,
                task.task_id,
                task.unit,
                task.role,
                TaskState.at_first(task.role),
                task.generation,
                task.parent,
                task.duty,
                *(
                    due and due.model_dump_json()
                    for due in (task.sign, task.return_by, task.answer)
                ),
                event.on,
            )
            for task in event.tasks
        ],
    )


async def _return(tx: Tx, event: AssignmentReturned) -> None:
    await tx.execute(
        "UPDATE tasks SET state = 'returned' WHERE proposal_id = $1 AND task_id = $2",
        event.proposal_id,
        event.task_id,
    )
    await tx.execute(
        """
        INSERT INTO returns (proposal_id, nth, task_id, returned_on, reason_code, reason,
                             proposed_unit, decide)
        SELECT $1, count(*) + 1, $2, $3, $4, $5, $6, $7 FROM returns WHERE proposal_id = $1
        """,
        event.proposal_id,
        event.task_id,
        event.on,
        event.reason_code,
        event.reason,
        event.proposed_unit,
        event.decide.model_dump_json(),
    )


async def _settle_return(tx: Tx, event: ReturnDecided) -> None:
    await tx.execute(
        "UPDATE returns SET decided_on = $3, upheld = $4, why = $5"
        " WHERE proposal_id = $1 AND task_id = $2 AND decided_on IS NULL",
        event.proposal_id,
        event.task_id,
        event.on,
        event.upheld,
        event.why,
    )
    if not event.upheld:
        await tx.execute(
            "UPDATE tasks SET state = 'unsigned', sign = coalesce($3, sign)"
            " WHERE proposal_id = $1 AND task_id = $2",
            event.proposal_id,
            event.task_id,
            _explained(event.sign),
        )


async def assignment(tx: Tx, proposal_id: ProposalId) -> AssignmentView:
    """The whole assignment with every explanation, for a page."""
    row = await tx.fetchrow(
        "SELECT proposal_id, number, merged_into FROM assignments WHERE proposal_id = $1",
        proposal_id,
    )
    if row is None:
        raise NotFiled
    tasks = await tx.fetch(
        "SELECT * FROM tasks WHERE proposal_id = $1 ORDER BY ordinal", proposal_id
    )
    returns = await tx.fetch(
        "SELECT * FROM returns WHERE proposal_id = $1 ORDER BY nth", proposal_id
    )
    known = await tx.reference()
    return AssignmentView(
        **row,
        tasks=[
            TaskView.model_validate(
                {
                    **task,
                    "unit_name": known.name(task["unit"]),
                    "sign": _due(task["sign"]),
                    "return_by": _due(task["return_by"]),
                    "answer": _due(task["answer"]),
                }
            )
            for task in tasks
        ],
        returns=[
            ReturnView.model_validate(
                {
                    **returned,
                    "proposed_unit_name": known.name(returned["proposed_unit"]),
                    "decide": _due(returned["decide"]),
                }
            )
            for returned in returns
        ],
    )


async def tasks(
    tx: Tx, *, unit: UnitCode | None, state: TaskState | None, limit: int, after: Position | None
) -> TaskList:
    """Tasks by the number of their proposal, those that follow ``after``."""
    rows = await tx.fetch(
        """
        SELECT proposal_id, number, task_id, unit, role, state, parent, duty, given_on,
               (sign->>'on')::date AS sign_by,
               (return_by->>'on')::date AS return_by,
               (answer->>'on')::date AS answer_by
          FROM tasks
          JOIN assignments USING (proposal_id)
         WHERE ($1::text IS NULL OR unit = $1)
           AND ($2::text IS NULL OR state = $2)
           AND ($3::text IS NULL OR (number, task_id) > ($3, $4))
         ORDER BY number, task_id
         LIMIT $5
        """,
        unit,
        state,
        *(after or (None, None)),
        limit + 1,
    )
    known = await tx.reference()
    lines = [TaskLine(**row, unit_name=known.name(row["unit"])) for row in rows[:limit]]
    last = lines[-1] if len(rows) > limit else None
    return TaskList(tasks=lines, next=f"{last.number}/{last.task_id}" if last else None)
