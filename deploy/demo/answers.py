"""Answering: talk, drafts, approval by another person, the letter, its ratings and promises."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from deploy.demo.acts import Act
from deploy.demo.days import after
from deploy.demo.portfolio import NOT_NAMED, Proposal, Reply
from deploy.demo.verbs import replying

PUBLISHED_AFTER = 10
KINDS = ("visit", "meeting", "call", "visit", "message")


@dataclass(frozen=True, slots=True)
class Lead:
    """A unit that answers: from which day on, and in which generation of tasks."""

    unit: str
    since: date
    generation: int = 1


def talk(case: Proposal, lead: Lead, *, on: date, nth: int, says: str) -> Act:
    """The unit talks with the proposers, now in this way, now in that."""
    kind = KINDS[nth % len(KINDS)]
    return replying.contacted(
        case, lead.unit, on=on, kind=kind, says=says, generation=lead.generation
    )


def answered(
    case: Proposal,
    lead: Lead,
    *,
    reply: Reply,
    starts_on: date,
    rated_after: int,
    round: int = 1,
    others: Sequence[Proposal] = (),
    because: str | None = None,
    first_draft: int = 1,
    signed: Callable[[date], Iterator[Act]] | None = None,
) -> Iterator[Act]:
    """One draft a day, checked on the next one, sent on the one after that, then rated.

    ``signed`` are the names that a key proposal's draft needs besides.
    """
    unit, generation = lead.unit, lead.generation
    for version in range(first_draft, reply.drafts + 1):
        yield replying.drafted(
            case,
            unit,
            on=after(starts_on, version - first_draft),
            version=version,
            generation=generation,
            reply=reply,
        )
    approved_on = after(starts_on, reply.drafts - first_draft + 1)
    sent_on = after(approved_on, 1)
    newest = reply.drafts
    yield replying.approved(case, unit, on=approved_on, version=newest, generation=generation)
    if signed is not None:
        yield from signed(approved_on)
    yield replying.issued(
        case,
        unit,
        on=sent_on,
        generation=generation,
        reply=reply,
        because=because,
        others=others,
    )
    for answered_one in (case, *others):
        yield replying.accepted(answered_one, unit, on=after(sent_on, 2), round=round)
        since = after(sent_on, rated_after)
        yield from _rated(answered_one, unit, round=round, reply=reply, since=since)
        on = after(sent_on, PUBLISHED_AFTER)
        yield from replying.published(answered_one, unit, on=on, round=round)
    yield from _kept(case, unit, round=round, reply=reply)


def _rated(case: Proposal, unit: str, *, round: int, reply: Reply, since: date) -> Iterator[Act]:
    """Each proposer on a day of their own; those whose names are not known say nothing.

    The unit reads what was said when the committee has closed the ratings: after the last one, or
    when their date is over.
    """
    for nth, name in enumerate(case.proposers):
        if NOT_NAMED not in name:
            verdict = reply.verdict(nth)
            yield replying.rated(
                case, unit, on=after(since, nth), round=round, nth=nth, verdict=verdict
            )
    closed_on = after(since, len(case.proposers))
    if case.unnamed:
        yield replying.reminded_of_rating(case, unit, on=after(since, 2))
        closed_on = after(since, 16)
    yield replying.closed_ratings(case, unit, on=closed_on, round=round)


def _kept(case: Proposal, unit: str, *, round: int, reply: Reply) -> Iterator[Act]:
    """The promises that are kept, or found broken, before the year is over."""
    for nth, promise in enumerate(reply.promises, start=1):
        if promise.kept_on:
            yield from replying.kept(case, unit, round=round, nth=nth, promise=promise)
        elif promise.broken_on:
            yield replying.broken(case, unit, round=round, nth=nth, promise=promise)
