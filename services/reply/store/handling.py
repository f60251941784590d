"""Statements about a proposal in its units' hands: read, and locked, for a decision."""

from typing import Any

import asyncpg

from services.reply.domain.confirming_contacts import Contact
from services.reply.domain.handling import (
    Countersigning,
    Disagreement,
    Draft,
    Handling,
    OpinionDraft,
    Round,
    Task,
)
from services.reply.domain.proposing import Signatory
from services.reply.domain.refusals import UnknownContact, UnknownProposal
from services.reply.store.groups import group, home_of, lock_together, points_of, proposers
from shared.contracts.assignment import Role
from shared.contracts.event import Actor, PersonId, ProposalId, TaskId, UnitCode
from shared.work import Tx


async def lock_handling(tx: Tx, proposal_id: ProposalId) -> Handling:
    """The proposal and its tasks as they stand: one decision on it at a time."""
    await tx.lock(proposal_id)
    return await _handling(tx, proposal_id)


async def lock_group(tx: Tx, proposal_id: ProposalId) -> Handling:
    """The proposal with all that a reply may go to: one decision on the whole group at a time."""
    await lock_together(tx, proposal_id)
    return await _handling(tx, proposal_id)


async def lock_contact(tx: Tx, proposal_id: ProposalId, contact_id: str) -> Contact:
    """A recorded talk with what was said of it; each proposer of the group may speak."""
    await tx.lock(proposal_id)
    row = await tx.fetchrow(
        """
        SELECT task_id, unit,
               ARRAY(SELECT proposer FROM contact_words AS words
                      WHERE words.proposal_id = $1 AND words.contact_id = $2 AND NOT denies
                    ) AS confirmed_by,
               ARRAY(SELECT proposer FROM contact_words AS words
                      WHERE words.proposal_id = $1 AND words.contact_id = $2 AND denies
                    ) AS denied_by
          FROM contacts
         WHERE proposal_id = $1 AND contact_id = $2
        """,
        proposal_id,
        contact_id,
    )
    if row is None:
        raise UnknownContact(id=contact_id)
    return Contact(
        proposal_id=proposal_id,
        contact_id=contact_id,
        task_id=TaskId(row["task_id"]),
        unit=UnitCode(row["unit"]),
        signatory=Signatory(await proposers(tx, *await group(tx, proposal_id))),
        confirmed_by=frozenset(row["confirmed_by"]),
        denied_by=frozenset(row["denied_by"]),
    )


async def signatory_of(tx: Tx, proposal_id: ProposalId, *, task_id: TaskId) -> Signatory:
    """Who speaks for a proposal, and who said that they need no talk in the task's round."""
    rows = await tx.fetch(
        """
        SELECT proposer
          FROM waivers
         WHERE proposal_id = $1 AND task_id = $2
           AND round = (SELECT max(round) FROM rounds WHERE proposal_id = $1 AND task_id = $2)
        """,
        proposal_id,
        task_id,
    )
    return Signatory(
        proposers=await proposers(tx, proposal_id),
        waived_by=frozenset(row["proposer"] for row in rows),
    )


async def _handling(tx: Tx, proposal_id: ProposalId) -> Handling:
    home = await home_of(tx, proposal_id)
    of_home = await tx.fetchrow(
        "SELECT title, kind, is_key, taken_back_on FROM proposals WHERE proposal_id = $1", home
    )
    rows = await tx.fetch(TASKS, home, proposal_id)
    if of_home is None and not rows:
        raise UnknownProposal(id=proposal_id)
    taken_back = await tx.fetchval(
        "SELECT taken_back_on IS NOT NULL FROM proposals WHERE proposal_id = $1", proposal_id
    )
    points = await points_of(tx, home)
    signing = await tx.fetch(
        "SELECT task_id, round, draft, unit, state FROM countersigns WHERE proposal_id = $1",
        proposal_id,
    )
    return Handling(
        proposal_id=proposal_id,
        home=home,
        home_title=of_home["title"] if of_home else home,
        group=await group(tx, home),
        tasks=tuple(_task(row, points=points, signing=signing) for row in rows),
        kinds=_kinds(of_home),
        points=points,
        disagreements=await _disagreements(tx, home),
        taken_back=bool(taken_back) or (of_home is not None and bool(of_home["taken_back_on"])),
    )


TASKS = """
    SELECT tasks.task_id, tasks.unit, tasks.role, tasks.answer_by, tasks.paused_on,
           tasks.signed_on IS NOT NULL AS signed,
           tasks.ended_on IS NOT NULL AS ended,
           EXISTS (SELECT FROM opinions
                    WHERE opinions.proposal_id = $1
                      AND opinions.task_id = tasks.task_id
                      AND opinions.withdrawn_on IS NULL) AS opinion_given,
           (SELECT count(*) FROM opinions
             WHERE opinions.proposal_id = $1 AND opinions.task_id = tasks.task_id) AS opinions,
           (SELECT count(*) FROM disagreements
             WHERE disagreements.proposal_id = $1
               AND disagreements.task_id = tasks.task_id) AS disagreements,
           (SELECT count(*) FROM contacts
             WHERE contacts.proposal_id = $2 AND contacts.task_id = tasks.task_id) AS talks,
           worded.draft AS opinion_draft, worded.text AS opinion_text, worded.contradicts,
           worded.drafted_by AS opinion_by, worded.drafted_for AS opinion_for,
           worded.drafter AS opinion_drafter, worded.checked_by, worded.checked_for,
           worded.checker, worded.sent_back_on IS NOT NULL AS opinion_back,
           newest.round, newest.answer_by AS round_by, newest.redo,
           newest.issued_on IS NOT NULL AS issued,
           (SELECT count(*)
              FROM standing_contacts AS contacts
             WHERE contacts.proposal_id = $2
               AND contacts.task_id = tasks.task_id
               AND contacts.round BETWEEN newest.counts_from AND newest.round) AS contacts,
           EXISTS (SELECT
                     FROM waivers
                     JOIN proposers ON proposers.proposal_id = waivers.proposal_id
                          AND proposers.name = waivers.proposer AND proposers.position = 0
                    WHERE waivers.proposal_id = $2
                      AND waivers.task_id = tasks.task_id
                      AND waivers.round BETWEEN newest.counts_from AND newest.round) AS waived,
           written.draft, written.result_class, written.drafted_by, written.drafted_for,
           written.drafter, written.approved_on, written.approved_by, written.approved_for,
           written.approver, written.endorsed_on IS NOT NULL AS endorsed,
           written.sent_back_on IS NOT NULL AS sent_back,
           ARRAY(SELECT point FROM draft_answers AS answers
                  WHERE answers.proposal_id = $2
                    AND answers.task_id = tasks.task_id
                    AND answers.round = newest.round
                    AND answers.draft = written.draft) AS answered
      FROM tasks
      LEFT JOIN LATERAL (
               SELECT *
                 FROM opinion_drafts
                WHERE opinion_drafts.proposal_id = $1
                  AND opinion_drafts.task_id = tasks.task_id
                ORDER BY draft DESC
                LIMIT 1) AS worded ON true
      LEFT JOIN LATERAL (
               SELECT *
                 FROM rounds
                WHERE rounds.proposal_id = $2
                  AND rounds.task_id = tasks.task_id
                  AND (rounds.ended_on IS NULL OR $1 = $2)
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
    """


def _kinds(proposal: asyncpg.Record | None) -> tuple[str, ...]:
    """The kinds by which rules may differ, the most special one first."""
    if proposal is None:
        return ()
    return (*(("key",) if proposal["is_key"] else ()), proposal["kind"])


def _task(row: asyncpg.Record, *, points: tuple[str, ...], signing: list[asyncpg.Record]) -> Task:
    return Task(
        task_id=row["task_id"],
        unit=row["unit"],
        role=Role(row["role"]),
        answer_by=row["answer_by"],
        signed=row["signed"],
        ended=row["ended"],
        paused_on=row["paused_on"],
        opinion_given=row["opinion_given"],
        opinions=row["opinions"],
        disagreements=row["disagreements"],
        contacts=row["talks"],
        opinion_draft=_opinion_draft(row),
        round=_round(row, points=points, signing=signing),
    )


def _opinion_draft(row: asyncpg.Record) -> OpinionDraft | None:
    if row["opinion_draft"] is None:
        return None
    return OpinionDraft(
        number=row["opinion_draft"],
        text=row["opinion_text"],
        contradicts=row["contradicts"],
        drafted_by=_hand(row, "opinion_by", "opinion_drafter", "opinion_for"),
        checked_by=_hand(row, "checked_by", "checker", "checked_for")
        if row["checked_by"]
        else None,
        sent_back=row["opinion_back"],
    )


def _round(
    row: asyncpg.Record, *, points: tuple[str, ...], signing: list[asyncpg.Record]
) -> Round | None:
    if row["round"] is None:
        return None
    draft = None
    if row["draft"] is not None:
        version = (row["task_id"], row["round"], row["draft"])
        draft = Draft(
            number=row["draft"],
            result_class=row["result_class"],
            drafted_by=_hand(row, "drafted_by", "drafter", "drafted_for"),
            approved_by=_hand(row, "approved_by", "approver", "approved_for")
            if row["approved_on"]
            else None,
            endorsed=row["endorsed"],
            sent_back=row["sent_back"],
            unanswered=tuple(point for point in points if point not in row["answered"]),
            countersigning=tuple(
                Countersigning(unit=one["unit"], state=one["state"])
                for one in signing
                if (one["task_id"], one["round"], one["draft"]) == version
            ),
        )
    return Round(
        number=row["round"],
        answer_by=row["round_by"],
        redo=row["redo"],
        contacts=row["contacts"],
        waived=row["waived"],
        newest=draft,
        issued=row["issued"],
    )


def _hand(row: Any, person: str, name: str, on_behalf_of: str) -> Actor:
    """Who acted. Of approvals before there was a column for it only the name was kept."""
    return Actor(
        person=PersonId(row[person] or ""),
        name=row[name],
        post="",
        unit=row["unit"],
        on_behalf_of=row[on_behalf_of],
    )


async def _disagreements(tx: Tx, home: ProposalId) -> tuple[Disagreement, ...]:
    """Those that are open between units which still have their part."""
    rows = await tx.fetch(
        """
        SELECT disagreement_id, task_id, disagreements.unit, lead, level
          FROM disagreements
          JOIN tasks USING (proposal_id, task_id)
         WHERE proposal_id = $1 AND settled_on IS NULL AND tasks.ended_on IS NULL
         ORDER BY opened_on, disagreement_id
        """,
        home,
    )
    return tuple(Disagreement(**dict(row)) for row in rows)
