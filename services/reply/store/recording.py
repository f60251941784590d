"""What we decided: each event is told, and changes what stands."""

from collections.abc import Mapping
from typing import assert_never

from services.reply.domain.giving_opinions import Opinion
from services.reply.store import dates, recording_letters, recording_promises, recording_talks
from services.reply.store.recording_letters import LetterEvent
from services.reply.store.recording_promises import PromiseEvent
from services.reply.store.recording_talks import TalkEvent
from shared.contracts import reply as told
from shared.contracts.reply import OpinionDrafted, ReplyDrafted
from shared.work import Tx

OurEvent = TalkEvent | LetterEvent | PromiseEvent | told.DatesMoved


async def record(tx: Tx, *events: OurEvent) -> None:
    """Tell these events, and let each change what stands."""
    for event in events:
        tx.record(event)
        await _apply(tx, event)


async def keep_text(
    tx: Tx, drafted: ReplyDrafted, *, text: str, answers: Mapping[str, str]
) -> None:
    """The words of a draft, and of its answer to each point, which the event does not carry."""
    version = (drafted.proposal_id, drafted.task_id, drafted.round, drafted.draft)
    await tx.execute(
        """
        INSERT INTO texts (proposal_id, task_id, round, draft, text)
        VALUES ($1, $2, $3, $4, $5)
        """,
        *version,
        text,
    )
    await tx.executemany(
        """
        INSERT INTO draft_answers (proposal_id, task_id, round, draft, point, answer)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        [(*version, point, answer) for point, answer in answers.items()],
    )


async def keep_opinion(tx: Tx, drafted: OpinionDrafted, *, opinion: Opinion) -> None:
    """The words of a version of an opinion, which the event does not carry."""
    await tx.execute(
        """
        INSERT INTO opinion_drafts (proposal_id, task_id, draft, unit, text, contradicts,
                                    drafted_on, drafted_by, drafted_for, drafter)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        drafted.proposal_id,
        drafted.task_id,
        drafted.draft,
        drafted.unit,
        opinion.text,
        opinion.contradicts,
        drafted.on,
        drafted.by.person,
        drafted.by.on_behalf_of,
        drafted.by.name,
    )


async def _apply(tx: Tx, event: OurEvent) -> None:
    match event:
        case (
            told.ContactRecorded()
            | told.ContactWaived()
            | told.ContactConfirmed()
            | told.ContactDenied()
            | told.OpinionDrafted()
            | told.OpinionChecked()
            | told.OpinionSentBack()
            | told.OpinionGiven()
            | told.OpinionWithdrawn()
            | told.DisagreementOpened()
            | told.DisagreementRaised()
            | told.DisagreementSettled()
        ):
            await recording_talks.apply(tx, event)
        case (
            told.PromiseMade()
            | told.PromiseProgressed()
            | told.PromiseReported()
            | told.PromiseReportRefused()
            | told.PromiseChangeAsked()
            | told.PromiseChangeRefused()
            | told.PromiseChanged()
            | told.PromiseKept()
            | told.PromiseBroken()
            | told.PromiseInherited()
            | told.LookBackOpened()
            | told.LookedBack()
            | told.SecondAnswerIssued()
        ):
            await recording_promises.apply(tx, event)
        case (
            told.PointsListed()
            | told.ReplyDrafted()
            | told.ReplyApproved()
            | told.DraftSentBack()
            | told.CountersignAsked()
            | told.ReplyCountersigned()
            | told.CountersignRefused()
            | told.ReplyEndorsed()
            | told.ReplyIssued()
            | told.ReplyAccepted()
            | told.ReplySentBack()
            | told.ClassChanged()
            | told.RatingAsked()
            | told.RatingReminded()
            | told.ReplyRated()
            | told.RatingClosed()
            | told.RedoOrdered()
            | told.FaceToFaceOrdered()
            | told.FaceToFaceHeld()
            | told.PublicationProposed()
            | told.PublicationDecided()
            | told.ReplyReleased()
            | told.ReleaseWithdrawn()
        ):
            await recording_letters.apply(tx, event)
        case told.DatesMoved():
            await dates.apply(tx, event)
        case _:
            assert_never(event)
