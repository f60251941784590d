"""The books of all services, laid side by side: what must agree, whatever happened."""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from shared.contracts import EVERY_EVENT
from tests.simulation.wish import NotAsItShouldBe
from tests.world import SERVICES, Carried, World

KEYS = ("proposal_id", "task_id", "clock_id", "reply_id", "promise_id", "matter_id", "type")
NOTHING: dict[str, Any] = {}
SAID = 1500  # characters of what was found, of each kind


def _differ(one: str, other: str) -> str:
    return f"""
        SELECT 'the first' AS only_in, * FROM ({one} EXCEPT {other}) AS first_one
         UNION ALL
        SELECT 'the other' AS only_in, * FROM ({other} EXCEPT {one}) AS other_one
        """  # noqa: S608


def _holes(books: str, *, number: str) -> str:
    return f"""
        SELECT unit, year, array_agg({number} ORDER BY {number}) AS numbers
          FROM (SELECT *, substring(book::text FROM '〔([0-9]+)〕') AS year
                  FROM ({books}) AS book) AS yearly
         GROUP BY unit, year
        HAVING max({number}) <> count(*) OR count(DISTINCT {number}) <> count(*)
        """  # noqa: S608


# Each query finds what should never be. In a test all services keep their books in one database.
NEVER = {
    "a unit's part shown otherwise than it is": _differ(
        "SELECT proposal_id, task_id, unit, role, generation, parent, signed_on, ended_on"
        "  FROM assignment.tasks",
        "SELECT proposal_id, task_id, unit, role, generation, parent, signed_on, ended_on"
        "  FROM portal.tasks WHERE role IS NOT NULL",
    ),
    "an opinion of a unit shown otherwise than it was given": _differ(
        "SELECT proposal_id, task_id, answered_on FROM assignment.tasks"
        " WHERE role = 'co_handle' AND parent IS NULL AND ended_on IS NULL",
        "SELECT proposal_id, task_id, answered_on FROM portal.tasks"
        " WHERE role = 'co_handle' AND parent IS NULL AND ended_on IS NULL",
    ),
    "a unit's part known otherwise to the reply room": _differ(
        "SELECT proposal_id, task_id, unit, role, signed_on, ended_on"
        "  FROM assignment.tasks WHERE parent IS NULL",
        "SELECT proposal_id, task_id, unit, role, signed_on, ended_on FROM reply.tasks",
    ),
    "a unit's part known otherwise to escalation": _differ(
        "SELECT proposal_id, task_id, unit, role, parent, state IN ('returned', 'objected')"
        "  FROM assignment.tasks JOIN assignment.assignments USING (proposal_id)"
        " WHERE state <> 'ended' AND withdrawn_on IS NULL",
        "SELECT proposal_id, task_id, unit, role, parent, returned"
        "  FROM escalation.handlers WHERE NOT ended",
    ),
    "neither one lead nor a split set": """
        SELECT proposal_id
          FROM assignment.tasks
         WHERE parent IS NULL AND state <> 'ended'
         GROUP BY proposal_id
        HAVING NOT (count(*) FILTER (WHERE role = 'lead') = 1
                    AND count(*) FILTER (WHERE role = 'split') = 0
                    OR count(*) FILTER (WHERE role = 'lead') = 0
                    AND count(*) FILTER (WHERE role = 'split') > 0)
        """,
    "work that is open below a task that ended": """
        SELECT below.proposal_id, below.task_id
          FROM assignment.tasks AS below
          JOIN assignment.tasks AS above
            ON above.proposal_id = below.proposal_id AND above.task_id = below.parent
         WHERE above.state = 'ended' AND below.state NOT IN ('completed', 'ended')
        """,
    "a clock shown otherwise than it runs": _differ(
        "SELECT proposal_id, due_on,"
        "       CASE WHEN awaits IN ('return_decision', 'decide_objection', 'rating') THEN ''"
        "            ELSE unit END,"
        "       CASE awaits WHEN 'signing' THEN 'sign' WHEN 'rating' THEN 'rate'"
        "                   WHEN 'return_decision' THEN 'decide' ELSE awaits END"
        "  FROM escalation.clocks WHERE state = 'running' AND awaits <> 'decide_extension'",
        "SELECT proposal_id, due_on,"
        "       CASE WHEN kind IN ('decide', 'decide_objection', 'rate') THEN '' ELSE unit END,"
        "       CASE kind WHEN 'redo' THEN 'reply' ELSE kind END"
        "  FROM portal.open_clocks",
    ),
    "a clock that runs for a task that ended": """
        SELECT clocks.proposal_id, clocks.clock_id
          FROM escalation.clocks
          JOIN assignment.assignments USING (proposal_id)
          JOIN assignment.tasks
            ON tasks.proposal_id = coalesce(merged_into, assignments.proposal_id)
           AND tasks.task_id = clocks.subject
         WHERE clocks.state = 'running' AND tasks.state = 'ended'
        """,
    "a unit that owes a signature without its clock": _differ(
        "SELECT proposal_id, task_id FROM assignment.tasks WHERE state = 'unsigned'",
        "SELECT proposal_id, subject FROM escalation.clocks"
        " WHERE awaits = 'signing' AND state = 'running'",
    ),
    "a round that is owed without its one clock": _differ(
        """
        SELECT coalesce(void.proposal_id, rounds.proposal_id) AS proposal_id,
               rounds.task_id, 1::bigint AS clocks
          FROM reply.rounds
          LEFT JOIN reply.members ON members.proposal_id = rounds.proposal_id
          JOIN reply.tasks ON tasks.task_id = rounds.task_id
          LEFT JOIN reply.replies AS void
            ON NOT redo AND because = 'sent_back' AND handled_in = rounds.proposal_id
           AND void.task_id = rounds.task_id AND void.round = rounds.round - 1
         WHERE tasks.proposal_id = CASE WHEN redo THEN coalesce(main, rounds.proposal_id)
                                        ELSE rounds.proposal_id END
           AND rounds.issued_on IS NULL AND rounds.ended_on IS NULL AND tasks.ended_on IS NULL
        """,
        """
        SELECT proposal_id, subject, count(*)
          FROM escalation.clocks
         WHERE awaits = 'reply' AND state IN ('running', 'paused')
         GROUP BY proposal_id, subject
        """,
    ),
    "an opinion that is owed without its one clock": _differ(
        """
        SELECT proposal_id, task_id, 1::bigint AS clocks
          FROM reply.tasks
         WHERE role = 'co_handle' AND ended_on IS NULL
           AND NOT EXISTS (SELECT FROM reply.opinions
                            WHERE opinions.proposal_id = tasks.proposal_id
                              AND opinions.task_id = tasks.task_id AND withdrawn_on IS NULL)
           -- What a lead did without is owed no more, until it is given after all and taken back.
           AND NOT EXISTS (SELECT FROM reply.replies
                            WHERE handled_in = tasks.proposal_id
                              AND tasks.unit = ANY(without_opinions)
                              AND NOT EXISTS (SELECT FROM reply.opinions
                                               WHERE opinions.proposal_id = tasks.proposal_id
                                                 AND opinions.task_id = tasks.task_id
                                                 AND given_on >= replies.issued_on))
        """,
        """
        SELECT proposal_id, subject, count(*)
          FROM escalation.clocks
         WHERE awaits = 'opinion' AND state IN ('running', 'paused')
         GROUP BY proposal_id, subject
        """,
    ),
    "a promise that is owed without its clock": _differ(
        "SELECT proposal_id, promise_id, due_on FROM reply.promises"
        " WHERE kept_on IS NULL AND broken_on IS NULL AND void_on IS NULL",
        "SELECT proposal_id, subject, due_on FROM escalation.clocks"
        " WHERE awaits = 'promise' AND state = 'running'",
    ),
    "a reply that a proposal of its group did not get": """
        SELECT issued.reply_id, members.proposal_id
          FROM reply.replies AS issued
          JOIN reply.members ON members.main = issued.proposal_id
         WHERE issued.handled_in = issued.proposal_id AND issued.round = 1
           AND NOT EXISTS (SELECT FROM reply.replies AS own
                            WHERE own.proposal_id = members.proposal_id
                              AND own.reply_id = issued.reply_id)
        """,
    "a reply without anybody who put the proposal": """
        SELECT proposal_id, reply_id
          FROM reply.replies
         WHERE NOT EXISTS (SELECT FROM reply.proposers
                            WHERE proposers.proposal_id = replies.proposal_id)
        """,
    "a due date without its explanation": """
        SELECT proposal_id, clock_id
          FROM portal.clocks
         WHERE due_on IS NOT NULL AND kind <> 'promise'
           AND (due -> 'steps' -> -1 ->> 'day')::date IS DISTINCT FROM due_on
        """,
    "an alarm told more often than its clock was started": """
        SELECT aggregateid, clock_id, type, rung
          FROM escalation.events,
               json_to_record(convert_from(payload, 'UTF8')::json) AS told (clock_id text, rung int)
          JOIN escalation.clocks USING (clock_id)
         WHERE clocks.proposal_id = aggregateid
         GROUP BY aggregateid, clock_id, type, rung
        HAVING count(*) > max(generation)
        """,
    "a reply shown otherwise than it was sent": _differ(
        "SELECT proposal_id, reply_id, document_number, result_class, days_late, issued_on"
        "  FROM reply.replies",
        "SELECT proposal_id, reply_id, document_number, result_class, days_late, issued_on"
        "  FROM portal.replies",
    ),
    "a rating shown otherwise than it was given": _differ(
        "SELECT proposal_id, reply_id, proposer, process, result, rated_on FROM reply.ratings",
        "SELECT proposal_id, reply_id, proposer, process, result, rated_on FROM portal.ratings",
    ),
    "a promise shown otherwise than it stands": _differ(
        "SELECT proposal_id, promise_id, unit, due_on, made_on, kept_on FROM reply.promises",
        "SELECT proposal_id, promise_id, unit, due_on, made_on, kept_on FROM portal.promises",
    ),
    "a matter shown otherwise than it stands": _differ(
        "SELECT proposal_id, matter_id, rule, flagged_on, lead, decided_on FROM escalation.matters",
        "SELECT proposal_id, matter_id, rule, flagged_on, new_lead,"
        "       coalesce(decided_on, dismissed_on) FROM portal.matters",
    ),
    "document numbers of a unit with holes or doubles": _holes(
        "SELECT unit, document_number FROM reply.replies"
        " UNION ALL SELECT unit, second_number FROM reply.replies WHERE second_number IS NOT NULL",
        number="substring(document_number FROM '〕(.+)号')::int",
    ),
    "numbers of opinions with holes or doubles": _holes(
        "SELECT unit, document_number FROM reply.opinions WHERE document_number IS NOT NULL",
        number="substring(document_number FROM '〕(.+)号')::int",
    ),
    "numbers of proposals with holes or doubles": _holes(
        "SELECT left(number, 4) AS unit, number FROM intake.proposals WHERE number IS NOT NULL",
        number="substring(number FROM 5)::int",
    ),
    "numbers of supervisions with holes or doubles": _holes(
        "SELECT left(number, 7) AS unit, number FROM escalation.supervisions",
        number="substring(number FROM '〕(.+)号')::int",
    ),
    "a proposal that intake and the portal count differently": _differ(
        "SELECT proposal_id, number, key, nullif(main, proposal_id) FROM intake.proposals",
        "SELECT proposal_id, number, is_key IS TRUE, merged_into FROM portal.proposals",
    ),
}


async def disagreements(world: World) -> dict[str, Any]:
    """What should never be, and is."""
    found: dict[str, Any] = {}
    async with world["portal"].desk.transaction() as tx:
        # Services ask by key; here whole tables are laid side by side.
        await tx.execute("SET LOCAL enable_seqscan = on")
        for what, query in NEVER.items():
            found[what] = [dict(row) for row in await tx.fetch(query)]
    told: set[tuple[str, str, int]] = set()
    for service in SERVICES:
        found[f"parked by {service}"] = await world.rows(service, "SELECT type, why FROM parked")
        rows = await world.rows(service, "SELECT key, sequence FROM streams WHERE sequence > 0")
        told.update((f"/huiban/{service}", row["key"], row["sequence"]) for row in rows)
    for service in SERVICES:
        rows = await world.rows(service, "SELECT source, key, sequence FROM cursors")
        heard = {(row["source"], row["key"], row["sequence"]) for row in rows}
        # Nobody need be told what it told of proposals itself; registry keeps its own facts too.
        others = {one for one in told if one[0] != f"/huiban/{service}"}
        found[f"not heard to the end by {service}"] = sorted(others - heard)
    return {what: wrong for what, wrong in found.items() if wrong}


def must_be_empty(found: Mapping[str, object]) -> None:
    """Say what was found, and no more than one can read.

    Raises:
        NotAsItShouldBe: there is something.
    """
    if wrong := {what: rows for what, rows in found.items() if rows}:
        raise NotAsItShouldBe(
            "\n".join(f"{what}: {str(rows)[:SAID]}" for what, rows in wrong.items())
        )


async def everything_told(world: World) -> list[Carried]:
    """Every event that was ever told of a proposal, in the order in which it happened."""
    rows = [
        row
        for service in SERVICES
        for row in await world.rows(
            service, "SELECT * FROM events WHERE topic = 'proposals' ORDER BY seq"
        )
    ]
    return [
        world.record(
            EVERY_EVENT[row["type"]].model_validate_json(row["payload"]),
            sequence=row["aggregateseq"],
            id=row["id"],
        )
        for row in sorted(rows, key=lambda row: row["occurred_at"])
    ]


# When a row was told differs, and what told the store how to lay it over is nothing that it says.
UNSEEN: dict[str, Any] = {"at": None, "unanswered": None, "reopened": None}
READ_SIDE = {
    "proposals": "SELECT * FROM proposals ORDER BY proposal_id",
    "texts": "SELECT * FROM texts ORDER BY proposal_id",
    "tasks": "SELECT * FROM tasks ORDER BY proposal_id, task_id",
    "clocks": "SELECT * FROM clocks ORDER BY proposal_id, clock_id",
    "replies": "SELECT * FROM replies ORDER BY proposal_id, reply_id",
    "ratings": "SELECT * FROM ratings ORDER BY proposal_id, reply_id, proposer",
    "promises": "SELECT * FROM promises ORDER BY proposal_id, promise_id",
    "matters": "SELECT * FROM matters ORDER BY proposal_id, matter_id",
    "timeline": "SELECT * FROM timeline ORDER BY proposal_id, teller, sequence",
}


ReadSide = dict[str, list[dict[str, Any]]]


def must_be_the_same(one: ReadSide, other: ReadSide) -> None:
    """Say in which columns rows differ, and no more than one can read.

    Raises:
        NotAsItShouldBe: a table of one read side is not that of the other.
    """
    must_be_empty(
        {
            f"{table} built anew": [
                _differences(row, anew)
                for row, anew in zip_longest(one[table], other[table], fillvalue=NOTHING)
                if row != anew
            ]
            for table in one
        }
    )


def _differences(row: dict[str, Any], anew: dict[str, Any]) -> dict[str, Any]:
    """What both have in common of the key, and each column that is another, before and after."""
    return {
        name: (row.get(name), anew.get(name))
        for name in row | anew
        if name in KEYS or row.get(name) != anew.get(name)
    }


async def read_side(world: World) -> ReadSide:
    """All that the portal shows, but for the instants at which it was told."""
    return {
        table: [row | UNSEEN for row in await world.rows("portal", query)]
        for table, query in READ_SIDE.items()
    }
