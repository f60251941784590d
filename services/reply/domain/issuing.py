"""Issuing: the approved reply goes out under the unit's own document number (签发、答复).

In a merged group the proposals are handled once and answered one by one: each of them gets a
reply with a document number of its own; what was promised is promised once, on the main one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from services.reply.domain.drafting import class_of
from services.reply.domain.handling import Draft, Handling, Round, days_late
from services.reply.domain.refusals import (
    NeedsPromise,
    NeedsReason,
    NoContactYet,
    NotApproved,
    OpinionsMissing,
    OpinionsStillDue,
    PromisedInThePast,
)
from services.reply.domain.wording import keep_within
from shared.calendar import Calendar
from shared.contracts.event import Actor, ProposalId, TaskId, UnitCode
from shared.contracts.registry import ResultClass, RulesPublished
from shared.contracts.reply import PromiseMade, ReplyIssued
from shared.deadlines import due


@dataclass(frozen=True, slots=True)
class Promised:
    """Something that the reply promises by a day."""

    text: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Letter:
    """What the head signs: which draft, and what the proposers are told with it."""

    draft: int
    summary: str
    reason: str | None = None
    promises: tuple[Promised, ...] = ()
    without_opinions_because: str | None = None


@dataclass(frozen=True, slots=True)
class LetterBook:
    """A unit's register of letters of one year; ``last`` is the last number given (文号)."""

    short_name: str
    year: int
    last: int

    def number(self, nth: int) -> str:
        """The document number of the nth letter from here."""
        return f"{self.short_name}函〔{self.year}〕{self.last + nth}号"


def issue_reply(
    handling: Handling,
    *,
    task_id: TaskId,
    letter: Letter,
    book: LetterBook,
    by: Actor,
    on: date,
    rules: RulesPublished,
    calendar: Calendar,
    name_of: Callable[[UnitCode], str],
) -> tuple[ReplyIssued | PromiseMade, ...]:
    """The reply to each proposal that this round answers, then its promises, told once."""
    task = handling.task_of(by.unit, task_id=task_id)
    round = task.open_round
    keep_within(rules, summary=letter.summary, reason=letter.reason)
    keep_within(rules, reason=letter.without_opinions_because)
    result_class = class_of(_sendable(round, draft=letter.draft).result_class, rules=rules)
    _check_class(result_class, letter=letter)
    missing = _missing_opinions(
        handling, because=letter.without_opinions_because, on=on, name_of=name_of
    )
    reply_id = f"{task.unit}.r{round.number}"
    replies = (
        ReplyIssued(
            proposal_id=proposal_id,
            by=by,
            on=on,
            reply_id=reply_id,
            task_id=task_id,
            unit=task.unit,
            round=round.number,
            document_number=book.number(nth),
            result_class=result_class.code,
            meaning=result_class.meaning,
            summary=letter.summary,
            reason=letter.reason,
            handled_in=handling.proposal_id,
            without_opinions=missing,
            without_opinions_because=letter.without_opinions_because if missing else None,
            days_late=days_late(round.answer_by, on=on, calendar=calendar),
            rate=due("rate", starts_on=on, rules=rules, calendar=calendar),
        )
        for nth, proposal_id in enumerate(handling.answered_in(round), start=1)
    )
    return (*replies, *_promises(handling.proposal_id, reply_id, letter=letter, by=by, on=on))


def _promises(
    proposal_id: ProposalId, reply_id: str, *, letter: Letter, by: Actor, on: date
) -> Iterator[PromiseMade]:
    for nth, promised in enumerate(letter.promises, start=1):
        if promised.due_on < on:
            raise PromisedInThePast(day=promised.due_on)
        yield PromiseMade(
            proposal_id=proposal_id,
            by=by,
            on=on,
            promise_id=f"{reply_id}.p{nth}",
            reply_id=reply_id,
            unit=by.unit,
            text=promised.text,
            due_on=promised.due_on,
        )


def _sendable(round: Round, *, draft: int) -> Draft:
    """The draft that goes out: the newest one, approved, and talked about before."""
    newest = round.current(draft)
    if not newest.approved:
        raise NotApproved(draft=newest.number)
    if not round.contacts:
        raise NoContactYet(round=round.number)
    return newest


def _check_class(result_class: ResultClass, *, letter: Letter) -> None:
    if result_class.needs_promise and not letter.promises:
        raise NeedsPromise(code=result_class.code, says=result_class.says)
    if result_class.needs_reason and not letter.reason:
        raise NeedsReason(code=result_class.code, says=result_class.says)


def _missing_opinions(
    handling: Handling, *, because: str | None, on: date, name_of: Callable[[UnitCode], str]
) -> tuple[UnitCode, ...]:
    """The co-handlers without whose opinion the reply goes out: their date is over."""
    owed = handling.opinions_owed
    if waiting := [(unit, answer_by) for unit, answer_by in owed if on <= answer_by]:
        raise OpinionsStillDue(
            units="、".join(name_of(unit) for unit, _ in waiting),
            day=max(answer_by for _, answer_by in waiting),
        )
    if owed and not because:
        raise OpinionsMissing(units="、".join(name_of(unit) for unit, _ in owed))
    return tuple(unit for unit, _ in owed)
