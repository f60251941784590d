"""What papers read besides a case's own page."""

from collections.abc import Collection

from services.portal.store.rows import Row, rows_of
from shared.work import Tx


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
