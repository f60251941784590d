"""Telling: which acts of a case's timeline are for whom to read."""

from collections.abc import Iterable

from services.portal.domain.rows import Facts
from shared.policy import Sight

RATED = "huiban.reply.ReplyRated.v1"
# How offices come to an answer stays among them; what is done for and with the proposers does not.
PROPOSERS_ARE_TOLD = frozenset(
    {
        "huiban.intake.JointSignatureAsked.v1",
        "huiban.intake.JointSignatureGiven.v1",
        "huiban.intake.JointSignatureDeclined.v1",
        "huiban.intake.ProposalSubmitted.v1",
        "huiban.intake.ProposalRevised.v1",
        "huiban.intake.ProposalSentBack.v1",
        "huiban.intake.ProposalAccepted.v1",
        "huiban.intake.ProposalDeclined.v1",
        "huiban.intake.ProposalTurned.v1",
        "huiban.intake.ProposalWithdrawn.v1",
        "huiban.intake.ProposalsMerged.v1",
        "huiban.intake.MergeObjected.v1",
        "huiban.intake.MergeObjectionRefused.v1",
        "huiban.intake.MergeUndone.v1",
        "huiban.intake.ProposalDesignatedKey.v1",
        "huiban.intake.KeyDesignationTakenBack.v1",
        "huiban.intake.ProposalArchived.v1",
        "huiban.assignment.HandlersAssigned.v1",
        "huiban.assignment.HandlersReassigned.v1",
        "huiban.assignment.ExtensionGranted.v1",
        "huiban.assignment.ClockPaused.v1",
        "huiban.assignment.ClockResumed.v1",
        "huiban.assignment.DueDatesMoved.v1",
        "huiban.assignment.ProposalAnswered.v1",
        "huiban.reply.ContactRecorded.v1",
        "huiban.reply.ContactConfirmed.v1",
        "huiban.reply.ContactDenied.v1",
        "huiban.reply.ReplyIssued.v1",
        "huiban.reply.ReplySentBack.v1",
        "huiban.reply.ClassChanged.v1",
        "huiban.reply.RatingAsked.v1",
        "huiban.reply.RatingReminded.v1",
        "huiban.reply.RatingClosed.v1",
        "huiban.reply.RedoOrdered.v1",
        "huiban.reply.FaceToFaceOrdered.v1",
        "huiban.reply.FaceToFaceHeld.v1",
        "huiban.reply.ReplyReleased.v1",
        "huiban.reply.ReleaseWithdrawn.v1",
        "huiban.reply.PromiseMade.v1",
        "huiban.reply.PromiseProgressed.v1",
        "huiban.reply.PromiseChanged.v1",
        "huiban.reply.PromiseKept.v1",
        "huiban.reply.PromiseBroken.v1",
        "huiban.reply.PromiseInherited.v1",
        "huiban.reply.SecondAnswerIssued.v1",
    }
)
# What a unit owes its proposers is theirs to know; what units owe one another is not.
PROPOSERS_WAIT_FOR = frozenset({"reply", "redo", "rate", "promise"})


def is_for_proposers(task: Facts) -> bool:
    """Whether a task is theirs to know: who handles it now, and not to whom it was handed down."""
    return task["ended_on"] is None and not task["parent"]


def told_to(sight: Sight) -> frozenset[str] | None:
    """The kinds of events that a reader is told; None for all."""
    return PROPOSERS_ARE_TOLD if sight.person is not None else None


def kept_from(sight: Sight) -> frozenset[str]:
    """The kinds of events that nobody but those who see everything reads: a rating, anywhere."""
    return frozenset() if sight.everything else frozenset({RATED})


def lines_for(sight: Sight, lines: Iterable[Facts], *, ratings_over: bool) -> list[Facts]:
    """A case's lines that the reader is told; what was rated, once all asking for it is over."""
    told = told_to(sight)
    return [
        line
        for line in lines
        if told is None or line["type"] in told or line["type"] == RATED
        if sight.everything or ratings_over or line["type"] != RATED
    ]
