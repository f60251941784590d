"""Proposals as escalation knows them: their group, who handles them, what came back."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import asyncpg

from services.escalation.domain.proposal import (
    Handler,
    Matter,
    OpenFinding,
    Proposal,
    Return,
    Supervision,
)
from shared.contracts.assignment import AssignmentReturned, OfficerNamed, Role, Task
from shared.contracts.escalation import Effect
from shared.contracts.event import PersonId, ProposalId, TaskId, UnitCode
from shared.contracts.intake import (
    KeyDesignationTakenBack,
    MergeUndone,
    ProposalAccepted,
    ProposalDesignatedKey,
    ProposalsMerged,
    ProposalSubmitted,
    ProposalWithdrawn,
)
from shared.contracts.reply import FaceToFaceOrdered, PromiseChanged, RedoOrdered, ReplyRated
from shared.policy import Sight
from shared.refusals import Unknown
from shared.work import Tx

Rows = dict[str, list[asyncpg.Record]]


async def lock_proposal(tx: Tx, proposal_id: ProposalId) -> Proposal:
    """The proposal as coordination sees it, locked until the transaction ends."""
    found = await lock_proposals(tx, [proposal_id])
    if proposal_id not in found:
        raise Unknown(what="提案", id=proposal_id)
    return found[proposal_id]


async def lock_proposals(tx: Tx, proposal_ids: Sequence[ProposalId]) -> dict[ProposalId, Proposal]:
    """Several proposals, locked until the transaction ends; those not heard of are missing."""
    await tx.lock_all(proposal_ids)
    ids = list(proposal_ids)
    rows = await tx.fetch(
        "SELECT proposal_id, generation, office, committee, key_leader, tracker, withdrawn"
        " FROM proposals WHERE proposal_id = ANY($1)",
        ids,
    )
    handlers = await _by_proposal(
        tx,
        "SELECT proposal_id, task_id, unit, role, parent, returned, officer FROM handlers"
        " WHERE proposal_id = ANY($1) AND NOT ended ORDER BY task_id",
        ids,
    )
    returns = await _by_proposal(
        tx,
        'SELECT proposal_id, unit, proposed_unit, returned_on AS "on" FROM returns'
        " WHERE proposal_id = ANY($1) ORDER BY n",
        ids,
    )
    matters = await _by_proposal(
        tx,
        "SELECT proposal_id, matter_id, rule, generation, state, decided_on, parties, effect,"
        " lead, effect_unit, effect_role, effect_due_on, carried_out_on FROM matters"
        " WHERE proposal_id = ANY($1) ORDER BY length(matter_id), matter_id",
        ids,
    )
    supervisions = await _by_proposal(
        tx,
        "SELECT proposal_id, supervision_id, unit, state, task_id, clock_id, clock_generation"
        " FROM supervisions"
        " WHERE proposal_id = ANY($1) ORDER BY length(supervision_id), supervision_id",
        ids,
    )
    inspections = await _by_proposal(
        tx, "SELECT proposal_id FROM inspections WHERE proposal_id = ANY($1)", ids
    )
    findings = await _by_proposal(
        tx,
        "SELECT proposal_id, inspection_id, finding_id, unit, answered_on FROM findings"
        " WHERE proposal_id = ANY($1) ORDER BY finding_id",
        ids,
    )
    proposers = await _by_proposal(
        tx,
        "SELECT proposal_id, person FROM proposers"
        " WHERE proposal_id = ANY($1) AND person IS NOT NULL ORDER BY person",
        ids,
    )
    return {
        row["proposal_id"]: Proposal(
            row["proposal_id"],
            row["generation"],
            handlers=tuple(
                Handler(**{**_rest(one), "role": Role(one["role"])})
                for one in handlers[row["proposal_id"]]
            ),
            returns=tuple(Return(**_rest(one)) for one in returns[row["proposal_id"]]),
            matters=tuple(_matter(one) for one in matters[row["proposal_id"]]),
            supervisions=tuple(
                Supervision(**_rest(one)) for one in supervisions[row["proposal_id"]]
            ),
            findings=tuple(OpenFinding(**_rest(one)) for one in findings[row["proposal_id"]]),
            inspections=len(inspections[row["proposal_id"]]),
            office=row["office"],
            committee=row["committee"],
            leader=row["key_leader"],
            tracker=row["tracker"],
            withdrawn=row["withdrawn"],
            proposers=tuple(PersonId(one["person"]) for one in proposers[row["proposal_id"]]),
        )
        for row in rows
    }


async def _by_proposal(tx: Tx, query: str, ids: list[ProposalId]) -> Rows:
    found: Rows = defaultdict(list)
    for row in await tx.fetch(query, ids):
        found[row["proposal_id"]].append(row)
    return found


def _rest(row: asyncpg.Record) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "proposal_id"}


def _matter(row: asyncpg.Record) -> Matter:
    effect = None
    if row["effect"] is not None:
        effect = Effect(
            kind=row["effect"],
            lead=row["lead"],
            unit=row["effect_unit"],
            role=row["effect_role"],
            due_on=row["effect_due_on"],
        )
    return Matter(
        row["matter_id"],
        row["rule"],
        row["generation"],
        state=row["state"],
        decided_on=row["decided_on"],
        parties=tuple(row["parties"]),
        effect=effect,
        carried_out_on=row["carried_out_on"],
    )


async def sees(tx: Tx, sight: Sight, proposal_id: ProposalId) -> bool:
    """Whether a proposal is one of those that somebody may see."""
    found: bool = await tx.fetchval(
        """
        SELECT $2 OR EXISTS (SELECT FROM concerned WHERE proposal_id = $1 AND unit = ANY($3))
                  OR EXISTS (SELECT FROM proposers WHERE proposal_id = $1 AND person = $4)
        """,
        proposal_id,
        sight.everything,
        list(sight.units),
        sight.person,
    )
    return found


async def submit_proposal(tx: Tx, submitted: ProposalSubmitted) -> None:
    """Those who put it: they will be reminded to rate."""
    await tx.executemany(
        "INSERT INTO proposers (proposal_id, name, person) VALUES ($1, $2, $3)"
        " ON CONFLICT (proposal_id, name) DO UPDATE SET person = excluded.person",
        [(submitted.proposal_id, one.name, one.person) for one in submitted.proposers],
    )


async def open_proposal(tx: Tx, accepted: ProposalAccepted) -> None:
    """A filed proposal: whose committee collects the ratings."""
    await tx.execute(
        """
        INSERT INTO proposals (proposal_id, number, committee) VALUES ($1, $2, $3)
            ON CONFLICT (proposal_id) DO UPDATE
           SET number = excluded.number, committee = excluded.committee
        """,
        accepted.proposal_id,
        accepted.number,
        accepted.by.unit,
    )


async def join_group(tx: Tx, merged: ProposalsMerged) -> None:
    """From now on a proposal is handled with the main one of its group."""
    await tx.execute(
        "INSERT INTO proposals (proposal_id, main) VALUES ($1, nullif($2, $1))"
        " ON CONFLICT (proposal_id) DO UPDATE SET main = excluded.main",
        merged.proposal_id,
        merged.main,
    )


async def leave_group(tx: Tx, undone: MergeUndone) -> None:
    """A proposal is handled on its own again."""
    await tx.execute("UPDATE proposals SET main = NULL WHERE proposal_id = $1", undone.proposal_id)


async def note_key(tx: Tx, designated: ProposalDesignatedKey) -> None:
    """A leader took it up."""
    await tx.execute(
        "INSERT INTO proposals (proposal_id, key_leader) VALUES ($1, $2)"
        " ON CONFLICT (proposal_id) DO UPDATE SET key_leader = excluded.key_leader",
        designated.proposal_id,
        designated.leader,
    )


async def note_no_longer_key(tx: Tx, taken_back: KeyDesignationTakenBack) -> None:
    """No leader leads it any more; what runs for it goes by the ladders of any proposal."""
    await tx.execute(
        "UPDATE proposals SET key_leader = NULL WHERE proposal_id = $1", taken_back.proposal_id
    )
    await tx.execute(
        """
        UPDATE clocks
           SET clock = split_part(clock, ':', 1), looked_with = ''
         WHERE proposal_id = $1 AND clock LIKE '%:key' AND state IN ('running', 'paused')
        """,
        taken_back.proposal_id,
    )


async def withdraw(tx: Tx, withdrawn: ProposalWithdrawn) -> None:
    """Its proposers took it back: nobody owes it anything more, nothing is left to settle.

    What a reply promised in public before stays promised.
    """
    proposal_id = withdrawn.proposal_id
    await tx.execute(
        "INSERT INTO proposals (proposal_id, withdrawn) VALUES ($1, true)"
        " ON CONFLICT (proposal_id) DO UPDATE SET withdrawn = true",
        proposal_id,
    )
    await tx.execute("UPDATE handlers SET ended = true WHERE proposal_id = $1", proposal_id)
    await tx.execute(
        "UPDATE clocks SET state = 'dead'"
        " WHERE proposal_id = $1 AND state IN ('running', 'paused') AND awaits <> 'promise'",
        proposal_id,
    )
    await tx.execute(
        "UPDATE matters SET state = 'lapsed' WHERE proposal_id = $1 AND state = 'open'",
        proposal_id,
    )
    await tx.execute(
        "UPDATE supervisions SET state = 'lapsed'"
        " WHERE proposal_id = $1 AND state IN ('open', 'answered')",
        proposal_id,
    )


async def open_handlers(
    tx: Tx,
    proposal_id: ProposalId,
    tasks: Sequence[Task],
    *,
    generation: int = 0,
    office: UnitCode | None = None,
) -> None:
    """Units received their parts; with the office that gave them, if it was the office."""
    await tx.execute(
        """
        INSERT INTO proposals (proposal_id, generation, office) VALUES ($1, $2, $3)
            ON CONFLICT (proposal_id) DO UPDATE
           SET generation = greatest(proposals.generation, excluded.generation),
               office = coalesce(excluded.office, proposals.office)
        """,
        proposal_id,
        generation,
        office,
    )
    await tx.executemany(
        "INSERT INTO handlers (proposal_id, task_id, unit, role, parent)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        [(proposal_id, task.task_id, task.unit, task.role, task.parent) for task in tasks],
    )


async def open_return(tx: Tx, returned: AssignmentReturned) -> None:
    """A unit wants to give its task back."""
    await tx.execute(
        "INSERT INTO returns (proposal_id, unit, proposed_unit, returned_on)"
        " VALUES ($1, $2, $3, $4)",
        returned.proposal_id,
        returned.unit,
        returned.proposed_unit,
        returned.on,
    )
    await tx.execute(
        "UPDATE handlers SET returned = true WHERE proposal_id = $1 AND task_id = $2",
        returned.proposal_id,
        returned.task_id,
    )


async def hold_handler(tx: Tx, proposal_id: ProposalId, task_id: TaskId) -> None:
    """Its unit says once more that the task is not its own."""
    await tx.execute(
        "UPDATE handlers SET returned = true WHERE proposal_id = $1 AND task_id = $2",
        proposal_id,
        task_id,
    )


async def keep_handler(tx: Tx, proposal_id: ProposalId, task_id: TaskId) -> None:
    """A return was refused: the unit goes on."""
    await tx.execute(
        "UPDATE handlers SET returned = false WHERE proposal_id = $1 AND task_id = $2",
        proposal_id,
        task_id,
    )


async def name_officer(tx: Tx, named: OfficerNamed) -> None:
    """A unit said who of its people handles its task."""
    await tx.execute(
        "UPDATE handlers SET officer = $3 WHERE proposal_id = $1 AND task_id = $2",
        named.proposal_id,
        named.task_id,
        named.officer.person,
    )


async def end_handlers(tx: Tx, proposal_id: ProposalId, task_ids: Sequence[TaskId]) -> None:
    """Tasks ended: their units are out of it, and nothing is demanded of them for it any more."""
    await tx.execute(
        "UPDATE handlers SET ended = true WHERE proposal_id = $1 AND task_id = ANY($2)",
        proposal_id,
        task_ids,
    )
    await tx.execute(
        """
        WITH lapsed AS (
            UPDATE supervisions
               SET state = 'lapsed'
             WHERE proposal_id = $1 AND task_id = ANY($2) AND state IN ('open', 'answered')
            RETURNING supervision_id
        )
        UPDATE clocks
           SET state = 'dead'
          FROM lapsed
         WHERE proposal_id = $1
           AND awaits = 'supervise'
           AND subject = supervision_id
           AND state = 'running'
        """,
        proposal_id,
        task_ids,
    )


async def lock_home(tx: Tx, proposal_id: ProposalId) -> ProposalId:
    """The proposal in whose tasks this one is handled, locked: the main one of its group."""
    home: ProposalId = await tx.fetchval(
        """
        SELECT CASE WHEN EXISTS (SELECT FROM handlers WHERE proposal_id = $1 AND NOT ended) THEN $1
                    ELSE coalesce((SELECT main FROM proposals WHERE proposal_id = $1), $1)
               END
        """,
        proposal_id,
    )
    await tx.lock(home)
    return home


async def has_ended(tx: Tx, proposal_id: ProposalId, task_id: TaskId) -> bool:
    """Whether a task of this proposal went to others."""
    ended: bool | None = await tx.fetchval(
        "SELECT ended FROM handlers WHERE proposal_id = $1 AND task_id = $2", proposal_id, task_id
    )
    return bool(ended)


async def note_rating(tx: Tx, rated: ReplyRated) -> bool:
    """A proposer rated a reply; whether now all have, as far as the proposers are known."""
    await tx.execute(
        "INSERT INTO ratings (proposal_id, reply_id, proposer) VALUES ($1, $2, $3)"
        " ON CONFLICT DO NOTHING",
        rated.proposal_id,
        rated.reply_id,
        rated.proposer,
    )
    waiting: bool = await tx.fetchval(
        """
        SELECT EXISTS (SELECT FROM proposers
                        WHERE proposal_id = $1
                          AND NOT EXISTS (SELECT FROM ratings
                                           WHERE ratings.proposal_id = $1
                                             AND reply_id = $2
                                             AND proposer = proposers.name))
        """,
        rated.proposal_id,
        rated.reply_id,
    )
    return not waiting


async def note_dissatisfied(tx: Tx, ordered: RedoOrdered | FaceToFaceOrdered) -> int:
    """A reply did not satisfy; how many of this task's have not, with this one."""
    if isinstance(ordered, FaceToFaceOrdered) or ordered.because != "sent_back":
        await tx.execute(
            "INSERT INTO dissatisfied (proposal_id, reply_id, task_id) VALUES ($1, $2, $3)"
            " ON CONFLICT DO NOTHING",
            ordered.proposal_id,
            ordered.reply_id,
            ordered.task_id,
        )
    found: int = await tx.fetchval(
        "SELECT count(*) FROM dissatisfied WHERE proposal_id = $1 AND task_id = $2",
        ordered.proposal_id,
        ordered.task_id,
    )
    return found


async def note_change_of_promise(tx: Tx, changed: PromiseChanged) -> int:
    """How often a promise has been changed, with this time."""
    times: int = await tx.fetchval(
        """
        INSERT INTO promise_changes AS had (proposal_id, promise_id, times) VALUES ($1, $2, 1)
            ON CONFLICT (proposal_id, promise_id) DO UPDATE SET times = had.times + 1
        RETURNING times
        """,
        changed.proposal_id,
        changed.promise_id,
    )
    return times


async def promised_by(tx: Tx, proposal_id: ProposalId, promise_id: str) -> UnitCode:
    """The unit whose promise it is now.

    Raises:
        Unknown: nothing was promised under this id, or it is kept already.
    """
    unit: UnitCode | None = await tx.fetchval(
        "SELECT unit FROM clocks WHERE proposal_id = $1 AND awaits = 'promise' AND subject = $2"
        " AND state = 'running'",
        proposal_id,
        promise_id,
    )
    if unit is None:
        raise Unknown(what="待兑现的承诺", id=promise_id)
    return unit


async def office_of(tx: Tx, proposal_id: ProposalId) -> UnitCode | None:
    """The unit that handed the proposal over; before that, the one that filed it."""
    found: UnitCode | None = await tx.fetchval(
        "SELECT coalesce(office, committee) FROM proposals WHERE proposal_id = $1", proposal_id
    )
    return found


async def committee_of(tx: Tx, proposal_id: ProposalId) -> UnitCode | None:
    """The unit that filed the proposal."""
    found: UnitCode | None = await tx.fetchval(
        "SELECT committee FROM proposals WHERE proposal_id = $1", proposal_id
    )
    return found


async def number_of(tx: Tx, proposal_id: ProposalId) -> dict[str, Any]:
    """The number of a proposal, its generation, who leads and tracks it."""
    row = await tx.fetchrow(
        "SELECT number, generation, key_leader, tracker FROM proposals WHERE proposal_id = $1",
        proposal_id,
    )
    if row is None:
        raise Unknown(what="提案", id=proposal_id)
    return dict(row)
