"""What the log says of one fact: who entered what on which day."""

from pydantic_core import from_json

from services.registry.views import Entry, History
from shared.work import Tx


async def history(tx: Tx, *, key: str, after: int, limit: int) -> History:
    """Every word that was told of a fact, in order, those after a sequence number."""
    rows = await tx.fetch(
        """
        SELECT aggregateseq, type, payload, occurred_at
          FROM events
         WHERE aggregatetype = 'registry' AND aggregateid = $1 AND aggregateseq > $2
         ORDER BY aggregateseq
         LIMIT $3
        """,
        key,
        after,
        limit + 1,
    )
    found = [
        Entry(
            sequence=row["aggregateseq"],
            type=row["type"],
            told_at=row["occurred_at"],
            data=from_json(row["payload"]),
        )
        for row in rows[:limit]
    ]
    return History(entries=found, next=found[-1].sequence if len(rows) > limit else None)
