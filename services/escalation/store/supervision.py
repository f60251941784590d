"""Supervisions, inspections and activities: what is asked beyond the clocks, and the answers."""

from services.escalation.views import (
    ActivityView,
    FindingView,
    InspectionView,
    SupervisionView,
)
from shared.contracts.escalation import (
    FindingAnswered,
    InspectionHeld,
    KeyActivityHeld,
    SupervisionAnswered,
    SupervisionClosed,
    SupervisionOpened,
    TrackerNamed,
)
from shared.contracts.event import ProposalId
from shared.policy import Sight
from shared.work import Tx


async def next_letter(tx: Tx, *, year: int) -> int:
    """The next number in the year's book; the book is locked until the transaction ends.

    What is not recorded in the end leaves no hole.
    """
    n: int = await tx.fetchval(
        """
        INSERT INTO letter_books AS book (year, last) VALUES ($1, 1)
            ON CONFLICT (year) DO UPDATE SET last = book.last + 1
        RETURNING last
        """,
        year,
    )
    return n


async def open_supervision(tx: Tx, event: SupervisionOpened) -> None:
    """An answer is demanded; where a rule did it, of which clock in which generation."""
    await tx.execute(
        """
        INSERT INTO supervisions (proposal_id, supervision_id, number, unit, task_id, demand,
                                  answer_by, leader, clock_id, clock_generation,
                                  opened_by, opened_on)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,
                (SELECT generation FROM clocks WHERE proposal_id = $1 AND clock_id = $9), $10, $11)
        """,
        event.proposal_id,
        event.supervision_id,
        event.number,
        event.unit,
        event.task_id,
        event.demand,
        event.answer.on,
        event.leader,
        event.clock_id,
        event.by.name,
        event.on,
    )


async def answer_supervision(tx: Tx, event: SupervisionAnswered) -> None:
    """The unit's latest answer."""
    await tx.execute(
        "UPDATE supervisions SET state = 'answered', answer = $3, answered_on = $4"
        " WHERE proposal_id = $1 AND supervision_id = $2",
        event.proposal_id,
        event.supervision_id,
        event.says,
        event.on,
    )


async def close_supervision(tx: Tx, event: SupervisionClosed) -> None:
    """It came to its end."""
    await tx.execute(
        "UPDATE supervisions SET state = 'closed', result = $3, closed_on = $4"
        " WHERE proposal_id = $1 AND supervision_id = $2",
        event.proposal_id,
        event.supervision_id,
        event.result,
        event.on,
    )


async def name_tracker(tx: Tx, event: TrackerNamed) -> None:
    """Who keeps an eye on the proposal from now on."""
    await tx.execute(
        "UPDATE proposals SET tracker = $2 WHERE proposal_id = $1", event.proposal_id, event.person
    )


async def hold_activity(tx: Tx, event: KeyActivityHeld) -> None:
    """What the leader of a key proposal did about it."""
    await tx.execute(
        "INSERT INTO activities (proposal_id, kind, held_on, leader, units, summary)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        event.proposal_id,
        event.kind,
        event.held_on,
        event.leader,
        event.units,
        event.summary,
    )


async def hold_inspection(tx: Tx, event: InspectionHeld) -> None:
    """What was seen on the spot, and what was found wanting."""
    await tx.execute(
        """
        INSERT INTO inspections (proposal_id, inspection_id, held_on, place, units, progress,
                                 effect, held_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        event.proposal_id,
        event.inspection_id,
        event.held_on,
        event.place,
        event.units,
        event.progress,
        event.effect,
        event.by.name,
    )
    await tx.executemany(
        "INSERT INTO findings (proposal_id, inspection_id, finding_id, unit, says, answer_by)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        [
            (
                event.proposal_id,
                event.inspection_id,
                finding.finding_id,
                finding.unit,
                finding.says,
                finding.answer.on,
            )
            for finding in event.findings
        ],
    )


async def answer_finding(tx: Tx, event: FindingAnswered) -> None:
    """What the unit did about it."""
    await tx.execute(
        "UPDATE findings SET answer = $4, answered_on = $5"
        " WHERE proposal_id = $1 AND inspection_id = $2 AND finding_id = $3",
        event.proposal_id,
        event.inspection_id,
        event.finding_id,
        event.says,
        event.on,
    )


async def supervisions_of(tx: Tx, proposal_id: ProposalId) -> list[SupervisionView]:
    """All supervisions of a proposal, in the order in which they were opened."""
    rows = await tx.fetch(
        "SELECT supervisions.*, proposals.number AS proposal_number"
        "  FROM supervisions LEFT JOIN proposals USING (proposal_id)"
        " WHERE proposal_id = $1 ORDER BY length(supervision_id), supervision_id",
        proposal_id,
    )
    return [SupervisionView(**dict(row)) for row in rows]


async def supervisions(
    tx: Tx, *, sight: Sight, state: str | None, limit: int, offset: int
) -> list[SupervisionView]:
    """Supervisions that somebody may see, the newest first."""
    rows = await tx.fetch(
        """
        SELECT supervisions.*, proposals.number AS proposal_number
          FROM supervisions LEFT JOIN proposals USING (proposal_id)
         WHERE ($1::text IS NULL OR state = $1)
           AND ($2
                OR EXISTS (SELECT FROM concerned
                            WHERE concerned.proposal_id = supervisions.proposal_id
                              AND concerned.unit = ANY($3))
                OR EXISTS (SELECT FROM proposers
                            WHERE proposers.proposal_id = supervisions.proposal_id
                              AND person = $4))
         ORDER BY opened_on DESC, supervisions.proposal_id, supervision_id
         LIMIT $5 OFFSET $6
        """,
        state,
        sight.everything,
        list(sight.units),
        sight.person,
        limit,
        offset,
    )
    return [SupervisionView(**dict(row)) for row in rows]


async def inspections_of(tx: Tx, proposal_id: ProposalId) -> list[InspectionView]:
    """What was seen on the spot, with its findings."""
    rows = await tx.fetch(
        "SELECT * FROM inspections WHERE proposal_id = $1 ORDER BY held_on, inspection_id",
        proposal_id,
    )
    findings = await tx.fetch(
        "SELECT * FROM findings WHERE proposal_id = $1 ORDER BY finding_id", proposal_id
    )
    return [
        InspectionView(
            **dict(row),
            findings=[
                FindingView(**dict(one))
                for one in findings
                if one["inspection_id"] == row["inspection_id"]
            ],
        )
        for row in rows
    ]


async def activities_of(tx: Tx, proposal_id: ProposalId) -> list[ActivityView]:
    """What the leader of a key proposal did about it."""
    rows = await tx.fetch(
        "SELECT * FROM activities WHERE proposal_id = $1 ORDER BY held_on, n", proposal_id
    )
    return [ActivityView(**dict(row)) for row in rows]
