"""What the ledger reads: filtered and paged by PostgreSQL."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from services.portal.domain.ledger import LAST_PAGE, PAGE_SIZE, Filters
from services.portal.domain.terms import plain, terms_of
from services.portal.store.rows import UNIT_DUTIES, Row, rows_of
from shared.calendar import ONE_DAY
from shared.work import Tx


async def categories(tx: Tx) -> list[str]:
    """The categories in use."""
    rows = await tx.fetch(
        "SELECT DISTINCT category FROM proposals WHERE category IS NOT NULL ORDER BY category"
    )
    return [row["category"] for row in rows]


async def page(tx: Tx, filters: Filters, *, today: date, near: date) -> tuple[list[Row], int]:
    """One page of the ledger, and how many proposals the filters leave (counted to a limit)."""
    where, given = _conditions(filters, today=today, near=near)
    # The conditions are fixed texts of this file; only their values come from outside.
    count = await tx.fetchval(
        f"SELECT count(*) FROM (SELECT FROM proposals{where} LIMIT {LAST_PAGE * PAGE_SIZE + 1})"  # noqa: S608
        " AS found",
        *given,
    )
    rows = await tx.fetch(
        f"""
        SELECT proposal_id, number, year, title, kind, state, category, is_key, origin,
               merged_into, proposers, assigned_on,
               (SELECT max(on_day) FROM timeline
                 WHERE timeline.proposal_id = proposals.proposal_id) AS last_on
          FROM proposals{where}
         ORDER BY year DESC, number DESC NULLS FIRST, proposal_id
         LIMIT {PAGE_SIZE} OFFSET {(filters.page - 1) * PAGE_SIZE}
        """,  # noqa: S608
        *given,
    )
    return rows_of(rows, "proposers"), count


def _conditions(filters: Filters, *, today: date, near: date) -> tuple[str, list[Any]]:
    given: list[Any] = []

    def value(one: Any) -> str:
        given.append(one)
        return f"${len(given)}"

    said = []
    for column in ("state", "category", "kind", "origin"):
        if chosen := getattr(filters, column):
            said.append(f"{column} = {value(chosen)}")
    if filters.year:
        said.append(f"year = {value(int(filters.year))}")
    if filters.key:
        said.append("is_key IS TRUE" if filters.key == "yes" else "is_key IS NOT TRUE")
    if filters.unit or filters.role:
        unit = f" AND tasks.unit = {value(filters.unit)}" if filters.unit else ""
        role = f" AND role = {value(filters.role)}" if filters.role else ""
        said.append(
            "coalesce(merged_into, proposal_id) IN (SELECT tasks.proposal_id FROM tasks"  # noqa: S608
            f" WHERE ended_on IS NULL AND role IS NOT NULL{unit}{role})"
        )
    if filters.light:
        first, last = {
            "red": (date.min, today - ONE_DAY),
            "yellow": (today, near),
            "green": (near + ONE_DAY, date.max),
        }[filters.light]
        owed = f"open_clocks.kind = ANY({value(UNIT_DUTIES)})"
        if filters.unit:
            owed += f" AND unit = {value(filters.unit)}"
        said.append(
            f"proposal_id IN (SELECT open_clocks.proposal_id FROM open_clocks WHERE {owed}"  # noqa: S608
            " GROUP BY open_clocks.proposal_id"
            f" HAVING min(due_on) BETWEEN {value(first)} AND {value(last)})"
        )
    said += [_mentions(word, value) for word in plain(filters.q).split()]
    return (f" WHERE {' AND '.join(said)}" if said else ""), given


def _mentions(word: str, value: Callable[[Any], str]) -> str:
    """The condition that a proposal's title, proposers or number hold a word.

    Looked up first and by itself: the planner would else try every proposal in turn.
    """
    found = f"strpos(words, {value(word)}) > 0"
    if terms := terms_of(word):
        found = f"terms @> {value(terms)}::text[] AND {found}"
    looked_up = f"SELECT texts.proposal_id FROM texts WHERE {found}"  # noqa: S608
    if word.isdecimal():
        looked_up += (
            " UNION SELECT numbered.proposal_id FROM proposals AS numbered"  # noqa: S608
            f" WHERE numbered.number >= {value(word)} AND numbered.number < {value(word + ':')}"
        )
    return f"proposal_id = ANY(ARRAY({looked_up}))"


async def handlers(tx: Tx, proposals: Collection[str]) -> list[Row]:
    """Who handles these proposals now, from the city's view: what was handed down stays inside."""
    return rows_of(
        await tx.fetch(
            """
            SELECT proposal_id, unit, role
              FROM tasks
             WHERE proposal_id = ANY($1) AND parent IS NULL AND ended_on IS NULL
               AND role IS NOT NULL
             ORDER BY proposal_id, unit
            """,
            list(proposals),
        )
    )


async def next_duties(tx: Tx, proposals: Collection[str], *, unit: str) -> dict[str, Row]:
    """The open duty of each of these proposals that is due first, of one unit or of any."""
    rows = await tx.fetch(
        """
        SELECT DISTINCT ON (proposal_id) proposal_id, kind, unit, due_on, provisional
          FROM open_clocks
         WHERE proposal_id = ANY($1) AND kind = ANY($2) AND ($3 = '' OR unit = $3)
         ORDER BY proposal_id, due_on, clock_id
        """,
        list(proposals),
        UNIT_DUTIES,
        unit,
    )
    return {row["proposal_id"]: dict(row) for row in rows}
