"""Issuing: the approved reply goes out under the unit's own document number (签发、答复).

In a merged group the proposals are handled once and answered one by one: each of them gets a
reply with a document number of its own; what was promised is promised once, on the main one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from services.reply.domain.approving import must_be_endorsed
from services.reply.domain.countersigning import unsigned
from services.reply.domain.demands import chosen, number_of
from services.reply.domain.disclosing import Attribute, checked_attribute
from services.reply.domain.drafting import class_of
from services.reply.domain.handling import Draft, Handling, Round, Task, days_late
from services.reply.domain.numbering import LetterBook
from services.reply.domain.proposing import must_not_be_signed_later
from services.reply.domain.refusals import (
    HeadIssues,
    IssuesOwnDraft,
    NeedsEvidence,
    NeedsPromise,
    NeedsReason,
    NoContactYet,
    NotApproved,
    NotCountersigned,
    NotEndorsed,
    OpinionsMissing,
    OpinionsStillDue,
    PointsUnanswered,
    PromisedInThePast,
    SignsOwnPaper,
    StillDisagreeing,
    ThirdPersonIssues,
)
from services.reply.domain.wording import keep_within
from shared.calendar import Calendar
from shared.contracts.assignment import Role
from shared.contracts.event import Actor, ProposalId, TaskId, UnitCode
from shared.contracts.registry import Post, ResultClass, RulesPublished, UnitLevel
from shared.contracts.reply import (
    Attachment,
    Paper,
    PromiseMade,
    PublicationProposed,
    ReplyIssued,
)
from shared.deadlines import due

FEWEST_PERSONS = 2


@dataclass(frozen=True, slots=True)
class Promised:
    """Something that the reply promises by a day: who sees to it, and what will show it."""

    text: str
    due_on: date
    owner: str = ""
    shown_by: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What the head signs: which draft, and what the proposers are told with it."""

    draft: int
    summary: str
    reason: str | None = None
    evidence: str | None = None
    promises: tuple[Promised, ...] = ()
    without_opinions_because: str | None = None
    unanswered_because: str | None = None
    attribute: Attribute | None = None
    attachments: tuple[Attachment, ...] = ()
    paper: Paper | None = None


Issued = tuple[ReplyIssued | PromiseMade | PublicationProposed, ...]


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
    level: UnitLevel = UnitLevel.UNKNOWN,
) -> Issued:
    """The reply to each proposal that this round answers, then its promises, told once."""
    task = handling.task_of(by.unit, task_id=task_id)
    round = task.open_round
    keep_within(rules, summary=letter.summary, reason=letter.reason, evidence=letter.evidence)
    keep_within(rules, reason=letter.without_opinions_because)
    keep_within(rules, reason=letter.unanswered_because)
    newest = _sendable(handling, round, letter=letter, level=level, rules=rules, name_of=name_of)
    _must_be_signed(handling, newest, paper=letter.paper, by=by, on=on, rules=rules)
    result_class = class_of(newest.result_class, rules=rules)
    _check_class(result_class, letter=letter, rules=rules)
    unanswered = _unanswered(handling, task, newest, letter=letter, rules=rules)
    missing = _missing_opinions(
        handling, because=letter.without_opinions_because, on=on, name_of=name_of
    )
    reply_id = f"{task.unit}.r{round.number}"
    publish = (
        due("publish", starts_on=on, rules=rules, calendar=calendar)
        if "publish" in rules.deadlines
        else None
    )
    replies = tuple(
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
            days_late=days_late(
                round.answer_by,
                on=letter.paper.signed_on if letter.paper else on,
                calendar=calendar,
                paused_on=None if round.redo else task.paused_on,
            ),
            rate=due("rate", starts_on=on, rules=rules, calendar=calendar),
            publish=publish,
            evidence=letter.evidence,
            unanswered=unanswered,
            unanswered_because=letter.unanswered_because if unanswered else None,
            attachments=letter.attachments,
            paper=letter.paper,
        )
        for nth, proposal_id in enumerate(handling.answered_in(round), start=1)
    )
    promises = _promises(
        handling.proposal_id, reply_id, letter=letter, by=by, on=on, name_of=name_of
    )
    return (*replies, *promises, *_attributes(replies, letter=letter, rules=rules))


def _promises(
    proposal_id: ProposalId,
    reply_id: str,
    *,
    letter: Letter,
    by: Actor,
    on: date,
    name_of: Callable[[UnitCode], str],
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
            owner=promised.owner or name_of(by.unit),
            shown_by=promised.shown_by,
        )


def _attributes(
    replies: tuple[ReplyIssued, ...], *, letter: Letter, rules: RulesPublished
) -> Iterator[PublicationProposed]:
    """How the unit would have its letter published, where it says so with the letter."""
    if letter.attribute is None:
        return
    attribute = checked_attribute(letter.attribute, rules=rules)
    for reply in replies:
        yield PublicationProposed(
            proposal_id=reply.proposal_id,
            by=reply.by,
            on=reply.on,
            reply_id=reply.reply_id,
            unit=reply.unit,
            attribute=attribute.attribute,
            reason_code=attribute.reason_code,
            reason=attribute.reason,
        )


def _sendable(
    handling: Handling,
    round: Round,
    *,
    letter: Letter,
    level: UnitLevel,
    rules: RulesPublished,
    name_of: Callable[[UnitCode], str],
) -> Draft:
    """The draft that goes out: the newest one, approved, signed by all it needs, talked about."""
    newest = round.current(letter.draft)
    if newest.approved_by is None and letter.paper is None:
        raise NotApproved(draft=newest.number)
    if not round.talked and chosen(rules, "contact.before", kinds=handling.kinds) != "none":
        raise NoContactYet(round=round.number)
    if must_be_endorsed(handling, level=level, rules=rules) and not newest.endorsed:
        raise NotEndorsed(draft=newest.number)
    if units := unsigned(handling, newest, rules=rules):
        raise NotCountersigned(
            draft=newest.number, units="、".join(name_of(unit) for unit in units)
        )
    blocks = chosen(rules, "disagreement", kinds=handling.kinds, otherwise="blocks") == "blocks"
    if blocks and handling.disagreements:
        raise StillDisagreeing(
            units="、".join(dict.fromkeys(name_of(one.unit) for one in handling.disagreements))
        )
    return newest


def _must_be_signed(
    handling: Handling,
    draft: Draft,
    *,
    paper: Paper | None,
    by: Actor,
    on: date,
    rules: RulesPublished,
) -> None:
    """By the post that the rules ask for, and by as many persons; on paper, by another than who
    wrote it."""
    if paper is not None:
        must_not_be_signed_later(paper, on=on)
        if paper.signed_by == draft.drafted_by.name:
            raise SignsOwnPaper(name=paper.signed_by)
        return
    by_head = chosen(rules, "issue.by", kinds=handling.kinds, otherwise="deputy") == "head"
    if by_head and by.post != Post.HEAD:
        raise HeadIssues
    persons = number_of(rules, "reply.persons", otherwise=FEWEST_PERSONS) or FEWEST_PERSONS
    if by.is_also(draft.drafted_by):
        raise IssuesOwnDraft
    if persons > FEWEST_PERSONS and draft.approved_by and by.is_also(draft.approved_by):
        raise ThirdPersonIssues


def _check_class(result_class: ResultClass, *, letter: Letter, rules: RulesPublished) -> None:
    shown = chosen(rules, "evidence", kinds=(result_class.meaning,)) == "needed"
    if shown and not letter.evidence:
        raise NeedsEvidence(code=result_class.code, says=result_class.says)
    if result_class.needs_promise and not letter.promises:
        raise NeedsPromise(code=result_class.code, says=result_class.says)
    if result_class.needs_reason and not letter.reason:
        raise NeedsReason(code=result_class.code, says=result_class.says)


def _unanswered(
    handling: Handling, task: Task, draft: Draft, *, letter: Letter, rules: RulesPublished
) -> tuple[str, ...]:
    """The points that the reply passes over. Who splits answers its own part only."""
    open_points = tuple(point for point in draft.unanswered if point in handling.points)
    demanded = chosen(rules, "points", kinds=handling.kinds, otherwise="shown") == "answered"
    if demanded and task.role is Role.LEAD and open_points and not letter.unanswered_because:
        raise PointsUnanswered(count=len(open_points), points="；".join(open_points))
    return open_points


def _missing_opinions(
    handling: Handling, *, because: str | None, on: date, name_of: Callable[[UnitCode], str]
) -> tuple[UnitCode, ...]:
    """The co-handlers without whose opinion the reply goes out: their date is over."""
    owed = [(task, task.answer_by) for task in handling.opinions_owed if task.answer_by]
    waiting = [(task, day) for task, day in owed if on <= day or task.paused_on is not None]
    if waiting:
        raise OpinionsStillDue(
            units="、".join(name_of(task.unit) for task, _ in waiting),
            day=max(day for _, day in waiting),
        )
    if owed and not because:
        raise OpinionsMissing(units="、".join(name_of(task.unit) for task, _ in owed))
    return tuple(task.unit for task, _ in owed)
