"""Rating: a proposer says of a reply how it was worked on, and whether the result will do (评价).

The committee asks, not the unit. Silence is no rating. A result that will not do opens one more
round with a clock of its own, as often as the place allows; then the two must meet.
"""

from dataclasses import dataclass
from datetime import date

from services.reply.domain.demands import chosen, number_of
from services.reply.domain.proposing import Signatory, is_own, must_not_be_signed_later
from services.reply.domain.refusals import (
    AlreadyRated,
    LetterVoid,
    NeedsPaper,
    NotAskedToRate,
    RatesForAnother,
    RatingIsClosed,
    UnclearRating,
)
from services.reply.domain.wording import keep_within
from shared.calendar import Calendar
from shared.contracts.event import Actor, ProposalId, TaskId, UnitCode
from shared.contracts.registry import Post, RulesPublished
from shared.contracts.reply import FaceToFaceOrdered, Paper, Rating, RedoOrdered, ReplyRated
from shared.deadlines import due


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that one proposal got, who has rated it, and how its rating stands.

    ``superseded``: another round was opened since, or a meeting ordered, or another unit took the
    task over. ``rounds`` counts the rounds that this proposal's ratings have asked for. ``asked``
    and ``reminders`` are the committee's own; ``rate_by`` is the day that it gave.
    """

    proposal_id: ProposalId
    reply_id: str
    task_id: TaskId
    unit: UnitCode
    round: int
    signatory: Signatory
    rated_by: frozenset[str] = frozenset()
    dissatisfied: bool = False
    superseded: bool = False
    rounds: int = 1
    rate_by: date | None = None
    accepted: bool = False
    asked: bool = False
    reminders: int = 0
    closed: bool = False
    void: bool = False

    @property
    def silent(self) -> tuple[str, ...]:
        """The proposers who have not answered."""
        return tuple(one.name for one in self.signatory.proposers if one.name not in self.rated_by)


Follows = RedoOrdered | FaceToFaceOrdered


def rate_reply(
    reply: Reply,
    *,
    proposer: str,
    process: Rating,
    result: Rating,
    comment: str,
    by: Actor,
    on: date,
    rules: RulesPublished,
    calendar: Calendar,
    paper: Paper | None = None,
) -> tuple[ReplyRated | Follows, ...]:
    """One rating per proposer; the first dissatisfied result of a reply opens the next round."""
    named = reply.signatory.named(proposer)
    _check_hand(named.name, own=is_own(named, by=by), by=by, on=on, paper=paper, rules=rules)
    if reply.void:
        raise LetterVoid
    if reply.closed:
        raise RatingIsClosed
    if not reply.asked and chosen(rules, "rating.asked") == "by_committee":
        raise NotAskedToRate
    if Rating.UNKNOWN in (process, result):
        raise UnclearRating
    if proposer in reply.rated_by:
        raise AlreadyRated(proposer=proposer)
    keep_within(rules, comment=comment)
    rated = ReplyRated(
        proposal_id=reply.proposal_id,
        by=by,
        on=on,
        reply_id=reply.reply_id,
        round=reply.round,
        proposer=proposer,
        process=process,
        result=result,
        comment=comment,
        paper=paper,
    )
    at_closing = chosen(rules, "redo.ordered") == "at_closing"
    if result is not Rating.DISSATISFIED or reply.superseded or at_closing:
        return (rated,)
    return (rated, what_follows(reply, by=by, on=on, rules=rules, calendar=calendar))


def what_follows(
    reply: Reply, *, by: Actor, on: date, rules: RulesPublished, calendar: Calendar
) -> Follows:
    """Another round while there is one left; after the last, a meeting."""
    most = number_of(rules, "rounds.max")
    if most is None or reply.rounds < most:
        return RedoOrdered(
            proposal_id=reply.proposal_id,
            by=by,
            on=on,
            reply_id=reply.reply_id,
            task_id=reply.task_id,
            unit=reply.unit,
            round=reply.round + 1,
            answer=due("redo", starts_on=on, rules=rules, calendar=calendar),
        )
    return FaceToFaceOrdered(
        proposal_id=reply.proposal_id,
        by=by,
        on=on,
        reply_id=reply.reply_id,
        task_id=reply.task_id,
        unit=reply.unit,
        round=reply.round,
        meet=due("meet", starts_on=on, rules=rules, calendar=calendar)
        if "meet" in rules.deadlines
        else None,
    )


def _check_hand(
    proposer: str,
    *,
    own: bool,
    by: Actor,
    on: date,
    paper: Paper | None,
    rules: RulesPublished,
) -> None:
    """A proposer rates in person; the committee may enter what one of them answered."""
    if by.post == Post.COMMITTEE:
        if paper is not None:
            must_not_be_signed_later(paper, on=on)
        elif chosen(rules, "rating.proxy") == "paper":
            raise NeedsPaper(proposer=proposer)
    elif not own:
        raise RatesForAnother(proposer=proposer)
