"""Statements about what is handled together: where, which, put by whom, with which points."""

from shared.contracts.event import ProposalId
from shared.contracts.intake import Proposer
from shared.work import Tx


async def lock_together(tx: Tx, proposal_id: ProposalId) -> tuple[ProposalId, ...]:
    """Lock a proposal with its whole group, the home first."""
    locked: set[ProposalId] = set()
    # Whoever joined the group while we waited for a lock is locked as well.
    while more := {proposal_id, *await _group_of(tx, proposal_id)} - locked:
        await tx.lock_all(more)
        locked |= more
    return await _group_of(tx, proposal_id)


async def home_of(tx: Tx, proposal_id: ProposalId) -> ProposalId:
    """Where the tasks are: with the proposal itself, else with the main one of its group."""
    home: ProposalId = await tx.fetchval(
        """
        SELECT CASE WHEN EXISTS (SELECT FROM tasks WHERE proposal_id = $1 AND ended_on IS NULL)
                    THEN $1
                    ELSE coalesce((SELECT main FROM members WHERE proposal_id = $1), $1)
               END
        """,
        proposal_id,
    )
    return home


async def group(tx: Tx, home: ProposalId) -> tuple[ProposalId, ...]:
    """What is handled in ``home``, which stands first; the others in the order of their numbers.

    Not what has tasks of its own, or had and was answered under them, nor what was taken back.
    """
    rows = await tx.fetch(
        """
        SELECT proposal_id
          FROM members
          LEFT JOIN proposals USING (proposal_id)
         WHERE main = $1
           AND proposal_id <> $1
           AND NOT EXISTS (SELECT FROM tasks
                            WHERE tasks.proposal_id = members.proposal_id
                              AND tasks.ended_on IS NULL)
           AND NOT EXISTS (SELECT FROM rounds
                            WHERE rounds.proposal_id = members.proposal_id
                              AND because = 'first'
                              AND issued_on IS NOT NULL)
           AND taken_back_on IS NULL
         ORDER BY number, proposal_id
        """,
        home,
    )
    return (home, *(row["proposal_id"] for row in rows))


async def _group_of(tx: Tx, proposal_id: ProposalId) -> tuple[ProposalId, ...]:
    return await group(tx, await home_of(tx, proposal_id))


async def proposers(tx: Tx, *proposals: ProposalId) -> tuple[Proposer, ...]:
    """Who put a proposal, the first proposer first; of several, one after the other."""
    rows = await tx.fetch(
        """
        SELECT name, person
          FROM proposers
         WHERE proposal_id = ANY($1)
         ORDER BY array_position($1, proposal_id), position
        """,
        list(proposals),
    )
    return tuple(Proposer(name=row["name"], person=row["person"]) for row in rows)


async def points_of(tx: Tx, home: ProposalId) -> tuple[str, ...]:
    """What the replies must answer, one by one."""
    rows = await tx.fetch("SELECT says FROM points WHERE proposal_id = $1 ORDER BY position", home)
    return tuple(row["says"] for row in rows)
