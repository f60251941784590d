"""Statements that write down what others told."""

from collections.abc import Iterable

from services.reply.store.groups import group
from shared.contracts import assignment
from shared.contracts.assignment import MovedDue
from shared.contracts.event import Due, ProposalId, TaskId
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


async def mark_no_longer_key(tx: Tx, taken_back: KeyDesignationTakenBack) -> None:
    """Rules ask of it what they ask of any."""
    await tx.execute(
        "UPDATE proposals SET is_key = false WHERE proposal_id = $1", taken_back.proposal_id
    )


async def revise_proposal(tx: Tx, revised: ProposalRevised, *, points: Iterable[str]) -> None:
    """It was handed in again in other words."""
    await tx.execute(
        "UPDATE proposals SET title = $2, wants_publication = $3 WHERE proposal_id = $1",
        revised.proposal_id,
        revised.title,
        revised.wants_publication,
    )
    await tx.execute("DELETE FROM points WHERE proposal_id = $1", revised.proposal_id)
    await tx.executemany(
        "INSERT INTO points (proposal_id, position, says) VALUES ($1, $2, $3)",
        [(revised.proposal_id, position, says) for position, says in enumerate(points, start=1)],
    )


async def open_group(tx: Tx, merged: ProposalsMerged) -> None:
    """Several proposals are handled as one from now on; told to each, and again when more join.

    What is told to a proposal is true of it. Of the others it is taken only where we were told
    nothing of theirs yet: one that has left since is not brought back.
    """
    await tx.executemany(
        "INSERT INTO members (proposal_id, main) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        [(member, merged.main) for member in dict.fromkeys((merged.main, *merged.members))],
    )
    await tx.execute(
        "UPDATE members SET main = $2 WHERE proposal_id = $1", merged.proposal_id, merged.main
    )


async def leave_group(tx: Tx, undone: MergeUndone) -> None:
    """A member stands alone again: a group of one."""
    await tx.execute(
        "INSERT INTO members (proposal_id, main) VALUES ($1, $1)"
        " ON CONFLICT (proposal_id) DO UPDATE SET main = excluded.main",
        undone.proposal_id,
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
    Work below that moves along with a task is not in this room's books: it owes nothing here.
    """
    await note_work_below(tx, proposal_id, [task for task in tasks if task.parent is not None])
    for task in tasks:
        if task.parent is not None:
            continue
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


async def note_work_below(
    tx: Tx, proposal_id: ProposalId, tasks: Iterable[assignment.Task]
) -> None:
    """Work was handed down: the proposal concerns those units from now on."""
    await tx.execute(
        """
        INSERT INTO work_below (proposal_id, unit)
        SELECT $1, unit FROM unnest($2::text[]) AS given (unit)
            ON CONFLICT DO NOTHING
        """,
        proposal_id,
        [task.unit for task in tasks],
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
    """The day by which tasks are to be answered is another one; each round has its own."""
    for one in moved:
        if one.clock == "answer":
            await _answer_by(tx, proposal_id, one.task_id, one.due, round=one.round)


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
    await _answer_by(tx, resumed.proposal_id, resumed.task_id, resumed.answer, round=resumed.round)


async def _answer_by(
    tx: Tx, proposal_id: ProposalId, task_id: TaskId, due: Due, *, round: int | None
) -> None:
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
         WHERE proposal_id = $1 AND task_id = $2 AND issued_on IS NULL
           AND CASE WHEN $4::int IS NULL THEN because = 'first' ELSE round = $4 END
        """,
        proposal_id,
        task_id,
        due.on,
        round,
    )
