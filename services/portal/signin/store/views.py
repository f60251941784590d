"""Views of the ledger that somebody saved, for themselves or for everybody in their unit."""

from services.portal.domain.ledger import MOST_VIEWS, TooManyViews
from services.portal.store.rows import Row, rows_of
from shared.work import Tx


async def of(tx: Tx, person: str, *, unit: str) -> list[Row]:
    """Somebody's own views, then what others of the unit share."""
    return rows_of(
        await tx.fetch(
            """
            SELECT number, name, query, shared, person = $1 AS own
              FROM views
             WHERE person = $1 OR shared AND unit = $2
             ORDER BY person <> $1, name, number
            """,
            person,
            unit,
        )
    )


async def save(tx: Tx, person: str, *, unit: str, name: str, query: str, shared: bool) -> None:
    """Keep a view under a name; one of the same name is replaced.

    Raises:
        TooManyViews: somebody keeps more than a list has room for.
    """
    others = await tx.fetchval(
        "SELECT count(*) FROM views WHERE person = $1 AND name <> $2", person, name
    )
    if others >= MOST_VIEWS:
        raise TooManyViews(most=MOST_VIEWS)
    await tx.execute(
        """
        INSERT INTO views (person, unit, name, query, shared)
        VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (person, name) DO UPDATE
           SET unit = excluded.unit, query = excluded.query, shared = excluded.shared,
               saved_at = now()
        """,
        person,
        unit,
        name,
        query,
        shared,
    )


async def forget(tx: Tx, person: str, *, number: int) -> None:
    """Keep one of somebody's own views no longer."""
    await tx.execute("DELETE FROM views WHERE person = $1 AND number = $2", person, number)
