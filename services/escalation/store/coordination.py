"""Matters for the city: parties, positions, meetings, the decision, and what came of it."""

from datetime import date

from services.escalation.views import (
    FollowUpView,
    MatterView,
    MeetingView,
    PositionView,
    RuleFigures,
)
from shared.contracts.escalation import (
    CoordinationCarriedOut,
    CoordinationDecided,
    CoordinationDismissed,
    CoordinationFlagged,
    CoordinationFollowedUp,
    CoordinationMeetingHeld,
    PositionStated,
)
from shared.contracts.event import ProposalId
from shared.policy import Sight
from shared.work import Tx


async def open_matter(tx: Tx, event: CoordinationFlagged) -> None:
    """A flagged matter waits for a leader."""
    await tx.execute(
        """
        INSERT INTO matters (proposal_id, matter_id, rule, generation, evidence, parties,
                             flagged_by, flagged_on, decide_by, promise_id)
        SELECT $1, $2, $3, generation, $4, $5, $6, $7, $8, $9
          FROM proposals WHERE proposal_id = $1
        """,
        event.proposal_id,
        event.matter_id,
        event.rule,
        event.evidence,
        event.parties,
        event.by.name,
        event.on,
        event.decide.on if event.decide is not None else None,
        event.promise_id,
    )


async def state_position(tx: Tx, event: PositionStated) -> None:
    """A party's latest word."""
    await tx.execute(
        """
        INSERT INTO positions (proposal_id, matter_id, unit, position, stated_by, stated_on)
        VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (proposal_id, matter_id, unit) DO UPDATE
           SET position = excluded.position, stated_by = excluded.stated_by,
               stated_on = excluded.stated_on
        """,
        event.proposal_id,
        event.matter_id,
        event.unit,
        event.position,
        event.by.name,
        event.on,
    )


async def hold_meeting(tx: Tx, event: CoordinationMeetingHeld) -> None:
    """The minutes of a meeting."""
    await tx.execute(
        "INSERT INTO meetings (proposal_id, matter_id, held_on, present, minutes)"
        " VALUES ($1, $2, $3, $4, $5)",
        event.proposal_id,
        event.matter_id,
        event.held_on,
        event.present,
        event.minutes,
    )


async def decide_matter(tx: Tx, event: CoordinationDecided) -> None:
    """The leader's word, and what it changes."""
    await tx.execute(
        """
        UPDATE matters
           SET state = 'decided', decision = $3, effect = $4, lead = $5, effect_unit = $6,
               effect_role = $7, effect_due_on = $8, decided_by = $9, decided_on = $10
         WHERE proposal_id = $1 AND matter_id = $2
        """,
        event.proposal_id,
        event.matter_id,
        event.decision,
        event.effect.kind,
        event.effect.lead,
        event.effect.unit,
        event.effect.role,
        event.effect.due_on,
        event.by.name,
        event.on,
    )


async def dismiss_matter(tx: Tx, event: CoordinationDismissed) -> None:
    """The flag was wrong."""
    await tx.execute(
        "UPDATE matters SET state = 'dismissed', dismissed_why = $3, decided_by = $4,"
        " decided_on = $5 WHERE proposal_id = $1 AND matter_id = $2",
        event.proposal_id,
        event.matter_id,
        event.why,
        event.by.name,
        event.on,
    )


async def carry_out(tx: Tx, event: CoordinationCarriedOut) -> None:
    """What was decided is done."""
    await tx.execute(
        "UPDATE matters SET carried_out_on = $3, carried_out_says = $4"
        " WHERE proposal_id = $1 AND matter_id = $2",
        event.proposal_id,
        event.matter_id,
        event.on,
        event.says,
    )


async def follow_up(tx: Tx, event: CoordinationFollowedUp) -> None:
    """What the office saw of a decision's effect."""
    await tx.execute(
        "INSERT INTO follow_ups (proposal_id, matter_id, says, seen_by, seen_on)"
        " VALUES ($1, $2, $3, $4, $5)",
        event.proposal_id,
        event.matter_id,
        event.says,
        event.by.name,
        event.on,
    )


async def matters_of(tx: Tx, proposal_id: ProposalId) -> list[MatterView]:
    """All matters of a proposal with their stories, in the order in which they were flagged."""
    rows = await tx.fetch(
        "SELECT matters.*, number FROM matters LEFT JOIN proposals USING (proposal_id)"
        " WHERE proposal_id = $1 ORDER BY length(matter_id), matter_id",
        proposal_id,
    )
    positions = await tx.fetch(
        "SELECT * FROM positions WHERE proposal_id = $1 ORDER BY stated_on, unit", proposal_id
    )
    meetings = await tx.fetch(
        "SELECT * FROM meetings WHERE proposal_id = $1 ORDER BY held_on, n", proposal_id
    )
    follow_ups = await tx.fetch(
        "SELECT * FROM follow_ups WHERE proposal_id = $1 ORDER BY seen_on, n", proposal_id
    )
    return [
        MatterView(
            **dict(row),
            positions=[
                PositionView(**dict(one))
                for one in positions
                if one["matter_id"] == row["matter_id"]
            ],
            meetings=[
                MeetingView(**dict(one)) for one in meetings if one["matter_id"] == row["matter_id"]
            ],
            follow_ups=[
                FollowUpView(**dict(one))
                for one in follow_ups
                if one["matter_id"] == row["matter_id"]
            ],
        )
        for row in rows
    ]


async def matters(
    tx: Tx, *, sight: Sight, state: str | None, rule: str | None, limit: int, offset: int
) -> list[MatterView]:
    """Matters that somebody may see, the newest first."""
    rows = await tx.fetch(
        """
        SELECT matters.*, number
          FROM matters LEFT JOIN proposals USING (proposal_id)
         WHERE ($1::text IS NULL OR state = $1)
           AND ($2::text IS NULL OR rule = $2)
           AND ($3
                OR EXISTS (SELECT FROM concerned
                            WHERE concerned.proposal_id = matters.proposal_id
                              AND concerned.unit = ANY($4))
                OR EXISTS (SELECT FROM proposers
                            WHERE proposers.proposal_id = matters.proposal_id AND person = $5))
         ORDER BY flagged_on DESC, matters.proposal_id, matter_id
         LIMIT $6 OFFSET $7
        """,
        state,
        rule,
        sight.everything,
        list(sight.units),
        sight.person,
        limit,
        offset,
    )
    return [MatterView(**dict(row)) for row in rows]


async def figures(tx: Tx, *, year: int, today: date) -> list[RuleFigures]:
    """Rule by rule, of what was flagged in a year: what became of it, and how fast."""
    rows = await tx.fetch(
        """
        SELECT rule,
               count(*) AS flagged,
               count(*) FILTER (WHERE state = 'open') AS open,
               count(*) FILTER (WHERE state = 'decided') AS decided,
               count(*) FILTER (WHERE state = 'dismissed') AS dismissed,
               count(*) FILTER (WHERE state = 'lapsed') AS lapsed,
               count(*) FILTER (WHERE decided_on > decide_by
                                   OR state = 'open' AND decide_by < $3) AS late,
               avg(decided_on - flagged_on) FILTER (WHERE state = 'decided')::float AS mean_days,
               max(decided_on - flagged_on) FILTER (WHERE state = 'decided') AS longest_days,
               count(*) FILTER (WHERE effect = 'new_lead') AS new_lead,
               count(*) FILTER (WHERE effect = 'new_role') AS new_role,
               count(*) FILTER (WHERE effect = 'new_date') AS new_date,
               count(*) FILTER (WHERE effect = 'ask') AS asked,
               count(*) FILTER (WHERE effect = 'as_it_is') AS as_it_is,
               count(carried_out_on) AS carried_out
          FROM matters
         WHERE flagged_on BETWEEN $1 AND $2
         GROUP BY rule
         ORDER BY rule
        """,
        date(year, 1, 1),
        date(year, 12, 31),
        today,
    )
    return [RuleFigures(**dict(row)) for row in rows]
