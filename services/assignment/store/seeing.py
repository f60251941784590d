"""Seeing: what a caller may see of what is kept here, as SQL."""

from shared.contracts.event import PersonId, ProposalId, UnitCode
from shared.policy import Sight
from shared.work import Tx


def units_within(unit: UnitCode | None, sight: Sight) -> list[UnitCode] | None:
    """The units whose rows a list shows: those asked for, as far as the caller may see them."""
    if sight.everything:
        return [unit] if unit is not None else None
    return [code for code in sight.units if unit is None or code == unit]


async def proposals_of(tx: Tx, person: PersonId) -> list[ProposalId]:
    """The proposals that somebody put or helped to put."""
    rows = await tx.fetch(
        "SELECT proposal_id FROM proposals WHERE people @> ARRAY[$1::text]", person
    )
    return [ProposalId(row["proposal_id"]) for row in rows]


async def may_see(tx: Tx, proposal_id: ProposalId, *, sight: Sight) -> bool:
    """Whether a proposal concerns the caller: as one of its proposers, or by any of its tasks.

    Whoever handles a group handles each of its members.
    """
    if sight.everything:
        return True
    if sight.person is not None:
        return bool(
            await tx.fetchval(
                "SELECT true FROM proposals WHERE proposal_id = $1 AND $2 = ANY(people)",
                proposal_id,
                sight.person,
            )
        )
    return bool(
        await tx.fetchval(
            """
            SELECT EXISTS (
                SELECT FROM assignments
                  JOIN tasks
                    ON tasks.proposal_id IN (assignments.proposal_id, assignments.merged_into)
                 WHERE assignments.proposal_id = $1 AND tasks.unit = ANY($2))
            """,
            proposal_id,
            sight.units,
        )
    )
