"""What the list of promises reads."""

from services.portal.store.rows import Row, rows_of
from shared.contracts.event import Actor
from shared.policy import Sight
from shared.work import Tx


async def listed(
    tx: Tx, *, year: int, unit: str, sight: Sight, caller: Actor, limit: int
) -> list[Row]:
    """The promises of a year's proposals, the earliest due first: all that the reader may see,
    or those of one unit of them."""
    return rows_of(
        await tx.fetch(
            """
            SELECT promises.*, number, title, document_number, result_class
              FROM promises
              JOIN proposals USING (proposal_id)
              LEFT JOIN replies USING (proposal_id, reply_id)
             WHERE year = $1 AND made_on IS NOT NULL
               AND ($2 = '' OR promises.unit = $2)
               AND ($3 OR promises.unit = ANY($4)
                    OR EXISTS (SELECT FROM jsonb_array_elements(proposers::jsonb) AS one
                                WHERE one->>'person' = $5
                                   OR one->>'person' IS NULL AND $5 IS NOT NULL
                                      AND one->>'name' = $6))
             ORDER BY promises.due_on, number, promise_id
             LIMIT $7
            """,
            year,
            unit,
            sight.everything,
            list(sight.units),
            sight.person,
            caller.name,
            limit,
        )
    )
