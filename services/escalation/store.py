"""Everything that escalation keeps: clocks, who handles what, and matters for the city."""

from collections.abc import Sequence
from datetime import date
from typing import Any, assert_never

import asyncpg

from services.escalation.domain.clock import Awaited, Clock
from services.escalation.domain.lights import Horizon, Light
from services.escalation.domain.proposal import Handler, Matter, Proposal, Return
from services.escalation.views import MatterView
from shared.contracts.assignment import AssignmentReturned, Role, Task
from shared.contracts.escalation import (
    CoordinationDecided,
    CoordinationFlagged,
    DeadlineMissed,
    DeadlineNear,
    ReminderSent,
)
from shared.contracts.event import ProposalId, TaskId, UnitCode
from shared.contracts.intake import ProposalAccepted, ProposalsMerged
from shared.refusals import Unknown
from shared.work import Tx

OurEvent = DeadlineNear | DeadlineMissed | ReminderSent | CoordinationFlagged | CoordinationDecided


async def lock_proposal(tx: Tx, proposal_id: ProposalId) -> Proposal:
    """The proposal as coordination sees it, locked until the transaction ends."""
    await tx.lock(proposal_id)
    generation = await tx.fetchval(
        "SELECT generation FROM proposals WHERE proposal_id = $1", proposal_id
    )
    if generation is None:
        raise Unknown(what="提案", id=proposal_id)
    handlers = await tx.fetch(
        "SELECT task_id, unit, role, parent, returned FROM handlers"
        " WHERE proposal_id = $1 AND NOT ended ORDER BY task_id",
        proposal_id,
    )
    returns = await tx.fetch(
        'SELECT unit, proposed_unit, returned_on AS "on" FROM returns'
        " WHERE proposal_id = $1 ORDER BY n",
        proposal_id,
    )
    matters = await tx.fetch(
        "SELECT matter_id, rule, generation, state, decided_on FROM matters"
        " WHERE proposal_id = $1 ORDER BY length(matter_id), matter_id",
        proposal_id,
    )
    return Proposal(
        proposal_id,
        generation,
        handlers=tuple(Handler(**{**row, "role": Role(row["role"])}) for row in handlers),
        returns=tuple(Return(**row) for row in returns),
        matters=tuple(Matter(**row) for row in matters),
    )


async def running_clocks(tx: Tx, proposal_id: ProposalId) -> list[Clock]:
    """The clocks of a proposal that still run, the most urgent first."""
    rows = await tx.fetch(
        "SELECT * FROM clocks WHERE proposal_id = $1 AND state = 'running'"
        " ORDER BY due_on, clock_id",
        proposal_id,
    )
    return [_clock(row) for row in rows]


async def clocks_awaiting(
    tx: Tx, proposal_id: ProposalId, awaits: Awaited, *, subject: str
) -> list[Clock]:
    """The clocks that an act upon this task, reply or promise stops, running or not."""
    rows = await tx.fetch(
        "SELECT * FROM clocks"
        " WHERE proposal_id = $1 AND awaits = $2 AND subject = $3 ORDER BY clock_id",
        proposal_id,
        awaits,
        subject,
    )
    return [_clock(row) for row in rows]


async def proposals_to_look_at(tx: Tx, *, on: date, looked_with: str) -> list[ProposalId]:
    """Proposals with a clock whose day has come, or that was last looked at with other rules."""
    rows = await tx.fetch(
        """
        SELECT DISTINCT proposal_id
          FROM clocks
         WHERE state = 'running'
           AND (next_look_on <= $1 OR looked_with < $2 OR looked_with > $2)
         ORDER BY proposal_id
        """,
        on,
        looked_with,
    )
    return [row["proposal_id"] for row in rows]


async def record(tx: Tx, *events: OurEvent) -> None:
    """Tell these events, and let the tables say the same."""
    for event in events:
        tx.record(event)
        await _apply(tx, event)


async def _apply(tx: Tx, event: OurEvent) -> None:
    match event:
        case DeadlineNear():
            await tx.execute(
                "UPDATE clocks SET near_told = true WHERE proposal_id = $1 AND clock_id = $2",
                event.proposal_id,
                event.clock_id,
            )
        case DeadlineMissed():
            await tx.execute(
                "UPDATE clocks SET missed = true WHERE proposal_id = $1 AND clock_id = $2",
                event.proposal_id,
                event.clock_id,
            )
        case ReminderSent():
            await tx.execute(
                "UPDATE clocks SET told_rungs = told_rungs || $3::int"
                " WHERE proposal_id = $1 AND clock_id = $2",
                event.proposal_id,
                event.clock_id,
                event.rung,
            )
        case CoordinationFlagged():
            await _open_matter(tx, event)
        case CoordinationDecided():
            await tx.execute(
                "UPDATE matters SET state = 'decided', decision = $3, effect = $4, lead = $5,"
                " decided_by = $6, decided_on = $7 WHERE proposal_id = $1 AND matter_id = $2",
                event.proposal_id,
                event.matter_id,
                event.decision,
                event.effect.kind,
                event.effect.lead,
                event.by.name,
                event.on,
            )
        case _:
            assert_never(event)


async def _open_matter(tx: Tx, event: CoordinationFlagged) -> None:
    await tx.execute(
        """
        INSERT INTO matters (proposal_id, matter_id, rule, generation, evidence, parties,
                             flagged_by, flagged_on)
        SELECT $1, $2, $3, generation, $4, $5, $6, $7 FROM proposals WHERE proposal_id = $1
        """,
        event.proposal_id,
        event.matter_id,
        event.rule,
        event.evidence,
        event.parties,
        event.by.name,
        event.on,
    )


async def look_again_on(tx: Tx, clock: Clock, *, day: date | None, looked_with: str) -> None:
    """Note when to look at a clock again: bookkeeping of the sweep, no fact about the proposal."""
    await tx.execute(
        "UPDATE clocks SET next_look_on = $3, looked_with = $4"
        " WHERE proposal_id = $1 AND clock_id = $2",
        clock.proposal_id,
        clock.clock_id,
        day,
        looked_with,
    )


async def open_proposal(tx: Tx, accepted: ProposalAccepted) -> None:
    """A filed proposal: whose committee collects the ratings."""
    await tx.execute(
        """
        INSERT INTO proposals (proposal_id, number, committee) VALUES ($1, $2, $3)
            ON CONFLICT (proposal_id) DO UPDATE
           SET number = excluded.number, committee = excluded.committee
        """,
        accepted.proposal_id,
        accepted.number,
        accepted.by.unit,
    )


async def join_group(tx: Tx, merged: ProposalsMerged) -> None:
    """From now on a proposal is handled with the main one of its group."""
    await tx.execute(
        "INSERT INTO proposals (proposal_id, main) VALUES ($1, nullif($2, $1))"
        " ON CONFLICT (proposal_id) DO UPDATE SET main = excluded.main",
        merged.proposal_id,
        merged.main,
    )


async def open_handlers(
    tx: Tx,
    proposal_id: ProposalId,
    tasks: Sequence[Task],
    *,
    generation: int = 0,
    office: UnitCode | None = None,
) -> None:
    """Units received their parts; with the office that gave them, if it was the office."""
    await tx.execute(
        """
        INSERT INTO proposals (proposal_id, generation, office) VALUES ($1, $2, $3)
            ON CONFLICT (proposal_id) DO UPDATE
           SET generation = greatest(proposals.generation, excluded.generation),
               office = coalesce(excluded.office, proposals.office)
        """,
        proposal_id,
        generation,
        office,
    )
    await tx.executemany(
        "INSERT INTO handlers (proposal_id, task_id, unit, role, parent)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        [(proposal_id, task.task_id, task.unit, task.role, task.parent) for task in tasks],
    )


async def open_return(tx: Tx, returned: AssignmentReturned) -> None:
    """A unit wants to give its task back."""
    await tx.execute(
        "INSERT INTO returns (proposal_id, unit, proposed_unit, returned_on)"
        " VALUES ($1, $2, $3, $4)",
        returned.proposal_id,
        returned.unit,
        returned.proposed_unit,
        returned.on,
    )
    await tx.execute(
        "UPDATE handlers SET returned = true WHERE proposal_id = $1 AND task_id = $2",
        returned.proposal_id,
        returned.task_id,
    )


async def keep_handler(tx: Tx, proposal_id: ProposalId, task_id: TaskId) -> None:
    """A return was refused: the unit goes on."""
    await tx.execute(
        "UPDATE handlers SET returned = false WHERE proposal_id = $1 AND task_id = $2",
        proposal_id,
        task_id,
    )


async def end_handlers(tx: Tx, proposal_id: ProposalId, task_ids: Sequence[TaskId]) -> None:
    """Tasks ended: their units are out of it, and their running clocks are dead, group-wide."""
    await tx.execute(
        "UPDATE handlers SET ended = true WHERE proposal_id = $1 AND task_id = ANY($2)",
        proposal_id,
        task_ids,
    )
    await tx.execute(
        """
        UPDATE clocks
           SET state = 'dead'
         WHERE (proposal_id = $1
                OR proposal_id IN (SELECT proposal_id
                                     FROM proposals
                                    WHERE main = $1
                                      AND NOT EXISTS (
                                          SELECT FROM handlers
                                           WHERE handlers.proposal_id = proposals.proposal_id)))
           AND subject = ANY($2)
           AND state = 'running'
        """,
        proposal_id,
        task_ids,
    )


async def lock_home(tx: Tx, proposal_id: ProposalId) -> ProposalId:
    """The proposal in whose tasks this one is handled, locked: the main one of its group."""
    home: ProposalId = await tx.fetchval(
        """
        SELECT CASE WHEN EXISTS (SELECT FROM handlers WHERE proposal_id = $1) THEN $1
                    ELSE coalesce((SELECT main FROM proposals WHERE proposal_id = $1), $1)
               END
        """,
        proposal_id,
    )
    await tx.lock(home)
    return home


async def has_ended(tx: Tx, proposal_id: ProposalId, task_id: TaskId) -> bool:
    """Whether a task of this proposal went to others."""
    ended: bool | None = await tx.fetchval(
        "SELECT ended FROM handlers WHERE proposal_id = $1 AND task_id = $2", proposal_id, task_id
    )
    return bool(ended)


async def open_clocks(tx: Tx, clocks: Sequence[Clock]) -> None:
    """Clocks start; one that ran before starts over in its next generation, with nothing told."""
    await tx.executemany(
        """
        INSERT INTO clocks (proposal_id, clock_id, clock, awaits, subject, unit, started_on,
                            due_on, next_look_on)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7)
            ON CONFLICT (proposal_id, clock_id) DO UPDATE
           SET generation = clocks.generation + 1, clock = excluded.clock,
               awaits = excluded.awaits, subject = excluded.subject, unit = excluded.unit,
               started_on = excluded.started_on, due_on = excluded.due_on, state = 'running',
               stopped_on = NULL, near_told = false, missed = false, told_rungs = '{}',
               next_look_on = excluded.next_look_on
        """,
        [
            (
                clock.proposal_id,
                clock.clock_id,
                clock.clock,
                clock.awaits,
                clock.subject,
                clock.unit,
                clock.started_on,
                clock.due_on,
            )
            for clock in clocks
        ],
    )


async def stop_clock(tx: Tx, clock: Clock, *, on: date) -> None:
    """What was owed was done on this day, and only that day says whether it was late."""
    await tx.execute(
        "UPDATE clocks SET state = 'stopped', stopped_on = $3, missed = $3 > due_on"
        " WHERE proposal_id = $1 AND clock_id = $2",
        clock.proposal_id,
        clock.clock_id,
        on,
    )


async def run_on(tx: Tx, clock: Clock, *, on: date) -> None:
    """A clock that stood still runs again."""
    await tx.execute(
        "UPDATE clocks SET state = 'running', stopped_on = NULL, due_on = $3, next_look_on = $4"
        " WHERE proposal_id = $1 AND clock_id = $2",
        clock.proposal_id,
        clock.clock_id,
        clock.due_on,
        on,
    )


async def silent_clocks(tx: Tx, proposal_id: ProposalId, units: Sequence[UnitCode]) -> list[Clock]:
    """The running clocks for opinions of units without which the reply went out."""
    rows = await tx.fetch(
        "SELECT * FROM clocks"
        " WHERE proposal_id = $1 AND awaits = $2 AND unit = ANY($3) AND state = 'running'",
        proposal_id,
        Awaited.OPINION,
        units,
    )
    return [_clock(row) for row in rows]


async def office_of(tx: Tx, proposal_id: ProposalId) -> UnitCode | None:
    """The unit that handed the proposal over."""
    found: UnitCode | None = await tx.fetchval(
        "SELECT office FROM proposals WHERE proposal_id = $1", proposal_id
    )
    return found


async def committee_of(tx: Tx, proposal_id: ProposalId) -> UnitCode | None:
    """The unit that filed the proposal."""
    found: UnitCode | None = await tx.fetchval(
        "SELECT committee FROM proposals WHERE proposal_id = $1", proposal_id
    )
    return found


async def number_of(tx: Tx, proposal_id: ProposalId) -> tuple[str | None, int]:
    """The number of a proposal, and its generation."""
    row = await tx.fetchrow(
        "SELECT number, generation FROM proposals WHERE proposal_id = $1", proposal_id
    )
    if row is None:
        raise Unknown(what="提案", id=proposal_id)
    return row["number"], row["generation"]


async def clocks_of(tx: Tx, proposal_id: ProposalId) -> list[Clock]:
    """All clocks of a proposal, in the order in which they started."""
    rows = await tx.fetch(
        "SELECT * FROM clocks WHERE proposal_id = $1 ORDER BY started_on, due_on, clock_id",
        proposal_id,
    )
    return [_clock(row) for row in rows]


async def matters_of(tx: Tx, proposal_id: ProposalId) -> list[MatterView]:
    """All matters of a proposal, in the order in which they were flagged."""
    rows = await tx.fetch(
        "SELECT * FROM matters WHERE proposal_id = $1 ORDER BY length(matter_id), matter_id",
        proposal_id,
    )
    return [MatterView.model_validate(dict(row)) for row in rows]


async def clocks(
    tx: Tx,
    horizon: Horizon,
    *,
    unit: UnitCode | None,
    light: Light | None,
    limit: int,
    offset: int,
) -> list[tuple[Clock, str | None]]:
    """Clocks with their proposals' numbers, the most urgent first; running ones, unless grey."""
    rows = await tx.fetch(
        """
        SELECT clocks.*, number
          FROM clocks LEFT JOIN proposals USING (proposal_id)
         WHERE (state = 'running') = ($2::text IS DISTINCT FROM 'grey')
           AND ($1::text IS NULL OR unit = $1)
           AND CASE $2::text
               WHEN 'red' THEN due_on < $3
               WHEN 'yellow' THEN due_on BETWEEN $3 AND $4
               WHEN 'green' THEN due_on > greatest($3, $4)
               ELSE true
               END
         ORDER BY due_on, proposal_id, clock_id
         LIMIT $5 OFFSET $6
        """,
        unit,
        light,
        horizon.on,
        horizon.near_until,
        limit,
        offset,
    )
    return [(_clock(row), row["number"]) for row in rows]


def _clock(row: asyncpg.Record) -> Clock:
    columns: dict[str, Any] = {name: row[name] for name in Clock.__dataclass_fields__}
    columns["awaits"] = Awaited(columns["awaits"])
    columns["told_rungs"] = frozenset(columns["told_rungs"])
    return Clock(**columns)
