"""A proposal as the first release left it: its rows as they were kept, its events as they were
told, and an upgrade since. Longhua had answered, and was asked in April 2024 to answer again."""

import json
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg

from shared.contracts import EVERY_EVENT
from shared.postgres import migrate, migrations, open_pool
from tests.waiting import comes_true
from tests.world import World

TOLD_THEN = Path(__file__).parents[1] / "house" / "told" / "0.1.0"
CASE = "9f1c2b1e-5d1c-4c8e-8a53-0a3f20240080"
AFTER_FIRST_RELEASE = "0002"  # it had the backbone, and one migration of each service
LEAD, CO_HANDLER = "D07", "D01"

TOLD = {
    "intake": ("ProposalSubmitted", "ProposalAccepted"),
    "assignment": ("HandlersAssigned", "AssignmentSigned"),
    "reply": (
        "ContactRecorded",
        "OpinionGiven",
        "ReplyDrafted",
        "ReplyApproved",
        "ReplyIssued",
        "PromiseMade",
        "ReplyRated",
        "RedoOrdered",
    ),
}
# What each service kept of it, in the tables of that release; $1 is all that was told.
KEPT = {
    "intake": """
        INSERT INTO proposals
              (proposal_id, year, title, text, kind, proposer_names, proposer_persons, category,
               suggested_units, wants_publication, origin, source, submitted_on, state, number,
               reviewed_on)
        SELECT told ->> 'proposal_id', 2024, told ->> 'title', told ->> 'text', 'joint',
               '{王志毅,等6位委员}', '{proposer.wang,""}', '经济', '{D07}', true, 'real',
               told ->> 'source', '2024-01-15', 'accepted', '20240080', '2024-01-18'
          FROM (SELECT $1::jsonb -> 'ProposalSubmitted' AS told) AS submitted
        """,
    "assignment": """
        WITH desk AS (
             INSERT INTO assignments (proposal_id, number)
             VALUES ($1::jsonb -> 'ProposalSubmitted' ->> 'proposal_id', '20240080')
             RETURNING proposal_id)
        INSERT INTO tasks (proposal_id, task_id, unit, role, state, generation, duty, sign,
                           return_by, answer, given_on, signed_on)
        SELECT proposal_id, task ->> 'task_id', task ->> 'unit', task ->> 'role', 'signed', 1, '',
               task -> 'sign', task -> 'return_by', task -> 'answer', '2024-01-22', '2024-01-24'
          FROM desk, jsonb_array_elements($1::jsonb -> 'HandlersAssigned' -> 'tasks') AS task
        """,
    "reply": """
        WITH told AS (SELECT $1::jsonb -> 'ReplyIssued' AS letter,
                             $1::jsonb -> 'ReplyIssued' ->> 'proposal_id' AS p),
        one AS (INSERT INTO proposals (proposal_id, title)
                SELECT p, $1::jsonb -> 'ProposalSubmitted' ->> 'title' FROM told
                RETURNING proposal_id),
        two AS (INSERT INTO proposers (proposal_id, position, name, person)
                SELECT proposal_id, position, name, person
                  FROM one, (VALUES (0, '王志毅', 'proposer.wang'), (1, '等6位委员', NULL))
                            AS known (position, name, person)),
        three AS (INSERT INTO tasks (proposal_id, task_id, unit, role, answer_by, signed_on)
                  SELECT p, task_id, unit, role, answer_by::date, '2024-01-24'
                    FROM told, (VALUES ('D07.1', 'D07', 'lead', '2024-04-22'),
                                       ('D01.1', 'D01', 'co_handle', '2024-02-22'))
                               AS given (task_id, unit, role, answer_by)),
        four AS (INSERT INTO rounds (proposal_id, task_id, round, answer_by, redo, issued_on)
                 SELECT p, 'D07.1', round, answer_by::date, redo, issued_on::date
                   FROM told, (VALUES (1, '2024-04-22', false, '2024-03-22'),
                                      (2, '2024-07-02', true, NULL))
                              AS owed (round, answer_by, redo, issued_on)),
        five AS (INSERT INTO contacts (proposal_id, task_id, unit, round, kind, people, summary,
                                       talked_on, noted_by)
                 SELECT p, 'D07.1', 'D07', 1, 'visit', '{王志毅}', '当面听取意见', '2024-02-06',
                        '龙华区经办人' FROM told),
        six AS (INSERT INTO opinions (proposal_id, task_id, unit, lead, opinion, days_late,
                                      given_on, given_by)
                SELECT p, 'D01.1', 'D01', 'D07', '支持', 3, '2024-02-27', '福田区负责人' FROM told),
        seven AS (INSERT INTO drafts (proposal_id, task_id, round, draft, unit, result_class,
                                      drafted_on, drafted_by, drafter, approved_on, approver)
                  SELECT p, 'D07.1', 1, 2, 'D07', 'B', '2024-03-20', 'officer.D07', '龙华区经办人',
                         '2024-03-21', '龙华区负责人' FROM told
                  RETURNING proposal_id),
        eight AS (INSERT INTO letter_books (unit, year, last) VALUES ('D07', 2024, 12)),
        nine AS (INSERT INTO replies (proposal_id, reply_id, task_id, unit, round, document_number,
                                      result_class, meaning, summary, handled_in, without_opinions,
                                      days_late, rate_by, issued_on, issued_by)
                 SELECT p, 'D07.r1', 'D07.1', 'D07', 1, letter ->> 'document_number', 'B',
                        'in_progress', letter ->> 'summary', p, '{}', 0, '2024-04-15', '2024-03-22',
                        '龙华区负责人' FROM told
                 RETURNING proposal_id),
        ten AS (INSERT INTO ratings (proposal_id, reply_id, proposer, process, result, comment,
                                     rated_on, entered_by)
                SELECT proposal_id, 'D07.r1', '王志毅', 'satisfied', 'dissatisfied', '',
                       '2024-04-02', 'proposer.wang' FROM nine)
        INSERT INTO promises (proposal_id, promise_id, reply_id, unit, text, due_on, made_on)
        SELECT proposal_id, 'D07.r1.p1', 'D07.r1', 'D07', '发布项目清单', '2024-10-31', '2024-03-22'
          FROM nine
        """,
    "escalation": """
        WITH told AS (SELECT $1::jsonb -> 'ReplyIssued' ->> 'proposal_id' AS p),
        one AS (INSERT INTO proposals (proposal_id, number, committee, office, generation)
                SELECT p, '20240080', 'C004', 'C007', 1 FROM told),
        two AS (INSERT INTO handlers (proposal_id, task_id, unit, role)
                SELECT p, unit || '.1', unit, role
                  FROM told, (VALUES ('D07', 'lead'), ('D01', 'co_handle')) AS given (unit, role))
        INSERT INTO clocks (proposal_id, clock_id, clock, awaits, subject, unit, started_on, due_on,
                            state, stopped_on)
        SELECT p, clock_id, clock, awaits, subject, unit, started_on::date, due_on::date, state,
               stopped_on::date
          FROM told, (VALUES
               ('D07.1/reply', 'reply', 'reply', 'D07.1', 'D07', '2024-01-22', '2024-04-22',
                'stopped', '2024-03-22'),
               ('D07.r1/rate', 'rate', 'rating', 'D07.r1', 'C004', '2024-03-22', '2024-04-15',
                'running', NULL),
               ('D07.r1/redo', 'redo', 'reply', 'D07.1', 'D07', '2024-04-02', '2024-07-02',
                'running', NULL),
               ('D07.r1.p1/promise', 'promise', 'promise', 'D07.r1.p1', 'D07', '2024-03-22',
                '2024-10-31', 'running', NULL))
               AS kept (clock_id, clock, awaits, subject, unit, started_on, due_on, state,
                        stopped_on)
        """,
    "portal": "SELECT $1::jsonb",  # it hears everything anew
}


def as_told() -> dict[str, dict[str, Any]]:
    """The events of that time by their short names, of two of the units that handled it."""
    found = {
        short: json.loads((TOLD_THEN / f"huiban.{teller}.{short}.v1.json").read_text("utf-8"))
        for teller, names in TOLD.items()
        for short in names
    }
    assigned = found["HandlersAssigned"]
    assigned["tasks"] = [one for one in assigned["tasks"] if one["unit"] in (LEAD, CO_HANDLER)]
    found["ReplyIssued"] |= {"without_opinions": [], "without_opinions_because": None}
    return found


async def left_by_the_first_release(url: str) -> None:
    """All services but the registry are as they were then, and have heard what was told."""
    told = as_told()
    for service, kept in KEPT.items():
        async with open_pool(url, schema=service, size=1) as pool:
            await pool.execute(f"DROP SCHEMA {service} CASCADE")
            await pool.execute(f"CREATE SCHEMA {service}")
            scripts = [
                one for one in migrations(f"services.{service}") if one[0] < AFTER_FIRST_RELEASE
            ]
            await migrate(pool, scripts, schema=service)
            await pool.fetch(kept, json.dumps(told))
            await _tell(pool, service, told)
            if service != "portal":
                await _has_heard(pool, service)
    async with open_pool(url, schema="registry", size=1) as pool:
        await pool.execute("UPDATE events SET published_at = NULL")


async def told_to_the_portal(world: World) -> None:
    """The portal hears everything anew, in the order in which it happened."""
    for teller, names in TOLD.items():
        await world.rows(teller, "UPDATE events SET published_at = NULL WHERE topic = 'proposals'")
        await comes_true(partial(_portal_has_heard, world, teller, len(names)))
    await world.settle()


async def _portal_has_heard(world: World, teller: str, sequence: int) -> bool:
    found = await world.rows(
        "portal",
        "SELECT FROM cursors WHERE source = $1 AND key = $2 AND sequence = $3",
        f"/huiban/{teller}",
        CASE,
        sequence,
    )
    return bool(found)


async def _tell(
    pool: "asyncpg.Pool[asyncpg.Record]", service: str, told: dict[str, dict[str, Any]]
) -> None:
    for sequence, short in enumerate(TOLD.get(service, ()), start=1):
        event = EVERY_EVENT[f"huiban.{service}.{short}.v1"]
        await pool.execute(
            "INSERT INTO events (id, aggregatetype, aggregateid, aggregateseq, topic, type,"
            " payload, occurred_at, published_at) VALUES ($1, $2, $3, $4, 'proposals', $5, $6,"
            " ($7::text || 'T10:00:00+08:00')::timestamptz, now())",
            uuid4(),
            service,
            CASE,
            sequence,
            event.type_name(),
            json.dumps(told[short]).encode(),
            told[short]["on"],
        )
    await pool.execute(
        "INSERT INTO streams (key, sequence) VALUES ($1, $2)", CASE, len(TOLD.get(service, ()))
    )


async def _has_heard(pool: "asyncpg.Pool[asyncpg.Record]", service: str) -> None:
    for teller, names in TOLD.items():
        if teller != service:
            await pool.execute(
                "INSERT INTO cursors (source, key, sequence) VALUES ($1, $2, $3)",
                f"/huiban/{teller}",
                CASE,
                len(names),
            )
