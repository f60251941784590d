"""Rating: a proposer says of a reply how it was worked on, and whether the result will do (评价).

Silence is no rating. A result that will not do opens one more round, with a clock of its own.
"""

from dataclasses import dataclass
from datetime import date

from services.reply.domain.refusals import (
    AlreadyRated,
    NotProposer,
    RatesForAnother,
    UnclearRating,
)
from services.reply.domain.wording import keep_within
from shared.calendar import Calendar
from shared.contracts.event import Actor, ProposalId, TaskId, UnitCode
from shared.contracts.intake import Proposer
from shared.contracts.registry import Post, RulesPublished
from shared.contracts.reply import Rating, RedoOrdered, ReplyRated
from shared.deadlines import due


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that one proposal got, and who has rated it.

    ``superseded``: another round was opened since, or another unit took the task over.
    """

    proposal_id: ProposalId
    reply_id: str
    task_id: TaskId
    unit: UnitCode
    round: int
    proposers: tuple[Proposer, ...]
    rated_by: frozenset[str] = frozenset()
    superseded: bool = False

    def proposer(self, name: str) -> Proposer:
        """The proposer of that name."""
        for proposer in self.proposers:
            if proposer.name == name:
                return proposer
        raise NotProposer(name=name, known="、".join(one.name for one in self.proposers))


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
) -> tuple[ReplyRated | RedoOrdered, ...]:
    """One rating per proposer; the first dissatisfied result of a reply orders its redo."""
    _check_hand(reply.proposer(proposer), by=by)
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
    )
    if result is not Rating.DISSATISFIED or reply.superseded:
        return (rated,)
    redo = RedoOrdered(
        proposal_id=reply.proposal_id,
        by=by,
        on=on,
        reply_id=reply.reply_id,
        task_id=reply.task_id,
        unit=reply.unit,
        round=reply.round + 1,
        answer=due("redo", starts_on=on, rules=rules, calendar=calendar),
    )
    return (rated, redo)


def _check_hand(proposer: Proposer, *, by: Actor) -> None:
    """A proposer rates in person; the committee may enter what one of them answered."""
    if by.post == Post.COMMITTEE:
        return
    is_own = by.person == proposer.person if proposer.person else by.name == proposer.name
    if not is_own:
        raise RatesForAnother(proposer=proposer.name)
