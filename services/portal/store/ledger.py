"""What the ledger reads: filtered and paged by PostgreSQL."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from services.portal.domain.ledger import COUNTED_TO, PAGE_SIZE, Filters, by_proposal
from services.portal.domain.terms import asked_of, plain
from services.portal.store.rows import UNIT_DUTIES, Row, horizon, near_until, rows_of
from services.portal.store.seeing import Seen
from shared.nearness import Horizon
from shared.refusals import Unknown
from shared.work import Tx

# Where a proposal stands in the ledger: an index is kept of just this. What has no number yet
# stands before all that have one.
PLACES = ("year", "coalesce(number, '~')", "proposal_id")
PLACE = f"({', '.join(PLACES)})"


async def categories(tx: Tx) -> list[str]:
    """The categories in use: from one to the next by the index, since a million rows say few."""
    rows = await tx.fetch(
        """
        WITH RECURSIVE used AS (
            SELECT min(category) AS category FROM proposals
             UNION ALL
            SELECT (SELECT min(category) FROM proposals WHERE category > used.category)
              FROM used WHERE used.category IS NOT NULL
        )
        SELECT category FROM used WHERE category IS NOT NULL ORDER BY category
        """
    )
    return [row["category"] for row in rows]


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of the ledger; before the first and after the last of them, what one goes on by."""

    rows: list[Row]
    before: str | None
    after: str | None


async def page(
    tx: Tx, filters: Filters, *, near: Horizon, seen: Seen, size: int = PAGE_SIZE
) -> Page:
    """One page of the ledger: from the proposal onwards at which the filters say that it begins."""
    backwards = bool(filters.before)
    beyond = filters.before or filters.after
    found = await rows(tx, filters, near=near, seen=seen, limit=size + 1, backwards=backwards)
    shown, more = found[:size], len(found) > size
    if backwards:
        shown.reverse()
    if not shown:
        return Page([], None, None)
    first, last = shown[0]["proposal_id"], shown[-1]["proposal_id"]
    return Page(
        shown,
        before=first if (more if backwards else beyond) else None,
        after=last if (backwards or more) else None,
    )


async def count(tx: Tx, filters: Filters, *, near: Horizon, seen: Seen) -> int:
    """How many proposals the filters leave; beyond ``COUNTED_TO`` it is not counted."""
    where, given = _conditions(filters, near=near, seen=seen)
    # The conditions are fixed texts of the portal; only their values come from outside.
    return await tx.fetchval(  # type: ignore[no-any-return]
        f"SELECT count(*) FROM (SELECT FROM proposals WHERE {where} LIMIT {COUNTED_TO + 1})"  # noqa: S608
        " AS found",
        *given,
    )


async def rows(
    tx: Tx,
    filters: Filters,
    *,
    near: Horizon,
    seen: Seen,
    limit: int,
    backwards: bool = False,
) -> list[Row]:
    """What the ledger shows, and what is exported of it: each proposal whole, in the order asked.

    With the proposal come its ``handlers`` now, and the open ``duty`` that is due first.
    """
    where, given = _conditions(filters, near=near, seen=seen)
    rising = (filters.order == "oldest") != backwards
    if start := filters.before or filters.after:
        place = await _place_of(tx, start)
        numbered = ", ".join(f"${len(given) + nth}" for nth in (1, 2, 3))
        where += f" AND {PLACE} {'>' if rising else '<'} ({numbered})"
        given += place
    found = rows_of(
        await tx.fetch(
            f"""
            SELECT proposal_id, number, year, title, kind, state, category, is_key, origin,
                   merged_into, proposers, submitted_on, accepted_on, assigned_on, answered_on,
                   key_leader, key_supervisor,
                   (SELECT max(on_day) FROM timeline
                     WHERE timeline.proposal_id = proposals.proposal_id) AS last_on
              FROM proposals
             WHERE {where}
             ORDER BY {", ".join(f"{one} {'ASC' if rising else 'DESC'}" for one in PLACES)}
             LIMIT {limit:d}
            """,  # noqa: S608
            *given,
        ),
        "proposers",
    )
    homes = {row["proposal_id"]: row["merged_into"] or row["proposal_id"] for row in found}
    hands = by_proposal(await handlers(tx, set(homes.values())))
    duties = await next_duties(tx, homes, unit=filters.unit, near=near)
    return [
        {
            **row,
            "handlers": hands[homes[row["proposal_id"]]],
            "duty": duties.get(row["proposal_id"]),
        }
        for row in found
    ]


async def _place_of(tx: Tx, proposal_id: str) -> list[Any]:
    row = await tx.fetchrow(
        f"SELECT {', '.join(PLACES)} FROM proposals WHERE proposal_id = $1",  # noqa: S608
        proposal_id,
    )
    if row is None:
        raise Unknown(what="提案", id=proposal_id)
    return list(row)


def _conditions(filters: Filters, *, near: Horizon, seen: Seen) -> tuple[str, list[Any]]:
    given: list[Any] = [*seen.given]

    def value(one: Any) -> str:
        given.append(one)
        return f"${len(given)}"

    said = ["year IS NOT NULL", seen.rows("proposals", 1)]
    for column in ("state", "category", "kind", "origin"):
        if chosen := getattr(filters, column):
            said.append(f"{column} = {value(chosen)}")
    if filters.year:
        said.append(f"year = {value(int(filters.year))}")
    if filters.key:
        said.append("is_key IS TRUE" if filters.key == "yes" else "is_key IS NOT TRUE")
    if filters.unit or filters.role:
        unit = f" AND tasks.unit = {value(filters.unit)}" if filters.unit else ""
        role = f" AND tasks.role = {value(filters.role)}" if filters.role else ""
        if filters.unit:
            said.append(f"units @> ARRAY[${len(given) - bool(filters.role)}::text]")
        said.append(
            "EXISTS (SELECT FROM tasks"
            " WHERE tasks.proposal_id = coalesce(merged_into, proposals.proposal_id)"
            f" AND ended_on IS NULL AND tasks.role IS NOT NULL{unit}{role})"
        )
    if filters.light:
        owed = f"open_clocks.kind = ANY({value(UNIT_DUTIES)})"
        if filters.unit:
            owed += f" AND open_clocks.unit = {value(filters.unit)}"
        day = value(near.on)
        shows, nothing_worse = f"due_on < {day}", "false"
        if filters.light != "red":
            lit = f"due_on <= {near_until('clock', len(given) + 1)}"
            given.append(horizon(near))
            red = shows
            if filters.light == "yellow":
                # No due date after the latest is near: so the index knows where to end.
                shows = f"due_on BETWEEN {day} AND {value(near.latest)} AND {lit}"
                nothing_worse = red
            else:
                shows, nothing_worse = f"due_on >= {day} AND NOT {lit}", f"({red} OR {lit})"
        said.append(
            f"proposal_id IN (SELECT open_clocks.proposal_id FROM open_clocks WHERE {owed}"  # noqa: S608
            f" AND {shows}) AND NOT EXISTS (SELECT FROM open_clocks WHERE {owed}"
            f" AND open_clocks.proposal_id = proposals.proposal_id AND {nothing_worse})"
        )
    said += [_mentions(word, value) for word in plain(filters.q).split()]
    return " AND ".join(said), given


def _mentions(word: str, value: Callable[[Any], str]) -> str:
    """The condition that a proposal's title, proposers, text or number hold a word."""
    looked_up = (
        "SELECT texts.proposal_id FROM texts"  # noqa: S608
        f" WHERE terms @> {value(asked_of(word))}::text[] AND strpos(words, {value(word)}) > 0"
    )
    if not word.isdecimal():
        return f"proposal_id IN ({looked_up})"
    # Looked up first and by itself: with an "or", the planner would try every proposal in turn.
    return (
        f"proposal_id = ANY(ARRAY({looked_up}"  # noqa: S608
        " UNION SELECT numbered.proposal_id FROM proposals AS numbered"
        f" WHERE numbered.number >= {value(word)} AND numbered.number < {value(word + ':')}))"
    )


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


async def next_duties(
    tx: Tx, proposals: Collection[str], *, unit: str, near: Horizon
) -> dict[str, Row]:
    """The most pressing duty of each of these proposals, of one unit or of any.

    What is near comes before what is not: a long warning may begin before a short one's date.
    """
    rows = await tx.fetch(
        f"""
        SELECT DISTINCT ON (proposal_id) proposal_id, kind, clock, unit, due_on, provisional
          FROM open_clocks
         WHERE proposal_id = ANY($1) AND kind = ANY($2) AND ($3 = '' OR unit = $3)
         ORDER BY proposal_id, due_on > {near_until("clock", 4)}, due_on, clock_id
        """,  # noqa: S608
        list(proposals),
        UNIT_DUTIES,
        unit,
        horizon(near),
    )
    return {row["proposal_id"]: dict(row) for row in rows}
