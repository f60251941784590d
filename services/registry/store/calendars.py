"""The working-day calendar, year by year, and what waits to be confirmed for it."""

from collections.abc import Mapping
from typing import Any

from services.registry.domain.refusals import YearNotAnnounced
from services.registry.views import CalendarProposals
from shared.contracts.event import Actor
from shared.contracts.registry import CalendarDay, CalendarYearAnnounced, CalendarYearProposed
from shared.work import Tx


async def every_year(tx: Tx) -> list[CalendarYearAnnounced]:
    """The newest edition of each year."""
    return [_year(row) for row in await tx.fetch("SELECT * FROM years_with_days")]


async def every_proposal(tx: Tx) -> list[CalendarYearProposed]:
    """What waits for a second person."""
    rows = await tx.fetch("SELECT content::text AS content FROM calendar_proposals")
    return [CalendarYearProposed.model_validate_json(row["content"]) for row in rows]


async def put_year(tx: Tx, year: CalendarYearAnnounced) -> None:
    """The year's edition in the place of the last; nothing waits for it any more."""
    await tx.execute(
        """
        INSERT INTO calendar_years (year, edition, source, provisional, why, proposed_by)
        VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (year) DO UPDATE
           SET edition = excluded.edition, source = excluded.source,
               provisional = excluded.provisional, why = excluded.why,
               proposed_by = excluded.proposed_by, recorded_at = now()
        """,
        year.year,
        year.edition,
        year.source,
        year.provisional,
        year.why,
        year.proposed_by.model_dump_json() if year.proposed_by else None,
    )
    await tx.execute("DELETE FROM calendar_days WHERE year = $1", year.year)
    await tx.execute(
        """
        INSERT INTO calendar_days (day, year, works, name, local)
        SELECT day, $1, works, name, local
          FROM unnest($2::date[], $3::boolean[], $4::text[], $5::boolean[])
               AS differing (day, works, name, local)
        """,
        year.year,
        [day.day for day in year.days],
        [day.works for day in year.days],
        [day.name for day in year.days],
        [day.local for day in year.days],
    )
    await drop_proposal(tx, year.year)


async def put_proposal(tx: Tx, proposed: CalendarYearProposed) -> None:
    """What waits for a second person; one per year."""
    await tx.execute(
        "INSERT INTO calendar_proposals (year, content) VALUES ($1, $2)"
        " ON CONFLICT (year) DO UPDATE SET content = excluded.content, recorded_at = now()",
        proposed.year,
        proposed.model_dump_json(),
    )


async def drop_proposal(tx: Tx, year: int) -> None:
    """Nothing waits for this year any more."""
    await tx.execute("DELETE FROM calendar_proposals WHERE year = $1", year)


async def calendar_year(tx: Tx, year: int) -> CalendarYearAnnounced:
    """The newest edition of a year."""
    row = await tx.fetchrow("SELECT * FROM years_with_days WHERE year = $1", year)
    if row is None:
        raise YearNotAnnounced(year=year)
    return _year(row)


async def calendar_proposals(tx: Tx, *, after: int | None, limit: int) -> CalendarProposals:
    """What waits for a second person, year by year."""
    rows = await tx.fetch(
        "SELECT content::text AS content FROM calendar_proposals"
        " WHERE $1::int IS NULL OR year > $1 ORDER BY year LIMIT $2",
        after,
        limit + 1,
    )
    found = [CalendarYearProposed.model_validate_json(row["content"]) for row in rows[:limit]]
    return CalendarProposals(proposals=found, next=found[-1].year if len(rows) > limit else None)


def _year(row: Mapping[str, Any]) -> CalendarYearAnnounced:
    differing = zip(row["days"], row["works"], row["names"], row["locals"], strict=True)
    proposed_by = row["proposed_by"]
    return CalendarYearAnnounced(
        year=row["year"],
        edition=row["edition"],
        source=row["source"],
        provisional=row["provisional"],
        why=row["why"],
        proposed_by=Actor.model_validate_json(proposed_by) if proposed_by else None,
        days=tuple(
            CalendarDay(day=day, works=works, name=name, local=local)
            for day, works, name, local in differing
        ),
    )
