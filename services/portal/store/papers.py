"""What papers read besides a case's own page, and who may have them."""

from collections.abc import Collection

from services.portal.store.rows import Row, rows_of
from shared.contracts.event import Actor
from shared.policy import Sight
from shared.work import Tx


async def is_seen(tx: Tx, proposal_id: str, *, sight: Sight, caller: Actor) -> bool:
    """Whether a proposal concerns the reader: their unit's by a task or a matter, or their own."""
    if sight.everything:
        return True
    seen: bool = await tx.fetchval(
        """
        SELECT EXISTS (SELECT FROM tasks
                        WHERE unit = ANY($2)
                          AND proposal_id IN (SELECT coalesce(merged_into, proposals.proposal_id)
                                                FROM proposals WHERE proposal_id = $1
                                               UNION SELECT $1))
            OR EXISTS (SELECT FROM matters
                        WHERE proposal_id = $1 AND parties::jsonb ?| $2)
            OR EXISTS (SELECT FROM proposals,
                              LATERAL jsonb_array_elements(proposers::jsonb) AS one
                        WHERE proposal_id = $1
                          AND (one->>'person' = $3
                               OR one->>'person' IS NULL AND $3 IS NOT NULL
                                  AND one->>'name' = $4))
        """,
        proposal_id,
        list(sight.units),
        sight.person,
        caller.name,
    )
    return seen


async def positions_of(tx: Tx, proposals: Collection[str]) -> list[Row]:
    """Where the parties of matters stand."""
    return rows_of(
        await tx.fetch(
            "SELECT * FROM positions WHERE proposal_id = ANY($1) AND stated_on IS NOT NULL"
            " ORDER BY stated_on, unit",
            list(proposals),
        )
    )


async def publications_of(tx: Tx, proposal_id: str) -> list[Row]:
    """How each letter of a proposal stands in public."""
    return rows_of(await tx.fetch("SELECT * FROM publications WHERE proposal_id = $1", proposal_id))
