"""Statements about promises and the yearly look-back, for a decision."""

from collections.abc import Sequence

import asyncpg

from services.reply.domain.keeping_promises import Change, Promise
from services.reply.domain.looking_back import Archived, Item
from services.reply.domain.refusals import LookedBackAlready, UnknownItem, UnknownPromise
from shared.contracts.event import ProposalId, UnitCode
from shared.contracts.intake import ProposalArchived
from shared.work import Tx


async def lock_promise(tx: Tx, proposal_id: ProposalId, promise_id: str) -> Promise:
    """A promise as it stands: one decision on it at a time."""
    await tx.lock(proposal_id)
    row = await tx.fetchrow(
        "SELECT * FROM promises WHERE proposal_id = $1 AND promise_id = $2",
        proposal_id,
        promise_id,
    )
    if row is None:
        raise UnknownPromise(id=promise_id)
    return _promise(row)


async def lock_promises_of(tx: Tx, unit: UnitCode) -> list[Promise]:
    """Everything that a unit has promised and not done yet."""
    rows = await tx.fetch(
        """
        SELECT DISTINCT proposal_id FROM promises
         WHERE unit = $1 AND kept_on IS NULL AND broken_on IS NULL AND void_on IS NULL
        """,
        unit,
    )
    proposals = [row["proposal_id"] for row in rows]
    await tx.lock_all(proposals)
    # Read again: whatever changed while we waited for the locks is seen as it stands now.
    return [
        _promise(row)
        for row in await tx.fetch(
            """
            SELECT * FROM promises
             WHERE unit = $1 AND proposal_id = ANY($2)
               AND kept_on IS NULL AND broken_on IS NULL AND void_on IS NULL
             ORDER BY proposal_id, promise_id
            """,
            unit,
            proposals,
        )
    ]


def _promise(row: asyncpg.Record) -> Promise:
    change = None
    if row["wanted_on"] is not None:
        change = Change(row["wanted_text"], row["wanted_due_on"], row["wanted_why"])
    state = next(
        (state for state in ("kept", "broken", "void") if row[f"{state}_on"] is not None), "open"
    )
    return Promise(
        proposal_id=row["proposal_id"],
        promise_id=row["promise_id"],
        unit=UnitCode(row["unit"]),
        text=row["text"],
        due_on=row["due_on"],
        state=state,  # type: ignore[arg-type]
        reported=row["reported"],
        change=change,
    )


async def lock_look_back(tx: Tx, year: int) -> tuple[list[Item], list[Item]]:
    """What a year's look-back takes up: open promises, and replies that say that all is done.

    Raises:
        LookedBackAlready: it was opened before, and once is enough.
    """
    await tx.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('look back ' || $1, 0))", str(year)
    )
    if await tx.fetchval("SELECT EXISTS (SELECT FROM look_backs WHERE look_back = $1)", str(year)):
        raise LookedBackAlready(year=year)
    await tx.lock_all(row["proposal_id"] for row in await tx.fetch(ITEMS, year))
    items = [
        Item(row["proposal_id"], row["item"], row["kind"], UnitCode(row["unit"]))
        for row in await tx.fetch(ITEMS, year)
    ]
    return (
        [one for one in items if one.kind == "promise"],
        [one for one in items if one.kind == "reply"],
    )


async def keep_archived(tx: Tx, archived: ProposalArchived, replies: Sequence[Archived]) -> None:
    """What a case of an earlier year was answered."""
    await tx.executemany(
        """
        INSERT INTO archived (proposal_id, item, title, unit, meaning, answered_in)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        [
            (
                archived.proposal_id,
                reply.item,
                archived.title,
                reply.unit,
                reply.meaning,
                reply.answered_in,
            )
            for reply in replies
        ],
    )


# What the archive says is under way is a promise until a look-back has found it solved.
ITEMS = """
    SELECT proposal_id, promise_id AS item, 'promise' AS kind, unit
      FROM promises
     WHERE kept_on IS NULL AND broken_on IS NULL AND void_on IS NULL
       AND extract(year FROM made_on) <= $1
     UNION ALL
    SELECT proposal_id, reply_id, 'reply', unit
      FROM replies
     WHERE meaning = 'solved' AND void_on IS NULL AND extract(year FROM issued_on) = $1
     UNION ALL
    SELECT proposal_id, item, 'promise', unit
      FROM archived
     WHERE meaning = 'in_progress' AND answered_in <= $1
       AND NOT EXISTS (
           SELECT FROM look_backs
            WHERE look_backs.proposal_id = archived.proposal_id
              AND look_backs.item = archived.item AND found = 'solved')
     UNION ALL
    SELECT proposal_id, item, 'reply', unit
      FROM archived
     WHERE meaning = 'solved' AND answered_in = $1
     ORDER BY 1, 2
    """


async def lock_item(tx: Tx, look_back: str, proposal_id: ProposalId, item: str) -> Item:
    """One item of a look-back."""
    await tx.lock(proposal_id)
    row = await tx.fetchrow(
        "SELECT * FROM look_backs WHERE look_back = $1 AND proposal_id = $2 AND item = $3",
        look_back,
        proposal_id,
        item,
    )
    if row is None:
        raise UnknownItem(id=item)
    return Item(
        proposal_id=proposal_id,
        item=item,
        kind=row["kind"],
        unit=UnitCode(row["unit"]),
        look_back=look_back,
        found=row["found"] is not None,
    )
