"""What the list of promises reads."""

from services.portal.store.rows import Row, rows_of
from services.portal.store.seeing import Seen
from shared.work import Tx


async def listed(tx: Tx, *, year: int, unit: str, seen: Seen, limit: int) -> list[Row]:
    """The promises of a year's proposals, the earliest due first: all that the reader may see,
    or those of one unit of them."""
    return rows_of(
        await tx.fetch(
            f"""
            SELECT promises.*, number, title, document_number, result_class
              FROM promises
              JOIN proposals USING (proposal_id)
              LEFT JOIN replies USING (proposal_id, reply_id)
             WHERE year = $1 AND made_on IS NOT NULL
               AND ($2 = '' OR promises.unit = $2)
               AND {seen.duties("proposal_id", "promises.unit", 4)}
             ORDER BY promises.due_on, number, promise_id
             LIMIT $3
            """,  # noqa: S608
            year,
            unit,
            limit,
            *seen.given,
        )
    )
