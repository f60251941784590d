"""What a decision reads, locked until the transaction ends: one decision at a time."""

from collections.abc import Sequence

import asyncpg

from services.intake.domain.accepting import LAST_NUMBER, SerialBook, Serials, YearRegister
from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import AlreadySubmitted
from shared.contracts.event import PersonId, ProposalId
from shared.contracts.intake import Proposer
from shared.refusals import Unknown
from shared.work import Tx

COLUMNS = """
    proposal_id, year, title, state, number, main AS "group", key, proposer_names,
    proposer_persons, category, session, review_group, revision, object_by, handed_over, answered
"""


async def lock_new(tx: Tx, proposal_id: ProposalId) -> None:
    """Make sure that nobody uses this id, until the transaction ends."""
    await tx.lock(proposal_id)
    if await tx.fetchval("SELECT true FROM proposals WHERE proposal_id = $1", proposal_id):
        raise AlreadySubmitted(proposal_id=proposal_id)


async def lock_proposal(tx: Tx, proposal_id: ProposalId) -> Proposal:
    """The proposal as it stands."""
    [proposal] = await lock_proposals(tx, [proposal_id])
    return proposal


async def lock_proposals(tx: Tx, proposal_ids: Sequence[ProposalId]) -> list[Proposal]:
    """Several proposals, in the order of their ids."""
    await tx.lock_all(proposal_ids)
    rows = await tx.fetch(
        f"SELECT {COLUMNS} FROM proposals WHERE proposal_id = ANY($1) ORDER BY proposal_id",  # noqa: S608
        list(proposal_ids),
    )
    found = [_proposal(row) for row in rows]
    if missing := set(proposal_ids) - {one.proposal_id for one in found}:
        raise Unknown(what="提案", id=min(missing))
    return found


async def lock_group(
    tx: Tx, main: ProposalId, joining: Sequence[ProposalId] = ()
) -> list[Proposal]:
    """All members of a group, whoever joined it while we waited for a lock included.

    Those who wish to join are locked with them; in the answer they stand behind the members.
    """
    wanted = {main, *joining}
    await tx.lock_all(wanted)
    while True:
        rows = await tx.fetch("SELECT proposal_id FROM proposals WHERE main = $1", main)
        members = {ProposalId(row["proposal_id"]) for row in rows}
        if members <= wanted:
            break
        wanted |= members
        await tx.lock_all(wanted)
    found = {one.proposal_id: one for one in await lock_proposals(tx, sorted(wanted))}
    return [found[one] for one in (*sorted(members), *sorted(wanted - members))]


async def lock_register(tx: Tx, year: int, *, number: str | None) -> YearRegister:
    """The year's register: numbers without doubles or gaps. A number given needs no search."""
    used_upto = await _lock_year(tx, year)
    if number is not None:
        taken = await tx.fetchval(
            "SELECT number FROM proposals WHERE year = $1 AND number = $2", year, number
        )
        return YearRegister(year, next_free=0, taken=frozenset({taken} if taken else ()))
    next_free = await tx.fetchval(
        """
        SELECT n
          FROM generate_series($2::int + 1, $3::int) AS free (n)
         WHERE NOT EXISTS (
               SELECT FROM proposals
                WHERE year = $1 AND number = $1::int || lpad(free.n::text, 4, '0'))
         ORDER BY n
         LIMIT 1
        """,
        year,
        used_upto,
        LAST_NUMBER,
    )
    return YearRegister(year, next_free=next_free or LAST_NUMBER + 1)


async def lock_used_numbers(tx: Tx, year: int) -> set[int]:
    """All numbers of a year that are given, for a list that takes many at once."""
    await _lock_year(tx, year)
    rows = await tx.fetch(
        "SELECT number FROM proposals WHERE year = $1 AND number IS NOT NULL", year
    )
    begin = str(year)
    return {
        int(row["number"].removeprefix(begin))
        for row in rows
        if row["number"].startswith(begin) and row["number"].removeprefix(begin).isdecimal()
    }


async def _lock_year(tx: Tx, year: int) -> int:
    await tx.execute("INSERT INTO registers (year) VALUES ($1) ON CONFLICT DO NOTHING", year)
    used_upto: int = await tx.fetchval(
        "SELECT used_upto FROM registers WHERE year = $1 FOR UPDATE", year
    )
    return used_upto


async def lock_serials(
    tx: Tx, *, session: SerialBook | None, category: SerialBook | None
) -> Serials:
    """The next of each series: the counters are taken in one order, and given back on failure."""
    written: dict[str, str] = {}
    for book in sorted((one for one in (session, category) if one), key=lambda one: one.name):
        n = await tx.fetchval(
            "INSERT INTO series AS had (name, last) VALUES ($1, 1)"
            " ON CONFLICT (name) DO UPDATE SET last = had.last + 1 RETURNING last",
            book.name,
        )
        written[book.name] = book.written(n)
    return Serials(
        session=written.get(session.name) if session else None,
        category=written.get(category.name) if category else None,
    )


async def objected_by(tx: Tx, proposal_id: ProposalId, main: ProposalId) -> set[PersonId]:
    """Who of its authors has objected to this merger."""
    rows = await tx.fetch(
        "SELECT person FROM objections WHERE proposal_id = $1 AND main = $2", proposal_id, main
    )
    return {PersonId(row["person"]) for row in rows}


async def open_objections(tx: Tx, proposal_id: ProposalId) -> int:
    """How many objections nobody has answered yet."""
    count: int = await tx.fetchval(
        "SELECT count(*) FROM objections WHERE proposal_id = $1 AND refused_on IS NULL",
        proposal_id,
    )
    return count


def _proposal(row: asyncpg.Record) -> Proposal:
    facts = dict(row)
    named = zip(facts.pop("proposer_names"), facts.pop("proposer_persons"), strict=True)
    proposers = tuple(Proposer(name=name, person=person) for name, person in named)
    return Proposal(**facts, proposers=proposers)
