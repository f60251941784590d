"""Asking for ratings: the committee asks, reminds, and closes; the unit has no hand in it (征询).

Who gives no answer is written down as such, and counts as satisfied by no means.
"""

from datetime import date

from services.reply.domain.demands import chosen, number_of
from services.reply.domain.rating import Follows, Reply, what_follows
from services.reply.domain.refusals import (
    AskedToRateAlready,
    EverybodyRated,
    LetterVoid,
    NotAccepted,
    NotRemindedYet,
    RatingIsClosed,
    RatingStillRuns,
)
from shared.calendar import Calendar
from shared.contracts.event import Actor
from shared.contracts.registry import RulesPublished
from shared.contracts.reply import RatingAsked, RatingClosed, RatingReminded
from shared.deadlines import due


def ask_for_ratings(
    reply: Reply, *, by: Actor, on: date, rules: RulesPublished, calendar: Calendar
) -> RatingAsked:
    """Once per reply, with a window of its own; where the office checks first, after that."""
    _must_be_open(reply)
    if reply.asked:
        raise AskedToRateAlready
    if chosen(rules, "rating.after") == "check" and not reply.accepted:
        raise NotAccepted
    return RatingAsked(
        proposal_id=reply.proposal_id,
        by=by,
        on=on,
        reply_id=reply.reply_id,
        round=reply.round,
        unit=reply.unit,
        rate=due("rate", starts_on=on, rules=rules, calendar=calendar),
    )


def remind_of_rating(reply: Reply, *, by: Actor, on: date) -> RatingReminded:
    """Those who have not answered, whether their day is over or not."""
    _must_be_open(reply)
    if not reply.silent:
        raise EverybodyRated
    return RatingReminded(
        proposal_id=reply.proposal_id,
        by=by,
        on=on,
        reply_id=reply.reply_id,
        round=reply.round,
        unit=reply.unit,
        proposers=reply.silent,
    )


def close_rating(
    reply: Reply, *, by: Actor, on: date, rules: RulesPublished, calendar: Calendar
) -> tuple[RatingClosed | Follows, ...]:
    """When all have rated; else when their day is over and they were reminded often enough."""
    _must_be_open(reply)
    if reply.silent:
        if reply.rate_by is not None and on <= reply.rate_by:
            raise RatingStillRuns(day=reply.rate_by, names="、".join(reply.silent))
        if reply.reminders < (number_of(rules, "rating.reminders") or 0):
            raise NotRemindedYet(names="、".join(reply.silent))
    closed = RatingClosed(
        proposal_id=reply.proposal_id,
        by=by,
        on=on,
        reply_id=reply.reply_id,
        round=reply.round,
        unit=reply.unit,
        unanswered=reply.silent,
    )
    if not reply.dissatisfied or reply.superseded:
        return (closed,)
    return (closed, what_follows(reply, by=by, on=on, rules=rules, calendar=calendar))


def _must_be_open(reply: Reply) -> None:
    if reply.void:
        raise LetterVoid
    if reply.closed:
        raise RatingIsClosed
