"""Items of proposals: as decisions read them, and in lists."""

from services.assignment.domain.itemising import Standing
from services.assignment.store.seeing import proposals_of, units_within
from services.assignment.views import ItemLine, ItemList, ItemReport, ItemView, MilestoneView
from shared.contracts.event import ProposalId, UnitCode
from shared.policy import Sight
from shared.work import Tx

Place = tuple[str, int]  # a proposal's number, an item's place

ALL_ITEMS = """
    SELECT proposal_id, item_id, ordinal, number, says, unit, officer, state, next_due_on
      FROM items
     WHERE ($1::text[] IS NULL OR proposal_id = ANY($1))
       AND ($2::text IS NULL OR (number, ordinal) > ($2, $3))
       AND ($4::text IS NULL OR state = $4)
     ORDER BY number, ordinal
     LIMIT $5
    """
ITEMS_OF_UNITS = """
    SELECT theirs.*
      FROM unnest($1::text[]) AS wanted (code)
     CROSS JOIN LATERAL (
           SELECT proposal_id, item_id, ordinal, number, says, unit, officer, state, next_due_on
             FROM items
            WHERE unit = wanted.code
              AND ($2::text IS NULL OR (number, ordinal) > ($2, $3))
              AND ($4::text IS NULL OR state = $4)
            ORDER BY number, ordinal
            LIMIT $5) AS theirs
     ORDER BY number, ordinal
     LIMIT $5
    """


async def items_of(tx: Tx, proposal_id: ProposalId) -> list[Standing]:
    """The items of a proposal that is locked, as decisions read them."""
    rows = await tx.fetch(
        """
        SELECT item_id, unit, task_id, state,
               array_remove(array_agg(nth) FILTER (WHERE reached_on IS NOT NULL), NULL) AS reached,
               count(nth) AS milestones
          FROM items
          LEFT JOIN milestones USING (proposal_id, item_id)
         WHERE proposal_id = $1
         GROUP BY item_id, unit, task_id, state, ordinal
         ORDER BY ordinal
        """,
        proposal_id,
    )
    return [
        Standing(
            row["item_id"],
            row["unit"],
            row["task_id"],
            row["milestones"],
            frozenset(row["reached"] or ()),
            completed=row["state"] == "completed",
            dropped=row["state"] == "dropped",
        )
        for row in rows
    ]


async def item_views(tx: Tx, proposal_id: ProposalId) -> list[ItemView]:
    """The items of a proposal with milestones and reports, for its page."""
    known = await tx.reference()
    items = await tx.fetch(
        "SELECT * FROM items WHERE proposal_id = $1 ORDER BY ordinal", proposal_id
    )
    if not items:
        return []
    milestones = await tx.fetch(
        "SELECT * FROM milestones WHERE proposal_id = $1 ORDER BY item_id, nth", proposal_id
    )
    reports = await tx.fetch(
        "SELECT * FROM item_reports WHERE proposal_id = $1 ORDER BY item_id, nth", proposal_id
    )
    return [
        ItemView(
            item_id=item["item_id"],
            says=item["says"],
            unit=item["unit"],
            unit_name=known.name(item["unit"]),
            task_id=item["task_id"],
            officer=item["officer"],
            state=item["state"],
            planned_on=item["planned_on"],
            closed_on=item["closed_on"],
            closed_says=item["closed_says"],
            milestones=[
                MilestoneView(says=one["says"], due_on=one["due_on"], reached_on=one["reached_on"])
                for one in milestones
                if one["item_id"] == item["item_id"]
            ],
            reports=[
                ItemReport(on=one["on_day"], says=one["says"], milestone=one["milestone"])
                for one in reports
                if one["item_id"] == item["item_id"]
            ],
        )
        for item in items
    ]


async def items(
    tx: Tx,
    *,
    unit: UnitCode | None,
    state: str | None,
    sight: Sight,
    limit: int,
    after: Place | None,
) -> ItemList:
    """Items in the order of their proposals, those that follow ``after``."""
    page = (*(after or (None, None)), state, limit + 1)
    if sight.person is not None:
        rows = await tx.fetch(ALL_ITEMS, await proposals_of(tx, sight.person), *page)
    elif (units := units_within(unit, sight)) is None:
        rows = await tx.fetch(ALL_ITEMS, None, *page)
    else:
        rows = await tx.fetch(ITEMS_OF_UNITS, units, *page)
    known = await tx.reference()
    lines = [
        ItemLine(
            proposal_id=row["proposal_id"],
            number=row["number"],
            item_id=row["item_id"],
            says=row["says"],
            unit=row["unit"],
            unit_name=known.name(row["unit"]),
            officer=row["officer"],
            state=row["state"],
            next_due_on=row["next_due_on"],
        )
        for row in rows[:limit]
    ]
    last = rows[limit - 1] if len(rows) > limit else None
    return ItemList(items=lines, next=f"{last['number']}/{last['ordinal']}" if last else None)
