"""Giving opinions: a co-handler tells the lead what it thinks, late rather than never (会办意见).

Inside the co-handling unit an opinion is drafted, checked by a second person and issued under a
document number of its own series. A place may do with fewer steps, down to one act.
"""

from dataclasses import dataclass
from datetime import date

from services.reply.domain.demands import chosen
from services.reply.domain.drafting import must_have_seen
from services.reply.domain.handling import Handling, OpinionDraft, Task, days_late
from services.reply.domain.numbering import LetterBook
from services.reply.domain.proposing import must_not_be_signed_later
from services.reply.domain.refusals import (
    AlreadyApproved,
    AlreadyGaveOpinion,
    AlreadyReplied,
    ApprovesOwnDraft,
    DraftWentBack,
    IssuesOwnDraft,
    NoOpinionGiven,
    NotApproved,
    NotCoHandler,
    OpinionInSteps,
    SignsOwnPaper,
    SupersededDraft,
    UnknownDraft,
)
from services.reply.domain.wording import keep_within
from shared.calendar import Calendar
from shared.contracts.assignment import Role
from shared.contracts.event import Actor, TaskId
from shared.contracts.registry import RulesPublished
from shared.contracts.reply import (
    Attachment,
    DisagreementOpened,
    DisagreementSettled,
    OpinionChecked,
    OpinionDrafted,
    OpinionGiven,
    OpinionSentBack,
    OpinionWithdrawn,
    Paper,
)

Given = tuple[OpinionGiven | DisagreementOpened, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a co-handler says; ``contradicts`` names what in the lead's plan it cannot agree to."""

    text: str
    contradicts: str | None = None
    attachments: tuple[Attachment, ...] = ()


def give_opinion(
    handling: Handling,
    *,
    task_id: TaskId,
    opinion: Opinion,
    book: LetterBook,
    by: Actor,
    on: date,
    rules: RulesPublished,
    calendar: Calendar,
) -> Given:
    """In one act, where the place lets a unit do so; one opinion for each time it was asked."""
    task = _owing(handling, task_id=task_id, by=by)
    if _steps(handling, rules=rules) != "one_act":
        raise OpinionInSteps
    _check_words(opinion, rules=rules)
    return _given(handling, task, opinion=opinion, book=book, by=by, on=on, calendar=calendar)


def draft_opinion(
    handling: Handling,
    *,
    task_id: TaskId,
    opinion: Opinion,
    by: Actor,
    on: date,
    rules: RulesPublished,
    after: int | None = None,
) -> OpinionDrafted:
    """The next version of the unit's opinion; its words stay in this room until it is issued."""
    task = _owing(handling, task_id=task_id, by=by)
    _check_words(opinion, rules=rules)
    must_have_seen(task.opinion_draft, after=after)
    return OpinionDrafted(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        task_id=task_id,
        unit=task.unit,
        draft=task.opinion_draft.number + 1 if task.opinion_draft else 1,
    )


def check_opinion(
    handling: Handling, *, task_id: TaskId, draft: int, by: Actor, on: date
) -> OpinionChecked:
    """A second person of the unit answers for the newest version."""
    task = _owing(handling, task_id=task_id, by=by)
    newest = _current(task, draft=draft)
    if newest.checked_by is not None:
        raise AlreadyApproved(draft=draft)
    if by.is_also(newest.drafted_by):
        raise ApprovesOwnDraft
    return OpinionChecked(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        task_id=task_id,
        unit=task.unit,
        draft=draft,
    )


def send_opinion_back(
    handling: Handling,
    *,
    task_id: TaskId,
    draft: int,
    why: str,
    by: Actor,
    on: date,
    rules: RulesPublished,
) -> OpinionSentBack:
    """Whoever checks or issues may have it written again."""
    task = _owing(handling, task_id=task_id, by=by)
    _current(task, draft=draft)
    keep_within(rules, reason=why)
    return OpinionSentBack(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        task_id=task_id,
        unit=task.unit,
        draft=draft,
        why=why,
    )


def issue_opinion(
    handling: Handling,
    *,
    task_id: TaskId,
    draft: int,
    book: LetterBook,
    by: Actor,
    on: date,
    rules: RulesPublished,
    calendar: Calendar,
    attachments: tuple[Attachment, ...] = (),
    paper: Paper | None = None,
) -> Given:
    """The head sends it to the lead; what was signed on paper counts by the paper's day."""
    task = _owing(handling, task_id=task_id, by=by)
    newest = _current(task, draft=draft)
    if paper is None:
        if _steps(handling, rules=rules) == "checked" and newest.checked_by is None:
            raise NotApproved(draft=draft)
        if newest.checked_by is None and by.is_also(newest.drafted_by):
            raise IssuesOwnDraft
    else:
        must_not_be_signed_later(paper, on=on)
        if paper.signed_by == newest.drafted_by.name:
            raise SignsOwnPaper(name=paper.signed_by)
    return _given(
        handling,
        task,
        opinion=Opinion(newest.text, newest.contradicts, attachments),
        book=book,
        by=by,
        on=on,
        calendar=calendar,
        paper=paper,
    )


def withdraw_opinion(
    handling: Handling, *, task_id: TaskId, why: str, by: Actor, on: date, rules: RulesPublished
) -> tuple[OpinionWithdrawn | DisagreementSettled, ...]:
    """Before the lead has replied, a co-handler may take its opinion back; it owes one again."""
    task = handling.task_of(by.unit, task_id=task_id)
    if task.role is not Role.CO_HANDLE:
        raise NotCoHandler
    if not task.opinion_given:
        raise NoOpinionGiven
    round = handling.leading.round
    if round is not None and round.issued:
        raise AlreadyReplied(round=round.number)
    keep_within(rules, reason=why)
    withdrawn = OpinionWithdrawn(
        proposal_id=handling.proposal_id, by=by, on=on, task_id=task_id, unit=task.unit, why=why
    )
    ended = (
        DisagreementSettled(
            proposal_id=handling.proposal_id,
            by=by,
            on=on,
            disagreement_id=one.disagreement_id,
            task_id=task_id,
            unit=one.unit,
            lead=one.lead,
            outcome="会办意见已撤回",
        )
        for one in handling.disagreements
        if one.task_id == task_id
    )
    return (withdrawn, *ended)


def _owing(handling: Handling, *, task_id: TaskId, by: Actor) -> Task:
    """The co-handler's task, under which an opinion is owed."""
    task = handling.task_of(by.unit, task_id=task_id)
    if task.role is not Role.CO_HANDLE:
        raise NotCoHandler
    if task.opinion_given:
        raise AlreadyGaveOpinion
    return task


def _steps(handling: Handling, *, rules: RulesPublished) -> str:
    return chosen(rules, "opinion.chain", kinds=handling.kinds, otherwise="one_act")


def _check_words(opinion: Opinion, *, rules: RulesPublished) -> None:
    keep_within(rules, opinion=opinion.text, reason=opinion.contradicts)


def _current(task: Task, *, draft: int) -> OpinionDraft:
    newest = task.opinion_draft
    if newest is None or not 0 < draft <= newest.number:
        raise UnknownDraft(draft=draft)
    if draft < newest.number:
        raise SupersededDraft(draft=draft, newest=newest.number)
    if newest.sent_back:
        raise DraftWentBack(draft=draft)
    return newest


def _given(
    handling: Handling,
    task: Task,
    *,
    opinion: Opinion,
    book: LetterBook,
    by: Actor,
    on: date,
    calendar: Calendar,
    paper: Paper | None = None,
) -> Given:
    given = OpinionGiven(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        task_id=task.task_id,
        unit=task.unit,
        lead=handling.lead,
        opinion=opinion.text,
        days_late=days_late(
            task.answer_by,
            on=paper.signed_on if paper else on,
            calendar=calendar,
            paused_on=task.paused_on,
        ),
        letter_id=f"{task.task_id}.o{task.opinions + 1}",
        document_number=book.number(1),
        contradicts=opinion.contradicts,
        attachments=opinion.attachments,
        paper=paper,
    )
    if opinion.contradicts is None:
        return (given,)
    opened = DisagreementOpened(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        disagreement_id=f"{task.task_id}.d{task.disagreements + 1}",
        task_id=task.task_id,
        unit=task.unit,
        lead=handling.lead,
        about=opinion.contradicts,
    )
    return (given, opened)
