"""Statements that write down what others told."""

from collections.abc import Iterable

from services.reply.store.handling import group
from shared.contracts import assignment
from shared.contracts.assignment import MovedDue
from shared.contracts.event import Due, ProposalId, TaskId
from shared.contracts.intake import (
    MergeUndone,
    ProposalAccepted,
    ProposalDesignatedKey,
    ProposalsMerged,
    ProposalSubmitted,
    ProposalWithdrawn,
)
from shared.work import Tx


async def open_proposal(tx: Tx, submitted: ProposalSubmitted, *, points: Iterable[str]) -> None:
    """A proposal came in: what it is called, what it suggests, and who may rate the replies."""
    await tx.execute(
        """
        INSERT INTO proposals (proposal_id, title, year, category, kind, wants_publication,
                               submitted_on)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        submitted.proposal_id,
        submitted.title,
        submitted.year,
        submitted.category,
        submitted.kind,
        submitted.wants_publication,
        submitted.on,
    )
    await tx.executemany(
        "INSERT INTO proposers (proposal_id, position, name, person) VALUES ($1, $2, $3, $4)",
        [
            (submitted.proposal_id, position, proposer.name, proposer.person)
            for position, proposer in enumerate(submitted.proposers)
        ],
    )
    await tx.executemany(
        "INSERT INTO points (proposal_id, position, says) VALUES ($1, $2, $3)",
        [(submitted.proposal_id, position, says) for position, says in enumerate(points, start=1)],
    )


async def number_proposal(tx: Tx, accepted: ProposalAccepted) -> None:
    """The committee filed it under a number."""
    await tx.execute(
        "UPDATE proposals SET number = $2 WHERE proposal_id = $1",
        accepted.proposal_id,
        accepted.number,
    )


async def mark_key(tx: Tx, designated: ProposalDesignatedKey) -> None:
    """Rules ask more of a key proposal."""
    await tx.execute(
        "UPDATE proposals SET is_key = true WHERE proposal_id = $1", designated.proposal_id
    )


async def open_group(tx: Tx, merged: ProposalsMerged) -> None:
    """Several proposals are handled as one from now on."""
    members = dict.fromkeys((merged.main, *merged.members))
    await tx.executemany(
        """
        INSERT INTO members (proposal_id, main, position)
        VALUES ($1, $2, $3)
            ON CONFLICT (proposal_id) DO UPDATE
           SET main = excluded.main, position = excluded.position
        """,
        [(member, merged.main, position) for position, member in enumerate(members)],
    )


async def leave_group(tx: Tx, undone: MergeUndone) -> None:
    """A member stands alone again; a group of one is none."""
    await tx.execute("DELETE FROM members WHERE proposal_id = $1", undone.proposal_id)
    await tx.execute(
        """
        DELETE FROM members
         WHERE main = $1 AND (SELECT count(*) FROM members AS left_in WHERE left_in.main = $1) = 1
        """,
        undone.main,
    )


async def take_back(tx: Tx, withdrawn: ProposalWithdrawn) -> None:
    """Its proposers took it back: drafts stop, and nobody is asked for a signature any more."""
    await tx.execute(
        "UPDATE proposals SET taken_back_on = $2 WHERE proposal_id = $1",
        withdrawn.proposal_id,
        withdrawn.on,
    )
    await tx.execute(
        "UPDATE countersigns SET state = 'ended', answered_on = $2"
        " WHERE proposal_id = $1 AND state = 'open'",
        withdrawn.proposal_id,
        withdrawn.on,
    )


async def open_tasks(tx: Tx, proposal_id: ProposalId, tasks: Iterable[assignment.Task]) -> None:
    """Units have something to do; those that answer the proposers owe them a first reply.

    A unit that replied to this proposal before, under a task that has ended, counts on from there.
    """
    for task in tasks:
        await tx.execute(
            """
            INSERT INTO tasks (proposal_id, task_id, unit, role, answer_by)
            VALUES ($1, $2, $3, $4, $5)
            """,
            proposal_id,
            task.task_id,
            task.unit,
            task.role,
            task.answer.on if task.answer else None,
        )
        if task.role.answers_proposer:
            await tx.execute(
                """
                INSERT INTO rounds (proposal_id, task_id, round, answer_by, redo, counts_from)
                SELECT $1, $2, next, $4, false, next
                  FROM (SELECT 1 + coalesce(max(round), 0) AS next
                          FROM replies
                         WHERE unit = $3 AND proposal_id = ANY($5)) AS counted
                """,
                proposal_id,
                task.task_id,
                task.unit,
                task.answer.on if task.answer else None,
                await group(tx, proposal_id),
            )


async def sign_task(tx: Tx, signed: assignment.AssignmentSigned) -> None:
    """A unit took its task on. Tasks that were handed down are not in this room's books."""
    await tx.execute(
        "UPDATE tasks SET signed_on = $3 WHERE proposal_id = $1 AND task_id = $2",
        signed.proposal_id,
        signed.task_id,
        signed.on,
    )


async def end_tasks(tx: Tx, reassigned: assignment.HandlersReassigned) -> None:
    """Tasks went to others: nobody waits for a signature from them or upon their drafts."""
    await tx.execute(
        "UPDATE tasks SET ended_on = $3 WHERE proposal_id = $1 AND task_id = ANY($2)",
        reassigned.proposal_id,
        reassigned.ended,
        reassigned.on,
    )
    await tx.execute(
        "UPDATE rounds SET ended_on = $3 WHERE proposal_id = $1 AND task_id = ANY($2)",
        reassigned.proposal_id,
        reassigned.ended,
        reassigned.on,
    )
    await tx.execute(
        """
        UPDATE countersigns
           SET state = 'ended', answered_on = $3
         WHERE proposal_id = $1 AND state = 'open'
           AND (task_id = ANY($2)
                OR unit IN (SELECT unit FROM tasks
                             WHERE tasks.proposal_id = $1 AND task_id = ANY($2)))
        """,
        reassigned.proposal_id,
        reassigned.ended,
        reassigned.on,
    )


async def move_answers(tx: Tx, proposal_id: ProposalId, moved: Iterable[MovedDue]) -> None:
    """The day by which tasks are to be answered is another one; later rounds have their own."""
    for one in moved:
        if one.clock == "answer":
            await _answer_by(tx, proposal_id, one.task_id, one.due)


async def pause_answer(tx: Tx, paused: assignment.ClockPaused) -> None:
    """A task's clock stands still."""
    await tx.execute(
        "UPDATE tasks SET paused_on = $3 WHERE proposal_id = $1 AND task_id = $2",
        paused.proposal_id,
        paused.task_id,
        paused.on,
    )


async def resume_answer(tx: Tx, resumed: assignment.ClockResumed) -> None:
    """A task's clock goes on, to a new day."""
    await tx.execute(
        "UPDATE tasks SET paused_on = NULL WHERE proposal_id = $1 AND task_id = $2",
        resumed.proposal_id,
        resumed.task_id,
    )
    await _answer_by(tx, resumed.proposal_id, resumed.task_id, resumed.answer)


async def _answer_by(tx: Tx, proposal_id: ProposalId, task_id: TaskId, due: Due) -> None:
    await tx.execute(
        "UPDATE tasks SET answer_by = $3 WHERE proposal_id = $1 AND task_id = $2",
        proposal_id,
        task_id,
        due.on,
    )
    await tx.execute(
        """
        UPDATE rounds
           SET answer_by = $3
         WHERE proposal_id = $1 AND task_id = $2 AND because = 'first' AND issued_on IS NULL
        """,
        proposal_id,
        task_id,
        due.on,
    )
