"""Every SQL statement of the reply room."""

from collections.abc import Iterable
from typing import TypeVar, assert_never

import asyncpg
from pydantic import BaseModel

from services.reply.domain.handling import Draft, Handling, Round, Task
from services.reply.domain.issuing import LetterBook
from services.reply.domain.keeping_promises import Promise
from services.reply.domain.rating import Reply
from services.reply.domain.refusals import UnknownPromise, UnknownProposal, UnknownReply
from services.reply.views import (
    ContactView,
    DraftView,
    OpinionView,
    PromiseView,
    ProposalView,
    RatingView,
    ReplyView,
    RoundView,
    TaskView,
)
from shared.contracts import assignment
from shared.contracts.assignment import Role
from shared.contracts.event import PersonId, ProposalId, UnitCode
from shared.contracts.intake import ProposalsMerged, ProposalSubmitted, Proposer
from shared.contracts.registry import UnitRegistered
from shared.contracts.reply import (
    ContactRecorded,
    OpinionGiven,
    PromiseKept,
    PromiseMade,
    RedoOrdered,
    ReplyApproved,
    ReplyDrafted,
    ReplyIssued,
    ReplyRated,
)
from shared.work import Tx

OurEvent = (
    ContactRecorded
    | OpinionGiven
    | ReplyDrafted
    | ReplyApproved
    | ReplyIssued
    | ReplyRated
    | RedoOrdered
    | PromiseMade
    | PromiseKept
)

V = TypeVar("V", bound=BaseModel)

# Read for a decision


async def lock_handling(tx: Tx, proposal_id: ProposalId) -> Handling:
    """The proposal and its tasks as they stand: one decision on it at a time."""
    await tx.lock(proposal_id)
    return await _handling(tx, proposal_id)


async def lock_group(tx: Tx, proposal_id: ProposalId) -> Handling:
    """The proposal with all that a reply may go to: one decision on the whole group at a time."""
    locked: set[ProposalId] = set()
    # Whoever joined the group while we waited for a lock is locked as well.
    while more := {proposal_id, *await _group_of(tx, proposal_id)} - locked:
        for key in sorted(more):
            await tx.lock(key)
        locked |= more
    return await _handling(tx, proposal_id)


async def lock_letter_book(tx: Tx, unit: UnitRegistered, *, year: int) -> LetterBook:
    """The unit's letters of this year: one number is taken at a time, so none twice, no holes."""
    await tx.execute(
        "INSERT INTO letter_books (unit, year) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        unit.code,
        year,
    )
    last = await tx.fetchval(
        "SELECT last FROM letter_books WHERE unit = $1 AND year = $2 FOR UPDATE", unit.code, year
    )
    return LetterBook(short_name=unit.short_name, year=year, last=last)


async def lock_reply(tx: Tx, proposal_id: ProposalId, reply_id: str) -> Reply:
    """A reply with its ratings so far: one rating of this proposal at a time."""
    await tx.lock(proposal_id)
    row = await tx.fetchrow(
        """
        SELECT replies.task_id, replies.unit, replies.round,
               EXISTS (SELECT
                         FROM rounds
                        WHERE rounds.proposal_id = replies.proposal_id
                          AND rounds.task_id = replies.task_id
                          AND rounds.round > replies.round)
               OR EXISTS (SELECT
                            FROM tasks
                           WHERE tasks.proposal_id = $3
                             AND tasks.task_id = replies.task_id
                             AND tasks.ended_on IS NOT NULL) AS superseded,
               ARRAY(SELECT proposer
                       FROM ratings
                      WHERE ratings.proposal_id = replies.proposal_id
                        AND ratings.reply_id = replies.reply_id) AS rated_by
          FROM replies
         WHERE replies.proposal_id = $1 AND replies.reply_id = $2
        """,
        proposal_id,
        reply_id,
        await _home(tx, proposal_id),
    )
    if row is None:
        raise UnknownReply(id=reply_id)
    return Reply(
        proposal_id=proposal_id,
        reply_id=reply_id,
        task_id=row["task_id"],
        unit=row["unit"],
        round=row["round"],
        proposers=await _proposers(tx, proposal_id),
        rated_by=frozenset(row["rated_by"]),
        superseded=row["superseded"],
    )


async def lock_promise(tx: Tx, proposal_id: ProposalId, promise_id: str) -> Promise:
    """A promise as it stands: one decision on it at a time."""
    await tx.lock(proposal_id)
    row = await tx.fetchrow(
        "SELECT unit, kept_on FROM promises WHERE proposal_id = $1 AND promise_id = $2",
        proposal_id,
        promise_id,
    )
    if row is None:
        raise UnknownPromise(id=promise_id)
    return Promise(
        proposal_id=proposal_id,
        promise_id=promise_id,
        unit=row["unit"],
        kept=row["kept_on"] is not None,
    )


async def _handling(tx: Tx, proposal_id: ProposalId) -> Handling:
    home = await _home(tx, proposal_id)
    title = await tx.fetchval("SELECT title FROM proposals WHERE proposal_id = $1", home)
    rows = await tx.fetch(
        """
        SELECT tasks.task_id, tasks.unit, tasks.role, tasks.answer_by,
               tasks.signed_on IS NOT NULL AS signed,
               tasks.ended_on IS NOT NULL AS ended,
               opinions.task_id IS NOT NULL AS opinion_given,
               newest.round, newest.answer_by AS round_by, newest.redo,
               newest.issued_on IS NOT NULL AS issued,
               (SELECT count(*)
                  FROM contacts
                 WHERE contacts.proposal_id = $2
                   AND contacts.task_id = tasks.task_id
                   AND contacts.round = newest.round) AS contacts,
               written.draft, written.result_class, written.drafted_by,
               written.approved_on IS NOT NULL AS approved
          FROM tasks
          LEFT JOIN opinions USING (proposal_id, task_id)
          LEFT JOIN LATERAL (
                   SELECT *
                     FROM rounds
                    WHERE rounds.proposal_id = $2 AND rounds.task_id = tasks.task_id
                    ORDER BY round DESC
                    LIMIT 1) AS newest ON true
          LEFT JOIN LATERAL (
                   SELECT *
                     FROM drafts
                    WHERE drafts.proposal_id = $2
                      AND drafts.task_id = tasks.task_id
                      AND drafts.round = newest.round
                    ORDER BY draft DESC
                    LIMIT 1) AS written ON true
         WHERE tasks.proposal_id = $1
         ORDER BY tasks.position
        """,
        home,
        proposal_id,
    )
    if title is None and not rows:
        raise UnknownProposal(id=proposal_id)
    return Handling(
        proposal_id=proposal_id,
        home=home,
        home_title=title or home,
        group=await _group(tx, home),
        tasks=tuple(_task(row) for row in rows),
    )


def _task(row: asyncpg.Record) -> Task:
    round = draft = None
    if row["draft"] is not None:
        draft = Draft(
            number=row["draft"],
            result_class=row["result_class"],
            drafted_by=PersonId(row["drafted_by"]),
            approved=row["approved"],
        )
    if row["round"] is not None:
        round = Round(
            number=row["round"],
            answer_by=row["round_by"],
            redo=row["redo"],
            contacts=row["contacts"],
            newest=draft,
            issued=row["issued"],
        )
    return Task(
        task_id=row["task_id"],
        unit=row["unit"],
        role=Role(row["role"]),
        answer_by=row["answer_by"],
        signed=row["signed"],
        ended=row["ended"],
        opinion_given=row["opinion_given"],
        round=round,
    )


async def _home(tx: Tx, proposal_id: ProposalId) -> ProposalId:
    """Where the tasks are: with the proposal itself, else with the main one of its group."""
    home: ProposalId = await tx.fetchval(
        """
        SELECT CASE WHEN EXISTS (SELECT FROM tasks WHERE proposal_id = $1) THEN $1
                    ELSE coalesce((SELECT main FROM members WHERE proposal_id = $1), $1)
               END
        """,
        proposal_id,
    )
    return home


async def _group(tx: Tx, home: ProposalId) -> tuple[ProposalId, ...]:
    """What is handled in ``home``: members with tasks of their own are answered on their own."""
    rows = await tx.fetch(
        """
        SELECT proposal_id
          FROM members
         WHERE main = $1
           AND proposal_id <> $1
           AND NOT EXISTS (SELECT FROM tasks WHERE tasks.proposal_id = members.proposal_id)
         ORDER BY position
        """,
        home,
    )
    return (home, *(row["proposal_id"] for row in rows))


async def _group_of(tx: Tx, proposal_id: ProposalId) -> tuple[ProposalId, ...]:
    return await _group(tx, await _home(tx, proposal_id))


async def _proposers(tx: Tx, proposal_id: ProposalId) -> tuple[Proposer, ...]:
    rows = await tx.fetch(
        "SELECT name, person FROM proposers WHERE proposal_id = $1 ORDER BY position", proposal_id
    )
    return tuple(Proposer(name=row["name"], person=row["person"]) for row in rows)


# What was heard


async def open_proposal(tx: Tx, submitted: ProposalSubmitted) -> None:
    """A proposal came in: its title, and who may rate what is replied to it."""
    await tx.execute(
        "INSERT INTO proposals (proposal_id, title) VALUES ($1, $2)",
        submitted.proposal_id,
        submitted.title,
    )
    await tx.executemany(
        "INSERT INTO proposers (proposal_id, position, name, person) VALUES ($1, $2, $3, $4)",
        [
            (submitted.proposal_id, position, proposer.name, proposer.person)
            for position, proposer in enumerate(submitted.proposers)
        ],
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
                INSERT INTO rounds (proposal_id, task_id, round, answer_by, redo)
                SELECT $1, $2, 1 + coalesce(max(round), 0), $4, false
                  FROM replies
                 WHERE unit = $3 AND proposal_id = ANY($5)
                """,
                proposal_id,
                task.task_id,
                task.unit,
                task.answer.on if task.answer else None,
                await _group(tx, proposal_id),
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
    """Tasks went to others."""
    await tx.execute(
        "UPDATE tasks SET ended_on = $3 WHERE proposal_id = $1 AND task_id = ANY($2)",
        reassigned.proposal_id,
        reassigned.ended,
        reassigned.on,
    )


# What we decided


async def record(tx: Tx, *events: OurEvent) -> None:
    """Tell these events, and let each change what stands."""
    for event in events:
        tx.record(event)
        await _apply(tx, event)


async def keep_text(tx: Tx, drafted: ReplyDrafted, *, text: str) -> None:
    """The words of a draft, which the event does not carry."""
    await tx.execute(
        """
        INSERT INTO texts (proposal_id, task_id, round, draft, text)
        VALUES ($1, $2, $3, $4, $5)
        """,
        drafted.proposal_id,
        drafted.task_id,
        drafted.round,
        drafted.draft,
        text,
    )


async def _apply(tx: Tx, event: OurEvent) -> None:
    match event:
        case ContactRecorded():
            await tx.execute(
                """
                INSERT INTO contacts (proposal_id, task_id, unit, round, kind, people, summary,
                                      talked_on, noted_by)
                SELECT $1, $2, $3, max(round), $4, $5, $6, $7, $8
                  FROM rounds
                 WHERE proposal_id = $1 AND task_id = $2
                """,
                event.proposal_id,
                event.task_id,
                event.unit,
                event.kind,
                event.people,
                event.summary,
                event.on,
                event.by.name,
            )
        case OpinionGiven():
            await tx.execute(
                """
                INSERT INTO opinions (proposal_id, task_id, unit, lead, opinion, days_late,
                                      given_on, given_by)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                """,
                event.proposal_id,
                event.task_id,
                event.unit,
                event.lead,
                event.opinion,
                event.days_late,
                event.on,
                event.by.name,
            )
        case ReplyDrafted():
            await tx.execute(
                """
                INSERT INTO drafts (proposal_id, task_id, round, draft, unit, result_class,
                                    drafted_on, drafted_by, drafter)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """,
                event.proposal_id,
                event.task_id,
                event.round,
                event.draft,
                event.unit,
                event.result_class,
                event.on,
                event.by.person,
                event.by.name,
            )
        case ReplyApproved():
            await tx.execute(
                """
                UPDATE drafts
                   SET approved_on = $5, approver = $6
                 WHERE proposal_id = $1 AND task_id = $2 AND round = $3 AND draft = $4
                """,
                event.proposal_id,
                event.task_id,
                event.round,
                event.draft,
                event.on,
                event.by.name,
            )
        case ReplyIssued():
            await _issue(tx, event)
        case ReplyRated():
            await tx.execute(
                """
                INSERT INTO ratings (proposal_id, reply_id, proposer, process, result, comment,
                                     rated_on, entered_by)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                """,
                event.proposal_id,
                event.reply_id,
                event.proposer,
                event.process,
                event.result,
                event.comment,
                event.on,
                event.by.name,
            )
        case RedoOrdered():
            await tx.execute(
                """
                INSERT INTO rounds (proposal_id, task_id, round, answer_by, redo)
                VALUES ($1, $2, $3, $4, true)
                """,
                event.proposal_id,
                event.task_id,
                event.round,
                event.answer.on,
            )
        case PromiseMade():
            await tx.execute(
                """
                INSERT INTO promises (proposal_id, promise_id, reply_id, unit, text, due_on,
                                      made_on)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                """,
                event.proposal_id,
                event.promise_id,
                event.reply_id,
                event.unit,
                event.text,
                event.due_on,
                event.on,
            )
        case PromiseKept():
            await tx.execute(
                """
                UPDATE promises
                   SET kept_on = $3, evidence = $4
                 WHERE proposal_id = $1 AND promise_id = $2
                """,
                event.proposal_id,
                event.promise_id,
                event.on,
                event.evidence,
            )
        case _:
            assert_never(event)


async def _issue(tx: Tx, event: ReplyIssued) -> None:
    await tx.execute(
        """
        INSERT INTO replies (proposal_id, reply_id, task_id, unit, round, document_number,
                             result_class, meaning, summary, reason, handled_in,
                             without_opinions, without_opinions_because, days_late, rate_by,
                             issued_on, issued_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        """,
        event.proposal_id,
        event.reply_id,
        event.task_id,
        event.unit,
        event.round,
        event.document_number,
        event.result_class,
        event.meaning,
        event.summary,
        event.reason,
        event.handled_in,
        event.without_opinions,
        event.without_opinions_because,
        event.days_late,
        event.rate.on,
        event.on,
        event.by.name,
    )
    await tx.execute(
        "UPDATE letter_books SET last = last + 1 WHERE unit = $1 AND year = $2",
        event.unit,
        event.on.year,
    )
    await tx.execute(
        """
        UPDATE rounds
           SET issued_on = $4
         WHERE proposal_id = $1 AND task_id = $2 AND round = $3
        """,
        event.proposal_id,
        event.task_id,
        event.round,
        event.on,
    )


# Read for a page


async def proposal(
    tx: Tx, proposal_id: ProposalId, *, reader: UnitCode, limit: int, offset: int
) -> ProposalView:
    """Everything known of a proposal; the words of drafts only for the unit that writes them."""
    home = await _home(tx, proposal_id)
    title = await tx.fetchval("SELECT title FROM proposals WHERE proposal_id = $1", proposal_id)
    tasks = await tx.fetch("SELECT * FROM tasks WHERE proposal_id = $1 ORDER BY position", home)
    if title is None and not tasks:
        raise UnknownProposal(id=proposal_id)

    async def page(view: type[V], query: str, *more: object) -> list[V]:
        paged = f"{query} LIMIT $2 OFFSET $3"
        rows = await tx.fetch(paged, proposal_id, limit, offset, *more)
        return [view.model_validate(dict(row)) for row in rows]

    return ProposalView(
        proposal_id=proposal_id,
        title=title,
        proposers=list(await _proposers(tx, proposal_id)),
        home=home,
        group=list(await _group(tx, home)),
        tasks=[TaskView.model_validate(dict(row)) for row in tasks],
        rounds=await page(
            RoundView,
            "SELECT * FROM rounds WHERE proposal_id = $1 ORDER BY round DESC, task_id",
        ),
        contacts=await page(
            ContactView, "SELECT * FROM contacts WHERE proposal_id = $1 ORDER BY contact DESC"
        ),
        opinions=await page(
            OpinionView,
            "SELECT * FROM opinions WHERE proposal_id = $1 ORDER BY given_on DESC, task_id",
        ),
        drafts=await page(
            DraftView,
            """
            SELECT drafts.*, CASE WHEN unit = $4 THEN text END AS text
              FROM drafts
              LEFT JOIN texts USING (proposal_id, task_id, round, draft)
             WHERE proposal_id = $1
             ORDER BY round DESC, draft DESC, task_id
            """,
            reader,
        ),
        replies=await page(
            ReplyView,
            "SELECT * FROM replies WHERE proposal_id = $1 ORDER BY issued_on DESC, reply_id",
        ),
        ratings=await page(
            RatingView,
            """
            SELECT * FROM ratings
             WHERE proposal_id = $1
             ORDER BY rated_on DESC, reply_id, proposer
            """,
        ),
        promises=await page(
            PromiseView,
            "SELECT * FROM promises WHERE proposal_id = $1 ORDER BY due_on, promise_id",
        ),
    )
