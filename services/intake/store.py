"""Everything that intake keeps: proposals, and the register of numbers of each year."""

from collections.abc import Sequence
from typing import Any, assert_never

import asyncpg

from services.intake.domain.accepting import LAST_NUMBER, YearRegister
from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import AlreadySubmitted
from services.intake.views import GroupMember, ProposalLine, ProposalList, ProposalView
from shared.contracts.event import ProposalId
from shared.contracts.intake import (
    ProposalAccepted,
    ProposalDeclined,
    ProposalDesignatedKey,
    ProposalsMerged,
    ProposalSubmitted,
    Proposer,
)
from shared.refusals import Unknown
from shared.work import Tx

OurEvent = (
    ProposalSubmitted
    | ProposalAccepted
    | ProposalDeclined
    | ProposalsMerged
    | ProposalDesignatedKey
)


async def lock_new(tx: Tx, proposal_id: ProposalId) -> None:
    """Make sure that nobody uses this id, until the transaction ends."""
    await tx.lock(proposal_id)
    if await tx.fetchval("SELECT true FROM proposals WHERE proposal_id = $1", proposal_id):
        raise AlreadySubmitted(proposal_id=proposal_id)


async def lock_proposal(tx: Tx, proposal_id: ProposalId) -> Proposal:
    """The proposal as it stands, locked until the transaction ends: one decision at a time."""
    await tx.lock(proposal_id)
    row = await tx.fetchrow(
        'SELECT proposal_id, year, title, state, number, main AS "group", key'
        "  FROM proposals WHERE proposal_id = $1",
        proposal_id,
    )
    if row is None:
        raise Unknown(what="提案", id=proposal_id)
    return Proposal(**row)


async def lock_proposals(tx: Tx, proposal_ids: Sequence[ProposalId]) -> list[Proposal]:
    """Several proposals, locked in sorted order, so that two such acts cannot hold each other."""
    return [await lock_proposal(tx, proposal_id) for proposal_id in sorted(set(proposal_ids))]


async def lock_register(tx: Tx, year: int, *, number: str | None) -> YearRegister:
    """The year's register, locked until the transaction ends: numbers without doubles or gaps."""
    await tx.execute("INSERT INTO registers (year) VALUES ($1) ON CONFLICT DO NOTHING", year)
    used_upto = await tx.fetchval(
        "SELECT used_upto FROM registers WHERE year = $1 FOR UPDATE", year
    )
    next_free = await tx.fetchval(
        """
        SELECT n
          FROM generate_series($2::int + 1, $3::int) AS free (n)
         WHERE NOT EXISTS (
               SELECT FROM proposals WHERE number = $1::int || lpad(free.n::text, 4, '0'))
         ORDER BY n
         LIMIT 1
        """,
        year,
        used_upto,
        LAST_NUMBER,
    )
    taken = await tx.fetchval("SELECT number FROM proposals WHERE number = $1", number)
    return YearRegister(
        year,
        next_free=next_free or LAST_NUMBER + 1,
        taken=frozenset({taken} if taken else ()),
    )


async def record(tx: Tx, *events: OurEvent) -> None:
    """Tell these events, and let the tables say the same."""
    for event in events:
        tx.record(event)
        await _apply(tx, event)


async def _apply(tx: Tx, event: OurEvent) -> None:
    match event:
        case ProposalSubmitted():
            await _open(tx, event)
        case ProposalAccepted():
            await _file(tx, event)
        case ProposalDeclined():
            await tx.execute(
                "UPDATE proposals SET state = 'declined', reviewed_on = $2, reason_code = $3,"
                " reason = $4 WHERE proposal_id = $1",
                event.proposal_id,
                event.on,
                event.reason_code,
                event.reason,
            )
        case ProposalsMerged():
            await tx.execute(
                "UPDATE proposals SET main = $2, merged_on = $3, merged_because = $4"
                " WHERE proposal_id = $1",
                event.proposal_id,
                event.main,
                event.on,
                event.why,
            )
        case ProposalDesignatedKey():
            await tx.execute(
                "UPDATE proposals SET key = true, leader = $2, supervised_by = $3"
                " WHERE proposal_id = $1",
                event.proposal_id,
                event.leader,
                event.supervised_by,
            )
        case _:
            assert_never(event)


async def _open(tx: Tx, event: ProposalSubmitted) -> None:
    await tx.execute(
        """
        INSERT INTO proposals (proposal_id, year, title, text, kind, proposer_names,
                               proposer_persons, category, suggested_units, wants_publication,
                               origin, source, submitted_on)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """,
        event.proposal_id,
        event.year,
        event.title,
        event.text,
        event.kind,
        [proposer.name for proposer in event.proposers],
        [proposer.person for proposer in event.proposers],
        event.category,
        event.suggested_units,
        event.wants_publication,
        event.origin,
        event.source,
        event.on,
    )


async def _file(tx: Tx, event: ProposalAccepted) -> None:
    year = await tx.fetchval(
        "UPDATE proposals SET state = 'accepted', number = $2, reviewed_on = $3"
        " WHERE proposal_id = $1 RETURNING year",
        event.proposal_id,
        event.number,
        event.on,
    )
    # A number given out of turn leaves the mark where it is: those before it are still free.
    await tx.execute(
        "UPDATE registers SET used_upto = used_upto + 1 WHERE year = $1 AND used_upto + 1 = $2",
        year,
        int(event.number.removeprefix(str(year))),
    )


async def proposal(tx: Tx, proposal_id: ProposalId) -> ProposalView:
    """The whole proposal, for a page."""
    row = await tx.fetchrow("SELECT * FROM proposals WHERE proposal_id = $1", proposal_id)
    if row is None:
        raise Unknown(what="提案", id=proposal_id)
    members = await tx.fetch(
        "SELECT proposal_id, number, title FROM proposals WHERE main = $1 ORDER BY number",
        row["main"],
    )
    group = [GroupMember.model_validate(dict(member)) for member in members]
    return ProposalView.model_validate({**_with_proposers(row), "group": group})


async def proposals(
    tx: Tx,
    *,
    year: int | None,
    state: str | None,
    q: str | None,
    limit: int,
    after: ProposalId | None,
) -> ProposalList:
    """Proposals, the newest first, those that follow ``after``."""
    before = None
    if after is not None:
        before = await tx.fetchval("SELECT ordinal FROM proposals WHERE proposal_id = $1", after)
        if before is None:
            raise Unknown(what="提案", id=after)
    rows = await tx.fetch(
        r"""
        SELECT *
          FROM proposals
         WHERE ($1::int IS NULL OR year = $1)
           AND ($2::text IS NULL OR state = $2)
           AND ($3::text IS NULL
                OR concat_ws(' ', number, title, array_to_string(proposer_names, ' '))
                   ILIKE '%' || regexp_replace($3, '([\\%_])', '\\\1', 'g') || '%')
           AND ($4::bigint IS NULL OR ordinal < $4)
         ORDER BY ordinal DESC
         LIMIT $5
        """,
        year,
        state,
        q,
        before,
        limit + 1,
    )
    lines = [ProposalLine.model_validate(_with_proposers(row)) for row in rows[:limit]]
    return ProposalList(proposals=lines, next=lines[-1].proposal_id if len(rows) > limit else None)


def _with_proposers(row: asyncpg.Record) -> dict[str, Any]:
    named = zip(row["proposer_names"], row["proposer_persons"], strict=True)
    return {**row, "proposers": [Proposer(name=name, person=person) for name, person in named]}
