"""What is to be gone through when the registry's facts have changed."""

from collections.abc import Sequence

from shared.contracts.event import ProposalId, UnitCode
from shared.work import Tx


async def swept_with(tx: Tx, what: str) -> str | None:
    """With which facts the open tasks were last gone through."""
    facts = await tx.fetchval("SELECT facts FROM swept WHERE what = $1", what)
    return str(facts) if facts is not None else None


async def note_swept(tx: Tx, what: str, *, facts: str) -> None:
    """They were gone through with these facts now."""
    await tx.execute(
        "INSERT INTO swept (what, facts) VALUES ($1, $2)"
        " ON CONFLICT (what) DO UPDATE SET facts = excluded.facts, recorded_at = now()",
        what,
        facts,
    )


async def with_open_dates(tx: Tx, *, resting_on: Sequence[str] | None = None) -> list[ProposalId]:
    """The proposals with open dates; asked of those, with such as rest on these old calendars."""
    rows = await tx.fetch(
        """
        SELECT DISTINCT proposal_id
          FROM tasks
         WHERE ($1::text[] IS NULL OR rests_on && $1)
           AND answered_on IS NULL AND state NOT IN ('completed', 'ended', 'noted')
         ORDER BY proposal_id
        """,
        resting_on,
    )
    return [ProposalId(row["proposal_id"]) for row in rows]


async def held_by(
    tx: Tx, units: Sequence[UnitCode], *, heir_wanted: bool | None = None
) -> list[tuple[ProposalId, UnitCode]]:
    """The proposals in which one of these units holds a task; asked of those, whether it was told
    already that an heir is wanted."""
    rows = await tx.fetch(
        """
        SELECT proposal_id, unit
          FROM tasks
         WHERE unit = ANY($1) AND state IN ('unsigned', 'signed', 'returned', 'objected', 'noted')
           AND ($2::boolean IS NULL OR (heirs IS NOT NULL) = $2)
         ORDER BY proposal_id, unit
        """,
        units,
        heir_wanted,
    )
    return [(ProposalId(row["proposal_id"]), UnitCode(row["unit"])) for row in rows]
