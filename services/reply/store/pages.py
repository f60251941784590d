"""Statements that read one proposal for a page."""

from collections.abc import Sequence
from typing import TypeVar

from pydantic import BaseModel

from services.reply.domain.drafting import changes
from services.reply.domain.listing_points import stand_of
from services.reply.domain.progress import SAYS, Standing, progress_of
from services.reply.domain.refusals import UnknownLetter, UnknownProposal
from services.reply.store.asking import seen_by
from services.reply.store.groups import group, home_of, points_of, proposers
from services.reply.store.letters import sent, words_of
from services.reply.views import (
    AnswerView,
    ChangedView,
    ContactView,
    CountersignView,
    DisagreementView,
    DraftChangesView,
    DraftView,
    LetterView,
    NoteView,
    OpinionDraftView,
    OpinionView,
    PointView,
    ProgressView,
    PromiseView,
    ProposalView,
    PublicationView,
    RatingView,
    ReplyView,
    RoundView,
    TaskView,
)
from shared.contracts.event import Actor, ProposalId, TaskId
from shared.policy import Sight
from shared.work import Tx

V = TypeVar("V", bound=BaseModel)


async def must_see(tx: Tx, proposal_id: ProposalId, *, sight: Sight, caller: Actor) -> None:
    """What one may not see is answered like what does not exist."""
    if sight.everything:
        return
    seen = await tx.fetchval(
        """
        SELECT $1 OR EXISTS (SELECT FROM concerning($2, $3, $4) AS theirs WHERE theirs = $5)
        """,
        *seen_by(sight, caller=caller),
        proposal_id,
    )
    if not seen:
        raise UnknownProposal(id=proposal_id)


async def proposal(
    tx: Tx,
    proposal_id: ProposalId,
    *,
    sight: Sight,
    caller: Actor,
    limit: int,
    offset: int,
) -> ProposalView:
    """Everything known of a proposal, as far as the reader is concerned.

    The words of drafts are for the unit that writes them and for whom it asked; the units that
    handle a proposal see its ratings after they were closed; what units say to one another is not
    for proposers.
    """
    await must_see(tx, proposal_id, sight=sight, caller=caller)
    home = await home_of(tx, proposal_id)
    known = await tx.fetchrow(
        "SELECT title, taken_back_on FROM proposals WHERE proposal_id = $1", proposal_id
    )
    tasks = await tx.fetch("SELECT * FROM tasks WHERE proposal_id = $1 ORDER BY position", home)
    if known is None and not tasks:
        raise UnknownProposal(id=proposal_id)

    async def page(view: type[V], query: str, *more: object) -> list[V]:
        paged = f"{query} LIMIT $2 OFFSET $3"
        rows = await tx.fetch(paged, proposal_id, limit, offset, *more)
        return [view.model_validate(dict(row)) for row in rows]

    async def inside(view: type[V], query: str, *more: object) -> list[V]:
        return [] if sight.person is not None else await page(view, query, *more)

    points = await points_of(tx, home)
    return ProposalView(
        proposal_id=proposal_id,
        title=known["title"] if known else None,
        taken_back_on=known["taken_back_on"] if known else None,
        proposers=list(await proposers(tx, proposal_id)),
        home=home,
        group=list(await group(tx, home)),
        tasks=[TaskView.model_validate(dict(row)) for row in tasks],
        points=[PointView(position=nth, says=says) for nth, says in enumerate(points, start=1)],
        points_stand=stand_of(points),
        rounds=await page(RoundView, ROUNDS),
        contacts=await page(ContactView, CONTACTS, home),
        opinions=await inside(OpinionView, OPINIONS),
        opinion_drafts=await inside(OpinionDraftView, OPINION_DRAFTS, caller.unit),
        disagreements=await inside(DisagreementView, DISAGREEMENTS),
        drafts=await inside(DraftView, DRAFTS, caller.unit, home),
        countersigns=await inside(CountersignView, COUNTERSIGNS),
        replies=await page(ReplyView, REPLIES),
        ratings=await page(RatingView, RATINGS, not sight.units),
        publications=await page(PublicationView, PUBLICATIONS),
        promises=await page(PromiseView, PROMISES),
        notes=await page(NoteView, NOTES),
    )


ROUNDS = "SELECT * FROM rounds WHERE proposal_id = $1 ORDER BY round DESC, task_id"
CONTACTS = """
    SELECT contacts.*,
           ARRAY(SELECT proposer FROM contact_words AS words
                  WHERE words.proposal_id = contacts.proposal_id
                    AND words.contact_id = contacts.contact_id AND NOT denies
                  ORDER BY proposer) AS confirmed_by,
           ARRAY(SELECT proposer FROM contact_words AS words
                  WHERE words.proposal_id = contacts.proposal_id
                    AND words.contact_id = contacts.contact_id AND denies
                  ORDER BY proposer) AS denied_by
      FROM contacts
     WHERE proposal_id IN ($1, $4)
     ORDER BY contact DESC
    """
OPINIONS = "SELECT * FROM opinions WHERE proposal_id = $1 ORDER BY given_on DESC, letter_id"
OPINION_DRAFTS = """
    SELECT * FROM opinion_drafts
     WHERE proposal_id = $1 AND unit = $4
     ORDER BY draft DESC, task_id
    """
DISAGREEMENTS = """
    SELECT * FROM disagreements
     WHERE proposal_id = $1
     ORDER BY opened_on DESC, disagreement_id
    """
DRAFTS = """
    SELECT drafts.*,
           ARRAY(SELECT says FROM points
                  WHERE points.proposal_id = $5
                    AND says NOT IN (SELECT point FROM draft_answers AS answers
                                      WHERE answers.proposal_id = drafts.proposal_id
                                        AND answers.task_id = drafts.task_id
                                        AND answers.round = drafts.round
                                        AND answers.draft = drafts.draft)
                  ORDER BY position) AS unanswered,
           CASE WHEN unit = $4
                  OR EXISTS (SELECT FROM countersigns
                              WHERE countersigns.proposal_id = drafts.proposal_id
                                AND countersigns.task_id = drafts.task_id
                                AND countersigns.round = drafts.round
                                AND countersigns.draft = drafts.draft
                                AND countersigns.unit = $4)
                THEN text
           END AS text
      FROM drafts
      LEFT JOIN texts USING (proposal_id, task_id, round, draft)
     WHERE proposal_id = $1
     ORDER BY round DESC, draft DESC, task_id
    """
COUNTERSIGNS = """
    SELECT * FROM countersigns
     WHERE proposal_id = $1
     ORDER BY round DESC, draft DESC, unit
    """
REPLIES = "SELECT * FROM replies WHERE proposal_id = $1 ORDER BY issued_on DESC, reply_id DESC"
RATINGS = """
    SELECT ratings.*
      FROM ratings
      JOIN replies USING (proposal_id, reply_id)
     WHERE proposal_id = $1 AND ($4 OR closed_on IS NOT NULL)
     ORDER BY rated_on DESC, reply_id, proposer
    """
PUBLICATIONS = """
    SELECT * FROM publications WHERE proposal_id = $1 ORDER BY sent_on DESC, letter_id
    """
PROMISES = "SELECT * FROM promises WHERE proposal_id = $1 ORDER BY due_on, promise_id"
NOTES = "SELECT * FROM promise_notes WHERE proposal_id = $1 ORDER BY note DESC"


async def letter(
    tx: Tx, proposal_id: ProposalId, letter_id: str, *, sight: Sight, caller: Actor
) -> LetterView:
    """A letter's words, for whoever may see the proposal; an opinion is not for proposers."""
    await must_see(tx, proposal_id, sight=sight, caller=caller)
    found = await sent(tx, proposal_id, letter_id)
    if found.kind == "opinion" and sight.person is not None:
        raise UnknownLetter(id=letter_id)
    return LetterView(
        letter_id=letter_id, unit=found.unit, kind=found.kind, text=found.text("full")
    )


async def draft_changes(
    tx: Tx, proposal_id: ProposalId, task_id: TaskId, *, round: int, draft: int
) -> DraftChangesView:
    """What changed from one version of a draft to the next, and its answers point by point."""
    words = await words_of(tx, proposal_id, task_id, round=round, draft=draft)
    before = (
        await words_of(tx, proposal_id, task_id, round=round, draft=draft - 1) if draft > 1 else ""
    )
    rows = await tx.fetch(
        """
        SELECT says AS point, answer
          FROM points
          LEFT JOIN draft_answers AS answers
            ON answers.point = says
           AND answers.proposal_id = $1 AND answers.task_id = $2
           AND answers.round = $3 AND answers.draft = $4
         WHERE points.proposal_id = $5
         ORDER BY position
        """,
        proposal_id,
        task_id,
        round,
        draft,
        await home_of(tx, proposal_id),
    )
    return DraftChangesView(
        draft=draft,
        since=draft - 1 if draft > 1 else None,
        changes=[ChangedView(what=one.what, text=one.text) for one in changes(before, words)],
        points=[AnswerView.model_validate(dict(row)) for row in rows],
    )


async def may_read_draft(
    tx: Tx, proposal_id: ProposalId, task_id: TaskId, *, round: int, draft: int, caller: Actor
) -> bool:
    """Whether a draft is the caller's unit's own, or it was asked to countersign it."""
    allowed: bool = await tx.fetchval(
        """
        SELECT EXISTS (SELECT FROM drafts
                        WHERE proposal_id = $1 AND task_id = $2 AND round = $3 AND draft = $4
                          AND unit = $5)
            OR EXISTS (SELECT FROM countersigns
                        WHERE proposal_id = $1 AND task_id = $2 AND round = $3 AND draft = $4
                          AND unit = $5)
        """,
        proposal_id,
        task_id,
        round,
        draft,
        caller.unit,
    )
    return allowed


async def progress(tx: Tx, proposal_id: ProposalId) -> ProgressView:
    """How far a proposal has come, for everybody to read."""
    home = await home_of(tx, proposal_id)
    row = await tx.fetchrow(
        """
        SELECT EXISTS (SELECT FROM proposals WHERE proposal_id = $1) AS known,
               EXISTS (SELECT FROM proposals
                        WHERE proposal_id = $1 AND taken_back_on IS NOT NULL) AS taken_back,
               EXISTS (SELECT FROM tasks WHERE proposal_id = $2) AS handed_over,
               (SELECT count(*) FROM standing_contacts
                 WHERE proposal_id IN ($1, $2)) AS contacts,
               (SELECT count(*) FROM replies
                 WHERE proposal_id = $1 AND void_on IS NULL) AS replies,
               EXISTS (SELECT FROM tasks JOIN rounds USING (proposal_id, task_id)
                        WHERE proposal_id = $2 AND tasks.ended_on IS NULL
                          AND because = 'first' AND issued_on IS NULL) AS owing,
               EXISTS (SELECT FROM rounds
                        WHERE (proposal_id = $1 OR proposal_id = $2 AND NOT redo)
                          AND because <> 'first' AND issued_on IS NULL
                          AND rounds.ended_on IS NULL
                          AND NOT EXISTS (SELECT FROM tasks
                                           WHERE tasks.proposal_id = $2
                                             AND tasks.task_id = rounds.task_id
                                             AND tasks.ended_on IS NOT NULL)) AS again,
               EXISTS (SELECT FROM ratings WHERE proposal_id = $1) AS rated,
               (SELECT count(*) FROM promises
                 WHERE proposal_id IN ($1, $2) AND void_on IS NULL) AS promises,
               (SELECT count(*) FROM promises
                 WHERE proposal_id IN ($1, $2) AND kept_on IS NOT NULL) AS kept
        """,
        proposal_id,
        home,
    )
    assert row is not None
    if not (row["known"] or row["handed_over"]):
        raise UnknownProposal(id=proposal_id)
    word = progress_of(
        Standing(
            handed_over=row["handed_over"],
            talked=row["contacts"] > 0,
            answered=row["replies"] > 0 and not row["owing"],
            rated=row["rated"],
            again=row["again"],
            promises=row["promises"],
            open_promises=row["promises"] - row["kept"],
            taken_back=row["taken_back"],
        )
    )
    counted: Sequence[str] = ("contacts", "replies", "promises", "kept")
    return ProgressView(
        proposal_id=proposal_id,
        word=word,
        says=SAYS[word],
        **{what: row[what] for what in counted},
    )
