"""Clocks: who owes what by when, and what was told of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import asyncpg

from services.escalation.domain.clock import Awaited, Clock
from services.escalation.domain.lights import Light
from services.escalation.domain.stopping import pause, stopped
from shared.calendar import ONE_DAY
from shared.contracts.event import ProposalId, TaskId, UnitCode
from shared.contracts.reply import PromiseInherited
from shared.nearness import Horizon
from shared.policy import Sight
from shared.work import Tx

LONGEST_PART = 200_000  # how many proposals a sweep takes up at a time


async def running_clocks(
    tx: Tx, proposal_ids: Sequence[ProposalId]
) -> dict[ProposalId, list[Clock]]:
    """The clocks of some proposals that still run, the most urgent first."""
    found: dict[ProposalId, list[Clock]] = defaultdict(list)
    rows = await tx.fetch(
        "SELECT * FROM clocks WHERE proposal_id = ANY($1) AND state = 'running'"
        " ORDER BY due_on, clock_id",
        list(proposal_ids),
    )
    for row in rows:
        found[row["proposal_id"]].append(clock_in(row))
    return found


async def all_clocks(tx: Tx, proposal_id: ProposalId) -> list[Clock]:
    """Every clock of a proposal, whatever became of it."""
    rows = await tx.fetch(
        "SELECT * FROM clocks WHERE proposal_id = $1 ORDER BY clock_id", proposal_id
    )
    return [clock_in(row) for row in rows]


async def clocks_awaiting(
    tx: Tx, proposal_id: ProposalId, *awaits: Awaited, subject: str
) -> list[Clock]:
    """The clocks that an act upon this task, reply or promise stops, running or not."""
    rows = await tx.fetch(
        "SELECT * FROM clocks"
        " WHERE proposal_id = $1 AND awaits = ANY($2) AND subject = $3 ORDER BY clock_id",
        proposal_id,
        list(awaits),
        subject,
    )
    return [clock_in(row) for row in rows]


async def silent_clocks(tx: Tx, proposal_id: ProposalId, units: Sequence[UnitCode]) -> list[Clock]:
    """The running clocks for opinions of units without which the reply went out."""
    rows = await tx.fetch(
        "SELECT * FROM clocks"
        " WHERE proposal_id = $1 AND awaits = $2 AND unit = ANY($3) AND state = 'running'",
        proposal_id,
        Awaited.OPINION,
        list(units),
    )
    return [clock_in(row) for row in rows]


async def proposals_to_look_at(tx: Tx, *, on: date, looked_with: str) -> list[ProposalId]:
    """Proposals with a clock whose day has come, or that was last looked at with other rules."""
    rows = await tx.fetch(
        """
        SELECT DISTINCT proposal_id
          FROM clocks
         WHERE state = 'running'
           AND (next_look_on <= $1 OR looked_with < $2 OR looked_with > $2)
         ORDER BY proposal_id
         LIMIT $3
        """,
        on,
        looked_with,
        LONGEST_PART,
    )
    return [row["proposal_id"] for row in rows]


async def look_again_on(
    tx: Tx, looks: Sequence[tuple[Clock, date | None]], *, looked_with: str
) -> None:
    """Note when to look at clocks again: bookkeeping of the sweep, no fact about a proposal."""
    if not looks:
        return
    await tx.execute(
        """
        UPDATE clocks
           SET next_look_on = looks.day, looked_with = $4
          FROM unnest($1::text[], $2::text[], $3::date[]) AS looks (proposal_id, clock_id, day)
         WHERE clocks.proposal_id = looks.proposal_id
           AND clocks.clock_id = looks.clock_id
        """,
        [clock.proposal_id for clock, _ in looks],
        [clock.clock_id for clock, _ in looks],
        [day for _, day in looks],
        looked_with,
    )


async def open_clocks(tx: Tx, clocks: Sequence[Clock]) -> None:
    """Clocks start; one that ran before starts over in its next generation, with nothing told.

    A proposal that was withdrawn has none any more, but for what its replies promised.
    """
    await tx.executemany(
        """
        INSERT INTO clocks (proposal_id, clock_id, clock, awaits, subject, unit, started_on,
                            due_on, provisional, next_look_on)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $7
         WHERE $4 = 'promise'
            OR NOT EXISTS (SELECT FROM proposals WHERE proposal_id = $1 AND withdrawn)
            ON CONFLICT (proposal_id, clock_id) DO UPDATE
           SET generation = clocks.generation + 1, clock = excluded.clock,
               awaits = excluded.awaits, subject = excluded.subject, unit = excluded.unit,
               started_on = excluded.started_on, due_on = excluded.due_on,
               provisional = excluded.provisional, since = NULL, state = 'running',
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
                clock.provisional,
            )
            for clock in clocks
        ],
    )


async def stop_clock(tx: Tx, clock: Clock, *, on: date) -> None:
    """What was owed was done on this day, and only that day says whether it was late."""
    await stand_clocks(tx, [stopped(clock, on=on)], look_on=on)


async def pause_clock(tx: Tx, clock: Clock, *, on: date) -> None:
    """A clock stands still."""
    await stand_clocks(tx, [pause(clock, on=on)], look_on=on)


async def stand_clocks(tx: Tx, clocks: Iterable[Clock], *, look_on: date) -> None:
    """Clocks stand as they are given here; those that run are looked at on this day."""
    await tx.executemany(
        """
        UPDATE clocks
           SET state = $3, stopped_on = $4, due_on = $5, provisional = $6, since = $7,
               generation = $8, near_told = $9, missed = $10, told_rungs = $11, unit = $12,
               next_look_on = $13
         WHERE proposal_id = $1 AND clock_id = $2
        """,
        [
            (
                clock.proposal_id,
                clock.clock_id,
                clock.state,
                clock.stopped_on,
                clock.due_on,
                clock.provisional,
                clock.since,
                clock.generation,
                clock.near_told,
                clock.missed,
                sorted(clock.told_rungs),
                clock.unit,
                look_on,
            )
            for clock in clocks
        ],
    )


async def end_clocks(tx: Tx, proposal_id: ProposalId, task_ids: Sequence[TaskId]) -> None:
    """Tasks ended: their clocks are dead, also those of what was merged into this proposal."""
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
                                           WHERE handlers.proposal_id = proposals.proposal_id
                                             AND NOT ended)))
           AND subject = ANY($2)
           AND state IN ('running', 'paused')
        """,
        proposal_id,
        task_ids,
    )


async def end_clocks_awaiting(
    tx: Tx, proposal_id: ProposalId, *awaits: Awaited, subjects: Sequence[str]
) -> None:
    """What these clocks waited for is void: nobody owes it any more."""
    await tx.execute(
        "UPDATE clocks SET state = 'dead'"
        " WHERE proposal_id = $1 AND awaits = ANY($2) AND subject = ANY($3)"
        " AND state IN ('running', 'paused')",
        proposal_id,
        list(awaits),
        list(subjects),
    )


async def hand_on_promise(tx: Tx, inherited: PromiseInherited) -> None:
    """Another unit has to keep it, by the same day."""
    await tx.execute(
        "UPDATE clocks SET unit = $3 WHERE proposal_id = $1 AND awaits = $4 AND subject = $2",
        inherited.proposal_id,
        inherited.promise_id,
        inherited.unit,
        Awaited.PROMISE,
    )


async def clocks_of(tx: Tx, proposal_id: ProposalId) -> list[Clock]:
    """All clocks of a proposal, in the order in which they started."""
    rows = await tx.fetch(
        "SELECT * FROM clocks WHERE proposal_id = $1 ORDER BY started_on, due_on, clock_id",
        proposal_id,
    )
    return [clock_in(row) for row in rows]


async def clocks(
    tx: Tx,
    horizon: Horizon,
    *,
    sight: Sight,
    unit: UnitCode | None,
    light: Light | None,
    limit: int,
    offset: int,
) -> list[tuple[Clock, str | None]]:
    """Clocks with their proposals' numbers, the most urgent first; running ones, unless asked."""
    if light is Light.GREY:
        return await _ended_clocks(tx, sight=sight, unit=unit, limit=limit, offset=offset)
    first, last = {
        Light.RED: (date.min, horizon.on - ONE_DAY),
        Light.YELLOW: (horizon.on, horizon.latest),
        Light.GREEN: (horizon.on, date.max),
    }.get(light or Light.GREY, (date.min, date.max))
    rows = await tx.fetch(
        """
        SELECT clocks.*, number
          FROM clocks
          LEFT JOIN proposals USING (proposal_id)
         CROSS JOIN LATERAL (
               SELECT coalesce((SELECT until FROM unnest($6::text[], $7::date[])
                                                  AS near (clock, until)
                                 WHERE near.clock
                                       IN (clocks.clock, split_part(clocks.clock, ':', 1))
                                 ORDER BY length(near.clock) DESC
                                 LIMIT 1), $5) AS near_until) AS horizon
         WHERE state = $2
           AND due_on BETWEEN $3 AND $4
           AND ($8::text IS NULL OR (due_on <= near_until) = ($8 = 'yellow') OR $8 = 'red')
           AND ($1::text IS NULL OR unit = $1)
           AND ($9
                OR EXISTS (SELECT FROM concerned
                            WHERE concerned.proposal_id = clocks.proposal_id
                              AND concerned.unit = ANY($10))
                OR EXISTS (SELECT FROM proposers
                            WHERE proposers.proposal_id = clocks.proposal_id AND person = $11))
         ORDER BY due_on, clocks.proposal_id, clock_id
         LIMIT $12 OFFSET $13
        """,
        unit,
        "paused" if light is Light.PAUSED else "running",
        first,
        last,
        horizon.otherwise,
        list(horizon.by_clock),
        list(horizon.by_clock.values()),
        light if light is not Light.PAUSED else None,
        sight.everything,
        list(sight.units),
        sight.person,
        limit,
        offset,
    )
    return [(clock_in(row), row["number"]) for row in rows]


async def _ended_clocks(
    tx: Tx, *, sight: Sight, unit: UnitCode | None, limit: int, offset: int
) -> list[tuple[Clock, str | None]]:
    rows = await tx.fetch(
        """
        SELECT clocks.*, number
          FROM clocks LEFT JOIN proposals USING (proposal_id)
         WHERE state IN ('stopped', 'dead')
           AND ($1::text IS NULL OR unit = $1)
           AND ($2
                OR EXISTS (SELECT FROM concerned
                            WHERE concerned.proposal_id = clocks.proposal_id
                              AND concerned.unit = ANY($3))
                OR EXISTS (SELECT FROM proposers
                            WHERE proposers.proposal_id = clocks.proposal_id AND person = $4))
         ORDER BY due_on, clocks.proposal_id, clock_id
         LIMIT $5 OFFSET $6
        """,
        unit,
        sight.everything,
        list(sight.units),
        sight.person,
        limit,
        offset,
    )
    return [(clock_in(row), row["number"]) for row in rows]


def clock_in(row: asyncpg.Record) -> Clock:
    """The clock in a row."""
    columns: dict[str, Any] = {name: row[name] for name in Clock.__dataclass_fields__}
    columns["awaits"] = Awaited(columns["awaits"])
    columns["told_rungs"] = frozenset(columns["told_rungs"])
    return Clock(**columns)
