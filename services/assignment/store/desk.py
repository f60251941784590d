"""Filed proposals on the desk, as decisions read them: locked, one decision at a time."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

import asyncpg

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.refusals import NotFiled
from shared.contracts.assignment import Consent, Role
from shared.contracts.event import Due, ProposalId
from shared.contracts.intake import (
    KeyDesignationTakenBack,
    MergeUndone,
    ProposalAccepted,
    ProposalDesignatedKey,
    ProposalRevised,
    ProposalsMerged,
    ProposalSubmitted,
    ProposalWithdrawn,
)
from shared.work import Tx

# LATERAL with LIMIT keeps the planner to one lookup a task: a table that was empty when the
# statement was planned would be read whole. And for a single key the plan is kept; for a list it is
# made anew each time, which takes longer than the statement.
STANDING = """
    SELECT assignments.proposal_id, assignments.number,
           coalesce(main.number, assignments.merged_into) AS merged_into,
           assignments.withdrawn_on IS NOT NULL AS withdrawn,
           proposals.put_by, proposals.session, proposals.key_leader,
           (SELECT count(*) FROM returns AS all_returns
             WHERE all_returns.proposal_id = assignments.proposal_id) AS returns,
           tasks.task_id, unit, role, state, generation, parent, duty, given_on,
           sign, return_by, answer, contact, sign_left, answer_left,
           tasks.consent, object_by, bound, wanted_until, extended, paused_on,
           tasks.answered_on, redo, heirs IS NOT NULL AS heir_wanted,
           coalesce(objection.proposed_unit, pending.proposed_unit) AS proposed_unit,
           coalesce(objection.raised_on, pending.returned_on) AS returned_on,
           coalesce(objection.decide, pending.decide) AS decide,
           objection.meeting_on IS NOT NULL AS meeting_held
      FROM assignments
      LEFT JOIN proposals ON proposals.proposal_id = assignments.proposal_id
      LEFT JOIN assignments AS main ON main.proposal_id = assignments.merged_into
      LEFT JOIN tasks ON tasks.proposal_id = assignments.proposal_id
      LEFT JOIN LATERAL (
            SELECT proposed_unit, returned_on, decide
              FROM returns
             WHERE returns.proposal_id = tasks.proposal_id
               AND returns.task_id = tasks.task_id
               AND returns.decided_on IS NULL
             LIMIT 1) AS pending ON true
      LEFT JOIN LATERAL (
            SELECT proposed_unit, raised_on, decide, meeting_on
              FROM objections
             WHERE objections.proposal_id = tasks.proposal_id
               AND objections.task_id = tasks.task_id
               AND objections.decided_on IS NULL
             LIMIT 1) AS objection ON true
     WHERE assignments.proposal_id {wanted}
     ORDER BY assignments.proposal_id, ordinal
"""
ONE, SEVERAL = STANDING.format(wanted="= $1"), STANDING.format(wanted="= ANY($1)")


async def lock_assignment(tx: Tx, proposal_id: ProposalId) -> Assignment:
    """The assignment as it stands, locked until the transaction ends: one decision at a time."""
    assignment = (await lock_assignments(tx, [proposal_id])).get(proposal_id)
    if assignment is None:
        raise NotFiled
    return assignment


async def lock_group(tx: Tx, proposal_id: ProposalId) -> Assignment:
    """The same where the decision may complete the proposal: with all that is merged into it."""
    await tx.lock_all([proposal_id, *await members_of(tx, proposal_id)])
    return await lock_assignment(tx, proposal_id)


async def members_of(tx: Tx, main: ProposalId) -> list[ProposalId]:
    """The proposals that are handled in the tasks of this one, besides itself."""
    rows = await tx.fetch("SELECT proposal_id FROM assignments WHERE merged_into = $1", main)
    return [ProposalId(row["proposal_id"]) for row in rows]


async def lock_assignments(
    tx: Tx, proposal_ids: Sequence[ProposalId]
) -> dict[ProposalId, Assignment]:
    """Those that are filed; in sorted order, so that two such acts cannot hold each other."""
    wanted = sorted(set(proposal_ids))
    await tx.lock_all(wanted)
    rows = await (tx.fetch(ONE, *wanted) if len(wanted) == 1 else tx.fetch(SEVERAL, wanted))
    return {
        proposal_id: Assignment(
            proposal_id,
            first["number"],
            first["merged_into"],
            tuple(_task(row) for row in (first, *rest) if row["task_id"] is not None),
            kinds=_kinds(first),
            withdrawn=first["withdrawn"],
            returns=first["returns"],
        )
        for proposal_id, (first, *rest) in groupby(rows, key=itemgetter("proposal_id"))
    }


def _kinds(row: asyncpg.Record) -> tuple[str, ...]:
    """What makes a proposal's clocks special, the most special first."""
    if row["put_by"] is None:  # filed before we were told of submissions
        return ()
    return (
        *(["key"] if row["key_leader"] is not None else []),
        "off_session" if row["session"] is None else "in_session",
        row["put_by"],
    )


def _task(row: asyncpg.Record) -> Task:
    return Task(
        task_id=row["task_id"],
        unit=row["unit"],
        role=Role(row["role"]),
        state=TaskState(row["state"]),
        generation=row["generation"],
        parent=row["parent"],
        duty=row["duty"],
        given_on=row["given_on"],
        sign=due(row["sign"]),
        return_by=due(row["return_by"]),
        answer=due(row["answer"]),
        contact=due(row["contact"]),
        sign_left=row["sign_left"],
        answer_left=row["answer_left"],
        consent=Consent.model_validate_json(row["consent"]) if row["consent"] else None,
        proposed_unit=row["proposed_unit"],
        returned_on=row["returned_on"],
        decide=due(row["decide"]),
        object_by=due(row["object_by"]),
        meeting_held=row["meeting_held"],
        bound=row["bound"],
        wanted_until=row["wanted_until"],
        extended=row["extended"],
        paused_on=row["paused_on"],
        answered_on=row["answered_on"],
        redo=row["redo"],
        heir_wanted=row["heir_wanted"],
    )


def explained(due: Due | None) -> str | None:
    """A due date as the tables keep it."""
    return due.model_dump_json() if due is not None else None


def due(explained: str | None) -> Due | None:
    """A due date as the tables kept it."""
    return Due.model_validate_json(explained) if explained is not None else None


async def open_proposal(tx: Tx, submitted: ProposalSubmitted) -> None:
    """What a proposal asks for, who put it and when: for advice, items and its clocks."""
    await tx.execute(
        """
        INSERT INTO proposals (proposal_id, year, title, text, put_by, session, people)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (proposal_id) DO UPDATE
           SET year = excluded.year, title = excluded.title, text = excluded.text,
               put_by = excluded.put_by, session = excluded.session, people = excluded.people
        """,
        submitted.proposal_id,
        submitted.year,
        submitted.title,
        submitted.text,
        submitted.put_by,
        submitted.session,
        sorted(
            {submitted.by.on_behalf_of or submitted.by.person}
            | {one.person for one in submitted.proposers if one.person is not None}
        ),
    )


async def revise_proposal(tx: Tx, revised: ProposalRevised) -> None:
    """It asks for what it asks for in other words."""
    await tx.execute(
        "UPDATE proposals SET title = $2, text = $3 WHERE proposal_id = $1",
        revised.proposal_id,
        revised.title,
        revised.text,
    )


async def take_back_key(tx: Tx, taken_back: KeyDesignationTakenBack) -> None:
    """It is like any other from now on; clocks that run already stay as they are."""
    await tx.execute(
        "UPDATE proposals SET key_leader = NULL WHERE proposal_id = $1", taken_back.proposal_id
    )


async def designate(tx: Tx, key: ProposalDesignatedKey) -> None:
    """It is a key proposal from now on; clocks that run already stay as they are."""
    await tx.execute(
        "UPDATE proposals SET key_leader = $2 WHERE proposal_id = $1", key.proposal_id, key.leader
    )


async def open_assignment(tx: Tx, accepted: ProposalAccepted) -> None:
    """A filed proposal lands on the desk."""
    await tx.execute(
        """
        WITH renumbered AS (UPDATE tasks SET number = $2 WHERE proposal_id = $1 AND number <> $2)
        INSERT INTO assignments (proposal_id, number) VALUES ($1, $2)
            ON CONFLICT (proposal_id) DO UPDATE SET number = excluded.number
        """,
        accepted.proposal_id,
        accepted.number,
    )


async def join_group(tx: Tx, merged: ProposalsMerged) -> None:
    """From now on a proposal is handled with the main one of its group."""
    await tx.execute(
        "UPDATE assignments SET merged_into = nullif($2, $1) WHERE proposal_id = $1",
        merged.proposal_id,
        merged.main,
    )


async def leave_group(tx: Tx, undone: MergeUndone) -> None:
    """From now on a proposal is handled on its own again."""
    await tx.execute(
        "UPDATE assignments SET merged_into = NULL WHERE proposal_id = $1", undone.proposal_id
    )


async def withdraw(tx: Tx, withdrawn: ProposalWithdrawn) -> None:
    """Its proposers took it back: nothing more is done with it."""
    await tx.execute(
        "UPDATE assignments SET withdrawn_on = $2 WHERE proposal_id = $1",
        withdrawn.proposal_id,
        withdrawn.on,
    )
