"""What the ledger reads: filtered and paged by PostgreSQL."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from services.portal.domain.ledger import COUNTED_TO, PAGE_SIZE, by_proposal
from services.portal.store.asking import FIRST, IS_PART, Conditions, Question
from services.portal.store.overview import years
from services.portal.store.rows import UNIT_DUTIES, Row, horizon, near_until, rows_of
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


async def page(tx: Tx, question: Question, *, size: int = PAGE_SIZE) -> Page:
    """One page of the ledger: from the proposal onwards at which the filters say that it begins."""
    filters = question.filters
    backwards = bool(filters.before)
    beyond = filters.before or filters.after
    found = await rows(tx, question, limit=size + 1, backwards=backwards)
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


async def count(tx: Tx, question: Question) -> int:
    """How many proposals the filters leave; beyond ``COUNTED_TO`` it is not counted."""
    asked = Conditions(question)
    return await tx.fetchval(  # type: ignore[no-any-return]
        f"SELECT count(*) FROM (SELECT FROM proposals WHERE {asked.proposals()}"  # noqa: S608
        f" LIMIT {COUNTED_TO + 1}) AS found",
        *asked.given,
    )


async def count_besides(tx: Tx, question: Question) -> int:
    """How many parts, replies or ratings of these proposals the filters speak of."""
    asked = Conditions(question)
    proposals = asked.proposals()
    match question.filters.counts_besides:
        case "forms":
            among = (
                "JOIN replies USING (proposal_id) JOIN ratings USING (proposal_id, reply_id)"
                f" WHERE {asked.forms()}"
            )
        case "replies":
            among = f"JOIN replies USING (proposal_id) WHERE {asked.replies()}"
        case _:
            among = f"JOIN tasks ON {IS_PART} LEFT JOIN {FIRST} WHERE {asked.parts()}"
    return await tx.fetchval(  # type: ignore[no-any-return]
        f"SELECT count(*) FROM proposals {among} AND {proposals}",  # noqa: S608
        *asked.given,
    )


async def rows(tx: Tx, question: Question, *, limit: int, backwards: bool = False) -> list[Row]:
    """What the ledger shows, and what is exported of it: each proposal whole, in the order asked.

    With the proposal come its ``handlers`` now, and the open ``duty`` that is due first.
    """
    which = await _which(tx, question, limit=limit, backwards=backwards)
    found = rows_of(
        await tx.fetch(
            """
            SELECT proposal_id, number, year, title, kind, state, category, is_key, origin,
                   merged_into, proposers, submitted_on, accepted_on, assigned_on, answered_on,
                   key_leader, key_supervisor,
                   (SELECT max(on_day) FROM timeline
                     WHERE timeline.proposal_id = proposals.proposal_id) AS last_on
              FROM unnest($1::text[]) WITH ORDINALITY AS asked(proposal_id, place)
              JOIN proposals USING (proposal_id)
             ORDER BY place
            """,
            which,
        ),
        "proposers",
    )
    homes = {row["proposal_id"]: row["merged_into"] or row["proposal_id"] for row in found}
    hands = by_proposal(await handlers(tx, set(homes.values())))
    duties = await next_duties(tx, homes, units=question.units, near=question.near)
    return [
        {
            **row,
            "handlers": hands[homes[row["proposal_id"]]],
            "duty": duties.get(row["proposal_id"]),
        }
        for row in found
    ]


async def _which(tx: Tx, question: Question, *, limit: int, backwards: bool) -> list[str]:
    """The proposals that the ledger shows, in the order asked.

    Words are looked for in one year after another, from that in which the page begins: their index
    knows the years, and a page is full after few of them.
    """
    filters = question.filters
    by_year = bool(filters.q) and not filters.year
    asked = Conditions(question, year="one.year" if by_year else "")
    where = asked.proposals()
    rising = (filters.order == "oldest") != backwards
    start: list[Any] = []
    if beyond := filters.before or filters.after:
        start = await _place_of(tx, beyond)
        place = ", ".join(asked.value(one) for one in start)
        where += f" AND {PLACE} {'>' if rising else '<'} ({place})"
    in_order = ", ".join(f"{one} {'ASC' if rising else 'DESC'}" for one in PLACES)
    # The conditions are fixed texts of the portal; only their values come from outside.
    found = (
        f"SELECT proposal_id FROM proposals WHERE {where}"  # noqa: S608
        f" ORDER BY {in_order} LIMIT {limit:d}"
    )
    if by_year:
        in_turn = [
            year
            for year in sorted(await years(tx), reverse=not rising)
            if not start or (year >= start[0] if rising else year <= start[0])
        ]
        found = (
            f"SELECT proposal_id FROM unnest({asked.value(in_turn)}::int[]) AS one(year)"  # noqa: S608
            f" CROSS JOIN LATERAL ({found}) AS of_year LIMIT {limit:d}"
        )
    return [row["proposal_id"] for row in await tx.fetch(found, *asked.given)]


async def _place_of(tx: Tx, proposal_id: str) -> list[Any]:
    row = await tx.fetchrow(
        f"SELECT {', '.join(PLACES)} FROM proposals WHERE proposal_id = $1",  # noqa: S608
        proposal_id,
    )
    if row is None:
        raise Unknown(what="提案", id=proposal_id)
    return list(row)


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
    tx: Tx, proposals: Collection[str], *, units: Collection[str] | None, near: Horizon
) -> dict[str, Row]:
    """The most pressing duty of each of these proposals, of some units or of any.

    What is near comes before what is not: a long warning may begin before a short one's date.
    """
    rows = await tx.fetch(
        f"""
        SELECT DISTINCT ON (proposal_id) proposal_id, kind, clock, unit, due_on, provisional
          FROM open_clocks
         WHERE proposal_id = ANY($1) AND kind = ANY($2) AND ($3::text[] IS NULL OR unit = ANY($3))
         ORDER BY proposal_id, due_on > {near_until("clock", 4)}, due_on, clock_id
        """,  # noqa: S608
        list(proposals),
        UNIT_DUTIES,
        None if units is None else list(units),
        horizon(near),
    )
    return {row["proposal_id"]: dict(row) for row in rows}
