"""Reading: one assignment, whole; lists of tasks; how many are answered."""

from datetime import date

import asyncpg

from services.assignment.domain.assignment import TaskState
from services.assignment.domain.refusals import NotFiled
from services.assignment.store.desk import due
from services.assignment.store.items import item_views
from services.assignment.store.seeing import may_see, proposals_of, units_within
from services.assignment.views import (
    AnswersView,
    AssignmentView,
    Counts,
    ExtensionView,
    ItemsView,
    ObjectionView,
    PauseView,
    ProgressView,
    ReturnView,
    TaskLine,
    TaskList,
    TasksWithoutHeir,
    TaskView,
    TaskWithoutHeir,
)
from shared.contracts.assignment import Consent, Role
from shared.contracts.event import ProposalId, UnitCode
from shared.policy import Sight
from shared.reference import Reference
from shared.work import Tx

Position = tuple[str, str]  # a proposal's number, a task's id

ALL_TASKS = """
    SELECT proposal_id, number, task_id, unit, role, state, parent, duty, given_on, answered_on,
           paused_on, wanted_until, officer_name, stage,
           (sign->>'on')::date AS sign_by, (return_by->>'on')::date AS return_by,
           (answer->>'on')::date AS answer_by
      FROM tasks
     WHERE ($1::text[] IS NULL OR proposal_id = ANY($1))
       AND ($2::text IS NULL OR state = $2)
       AND ($3::text IS NULL OR role = $3)
       AND ($4::boolean IS NULL OR (answered_on IS NOT NULL) = $4)
       AND ($5::text IS NULL OR (number, task_id) > ($5, $6))
     ORDER BY number, task_id
     LIMIT $7
    """
TASKS_OF_UNITS = """
    SELECT theirs.*
      FROM unnest($1::text[]) AS wanted (code)
     CROSS JOIN LATERAL (
           SELECT proposal_id, number, task_id, unit, role, state, parent, duty, given_on,
                  answered_on, paused_on, wanted_until, officer_name, stage,
                  (sign->>'on')::date AS sign_by, (return_by->>'on')::date AS return_by,
                  (answer->>'on')::date AS answer_by
             FROM tasks
            WHERE unit = wanted.code
              AND ($2::text IS NULL OR state = $2)
              AND ($3::text IS NULL OR role = $3)
              AND ($4::boolean IS NULL OR (answered_on IS NOT NULL) = $4)
              AND ($5::text IS NULL OR (number, task_id) > ($5, $6))
            ORDER BY number, task_id
            LIMIT $7) AS theirs
     ORDER BY number, task_id
     LIMIT $7
    """
ALL_DUE = """
    SELECT proposal_id, number, task_id, unit, role, state, parent, duty, given_on, answered_on,
           paused_on, wanted_until, officer_name, stage,
           (sign->>'on')::date AS sign_by, (return_by->>'on')::date AS return_by,
           (answer->>'on')::date AS answer_by
      FROM tasks
     WHERE answered_on IS NULL AND state NOT IN ('completed', 'ended', 'noted')
       AND answer->>'on' <= $2
       AND ($1::text[] IS NULL OR proposal_id = ANY($1))
       AND ($3::text IS NULL OR state = $3)
       AND ($4::text IS NULL OR role = $4)
       AND ($5::text IS NULL OR (answer->>'on', number, task_id) > ($5, $6, $7))
     ORDER BY answer->>'on', number, task_id
     LIMIT $8
    """
DUE_OF_UNITS = """
    SELECT theirs.*
      FROM unnest($1::text[]) AS wanted (code)
     CROSS JOIN LATERAL (
           SELECT proposal_id, number, task_id, unit, role, state, parent, duty, given_on,
                  answered_on, paused_on, wanted_until, officer_name, stage,
                  (sign->>'on')::date AS sign_by, (return_by->>'on')::date AS return_by,
                  (answer->>'on')::date AS answer_by
             FROM tasks
            WHERE unit = wanted.code
              AND answered_on IS NULL AND state NOT IN ('completed', 'ended', 'noted')
              AND answer->>'on' <= $2
              AND ($3::text IS NULL OR state = $3)
              AND ($4::text IS NULL OR role = $4)
              AND ($5::text IS NULL OR (answer->>'on', number, task_id) > ($5, $6, $7))
            ORDER BY answer->>'on', number, task_id
            LIMIT $8) AS theirs
     ORDER BY answer_by, number, task_id
     LIMIT $8
    """


async def tasks(
    tx: Tx,
    *,
    unit: UnitCode | None,
    state: TaskState | None,
    role: Role | None,
    answered: bool | None,
    sight: Sight,
    limit: int,
    after: Position | None,
) -> TaskList:
    """Tasks by the number of their proposal, those that follow ``after``."""
    page = (state, role, answered, *(after or (None, None)), limit + 1)
    if sight.person is not None:
        rows = await tx.fetch(ALL_TASKS, await proposals_of(tx, sight.person), *page)
    elif (units := units_within(unit, sight)) is None:
        rows = await tx.fetch(ALL_TASKS, None, *page)
    else:
        rows = await tx.fetch(TASKS_OF_UNITS, units, *page)
    lines = _lines(rows[:limit], await tx.reference())
    last = lines[-1] if len(rows) > limit else None
    return TaskList(tasks=lines, next=f"{last.number}/{last.task_id}" if last else None)


async def tasks_without_heir(
    tx: Tx, *, sight: Sight, limit: int, after: Position | None
) -> TasksWithoutHeir:
    """What units hold that are no more, and that the office has to give to one of their heirs."""
    units = units_within(None, sight)
    rows = await tx.fetch(
        """
        SELECT proposal_id, number, task_id, unit, role, state, parent, duty, given_on, answered_on,
               paused_on, wanted_until, officer_name, stage, heirs,
               (sign->>'on')::date AS sign_by, (return_by->>'on')::date AS return_by,
               (answer->>'on')::date AS answer_by
          FROM tasks
         WHERE heirs IS NOT NULL AND state NOT IN ('completed', 'ended')
           AND ($1::text[] IS NULL OR unit = ANY($1))
           AND ($2::text[] IS NULL OR proposal_id = ANY($2))
           AND ($3::text IS NULL OR (number, task_id) > ($3, $4))
         ORDER BY number, task_id
         LIMIT $5
        """,
        units,
        await proposals_of(tx, sight.person) if sight.person is not None else None,
        *(after or (None, None)),
        limit + 1,
    )
    known = await tx.reference()
    lines = [
        TaskWithoutHeir(
            **row,
            unit_name=known.name(row["unit"]),
            heir_names=[known.name(one) for one in row["heirs"]],
        )
        for row in rows[:limit]
    ]
    last = lines[-1] if len(rows) > limit else None
    return TasksWithoutHeir(tasks=lines, next=f"{last.number}/{last.task_id}" if last else None)


async def tasks_due(
    tx: Tx,
    *,
    by: date,
    unit: UnitCode | None,
    state: TaskState | None,
    role: Role | None,
    sight: Sight,
    limit: int,
    after: tuple[str, str, str] | None,
) -> TaskList:
    """What is still owed by a day, the earliest date first."""
    page = (by.isoformat(), state, role, *(after or (None, None, None)), limit + 1)
    if sight.person is not None:
        rows = await tx.fetch(ALL_DUE, await proposals_of(tx, sight.person), *page)
    elif (units := units_within(unit, sight)) is None:
        rows = await tx.fetch(ALL_DUE, None, *page)
    else:
        rows = await tx.fetch(DUE_OF_UNITS, units, *page)
    lines = _lines(rows[:limit], await tx.reference())
    last = lines[-1] if len(rows) > limit else None
    next_page = f"{last.answer_by}/{last.number}/{last.task_id}" if last else None
    return TaskList(tasks=lines, next=next_page)


def _lines(rows: list[asyncpg.Record], known: Reference) -> list[TaskLine]:
    return [TaskLine(**row, unit_name=known.name(row["unit"])) for row in rows]


async def assignment(tx: Tx, proposal_id: ProposalId, *, sight: Sight) -> AssignmentView:
    """The whole assignment with every explanation, for a page."""
    row = await tx.fetchrow(
        """
        SELECT proposal_id, number, merged_into, withdrawn_on, answered_on, key_leader
          FROM assignments
          LEFT JOIN proposals USING (proposal_id)
         WHERE proposal_id = $1
        """,
        proposal_id,
    )
    if row is None or not await may_see(tx, proposal_id, sight=sight):
        raise NotFiled
    known = await tx.reference()
    items = await item_views(tx, proposal_id)
    return AssignmentView(
        proposal_id=row["proposal_id"],
        number=row["number"],
        merged_into=row["merged_into"],
        withdrawn_on=row["withdrawn_on"],
        key_leader=row["key_leader"],
        tasks=[_task(one, known) for one in await _rows(tx, "tasks", proposal_id)],
        returns=[_return(one, known) for one in await _rows(tx, "returns", proposal_id)],
        objections=[_objection(one, known) for one in await _rows(tx, "objections", proposal_id)],
        extensions=[ExtensionView(**one) for one in await _rows(tx, "extensions", proposal_id)],
        pauses=[PauseView(**one) for one in await _rows(tx, "pauses", proposal_id)],
        progress=[ProgressView(**one) for one in await _rows(tx, "progress", proposal_id)],
        answers=await _answers_view(tx, proposal_id, answered_on=row["answered_on"]),
        items=ItemsView(
            planned=len(items),
            open=sum(item.state == "open" for item in items),
            completed=sum(item.state == "completed" for item in items),
            dropped=sum(item.state == "dropped" for item in items),
            items=items,
        ),
    )


STATEMENTS = {
    "tasks": "SELECT * FROM tasks WHERE proposal_id = $1 ORDER BY ordinal",
    "returns": "SELECT * FROM returns WHERE proposal_id = $1 ORDER BY nth",
    "objections": "SELECT * FROM objections WHERE proposal_id = $1 ORDER BY nth",
    "extensions": "SELECT * FROM extensions WHERE proposal_id = $1 ORDER BY nth",
    "pauses": "SELECT * FROM pauses WHERE proposal_id = $1 ORDER BY nth",
    "progress": "SELECT *, on_day AS on FROM progress WHERE proposal_id = $1 ORDER BY nth",
}


async def _rows(tx: Tx, what: str, proposal_id: ProposalId) -> list[asyncpg.Record]:
    return await tx.fetch(STATEMENTS[what], proposal_id)


def _task(row: asyncpg.Record, known: Reference) -> TaskView:
    dates = ("sign", "return_by", "answer", "contact", "object_by")
    return TaskView.model_validate(
        {
            **row,
            **{name: due(row[name]) for name in dates},
            "unit_name": known.name(row["unit"]),
            "named_then": row["named"] or known.name(row["unit"]),
            "answers_proposer": row["parent"] is None and Role(row["role"]).answers_proposer,
        }
    )


def _return(row: asyncpg.Record, known: Reference) -> ReturnView:
    return ReturnView.model_validate(
        {
            **row,
            "proposed_unit_name": known.name(row["proposed_unit"]),
            "decide": due(row["decide"]),
            "consent": Consent.model_validate_json(row["consent"]) if row["consent"] else None,
        }
    )


def _objection(row: asyncpg.Record, known: Reference) -> ObjectionView:
    return ObjectionView.model_validate(
        {
            **row,
            "proposed_unit_name": known.name(row["proposed_unit"]),
            "decide": due(row["decide"]),
            "present": row["present"] or [],
        }
    )


async def _answers_view(
    tx: Tx, proposal_id: ProposalId, *, answered_on: date | None
) -> AnswersView:
    """How many replies are owed to a proposal and how many it has got."""
    row = await tx.fetchrow(
        """
        SELECT (SELECT count(*)
                  FROM assignments
                  JOIN tasks
                    ON tasks.proposal_id = coalesce(merged_into, assignments.proposal_id)
                 WHERE assignments.proposal_id = $1
                   AND parent IS NULL AND role IN ('lead', 'split') AND state <> 'ended') AS owing,
               (SELECT count(*) FROM rounds WHERE proposal_id = $1 AND reply_id IS NOT NULL)
                   AS replies,
               (SELECT count(*) FROM rounds WHERE proposal_id = $1 AND reply_id IS NULL) AS again
        """,
        proposal_id,
    )
    assert row is not None
    return AnswersView(
        answering_units=row["owing"],
        replies=row["replies"],
        redo_open=row["again"],
        answered_on=answered_on,
    )


async def counts(tx: Tx, *, year: int, unit: UnitCode | None, sight: Sight) -> Counts:
    """Proposals and replies of a year, each counted for itself: a proposal may owe several."""
    units = units_within(unit, sight)
    row = await tx.fetchrow(
        """
        WITH answering AS (
            SELECT tasks.proposal_id, tasks.task_id, role
              FROM tasks
             WHERE number >= $1 AND number < $2
               AND parent IS NULL AND role IN ('lead', 'split') AND state <> 'ended'
               AND ($3::text[] IS NULL OR unit = ANY($3))
        )
        SELECT count(DISTINCT proposal_id) AS handed_over,
               count(DISTINCT proposal_id) FILTER (WHERE assignments.answered_on IS NOT NULL)
                   AS answered,
               count(*) AS replies_owed,
               count(*) FILTER (
                   WHERE EXISTS (SELECT FROM rounds
                                  WHERE rounds.proposal_id = answering.proposal_id
                                    AND rounds.task_id = answering.task_id
                                    AND reply_id IS NOT NULL)) AS replies_sent,
               count(DISTINCT proposal_id) FILTER (
                   WHERE role = 'lead' AND NOT EXISTS (
                       SELECT FROM tasks AS others
                        WHERE others.proposal_id = answering.proposal_id
                          AND others.parent IS NULL AND others.role = 'co_handle'
                          AND others.state <> 'ended')) AS alone
          FROM answering
          JOIN assignments USING (proposal_id)
        """,
        f"{year}",
        f"{year + 1}",
        units,
    )
    assert row is not None
    return Counts(year=year, **row)
