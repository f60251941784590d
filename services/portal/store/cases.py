"""What a proposal's page reads: everything that is known of one proposal and its group."""

from collections.abc import Collection
from datetime import date

from pydantic_core import from_json

from services.portal.store.rows import Row, rows_of
from services.portal.store.seeing import Seen
from shared.refusals import Unknown
from shared.work import Tx


async def proposal(tx: Tx, proposal_id: str, *, seen: Seen) -> Row:
    """A proposal with its text.

    Raises:
        Unknown: nothing was heard of it, or it is none of the reader's business.
    """
    rows = rows_of(
        await tx.fetch(
            f"""
            SELECT proposals.*, texts.text,
                   main.number AS main_number, main.title AS main_title
              FROM proposals
              LEFT JOIN texts USING (proposal_id)
              LEFT JOIN proposals AS main
                ON main.proposal_id = proposals.merged_into
               AND {seen.rows("main", 2)}
             WHERE proposals.proposal_id = $1
               AND {seen.rows("proposals", 2)}
            """,  # noqa: S608
            proposal_id,
            *seen.given,
        ),
        "proposers",
        "suggested_units",
        "attachments",
    )
    if not rows:
        raise Unknown(what="提案", id=proposal_id)
    return rows[0]


async def group_of(tx: Tx, main: str, *, seen: Seen) -> list[Row]:
    """The proposals of a merged group that the reader sees; one that is alone is no group."""
    members = rows_of(
        await tx.fetch(
            f"""
            SELECT proposal_id, number, title, state, merged_into, proposers, kind, origin
              FROM proposals
             WHERE group_main = $1 AND {seen.rows("proposals", 2)}
             ORDER BY merged_into NULLS FIRST, number
            """,  # noqa: S608
            main,
            *seen.given,
        ),
        "proposers",
    )
    return members if len(members) > 1 else []


async def tasks_of(tx: Tx, proposal_id: str) -> list[Row]:
    """The tasks of a proposal: leads, then co-handlers, then what each handed down."""
    return rows_of(
        await tx.fetch(
            """
            SELECT * FROM tasks
             WHERE proposal_id = $1 AND role IS NOT NULL
             ORDER BY ended_on NULLS FIRST,
                      array_position(ARRAY['lead', 'split', 'co_handle', 'reference'], role),
                      generation, unit
            """,
            proposal_id,
        )
    )


async def clocks_of(tx: Tx, proposals: Collection[str]) -> list[Row]:
    """Every clock of these proposals, in the order of their due dates."""
    return rows_of(
        await tx.fetch(
            "SELECT * FROM clocks WHERE proposal_id = ANY($1) AND due_on IS NOT NULL"
            " ORDER BY due_on, clock_id",
            list(proposals),
        ),
        "due",
    )


async def replies_of(tx: Tx, proposal_id: str) -> list[Row]:
    """The replies to a proposal, in the order in which they went out."""
    return rows_of(
        await tx.fetch(
            "SELECT * FROM replies WHERE proposal_id = $1 ORDER BY issued_on, unit, round",
            proposal_id,
        ),
        "without_opinions",
        "attachments",
    )


async def ratings_of(tx: Tx, proposal_id: str, *, seen: Seen) -> list[Row]:
    """What the proposers said of the replies."""
    return rows_of(
        await tx.fetch(
            "SELECT * FROM ratings"  # noqa: S608
            f" WHERE proposal_id = $1 AND {seen.ratings('ratings', 2)} ORDER BY rated_on, proposer",
            proposal_id,
            *seen.given,
        )
    )


async def promises_of(tx: Tx, proposals: Collection[str]) -> list[Row]:
    """What was promised to these proposals; in a group it is promised once, on the main one."""
    return rows_of(
        await tx.fetch(
            "SELECT * FROM promises WHERE proposal_id = ANY($1) AND made_on IS NOT NULL"
            " ORDER BY due_on, promise_id",
            list(proposals),
        )
    )


async def matters_of(tx: Tx, proposals: Collection[str]) -> list[Row]:
    """Matters flagged on these proposals."""
    return rows_of(
        await tx.fetch(
            "SELECT * FROM matters WHERE proposal_id = ANY($1) AND flagged_on IS NOT NULL"
            " ORDER BY flagged_on, matter_id",
            list(proposals),
        ),
        "parties",
    )


async def timeline_of(tx: Tx, proposal_id: str) -> list[Row]:
    """Everything that happened to a proposal, the newest first."""
    return rows_of(
        await tx.fetch(
            "SELECT * FROM timeline WHERE proposal_id = $1"
            " ORDER BY on_day DESC, at DESC, teller, sequence DESC",
            proposal_id,
        ),
        "parts",
    )


async def newest_draft(tx: Tx, proposal_id: str, unit: str) -> int | None:
    """The number of the newest draft that a unit wrote for a proposal."""
    return await tx.fetchval(  # type: ignore[no-any-return]
        """
        SELECT (parts->>'draft')::int
          FROM timeline
         WHERE proposal_id = $1 AND type = 'huiban.reply.ReplyDrafted.v1'
           AND parts->>'unit' = $2
         ORDER BY sequence DESC
         LIMIT 1
        """,
        proposal_id,
        unit,
    )


async def to_hand_over(tx: Tx, *, seen: Seen) -> list[Row]:
    """Filed proposals that nobody handles yet, in the order of their numbers."""
    return rows_of(
        await tx.fetch(
            "SELECT proposal_id, number, title, is_key, origin, category, suggested_units"  # noqa: S608
            "  FROM proposals WHERE state = 'accepted' AND merged_into IS NULL"
            f" AND {seen.rows('proposals', 1)} ORDER BY number LIMIT 500",
            *seen.given,
        ),
        "suggested_units",
    )


async def ids_of(tx: Tx, numbers: Collection[str], *, seen: Seen) -> dict[str, str]:
    """Proposals by their numbers, as far as there are such for the reader."""
    rows = await tx.fetch(
        "SELECT number, proposal_id FROM proposals"  # noqa: S608
        f" WHERE number = ANY($1) AND {seen.rows('proposals', 2)}",
        list(numbers),
        *seen.given,
    )
    return {row["number"]: row["proposal_id"] for row in rows}


# What else there is at a case, and how it is put in order.
TABLES = {
    "contact": ("contacts", "talked_on, contact_id"),
    "disagreement": ("disagreements", "opened_on, disagreement_id"),
    "item": ("items", "planned_on, item_id"),
    "letter": ("publications", "letter_id"),
    "look_back": ("look_backs", "look_back, item"),
    "supervision": ("supervisions", "opened_on, supervision_id"),
    "finding": ("findings", "answer_by, finding_id"),
}


async def things_of(tx: Tx, kind: str, proposals: Collection[str]) -> list[Row]:
    """Talks, disagreements, items, letters and so on of these proposals."""
    return (await all_things(tx, proposals, kinds=[kind]))[kind]


async def all_things(
    tx: Tx, proposals: Collection[str], *, kinds: Collection[str]
) -> dict[str, list[Row]]:
    """All kinds of things of these proposals, in one statement; none of a kind not asked for."""
    parts = [
        f"SELECT '{kind}' AS kind, row_number() OVER (ORDER BY {order}) AS nth,"  # noqa: S608
        f" to_jsonb({table}) AS thing"
        f" FROM {table} WHERE proposal_id = ANY($1)"
        for kind, (table, order) in TABLES.items()
        if kind in kinds
    ]
    found: dict[str, list[Row]] = {kind: [] for kind in TABLES}
    for row in await tx.fetch(f"{' UNION ALL '.join(parts)} ORDER BY kind, nth", list(proposals)):
        found[row["kind"]].append(_thing(row["kind"], from_json(row["thing"])))
    return found


def _thing(kind: str, row: Row) -> Row:
    """Days as days again; a look-back goes by its year."""
    days = {
        name: date.fromisoformat(value)
        for name, value in row.items()
        if value is not None and name.endswith(("_on", "_by"))
    }
    year = {"year": row["look_back"]} if kind == "look_back" else {}
    return {**row, **days, **year}
